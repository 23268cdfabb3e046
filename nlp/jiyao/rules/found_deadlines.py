"""Deadlines by their form, where somebody is bound: they go before what a model marked.

Forms are precise (:func:`jiyao.dates.find_deadlines`), and a calendar is no matter of opinion: what a
model alone marked stays only where it can be read as a deadline and stands in a clause that binds or decides.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from jiyao.dates import find_deadlines, interpret
from jiyao.labels import TASK_CLASSES, ClauseLabel, EntityLabel, Origin
from jiyao.types import Clause, Mention

RULE = "deadline-form"
#: A duration without an end is none: 24小时值守.
_DURATION = re.compile("(?:全天)?[0-9一二三四五六七八九十两]{1,4}(?:个?小时|分钟)")
_BINDING = TASK_CLASSES | {ClauseLabel.DECISION}


def with_deadlines(norm: str, clauses: Sequence[Clause], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """``mentions`` in order, their deadlines confirmed, corrected or added by form.

    An ACTION within a deadline ([复核]后三日内) is no act of the clause and goes; other mentions stand in the way.
    """
    others = [mention for mention in mentions if mention.label is not EntityLabel.DEADLINE]
    owner = {place: mention for mention in others for place in range(mention.start, mention.end)}
    found: list[Mention] = []
    for clause in clauses:
        if clause.label not in _BINDING:
            continue
        for start, end in find_deadlines(norm[clause.start : clause.end], task=True):
            start, end = clause.start + start, clause.start + end
            if all(_gives_way(owner[place], start, end) for place in range(start, end) if place in owner):
                found.append(Mention(start, end, EntityLabel.DEADLINE, norm[start:end], origin=Origin.RULE, rule=RULE))
    formed = {place for mention in found for place in range(mention.start, mention.end)}
    bound = {place for c in clauses if c.label in _BINDING for place in range(c.start, c.end)}
    kept = [
        mention
        for mention in mentions
        if formed.isdisjoint(range(mention.start, mention.end))
        and (mention.label is not EntityLabel.DEADLINE or _can_be_read(norm, mention, bound))
    ]
    return tuple(sorted((*found, *kept), key=lambda mention: mention.start))


def _gives_way(mention: Mention, start: int, end: int) -> bool:
    return mention.label is EntityLabel.ACTION and start <= mention.start and mention.end <= end


def _can_be_read(norm: str, mention: Mention, bound: Container[int]) -> bool:
    text = norm[mention.start : mention.end]
    return mention.start in bound and not _DURATION.fullmatch(text) and interpret(text) is not None
