"""How the core of a deadline expression reads: a table of patterns and small functions.

To teach a new form, write its pattern and its function and put them into ``READINGS``,
before any row that would match it too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from jiyao.dates.grammar import (
    AMOUNT,
    BEFORE,
    BOUND,
    DAY,
    LAPSE,
    MONTH,
    PART,
    WEEKDAYS,
    WITHIN,
    YEAR_NUMBER,
    YEAR_WORD,
    YEAR_WORDS,
    month_and_day,
    number,
)
from jiyao.dates.numbers import parse_chinese_number
from jiyao.dates.values import (
    AMBIGUOUS,
    DAMAGED,
    REPAIRED,
    Day,
    Event,
    Interpretation,
    Lapse,
    LapseFrom,
    Lost,
    PeriodEnd,
    Unit,
    Vague,
)

YEAR_PART = f"(?:(?P<year>{YEAR_NUMBER}|[012][0-9](?=年))(?P<nian>年度?)?|(?P<word>{YEAR_WORD}))?的?"
_UNITS = {
    "小时": Unit.HOUR,
    "日": Unit.DAY,
    "天": Unit.DAY,
    "工作日": Unit.WORKING_DAY,
    "周": Unit.WEEK,
    "星期": Unit.WEEK,
    "月": Unit.MONTH,
    "季度": Unit.QUARTER,
    "年": Unit.YEAR,
}
_HALVES = {"月": Lapse(15, Unit.DAY), "年": Lapse(6, Unit.MONTH), "天": Lapse(0, Unit.DAY)}
_PARTS = {"上旬": 10, "中旬": 20, "上中旬": 20}

Match = re.Match[str]
Reading = Callable[[Match, str], Interpretation]
NOW = re.compile("(?:自|从)?(?:本次|此次|今天|今日|即日|会议?|会议?(?:结束|召开))?")


def weekday_number(character: str) -> int:
    """1 for Monday."""
    return WEEKDAYS.index(character.replace("天", "日")) + 1


# --- readings of the calendar ----------------------------------------------------------------


def _day(match: Match, month: int, day: int | None, *flags: str) -> Interpretation:
    groups = match.groupdict()
    year, word = groups.get("year"), groups.get("word")
    if year and not groups["nian"]:
        flags = (*flags, REPAIRED)
    if year:
        written = number(year)
        return Interpretation(Day(month, day, year=written if written > 99 else 2000 + written), flags=flags)
    return Interpretation(Day(month, day, year_offset=YEAR_WORDS[word] if word else None), flags=flags)


def _month_day(match: Match, bound: str) -> Interpretation:
    flags = () if match["ri"] else (REPAIRED,)
    return _day(match, number(match["month"]), number(match["day"]), *flags)


def _run_together(match: Match, bound: str) -> Interpretation:
    reading = month_and_day(match["digits"])
    if reading is None:
        return Interpretation(Lost(), flags=(DAMAGED,))
    return _day(match, *reading, REPAIRED)


def _month_part(match: Match, bound: str) -> Interpretation:
    return _day(match, number(match["month"]), _PARTS.get(match["part"]))


def _month(match: Match, bound: str) -> Interpretation:
    month = number(match["month"])
    if not re.fullmatch(BEFORE, bound):
        return _day(match, month, None)
    # 7月前: before it begins; whoever meant its end would have said 7月底前, and the reader is warned.
    before = _day(match, month - 1 or 12, None, AMBIGUOUS)
    if month > 1 or not isinstance(before.value, Day):
        return before
    year, offset = before.value.year, before.value.year_offset
    day = replace(before.value, year=year and year - 1, year_offset=None if offset is None else offset - 1)
    return replace(before, value=day)


def _year(match: Match, bound: str) -> Interpretation:
    if re.fullmatch(BEFORE, bound) and not match["end"]:
        return Interpretation(Lost(), flags=(AMBIGUOUS,))
    return _day(match, 12, None)


def _half_year(match: Match, bound: str) -> Interpretation:
    return _day(match, 6 if match["half"] == "上" else 12, None)


def _quarter(match: Match, bound: str) -> Interpretation:
    # 一季度前: with its end; whoever meant the day before it would have said 年底前, and the reader is warned.
    flags = (AMBIGUOUS,) if re.fullmatch(BEFORE, bound) and not match["end"] else ()
    return _day(match, 3 * number(match["quarter"]), None, *flags)


def _this_month(match: Match, bound: str) -> Interpretation:
    groups = match.groupdict()
    which = groups.get("which")
    day = number(groups["day"]) if groups.get("day") else _PARTS.get(groups.get("part") or "")
    offset = None if day and not which else int((which or "").startswith(("下", "次")))
    return Interpretation(PeriodEnd(Unit.MONTH, offset, day))


def _this_week(match: Match, bound: str) -> Interpretation:
    day = match.groupdict().get("day")
    offset = (match["which"] or "").count("下")
    return Interpretation(PeriodEnd(Unit.WEEK, offset, weekday_number(day) if day else None))


def _this_quarter(match: Match, bound: str) -> Interpretation:
    return Interpretation(PeriodEnd(Unit.QUARTER, 1 if match["which"] == "下" else 0))


def _today(match: Match, bound: str) -> Interpretation:
    return Interpretation(Lapse(match[0].count("明") + 2 * match[0].count("后"), Unit.DAY))


# --- readings of lapses ----------------------------------------------------------------------


def _lapse(match: Match, bound: str) -> Interpretation:
    if match["half"]:
        return Interpretation(_HALVES[match["half"]])
    amount, unit = parse_chinese_number(match["amount"]), _UNITS[match["unit"] or match["counted"]]
    if amount is None:
        return Interpretation(Lost(), flags=(DAMAGED,))
    if match["and_half"]:  # 一个半月
        if unit is not Unit.MONTH:
            return Interpretation(Lost(), flags=(AMBIGUOUS,))
        return Interpretation(Lapse(30 * amount + 15, Unit.DAY))
    return Interpretation(Lapse(amount, unit))


def _lapse_after(match: Match, bound: str) -> Interpretation:
    if NOW.fullmatch(match["anchor"]):
        lapse = _LAPSE.fullmatch(match["lapse"])
        if lapse:
            return _lapse(lapse, bound)
    start = _START.fullmatch(match["anchor"])
    lapse = _LAPSE.fullmatch(match["lapse"])
    if start and lapse:
        day, length = _month_day(start, "").value, _lapse(lapse, bound).value
        if isinstance(day, Day) and isinstance(length, Lapse):
            return Interpretation(LapseFrom(day, length))
    return Interpretation(Event())


def _vague(match: Match, bound: str) -> Interpretation:
    return Interpretation(Vague())


def _before_event(match: Match, bound: str) -> Interpretation:
    return Interpretation(Event())


def _lost(match: Match, bound: str) -> Interpretation:
    return Interpretation(Lost(), flags=(DAMAGED,))


_START = re.compile(f"(?:自|从)?{YEAR_PART}(?P<month>{MONTH})月(?P<day>{DAY})(?P<ri>[日号])")
# 三个月内 is a lapse, 三月内 a month.
_LAPSE = re.compile(
    f"半个?(?P<half>[月年天])|(?:{AMOUNT}(?:至|到|-|~|、))?(?P<amount>{AMOUNT})"
    "(?:个(?P<and_half>半)?(?P<counted>工作日|小时|星期|月|季度)|(?P<unit>工作日|小时|星期|日|天|周|年))"
)
_ANY = f"(?:{BOUND})?"

#: Pattern of the core, pattern of the bound, reading. First match wins.
READINGS: tuple[tuple[re.Pattern[str], str, Reading], ...] = (
    (_LAPSE, WITHIN, _lapse),
    (re.compile(f"{YEAR_PART}(?P<month>{MONTH})月份?(?P<day>{DAY})(?P<ri>[日号])?"), _ANY, _month_day),
    # 5月18日比赛前: the day that is named counts, not what it is the day of.
    (
        re.compile(
            f"{YEAR_PART}(?P<month>{MONTH})月(?P<day>{DAY})(?P<ri>[日号])(?:[\u4e00-\u9fff“”]{{2,6}}|\\([^()]{{1,8}}\\))"
        ),
        BEFORE,
        _month_day,
    ),
    (re.compile(f"(?:{YEAR_PART}(?<=年))?(?P<digits>[0-9]{{3,4}})日"), f"(?:{BEFORE}|为止|止)?", _run_together),
    (re.compile("(?P<digits>[0-9]{3,4})"), BEFORE, _run_together),
    (re.compile(f"{YEAR_PART}(?P<month>{MONTH})月份?的?(?P<part>{PART})"), _ANY, _month_part),
    (re.compile(f"{YEAR_PART}(?P<month>{MONTH})月份?"), _ANY, _month),
    (re.compile(f"{YEAR_PART}{MONTH}月份?[初中]"), _ANY, _vague),
    (re.compile(f"{YEAR_PART}(?:第?)(?P<quarter>[1-4一二三四])季度?(?P<end>[末底])?"), _ANY, _quarter),
    (re.compile(f"{YEAR_PART}(?P<half>[上下])半年度?(?:[末底])?"), _ANY, _half_year),
    (re.compile(f"(?:{YEAR_PART}(?<=[年度]))?(?P<end>年?[底末终]|岁末)"), _ANY, _year),
    (re.compile(f"(?P<year>{YEAR_NUMBER})(?P<nian>年度?)(?P<end>)"), _ANY, _year),
    (re.compile(f"(?P<word>{YEAR_WORD})(?P<end>)"), WITHIN, _year),
    (re.compile("(?P<end>年)"), WITHIN, _year),
    (re.compile("年"), BEFORE, _before_event),  # before New Year, by whichever calendar
    (re.compile("(?P<end>全年)"), _ANY, _year),
    (re.compile(f"(?P<which>本|当|这个?|下个?|次)月份?(?:(?P<part>{PART})|(?P<day>{DAY})[日号])?"), _ANY, _this_month),
    (re.compile(f"月(?P<part>{PART})"), _ANY, _this_month),
    (re.compile("月"), WITHIN, _this_month),
    (re.compile("(?P<which>)周"), WITHIN, _this_week),
    (re.compile(f"(?P<day>{DAY})[日号]"), f"(?:{BEFORE}|为止|止)?", _this_month),
    (re.compile("(?P<which>本|这|下下?)?(?:周|星期)(?:(?P<day>[一二三四五六日天])|末)"), _ANY, _this_week),
    (re.compile("(?P<which>本|这|下下?)(?:周|星期)"), _ANY, _this_week),
    (re.compile("(?P<which>本|当|这个?|下)?季度?(?:[末底])"), _ANY, _this_quarter),
    (re.compile("(?P<which>本|当|这个?|下)季度?"), _ANY, _this_quarter),
    (re.compile("(?:当|今|本|明)[日天]|[今当明][晚夜早晨]|后天"), _ANY, _today),
    (re.compile(f"{YEAR_NUMBER}?年?月(?:{DAY})?日?|{YEAR_NUMBER}?年?{MONTH}月日"), BOUND, _lost),
    (_LAPSE, "", _lapse),
    (re.compile(f"限期?(?:{_LAPSE.pattern})"), f"(?:{WITHIN})?", _lapse),
    (re.compile(f"(?:{_LAPSE.pattern})(?:之|以)?后"), "", _lapse),
    (
        re.compile(f"(?P<anchor>.{{1,30}}?)(?:之日起|之日后|之日|之后|以后|后|起)的?(?P<lapse>{LAPSE})"),
        f"(?:{WITHIN})?",
        _lapse_after,
    ),
    (re.compile(f".{{1,20}}?(?:之前|前)(?:的)?{LAPSE}"), f"(?:{BOUND})?", _before_event),
    (re.compile(f".{{1,20}}?{LAPSE}"), BEFORE, _before_event),
)
