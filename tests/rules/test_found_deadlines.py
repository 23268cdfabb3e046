"""Deadlines by form before those of a model."""

from __future__ import annotations

from jiyao.corpus.marks import parse_marks
from jiyao.labels import EntityLabel, Origin
from jiyao.normalise import normalise
from jiyao.rules.found_deadlines import with_deadlines
from jiyao.types import Clause, Mention


def deadlines(marked: str) -> list[tuple[str, str | None]]:
    """Text and rule of the deadlines of a marked text, as a model might have marked it."""
    text, entities, clauses = parse_marks(marked, "case")
    mentions = [Mention(e.start, e.end, e.label, text[e.start : e.end]) for e in entities]
    found = with_deadlines(normalise(text), [Clause(c.start, c.end, c.label) for c in clauses], mentions)
    assert [m.start for m in found] == sorted(m.start for m in found)
    return [(m.text, m.rule) for m in found if m.label is EntityLabel.DEADLINE]


def test_a_missed_deadline_is_added() -> None:
    assert deadlines("{A}由[A|县水务局]于9月底前[V|清淤]。") == [("9月底前", "deadline-form")]


def test_one_cut_short_is_corrected() -> None:
    assert deadlines("{A}由[A|县水务局]于9月[T|底前][V|清淤]。") == [("9月底前", "deadline-form")]


def test_a_status_and_a_background_have_none() -> None:
    assert deadlines("{B}该桥[T|6月底前]已完工。\n{M}印发日期:[T|2024年6月30日]") == []


def test_what_only_the_model_saw_stays_if_it_reads_as_one() -> None:
    assert deadlines("{A}[A|县教育局]在[T|返校前][V|排查]校舍。") == [("返校前", None)]
    assert deadlines("{R}要对[T|去年]的欠账[V|算清]。") == []


def test_a_duration_is_none() -> None:
    assert deadlines("{A}[A|县供电公司][T|24小时][V|值守]。") == []
    assert deadlines("{A}[A|县供电公司][T|提前48小时][V|告知]。") == [("提前48小时", None)]


def test_documents_are_left_alone() -> None:
    assert deadlines("{A}由[A|县水务局][V|修改][D|《9月底前清淤方案》]。") == []


def test_an_act_within_a_deadline_is_none() -> None:
    marked = "{A}[A|县财政局]在[V|复核]后三日内[V|拨付]。"
    assert deadlines(marked) == [("复核后三日内", "deadline-form")]
    text, entities, (clause,) = parse_marks(marked, "case")
    mentions = [Mention(e.start, e.end, e.label, text[e.start : e.end]) for e in entities]
    found = with_deadlines(normalise(text), [Clause(clause.start, clause.end, clause.label)], mentions)
    assert [m.text for m in found if m.label is EntityLabel.ACTION] == ["拨付"]


def test_origin() -> None:
    text = "由县水务局于9月底前清淤。"
    found = with_deadlines(text, [Clause(0, len(text), parse_marks("{A}" + text, "x")[2][0].label)], [])
    assert [mention.origin for mention in found] == [Origin.RULE]
