"""What a deadline expression means before the meeting's date is known, and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jiyao.labels import DeadlineKind

# Flags: what a reader of the record should check.
REPAIRED = "date repaired"
DAMAGED = "date damaged"
AMBIGUOUS = "date ambiguous"
APPROXIMATE = "date approximate"
WEEKDAY = "date inconsistent with weekday"
NO_MEETING = "meeting date unknown"
NEXT_MONTH = "taken as next month"
NEXT_YEAR = "taken as next year"
PAST = "before the meeting"
IMPOSSIBLE = "no such date"
NO_CALENDAR = "working days counted without public holidays"
NO_FEAST = "feast not in the table"


class Unit(StrEnum):
    """A stretch of time. A working day is a day of work by the official holiday calendar."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day. ``year`` ``None`` counts ``year_offset`` from the meeting's year, or, if that is
    ``None`` too, means the year that fits; ``day`` ``None`` is the month's last."""

    month: int
    day: int | None
    year: int | None = None
    year_offset: int | None = None


@dataclass(frozen=True, slots=True)
class PeriodEnd:
    """The last day of the week, month or quarter ``offset`` units after the meeting's, or, if that is ``None``, of
    the one that fits; with ``day``, that day of it (Monday is 1)."""

    unit: Unit
    offset: int | None = 0
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Lapse:
    """``amount`` units after the meeting."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class LapseFrom:
    """A lapse counted from a day that the text gives (4月1日起三个月内)."""

    start: Day
    lapse: Lapse


@dataclass(frozen=True, slots=True)
class BeforeFeast:
    """The day before a feast; ``feast`` is the id of the lexicon. Year as in :class:`Day`."""

    feast: str
    year: int | None = None
    year_offset: int | None = None


@dataclass(frozen=True, slots=True)
class Recurring:
    """Something that recurs."""


@dataclass(frozen=True, slots=True)
class Vague:
    """近期, 适时 …: no date can be known."""


@dataclass(frozen=True, slots=True)
class Event:
    """Counted from an event whose date the text does not give."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A date whose glyphs are lost, or which reads in two ways."""


Value = Day | PeriodEnd | Lapse | LapseFrom | BeforeFeast | Recurring | Vague | Event | Lost


@dataclass(frozen=True, slots=True)
class Interpretation:
    """A deadline expression understood. ``weekday`` is the one in brackets, 1 for Monday."""

    value: Value
    weekday: int | None = None
    flags: tuple[str, ...] = ()

    @property
    def kind(self) -> DeadlineKind:
        """How far the expression can be put on a calendar."""
        match self.value:
            case Recurring():
                return DeadlineKind.RECURRING
            case Vague():
                return DeadlineKind.VAGUE
            case Event():
                return DeadlineKind.EVENT
            case _:
                return DeadlineKind.DATE


@dataclass(frozen=True, slots=True)
class Resolved:
    """A deadline put on the calendar; ``date`` is ``None`` unless it can be known."""

    kind: DeadlineKind
    date: date | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text at ``[start, end)``; ``repaired`` if lost glyphs or a lost year were filled in."""

    date: date
    start: int
    end: int
    repaired: bool = False
