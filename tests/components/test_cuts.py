"""A model's last word at commas: what it observes, what it learns, where the rules stand without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiyao.components.cuts import FILE, CommaReader, Cuts
from jiyao.components.logistic import BIAS, Logistic
from jiyao.errors import ModelError
from jiyao.labels import EntityLabel
from jiyao.structure.welds import Comma, Welds
from jiyao.types import Mention, Span

TEXT = "由市教育局修改完善,市财政局安排经费,确保开学前到位。"
WORDS = [
    (0, 1),
    (1, 5),
    (5, 9),
    (9, 10),
    (10, 14),
    (14, 16),
    (16, 18),
    (18, 19),
    (19, 21),
    (21, 24),
    (24, 26),
    (26, 27),
]
AGENCIES = [Span(1, 5), Span(10, 14)]
MENTIONS = [
    Mention(1, 5, EntityLabel.AGENCY, "市教育局"),
    Mention(5, 9, EntityLabel.ACTION, "修改完善"),
    Mention(10, 14, EntityLabel.AGENCY, "市财政局"),
    Mention(14, 16, EntityLabel.ACTION, "安排"),
]


def commas(text: str = TEXT) -> list[Comma]:
    seen: list[Comma] = []

    def look(comma: Comma) -> bool:
        seen.append(comma)
        return comma.rule

    list(Welds(text, AGENCIES, (), look).split(Span(0, len(text))))
    return seen


def test_every_comma_is_shown_with_what_stands_on_both_sides() -> None:
    first, second = commas()
    assert TEXT[first.before.start : first.before.end] == "由市教育局修改完善,"
    assert TEXT[first.behind.start : first.behind.end] == "市财政局安排经费,"
    assert first.rule and not second.rule
    assert second.before == Span(10, 19)  # the rules started a clause at the first one
    assert "actor" in first.said


def test_observations_have_labels_in_the_place_of_mentions() -> None:
    seen = list(CommaReader(TEXT, WORDS, MENTIONS).observe(commas()[0]))
    assert "first=<AGENCY> <ACTION> 经费" in seen
    assert "before=AGENCY-ACTION|shape=AGENCY-ACTION" not in seen  # only the last of what went before
    assert "before=ACTION|shape=AGENCY-ACTION" in seen
    assert "rule=True|said=actor" in seen
    assert not any("教育" in name for name in seen)


def test_the_model_has_the_last_word() -> None:
    never, always = Cuts(Logistic({BIAS: -9.0})), Cuts(Logistic({BIAS: 9.0}))
    for cuts, number in ((never, 1), (always, 3)):
        decide = cuts.decider(TEXT, WORDS, MENTIONS)
        assert len(list(Welds(TEXT, AGENCIES, (), decide).split(Span(0, len(TEXT))))) == number


def test_it_learns_where_a_person_cuts() -> None:
    reader = CommaReader(TEXT, WORDS, MENTIONS)
    first, second = (tuple(reader.observe(comma)) for comma in commas())
    cuts = Cuts.fit([(first, False), (second, True)] * 5, penalty=10.0)
    decide = cuts.decider(TEXT, WORDS, MENTIONS)
    assert [decide(comma) for comma in commas()] == [False, True]


def test_a_very_long_piece_is_looked_at_from_its_ends() -> None:
    text = "甲" * 50_000 + "," + "乙" * 50_000
    words = [(place, place + 1) for place in range(len(text))]
    comma = Comma(Span(0, 50_001), Span(50_001, len(text)), (), False)
    assert len(list(CommaReader(text, words, []).observe(comma))) < 100


def test_stored_and_loaded(tmp_path: Path) -> None:
    Cuts(Logistic({BIAS: -1.5, "rule=True": 3.0})).to_disk(tmp_path)
    assert Cuts.from_disk(tmp_path).model.weights == {BIAS: -1.5, "rule=True": 3.0}


@pytest.mark.parametrize("content", ["", "[]", '{"a": "b"}', '{"a": null}'])
def test_a_damaged_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match="no weights"):
        Cuts.from_disk(tmp_path)
