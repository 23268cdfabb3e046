"""Classes of clauses that the guideline settles by form: they go before what a classifier guessed.

What a body is told to do is ASSIGNMENT, even if it is about the paper's way (PROCEDURE has no actor);
an item of a duty list that opens with an act, or with a date and an act, is ASSIGNMENT, even if it has figures; and a row of a duty table is a task.
What a journalist says before the meeting opens binds nobody, nor does the purpose of a measure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from jiyao.agencies import is_group
from jiyao.labels import TASK_CLASSES, ClauseLabel, EntityLabel
from jiyao.rules.condition import REDACTED
from jiyao.types import Clause, Mention, Span

#: Where the actor of a clause is bound: at its start or behind its first comma.
_BOUND = re.compile(r"(?:[^,。;]{1,12},)?(?:由|请|责成)")
_DUTY = re.compile(
    r"责任(?:单位|部门|领导|人)|牵头(?:单位|部门|领导)|配合(?:单位|部门)|完成时限|\([^()]{2,80}(?:负责|牵头)[^()]{0,20}\)"
)
#: …(县水务局、县农业农村局)。 — the bodies that answer for it, without a word of duty.
_BRACKET_AT_END = re.compile(r"\((?=[^()]{2,80}\)[。;]?$)")
#: Where a cell begins, in tables of pipes and of one cell a line.
_CELL = re.compile(r"(?:\n|\|)\s*(?=\S)")
#: 出台本文件,目的是理顺体制: what a measure is for; nobody is told.
_PURPOSE = re.compile("[^,。;要]{0,20},?(?:其|主要|根本){0,2}(?:目的|出发点)(?:就?是|在于)")
#: Behind the body that is told: 县财政局、县水利局等单位要…; 主要, 重要 and 需要 are no telling, 要求 is a wish of the body.
_TOLD = re.compile("(?:等(?:部门|单位)?)?(?<![主重需首])要(?!求)")
#: 会议要求 and what; not the headline 县政府常务会议要求….
_WANTED = re.compile("会议(?:还|并|同时)?要求,?[^,。;:]{4,}")
#: Who is in a group, with names blacked out: 成员:区住建局XXX,区教育局×××; B stands for a body or a person.
_MEMBERS = re.compile(r"(?:副?组长|成员|组员|B+[\u4e00-\u9fff]?|[:,;、。\s])*")
#: What must be or must not be; 主要, 需求, 应急 and their like say nothing of the kind.
_MUST = re.compile(
    "(?<![主重需首])要(?![求素点件闻道])|(?<![回响反供适相对呼效照顺感])应(?![急对用付诉届税聘]|当地)|须|不得|不[准许能]|禁止|严禁|[决绝]不|切实"
)
#: 出让需要市政府同意, 方案尚待省里批复.
_WANTS_APPROVAL = re.compile("(?<!所)(?:需要|[须需]经|尚[需待]|有待)[^,。;]{0,12}(?<!不)(?:同意|批准|审定|批复|核准)")
_ALL = frozenset(ClauseLabel)
_SAYS = _ALL - {ClauseLabel.META}
_DOES = _SAYS - {ClauseLabel.REQUIREMENT}
_DECIDES = frozenset({ClauseLabel.DECISION})
_ASSIGNS = frozenset({ClauseLabel.ASSIGNMENT})
_NAMES = frozenset({ClauseLabel.META})
_WANTS = frozenset({ClauseLabel.ASSIGNMENT, ClauseLabel.REQUIREMENT})
_WANTS_OR_SENDS_ON = _WANTS | {ClauseLabel.PROCEDURE}
_NO_TASK = frozenset({ClauseLabel.META, ClauseLabel.BACKGROUND})
_NEAR = 2  # 1., a comma and the like may stand before the act


def open_classes(norm: str, clauses: Sequence[Span], mentions: Sequence[Mention]) -> list[frozenset[ClauseLabel]]:
    """The classes that the form of each clause leaves open to it.

    What a body is told (县财政局要…) and what the meeting wants (会议要求抓紧开工) are tasks, the latter perhaps about the
    way of a paper (会议要求修改完善后印发); what a body is told to do by a day is an assignment (6,109 of 6,153 clauses of
    the training part), and a clause with an act is no META, however much its label (某某项目:…) looks like page
    furniture; nor is one a REQUIREMENT that opens with a named body and its act and knows no must (21 of 18,567). A list of
    blacked out names is META.
    """
    ordered = sorted(mentions, key=lambda mention: mention.start)
    starts = [mention.start for mention in ordered]

    def open_to(clause: Span) -> frozenset[ClauseLabel]:
        wanted = _WANTED.search(norm, clause.start, clause.end)
        if wanted and (wanted.start() == clause.start or norm[wanted.start() - 1] in ",:"):
            return _WANTS_OR_SENDS_ON
        inside = ordered[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        if REDACTED.search(norm, clause.start, clause.end) and _only_names(norm, clause, inside):
            return _NAMES
        acts = [mention.start for mention in inside if mention.label is EntityLabel.ACTION]
        if not acts:
            return _ALL
        bodies = (mention.end for mention in inside if mention.label is EntityLabel.AGENCY)
        told = any(end < acts[-1] and _TOLD.match(norm, end, clause.end) for end in bodies)
        if told and any(mention.label is EntityLabel.DEADLINE for mention in inside):
            return _ASSIGNS
        if told:
            return _WANTS
        return _DOES if _names_who_does(norm, clause, inside, acts[0]) else _SAYS

    return [open_to(clause) - _not_yet_decided(norm, clause) for clause in clauses]


def _not_yet_decided(norm: str, clause: Span) -> frozenset[ClauseLabel]:
    """该地块出让需要市政府同意: what still wants an approval has none."""
    return _DECIDES if _WANTS_APPROVAL.search(norm, clause.start, clause.end) else frozenset()


def _names_who_does(norm: str, clause: Span, inside: Sequence[Mention], act: int) -> bool:
    """县公安局核查谣言: the clause opens with named bodies, an act follows, and nothing says what must be or must not be."""
    bodies = [mention for mention in inside if mention.label is EntityLabel.AGENCY and mention.start < act]
    if not bodies or bodies[0].start != clause.start or _MUST.search(norm, clause.start, clause.end):
        return False
    return not any(is_group(norm[body.start : body.end]) for body in bodies)


def _only_names(norm: str, clause: Span, inside: Sequence[Mention]) -> bool:
    names = [(m.start, m.end) for m in inside if m.label in (EntityLabel.AGENCY, EntityLabel.PERSON)]
    names += [match.span() for match in REDACTED.finditer(norm, clause.start, clause.end)]
    named = {place for start, end in names for place in range(start, end)}
    text = "".join("B" if place in named else norm[place] for place in range(clause.start, clause.end))
    return _MEMBERS.fullmatch(text) is not None


def with_classes(
    norm: str, clauses: Sequence[Clause], mentions: Sequence[Mention], lead: Span | None = None
) -> tuple[Clause, ...]:
    """``clauses`` with the classes that their form settles; the score of a class that changes is 1.

    ``lead`` is what stands before the meeting opens.
    """
    ordered = sorted(mentions, key=lambda mention: mention.start)
    starts = [mention.start for mention in ordered]

    def at(position: int) -> Mention | None:
        index = bisect_left(starts, position)
        return ordered[index] if index < len(starts) and starts[index] == position else None

    def label_at(position: int) -> EntityLabel | None:
        mention = at(position)
        return mention.label if mention else None

    def is_duty(clause: Clause) -> bool:
        bracket = _BRACKET_AT_END.search(norm, clause.start, clause.end)
        by_bodies = bracket is not None and label_at(bracket.end()) is EntityLabel.AGENCY
        return by_bodies or _DUTY.search(norm, clause.start, clause.end) is not None

    def opens_with_act(clause: Clause) -> bool:
        date = at(clause.start)
        start = date.end if date and date.label is EntityLabel.DEADLINE else clause.start
        return any(label_at(start + offset) is EntityLabel.ACTION for offset in range(_NEAR + 1))

    def before_meeting(clause: Clause) -> bool:
        return lead is not None and lead.start <= clause.start < lead.end and clause.label in TASK_CLASSES

    def is_task(clause: Clause) -> bool:
        if clause.label is ClauseLabel.PROCEDURE:
            bound = _BOUND.match(norm, clause.start, clause.end)
            return bound is not None and label_at(bound.end()) is EntityLabel.AGENCY
        if clause.label is ClauseLabel.TARGET:
            return is_duty(clause) and opens_with_act(clause)
        if clause.label in _NO_TASK:
            cells = [cell.end() for cell in _CELL.finditer(norm, clause.start, clause.end)]
            inner = ordered[bisect_left(starts, clause.start) : bisect_left(starts, cells[0])] if cells else []
            return any(m.label is EntityLabel.ACTION for m in inner) and EntityLabel.AGENCY in map(label_at, cells)
        return False

    def states_purpose(clause: Clause) -> bool:
        if clause.label is not ClauseLabel.REQUIREMENT or not _PURPOSE.match(norm, clause.start, clause.end):
            return False
        inside = ordered[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        return not any(mention.label is EntityLabel.AGENCY for mention in inside)

    def settled(clause: Clause) -> Clause:
        if before_meeting(clause) or states_purpose(clause):
            return replace(clause, label=ClauseLabel.BACKGROUND, score=1.0)
        return replace(clause, label=ClauseLabel.ASSIGNMENT, score=1.0) if is_task(clause) else clause

    return tuple(map(settled, clauses))
