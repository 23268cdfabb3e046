"""Dates in headers and signatures: of the meeting, of issue, of the web page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from jiyao.dates.grammar import CLOCK, DAY, MONTH, YEAR_NUMBER, days_in_month, month_and_day, number
from jiyao.dates.numbers import fold
from jiyao.dates.values import FoundDate

Match = re.Match[str]
#: Year, or ``None`` for the reference year; month; day; whether repaired.
_Parts = tuple[int | None, int, int, bool]

_S = " ?"
_NO_DAY_GLYPH = r"(?! [0-9])(?=[\s,。;()]|上午|下午|$)"
_WRITTEN = (
    f"(?P<year>{YEAR_NUMBER}){_S}年{_S}(?P<month>{MONTH}){_S}月{_S}(?P<day>{DAY})(?:{_S}(?P<ri>[日号])|{_NO_DAY_GLYPH})"
)
_ALONE = r"(?:(?m:^)|(?<=[:】\]])|(?<=[:)] )|(?<=  ))"
_END = r"(?=[ ]{0,2}(?:\n|$|[(\[【]|印发))"


def _written(match: Match) -> _Parts:
    return number(match["year"]), number(match["month"]), number(match["day"]), not match["ri"]


def _figures(match: Match) -> _Parts:
    return int(match["year"]), int(match["month"]), int(match["day"]), False


def _no_year(match: Match) -> _Parts:
    return None, number(match["month"]), number(match["day"]), match["nian"] is not None


def _run_together(match: Match) -> _Parts | None:
    """413日, 2024年315日, 202431: the 月 is lost, or 年 and 日 too."""
    reading = month_and_day(match["digits"])
    year = match.groupdict().get("year")
    return (number(year) if year else None, *reading, True) if reading else None


#: Patterns in order of trust, and how to read them.
READINGS: tuple[tuple[re.Pattern[str], Callable[[Match], _Parts | None]], ...] = (
    (re.compile(_WRITTEN), _written),
    (
        re.compile(
            r"(?<![0-9./-])(?P<year>(?:19|20)[0-9]{2})(?P<sep>[-./])(?P<month>1[0-2]|0?[1-9])(?P=sep)"
            r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9]|[-./][0-9])"
        ),
        _figures,
    ),
    (
        re.compile(
            r"(?<![0-9./-])(?P<day>3[01]|[12][0-9]|0?[1-9])\.(?P<month>1[0-2]|0?[1-9])\.(?P<year>(?:19|20)[0-9]{2})"
            r"(?![0-9]|[-./][0-9])"
        ),
        _figures,
    ),
    (
        re.compile(
            rf"{_ALONE}(?P<year>(?:19|20)[0-9]{{2}})(?P<month>1[0-2]|0[1-9])(?P<day>3[01]|[12][0-9]|0[1-9]){_END}"
        ),
        _figures,
    ),
    (
        re.compile(rf"(?<![0-9])(?P<year>{YEAR_NUMBER}){_S}年{_S}(?P<digits>[0-9]{{2,4}}){_S}[日号]"),
        _run_together,
    ),
    (
        re.compile(
            rf"(?<![0-9零一二三四五六七八九十年今去明前次])(?:今年|(?P<nian>年){_S})?(?P<month>{MONTH}){_S}月{_S}(?P<day>{DAY}){_S}[日号]"
        ),
        _no_year,
    ),
    (
        re.compile(rf"(?<![0-9年月])(?P<year>(?:19|20)[0-9]{{2}})(?P<digits>[1-9][0-9]{{1,3}}){_S}[日号]"),
        _run_together,
    ),
    (re.compile(rf"{_ALONE}(?P<year>20[0-9]{{2}})(?P<digits>[1-9][0-9]{{1,3}}){_END}"), _run_together),
    (
        re.compile(
            rf"(?<![0-9年月])(?P<digits>[1-9][0-9]{{1,3}})"
            rf"(?:{_S}[日号](?={_S}(?:上午|下午|晚|[,(]|{CLOCK}|\n|$|召开|电|讯))|(?={_S}(?:上午|下午|晚上)))"
        ),
        _run_together,
    ),
)


def find_dates(text: str, reference: int | None = None) -> list[FoundDate]:
    """All whole dates in ``text``, in order and without overlaps.

    ``reference`` is the year of dates that have none (5月22日); without it they are left out.
    Offsets index ``text``. What lost a glyph is given only if it reads in one way.
    """
    found: list[FoundDate] = []
    taken: list[bool] = [False] * (len(text) + 1)
    for match, read in _matches(fold(text)):
        if taken[match.start()] or taken[match.end() - 1]:
            continue
        for place in range(match.start(), match.end()):
            taken[place] = True
        parts = read(match)
        day = _date(parts, reference) if parts else None
        if day and parts:
            found.append(FoundDate(day, match.start(), match.end(), parts[3]))
    return sorted(found, key=lambda one: one.start)


def _matches(text: str) -> Iterator[tuple[Match, Callable[[Match], _Parts | None]]]:
    for pattern, read in READINGS:
        for match in pattern.finditer(text):
            yield match, read


def _date(parts: _Parts, reference: int | None) -> date | None:
    year, month, day, _ = parts
    known = year if year is not None else reference
    if known is None or not date.min.year <= known <= date.max.year:
        return None
    return date(known, month, day) if day <= days_in_month(month, known) else None
