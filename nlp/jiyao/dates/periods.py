"""Periods of years whose dash was lost: 20242026年 for 2024—2026年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RUN_TOGETHER = re.compile(r"(?<![0-9.])(?P<first>(?:19|20)[0-9]{2}) ?(?P<last>(?:19|20)[0-9]{2}) ?年")
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Period:
    """The years ``first`` to ``last`` as written at ``[start, end)`` without a dash."""

    start: int
    end: int
    first: int
    last: int


def find_lost_periods(norm: str) -> Iterator[Period]:
    """Periods that lost their dash, in order; two years that make no period of a plan are left alone.

    >>> next(find_lost_periods("实施20242026年行动"))
    Period(start=2, end=11, first=2024, last=2026)
    """
    for match in _RUN_TOGETHER.finditer(norm):
        first, last = int(match["first"]), int(match["last"])
        if 0 < last - first <= _LONGEST:
            yield Period(match.start(), match.end(), first, last)
