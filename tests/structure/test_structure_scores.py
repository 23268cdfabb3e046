"""Structure against the gold of dev and test: floors that may be raised and never lowered.

The figures are printed (``pytest -s``). The rules were written while reading documents of
the training places; before the places were divided, two documents of 澄浦县 and the roll of one
of 湛岭高新区 (both test places now) were seen too.
"""

import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from jiyao.corpus.model import CorpusDocument
from jiyao.corpus.splits import load_part
from jiyao.labels import EntityLabel
from jiyao.normalise import normalise
from jiyao.scoring import Score, strict
from jiyao.structure.clauses import split_clauses
from jiyao.structure.header import read_meeting
from jiyao.structure.layout import layout
from jiyao.structure.numbering import skip_enumerators
from jiyao.structure.roll import read_roll
from jiyao.types import Meeting, Span

CORPUS = Path(__file__).parents[2] / "annotations"
CLAUSE_FLOOR = {"agencies known": 0.975, "no agencies": 0.91}
ROLL_FLOOR = {"spans known": 0.975, "by rules alone": 0.955}
FIELD_FLOOR = dict.fromkeys(("issuer", "held_on", "published_on", "title", "place", "recorder"), 0.95) | dict.fromkeys(
    ("doc_number", "number", "chair", "chair_title"), 0.93
)
#: The corpus puts an enumerator now before, now after the clause mark: it counts on neither side.
TRAILING_ENUMERATOR = re.compile(
    r"(?<=[。;!?,:\s])(?:\(?[一二三四五六七八九十]{1,3}[、.)][、.]?|\(?\d{1,3}[、.)]\.?|[①-⑳])\s*$"
)


@cache
def documents() -> tuple[CorpusDocument, ...]:
    """The frozen parts: a floor compares only what stays the same while the training part grows."""
    return tuple(document for part in ("dev", "test") for document in load_part(CORPUS, part))


def spans(document: CorpusDocument, label: EntityLabel) -> list[Span]:
    return [Span(span.start, span.end) for span in document.entities if span.label is label]


def gold_clauses(document: CorpusDocument, norm: str) -> set[Span]:
    wanted = set()
    for clause in document.clauses:
        start = skip_enumerators(norm, clause.start, clause.end)
        start = start if start < clause.end else clause.start
        kept = norm[start : clause.end]
        while (match := TRAILING_ENUMERATOR.search(kept)) is not None:
            kept = kept[: match.start()].rstrip()
        wanted.add(Span(start, start + len(kept)))
    return wanted


@pytest.mark.parametrize("given", CLAUSE_FLOOR)
def test_clauses(given: str) -> None:
    total = Score()
    for document in documents():
        norm = normalise(document.text)
        agencies = spans(document, EntityLabel.AGENCY) if given == "agencies known" else []
        found = split_clauses(document.text, norm, layout(document.text, norm, None), agencies)
        total += strict(found, gold_clauses(document, norm))
    print(f"\nclauses, {given}: {total.as_dict()}")
    assert total.f1 >= CLAUSE_FLOOR[given]


@pytest.mark.parametrize("given", ROLL_FLOOR)
def test_roll(given: str) -> None:
    total = Score()
    for document in documents():
        norm = normalise(document.text)
        known = given == "spans known"
        persons = spans(document, EntityLabel.PERSON) if known else []
        agencies = spans(document, EntityLabel.AGENCY) if known else []
        roll = read_roll(document.text, norm, layout(document.text, norm, None), persons, agencies)
        total += strict(
            {(entry.role, entry.name, entry.agency) for entry in roll.entries},
            {(entry.role, entry.name, entry.agency) for entry in document.roll},
        )
    print(f"\nroll, {given}: {total.as_dict()}")
    assert total.f1 >= ROLL_FLOOR[given]


@pytest.mark.parametrize("known", [True, False], ids=["spans known", "by rules alone"])
def test_meeting_fields(known: bool) -> None:
    right = dict.fromkeys((field.name for field in fields(Meeting)), 0)
    for document in documents():
        norm = normalise(document.text)
        persons = spans(document, EntityLabel.PERSON) if known else []
        agencies = spans(document, EntityLabel.AGENCY) if known else []
        found = read_meeting(document.text, norm, layout(document.text, norm, None), persons, agencies)
        for name in right:
            right[name] += getattr(found, name) == getattr(document.meeting, name)
    shares = {name: round(count / len(documents()), 3) for name, count in right.items()}
    print(f"\nmeeting: {shares}")
    assert {name: share for name, share in shares.items() if share < FIELD_FLOOR[name]} == {}
