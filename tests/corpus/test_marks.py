"""Inline marks: there and back without loss, and a clear error for every slip."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiyao.corpus.marks import parse_marks, write_marks
from jiyao.corpus.model import GoldClause, GoldSpan
from jiyao.errors import CorpusError
from jiyao.labels import ClauseLabel, EntityLabel

ALPHABET = "[]{}|\\ADPVT市局由办。,\n 《》("


def test_marks_give_offsets_into_the_plain_text() -> None:
    text, entities, clauses = parse_marks("{A}由[A|市财政局][V|拨付];{R}要[V|加强]管理。", "x")
    assert text == "由市财政局拨付;要加强管理。"
    assert [(text[s.start : s.end], s.label) for s in entities] == [
        ("市财政局", EntityLabel.AGENCY),
        ("拨付", EntityLabel.ACTION),
        ("加强", EntityLabel.ACTION),
    ]
    assert [text[c.start : c.end] for c in clauses] == ["由市财政局拨付;", "要加强管理。"]


def test_the_next_enumerator_belongs_to_no_clause() -> None:
    text, _, clauses = parse_marks("{R}要快。\n  (二){R}要好;2.{R}要省。\n一、{M}题目", "x")
    assert [text[c.start : c.end] for c in clauses] == ["要快。", "要好;", "要省。", "题目"]


def test_ordinary_brackets_need_no_escape() -> None:
    assert parse_marks("{M}字体:[大 中 小] {1} [打印]", "x")[0] == "字体:[大 中 小] {1} [打印]"


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ("{A}由[A|市财政局拨付", "not closed"),
        ("{A}由[A|市[P|林溪]局]", "inside a mark"),
        ("{A}由[A|市财政局\n]拨付", "on its line"),
        ("{A}由[A|]拨付", "empty mark"),
        ("{A}{R}要快", "empty clause"),
        ("由市财政局{A}拨付", "before the first clause"),
        ("{A}由[A|市{R}局]", "inside an entity"),
    ],
)
def test_slips_are_named(marked: str, reason: str) -> None:
    with pytest.raises(CorpusError, match=reason):
        parse_marks(marked, "x")


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, tuple[GoldSpan, ...], tuple[GoldClause, ...]]:
    """A text of awkward characters with one clause and some entities, none over a line end."""
    text = draw(st.text(ALPHABET, min_size=1, max_size=40)).strip() or "局"
    entities = []
    position = 0
    while position < len(text):
        start = position + draw(st.integers(0, 5))
        end = start + draw(st.integers(1, 6))
        if end > len(text):
            break
        if "\n" not in text[start:end]:
            entities.append(GoldSpan(start, end, draw(st.sampled_from(EntityLabel))))
        position = end
    return text, tuple(entities), (GoldClause(0, len(text), draw(st.sampled_from(ClauseLabel))),)


@given(annotated())
def test_there_and_back(case: tuple[str, tuple[GoldSpan, ...], tuple[GoldClause, ...]]) -> None:
    text, entities, clauses = case
    found_text, found_entities, found_clauses = parse_marks(write_marks(text, entities, clauses), "x")
    assert (found_text, found_entities) == (text, entities)
    assert [clause.start for clause in found_clauses] == [clause.start for clause in clauses]
