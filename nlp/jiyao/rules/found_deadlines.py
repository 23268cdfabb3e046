"""Deadlines by their form, where somebody is bound: they go before what a model marked.

Forms are precise (:func:`jiyao.dates.find_deadlines`), and a calendar is no matter of opinion: what a
model alone marked stays only where it can be read as a deadline and stands in a clause that binds or decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from jiyao.dates import find_deadlines, interpret
from jiyao.labels import TASK_CLASSES, ClauseLabel, EntityLabel, Origin
from jiyao.types import Clause, Mention

RULE = "deadline-form"
_BINDING = TASK_CLASSES | {ClauseLabel.DECISION}


def with_deadlines(norm: str, clauses: Sequence[Clause], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """``mentions`` in order, their deadlines confirmed, corrected or added by form."""
    others = [mention for mention in mentions if mention.label is not EntityLabel.DEADLINE]
    taken = {place for mention in others for place in range(mention.start, mention.end)}
    found: list[Mention] = []
    for clause in clauses:
        if clause.label not in _BINDING:
            continue
        for start, end in find_deadlines(norm[clause.start : clause.end]):
            start, end = clause.start + start, clause.start + end
            if taken.isdisjoint(range(start, end)):
                found.append(Mention(start, end, EntityLabel.DEADLINE, norm[start:end], origin=Origin.RULE, rule=RULE))
    formed = {place for mention in found for place in range(mention.start, mention.end)}
    bound = {place for c in clauses if c.label in _BINDING for place in range(c.start, c.end)}
    kept = [
        mention
        for mention in mentions
        if mention.label is EntityLabel.DEADLINE
        and formed.isdisjoint(range(mention.start, mention.end))
        and mention.start in bound
        and interpret(norm[mention.start : mention.end]) is not None
    ]
    return tuple(sorted((*others, *found, *kept), key=lambda mention: mention.start))
