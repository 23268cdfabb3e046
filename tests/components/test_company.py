"""Acts beside each other: what is observed around a candidate, in the first look and in the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from jiyao.components.acts_around import acts_around, stretch
from jiyao.components.candidates import Candidate
from jiyao.components.company import in_company
from jiyao.components.observations import Source
from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.types import Clause, Mention

TEXT = "市水利局核查险段、报送方案,做好排查工作。市财政局拨付资金。"
CLAUSES = (Clause(0, 21, ClauseLabel.ASSIGNMENT, 0.97), Clause(21, 30, ClauseLabel.ASSIGNMENT, 0.97))


def candidate(text: str, by: Source = Source.MODEL, label: EntityLabel = EntityLabel.ACTION) -> Candidate:
    start = TEXT.index(text)
    clause = next(clause for clause in CLAUSES if start < clause.end)
    return Candidate(Mention(start, start + len(text), label, text), by, clause, ())


def span(text: str) -> tuple[int, int]:
    return TEXT.index(text), TEXT.index(text) + len(text)


def around(text: str, *acts: str) -> set[str]:
    return set(acts_around(TEXT, CLAUSES[0], *span(text), [span(act) for act in acts], "model"))


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("", "nothing"),
        ("险段", "0"),
        ("险段、", "、1"),
        ("方案,", ",1"),
        ("堤防的险段后再", "的后再2"),
        ("一" * 40, "4"),
    ],
)
def test_a_stretch_in_short(text: str, short: str) -> None:
    assert stretch(text) == short


def test_the_nearest_acts_on_both_sides() -> None:
    seen = around("报送", "核查", "报送", "做好", "排查")
    assert {"act-before=、1", "act-behind=,1", "act-before=、1|act-behind=,1", "act-before=核查|、1"} <= seen
    assert {"by=model|class=ASSIGNMENT|first-act=False", "class=ASSIGNMENT|acts-before=1|acts-behind=2"} <= seen


def test_without_acts_around() -> None:
    seen = around("核查", "核查")
    assert {"act-before=none", "act-behind=none", "by=model|class=ASSIGNMENT|first-act=True"} <= seen


def company(chances: Sequence[float], *found: Candidate) -> list[set[str]]:
    return [set(names) for names in in_company(TEXT, found, chances)]


def test_company_is_of_likely_acts_of_the_same_clause() -> None:
    acts = [candidate("核查"), candidate("报送"), candidate("做好"), candidate("拨付")]
    checked, sent, _, paid = company([0.9, 0.8, 0.2, 0.9], *acts)
    assert {"act-behind=、1", "act-before=none", "class=ASSIGNMENT|acts-before=0|acts-behind=1"} <= checked
    assert {"act-before=、1", "act-behind=none"} <= sent  # 做好 is unlikely
    assert {"act-before=none", "act-behind=none"} <= paid  # another clause


def test_company_tells_the_first_look_and_the_likeliest_rival() -> None:
    short, long = candidate("做好"), candidate("做好排查", Source.OTHER_EDGES)
    first, second = company([0.5, 0.999999], short, long)
    assert {"first-look=0", "rival=3", "by=model|rival=3"} <= first
    assert {"first-look=14", "rival=2", "by=other edges|rival=2"} <= second  # half, in thirds, to even


def test_other_labels_are_not_judged_again() -> None:
    agency = candidate("市水利局", label=EntityLabel.AGENCY)
    assert company([0.9, 0.9], agency, candidate("核查"))[0] == set()


def test_nothing_is_judged_outside_of_clauses() -> None:
    lost = replace(candidate("核查"), clause=None)
    assert company([0.9], lost) == [set()]
