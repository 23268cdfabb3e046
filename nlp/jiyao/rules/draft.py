"""A record in the making, and the shape of a rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from jiyao.rules.part import Part
from jiyao.rules.view import ClauseView, Page
from jiyao.types import Deadline, Evidence, Mention, NextStep


@dataclass(frozen=True, slots=True)
class Draft:
    """What the rules have found so far. ``carried`` is the subject in force before this clause."""

    parts: tuple[Part, ...] = ()
    carried: tuple[Mention, ...] = ()
    lead: tuple[Mention, ...] = ()
    lead_inferred: bool = False
    lead_persons: tuple[str, ...] = ()
    support: tuple[Mention, ...] = ()
    actions: tuple[Mention, ...] = ()
    object: str | None = None
    documents: tuple[str, ...] = ()
    issuing_name: str | None = None
    next_step: NextStep | None = None
    deadline: Deadline | None = None
    urgent: bool = False
    flags: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def with_evidence(self, name: str, rule: str, *mentions: Mention) -> Draft:
        """The same with evidence of ``rule`` for the field ``name``."""
        found = tuple(Evidence(name, rule, mention.start, mention.end) for mention in mentions)
        return replace(self, evidence=self.evidence + found)

    def with_span(self, name: str, rule: str, start: int, end: int) -> Draft:
        """The same with evidence of ``rule`` for the field ``name`` in ``[start, end)``."""
        return replace(self, evidence=(*self.evidence, Evidence(name, rule, start, end)))

    def with_flag(self, flag: str) -> Draft:
        """The same with a flag, once."""
        return self if flag in self.flags else replace(self, flags=(*self.flags, flag))


#: A rule answers one question about one clause; it returns the draft with its answer and evidence.
Rule = Callable[[ClauseView, Page, Draft], Draft]
