"""Putting an understood deadline on the calendar, counted from the day of the meeting."""

from __future__ import annotations

from datetime import date, timedelta

from jiyao import lexicon
from jiyao.dates.grammar import days_in_month
from jiyao.dates.values import (
    IMPOSSIBLE,
    NEXT_MONTH,
    NEXT_YEAR,
    NO_CALENDAR,
    NO_FEAST,
    NO_MEETING,
    PAST,
    WEEKDAY,
    BeforeFeast,
    Day,
    Interpretation,
    Lapse,
    LapseFrom,
    PeriodEnd,
    Resolved,
    Unit,
)
from jiyao.labels import DeadlineKind

_HOURS_A_DAY = 24
_LATEST_SLIP = 6  # months; an earlier date without a year is next year's
_FRIDAY = 5

#: A day, or none, and flags.
_Answer = tuple[date | None, tuple[str, ...]]


def resolve(interpretation: Interpretation, meeting: date | None) -> Resolved:
    """Put ``interpretation`` on the calendar. ``meeting`` is the day of the meeting, ``None`` if unknown.

    A day without a year is in the meeting's year, or in the next if that is more than six
    months before the meeting. The end of a week is Sunday. Feasts stand for the day before.

    >>> from jiyao.dates.interpret import interpret
    >>> resolve(interpret("国庆节前"), date(2024, 6, 21)).date
    datetime.date(2024, 9, 30)
    """
    kind = interpretation.kind
    if kind is not DeadlineKind.DATE:
        return Resolved(kind, None, interpretation.flags)
    value = interpretation.value
    match value:
        case Day():
            day, flags = _day(value, meeting)
        case PeriodEnd():
            day, flags = _period_end(value, meeting) if meeting else (None, (NO_MEETING,))
        case Lapse():
            day, flags = _lapse(value, meeting) if meeting else (None, (NO_MEETING,))
        case LapseFrom():
            day, flags = _lapse_from(value, meeting)
        case BeforeFeast():
            day, flags = _before_feast(value, meeting)
        case _:
            return Resolved(kind, None, interpretation.flags)
    flags = (*interpretation.flags, *flags)
    if day and interpretation.weekday and day.isoweekday() != interpretation.weekday:
        flags = (*flags, WEEKDAY)
    if day and meeting and day < meeting:
        flags = (*flags, PAST)
    return Resolved(kind, day, flags)


def _day(value: Day, meeting: date | None) -> _Answer:
    if value.year is not None:
        return _calendar_day(value.year, value)
    if meeting is None:
        return None, (NO_MEETING,)
    if value.year_offset is not None:
        return _calendar_day(meeting.year + value.year_offset, value)
    day, flags = _calendar_day(meeting.year, value)
    if day and (later := _add_months(day, _LATEST_SLIP)) and later < meeting:
        day, flags = _calendar_day(meeting.year + 1, value)
        flags = (*flags, NEXT_YEAR)
    return day, flags


def _calendar_day(year: int, value: Day) -> _Answer:
    day = _date(year, value.month, value.day)
    return day, () if day else (IMPOSSIBLE,)


def _period_end(value: PeriodEnd, meeting: date) -> _Answer:
    match value.unit:
        case Unit.WEEK:
            monday = _add_days(meeting, 7 * (value.offset or 0) - meeting.weekday())
            day = _add_days(monday, (value.day or 7) - 1) if monday else None
        case Unit.MONTH:
            return _day_of_month(value, meeting)
        case _:
            first = meeting.replace(month=meeting.month - (meeting.month - 1) % 3, day=1)
            last_month = _add_months(first, 3 * (value.offset or 0) + 2)
            day = _date(last_month.year, last_month.month, None) if last_month else None
    return day, () if day else (IMPOSSIBLE,)


def _day_of_month(value: PeriodEnd, meeting: date) -> _Answer:
    """A bare 25日前 that has passed is the next month's; 本月25日前 is not."""
    month = _add_months(meeting.replace(day=1), value.offset or 0)
    day = _date(month.year, month.month, value.day) if month else None
    if value.offset is None and day and day < meeting and (month := _add_months(day, 1)):
        return month, (NEXT_MONTH,)
    return day, () if day else (IMPOSSIBLE,)


def _lapse(value: Lapse, meeting: date) -> _Answer:
    flags: tuple[str, ...] = ()
    match value.unit:
        case Unit.HOUR:
            day = _add_days(meeting, (value.amount + _HOURS_A_DAY // 2) // _HOURS_A_DAY)  # the nearest day
        case Unit.DAY:
            day = _add_days(meeting, value.amount)
        case Unit.WEEK:
            day = _add_days(meeting, 7 * value.amount)
        case Unit.WORKING_DAY:
            day, flags = _add_working_days(meeting, value.amount)
        case Unit.MONTH:
            day = _add_months(meeting, value.amount)
        case Unit.QUARTER:
            day = _add_months(meeting, 3 * value.amount)
        case Unit.YEAR:
            day = _add_months(meeting, 12 * value.amount)
    return day, flags if day else (IMPOSSIBLE,)


def _lapse_from(value: LapseFrom, meeting: date | None) -> _Answer:
    """Whole months from the first of one end with the last day of another: 4月1日起三个月内 is 30 June."""
    start, flags = _day(value.start, meeting)
    if start is None:
        return None, flags
    day, more = _lapse(value.lapse, start)
    if day and start.day == 1 and value.lapse.unit in (Unit.MONTH, Unit.QUARTER, Unit.YEAR):
        day = _add_days(day, -1)
    return day, (*flags, *more)


def _before_feast(value: BeforeFeast, meeting: date | None) -> _Answer:
    feast = next(feast for feast in lexicon.feasts() if feast.id == value.feast)
    if value.year is not None:
        years = [value.year]
    elif meeting is None:
        return None, (NO_MEETING,)
    elif value.year_offset is not None:
        years = [meeting.year + value.year_offset]
    else:
        years = [meeting.year, meeting.year + 1]
    days = [feast.in_year(year) for year in years if year <= date.max.year]
    for day in days:
        if day and (len(years) == 1 or meeting is None or day > meeting):
            return _add_days(day, -1), ()
    return None, (NO_FEAST,)


# --- calendar arithmetic that ends at the calendar's end instead of failing -----------------


def _date(year: int, month: int, day: int | None) -> date | None:
    """The date, if there is one; ``day`` ``None`` is the month's last."""
    if not date.min.year <= year <= date.max.year:
        return None
    last = days_in_month(month, year)
    return date(year, month, day or last) if (day or last) <= last else None


def _add_days(day: date, days: int) -> date | None:
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def _add_months(day: date, months: int) -> date | None:
    """The same day ``months`` later, or the last of a shorter month."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    if year > date.max.year:
        return None
    return date(year, month + 1, min(day.day, days_in_month(month + 1, year)))


def _add_working_days(day: date, amount: int) -> _Answer:
    """The ``amount``-th working day after ``day``; where no holidays are published, Monday to Friday."""
    # loaded only where it is needed: a table of all holidays since 2004
    from chinese_calendar import is_workday

    flags: tuple[str, ...] = ()
    left = amount
    while left:
        if day == date.max:
            return None, ()
        day += timedelta(days=1)
        try:
            works = is_workday(day)
        except NotImplementedError:
            works = day.isoweekday() <= _FRIDAY
            flags = (NO_CALENDAR,)
        left -= works
    return day, flags
