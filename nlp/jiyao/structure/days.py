"""Calendar days in header and tail: 2024年6月21日, 二〇〇九年八月二十五日, 2024-07-02, 8月19日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "O": 0, "o": 0}
_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_DAY = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d|[一二][〇○零Oo0九一二三四五六七八]{{3}}) ?年 ?)?"
    rf"(?P<month>{_NUMBER}) ?月 ?(?P<day>{_NUMBER}) ?日"
    r"|(?P<iso_year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<iso_month>\d{1,2})(?P=mark)(?P<iso_day>\d{1,2})(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written at ``[start, end)``; ``year`` is ``None`` where it is left out."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    def on(self, year: int | None = None) -> date | None:
        """The date, ``year`` used where none is written; ``None`` where there is no such day."""
        full = self.year or year
        if full is None:
            return None
        try:
            return date(full, self.month, self.day)
        except ValueError:  # 30 February, month 13
            return None


def find_days(norm: str, start: int, end: int) -> Iterator[Day]:
    """The days of ``norm[start:end]``, in order."""
    for match in _DAY.finditer(norm, start, end):
        if match.group("iso_year"):
            parts = [int(match.group(name)) for name in ("iso_year", "iso_month", "iso_day")]
            yield Day(match.start(), match.end(), parts[0], parts[1], parts[2])
            continue
        year = match.group("year")
        yield Day(
            match.start(),
            match.end(),
            _figures(year) if year else None,
            _count(match.group("month")),
            _count(match.group("day")),
        )


def _figures(text: str) -> int:
    """二〇〇九 and 2009, figure by figure."""
    return int("".join(char if char.isdigit() and char.isascii() else str(_DIGITS[char]) for char in text))


def _count(text: str) -> int:
    """Numbers up to 99: 28, 二十八, 十."""
    if text.isdigit():
        return int(text)
    tens, ten, units = text.rpartition("十")
    if not ten:
        return _DIGITS[units[0]]
    return 10 * (_DIGITS[tens[0]] if tens else 1) + (_DIGITS[units[0]] if units else 0)
