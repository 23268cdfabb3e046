"""The values of an annotated document: gold counterparts of the record's types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jiyao.labels import ClauseLabel, DeadlineKind, EntityLabel, Outcome
from jiyao.types import Meeting, NextStep, RollEntry


@dataclass(frozen=True, slots=True)
class About:
    """Where a corpus document comes from: an invented place, and the hands that wrote and read it."""

    place: str
    level: str
    genre: str
    author: str
    second: str | None = None


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """An annotated entity; ``text`` of the document at ``[start, end)``."""

    start: int
    end: int
    label: EntityLabel


@dataclass(frozen=True, slots=True)
class GoldClause:
    """An annotated clause. Clauses do not overlap; only white space and enumerators stand between them."""

    start: int
    end: int
    label: ClauseLabel


@dataclass(frozen=True, slots=True)
class GoldDeadline:
    """A deadline as annotated; ``date`` is ``None`` unless it can be known."""

    text: str
    kind: DeadlineKind
    date: date | None = None


@dataclass(frozen=True, slots=True)
class GoldTask:
    """A task record; ``clause`` is the number of its clause, from 0. Agencies are given as written."""

    clause: int
    lead: tuple[str, ...] = ()
    lead_inferred: bool = False
    lead_persons: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    object: str | None = None
    documents: tuple[str, ...] = ()
    issuing_name: str | None = None
    next_step: NextStep | None = None
    deadline: GoldDeadline | None = None


@dataclass(frozen=True, slots=True)
class GoldDecision:
    """A decision; ``clause`` is the number of its clause, from 0."""

    clause: int
    outcome: Outcome
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """One annotated document. ``name`` is the file's stem."""

    name: str
    text: str
    about: About
    meeting: Meeting
    entities: tuple[GoldSpan, ...] = ()
    clauses: tuple[GoldClause, ...] = ()
    tasks: tuple[GoldTask, ...] = ()
    decisions: tuple[GoldDecision, ...] = ()
    roll: tuple[RollEntry, ...] = ()
