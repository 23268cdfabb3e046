"""Dates: finding them, understanding deadlines, and putting these on the calendar. No state, no clock."""

from __future__ import annotations

from jiyao.dates.deadlines import find_deadlines
from jiyao.dates.find import find_dates
from jiyao.dates.interpret import interpret
from jiyao.dates.numbers import parse_chinese_number
from jiyao.dates.periods import Period, find_lost_periods
from jiyao.dates.resolve import resolve
from jiyao.dates.values import Event, FoundDate, Interpretation, Lapse, Resolved, Unit

__all__ = [
    "Event",
    "FoundDate",
    "Interpretation",
    "Lapse",
    "Period",
    "Resolved",
    "Unit",
    "find_dates",
    "find_deadlines",
    "find_lost_periods",
    "interpret",
    "parse_chinese_number",
    "resolve",
]
