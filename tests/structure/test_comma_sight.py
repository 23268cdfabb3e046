"""What is seen at a comma, and clauses cut by somebody who judges it."""

from __future__ import annotations

import time
from collections.abc import Sequence

from jiyao.corpus.marks import parse_marks
from jiyao.labels import EntityLabel
from jiyao.structure.welds import Welds
from jiyao.types import Span

SENTENCE = "{D}会议[V|同意]方案,{A}资金由[A|市财政局][V|列支](三年,每年一次),[A|市审计局]全程[V|跟进],{R}不得挪用《办法(甲,乙)》的款项。"


class Scribe:
    """Says yes where it is told to, and keeps what it was asked."""

    def __init__(self, yes: Sequence[int] = ()) -> None:
        self.yes = yes
        self.asked: list[tuple[int, list[str]]] = []

    def starts_clause(self, position: int, observations: Sequence[str]) -> bool:
        self.asked.append((position, list(observations)))
        return position in self.yes


def _welds(scribe: Scribe) -> tuple[str, Welds]:
    text, entities, _ = parse_marks(SENTENCE, "case")
    of = {
        label: [Span(e.start, e.end) for e in entities if e.label is label]
        for label in (EntityLabel.AGENCY, EntityLabel.ACTION)
    }
    return text, Welds(text, of[EntityLabel.AGENCY], of[EntityLabel.ACTION], scribe)


def test_every_comma_outside_brackets_and_titles_is_asked_once() -> None:
    scribe = Scribe()
    text, welds = _welds(scribe)
    assert list(welds.split(Span(0, len(text)))) == [Span(0, len(text))]
    assert [text[position : position + 2] for position, _ in scribe.asked] == ["资金", "市审", "不得"]


def test_what_leads_on_before_an_agency_does_not_hide_it() -> None:
    """下步各有关部门要…: the agency opens the piece, to the rules and to who judges."""
    text, entities, _ = parse_marks("{D}会议原则[V|通过],{R}下步[A|各部门]要[V|执行]。", "case")
    agencies = [Span(e.start, e.end) for e in entities if e.label is EntityLabel.AGENCY]
    actions = [Span(e.start, e.end) for e in entities if e.label is EntityLabel.ACTION]
    scribe = Scribe()
    list(Welds(text, agencies, actions, scribe).split(Span(0, len(text))))
    ((_, seen),) = scribe.asked
    assert {"here=agencyAV", "ruled=1"} <= set(seen)


def test_clauses_start_where_the_judge_says_and_cover_the_sentence() -> None:
    text, _ = _welds(Scribe())
    starts = [text.index("资金"), text.index("不得")]
    _, welds = _welds(Scribe(starts))
    spans = list(welds.split(Span(0, len(text))))
    assert [span.start for span in spans] == [0, *starts]
    assert "".join(text[span.start : span.end] for span in spans) == text


def test_what_is_seen_tells_the_opening_the_actors_and_the_rules_verdict() -> None:
    scribe = Scribe()
    text, welds = _welds(scribe)
    list(welds.split(Span(0, len(text))))
    first, second, third = (set(seen) for _, seen in scribe.asked)
    assert {"opens 资金", "here=otherAV", "clause=会议-V", "before ends 案", "flag=decided", "ruled=1"} <= first
    assert {"here=agencyAV", "behind=不得--", "ends 进", "before=otherAV"} <= second
    assert {"last", "bound=不得|不得", "ends with 。"} <= third


def test_what_was_said_is_forgotten_where_a_clause_starts() -> None:
    scribe = Scribe()
    text, _ = _welds(scribe)
    scribe.yes = [text.index("资金")]
    _, welds = _welds(scribe)
    list(welds.split(Span(0, len(text))))
    assert "flag=decided" not in scribe.asked[1][1] and "flag=actor" in scribe.asked[1][1]


def test_a_sentence_of_a_hundred_thousand_commas_costs_no_more_than_its_length() -> None:
    def seconds(number: int) -> float:
        text = "由市财政局拨付," * number
        start = time.process_time()
        agencies = [Span(at * 8 + 1, at * 8 + 5) for at in range(number)]
        assert sum(1 for _ in Welds(text, agencies, (), Scribe()).split(Span(0, len(text)))) == 1
        return time.process_time() - start

    seconds(500)
    assert seconds(8000) < 12 * seconds(2000) + 1.0


def test_a_condition_alone_is_no_clause_whatever_the_judge_says() -> None:
    """经市政府同意后,由…: only when the act may begin; who acts before 后 (请…修改后,) has a clause."""

    class Yes:
        def starts_clause(self, position: int, observations: Sequence[str]) -> bool:
            return True

    def cut(text: str) -> list[str]:
        return [text[part.start : part.end] for part in Welds(text, [], [], Yes()).split(Span(0, len(text)))]

    assert cut("经市政府同意后,由市水务局实施。") == ["经市政府同意后,由市水务局实施。"]
    assert cut("方案定稿,经市政府同意后,由市水务局实施。") == ["方案定稿,", "经市政府同意后,由市水务局实施。"]
    assert cut("请市水务局修改后,由市司法局审核。") == ["请市水务局修改后,", "由市司法局审核。"]
