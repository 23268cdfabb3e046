"""What a deadline expression means, before the meeting's date is known.

An expression is cleaned, its bound (前, 内), time of day and weekday are taken
off, and what is left is tried against ``READINGS`` in order.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from jiyao import lexicon
from jiyao.dates.grammar import (
    BEFORE,
    BOUND,
    CLOCK,
    MONTH,
    TIME_OF_DAY,
    WEEKDAY,
    YEAR_WORDS,
    number,
)
from jiyao.dates.numbers import fold
from jiyao.dates.readings import READINGS, YEAR_PART, weekday_number
from jiyao.dates.values import (
    AMBIGUOUS,
    APPROXIMATE,
    DAMAGED,
    BeforeFeast,
    Day,
    Event,
    Interpretation,
    Lapse,
    Lost,
    Recurring,
    Unit,
    Vague,
)
from jiyao.lexicon import TimeWordKind

_LONGEST = 60
_NOISE = re.compile(r"[\s“”\"'‘’「」『』]|\((?:含|含当日|含当天)\)")
#: 今年年内, 2026年年底.
_YEAR_TWICE = re.compile("(?<=年)年(?=[内底末终中初])")
_HOUR = f"(?:{CLOCK})?"
#: 22日晚, 9月22日晚十二点前: the day counts. 今晚24时前, 今天夜里: this evening.
_NIGHT = re.compile(f"(?<=[日号])(?:晚|夜)[上间里]?{_HOUR}")
_TONIGHT = re.compile(f"(?<=[今明])天?(?:晚|夜)[上间里]?{_HOUR}")
_LEADING = re.compile("^(?:务必|力争|争取|确保|最迟|最晚|不迟于|截止到?|截至|于|在|到|至)+(?=.)")
_APPROXIMATE = re.compile("(?:左右|前后|上下)$")
_TAIL = re.compile(f"(?P<core>.*?)(?P<time>{TIME_OF_DAY})(?P<bound>{BOUND})?")
_RECURRING = re.compile(
    "(?:每个?(?:工作日|小时|学期|学年|半|季|星期|礼拜|日|天|晚|周|旬|月|年|隔|[0-9两一二三四五六七八九十])|按(?:日|天|周|旬|月|季|年|半年|双周)|逐(?:日|周|月|季|年)|双周|定期|次月)"
)
#: What recurs by other words than 每: 隔日, 双周, 逢五逢十, 半年一次, 每班; a month, then what recurs from it: 5月起每月.
_RECURS = re.compile(
    "隔[日天周月年]|每?双[日月周]|每?逢.{1,8}|([日天周月年])\\1|逐(?:时|小时)|早晚|每[^前后内]{1,4}"
    "|.{0,8}每(?:日|天|周|旬|月|季度|年|半?小时)|(?:半|[0-9一二两三四五六七八九十]{1,3})个?(?:日|天|周|月|季度|年)一[次轮回]"
)
_RANGE = re.compile("(?P<from>.{0,12}?月)?(?P<first>.{0,12}?)(?:至|到|-|~)(?P<last>.{1,16})")
_NO_EVENT = re.compile("(?:目|此|日|之|当|先|从|提|以|生|面|眼|空|史|跟|不久|多年|近|[0-9零一二三四五六七八九十]+)?")
#: What hangs on an event without a bound: 秋收后, 通水后第三天, 暑假期间, 秋季开学时, 返校首日, 三年期满.
_AT_EVENT = re.compile(
    "[^,。;!?]{1,20}(?:(?:之|以)?后(?:第[^,。;!?]{1,6})?|期间|[^小及按准适同随即]时|首日|当[日天]|头一天|期满|学期|[学赛]?[期季]末)"
    "|满.{1,8}[日天月年]|下一?次[^,。;!?]{1,10}会议?上?"
)
_DATE_DEBRIS = re.compile("[年月日0-9零一二三四五六七八九十 ]+")


def interpret(text: str) -> Interpretation | None:
    """Understand a deadline expression; ``None`` if it is none.

    >>> interpret("6月底前").value
    Day(month=6, day=None, year=None, year_offset=None)
    """
    clean = _LEADING.sub("", _NOISE.sub("", fold(text))).replace("元月", "一月")
    clean = _YEAR_TWICE.sub("", clean)
    clean = _TONIGHT.sub("晚", _NIGHT.sub("", clean))
    if not clean or len(clean) > _LONGEST:
        return None
    if _RECURRING.match(clean) or _RECURS.fullmatch(clean):
        return Interpretation(Recurring())
    word = _words().get(clean)
    if word is not None:
        hangs = word in (TimeWordKind.EVENT, TimeWordKind.PROCESS) or clean.endswith("后")  # 春节后
        return Interpretation(Event() if hangs else Vague())
    weekday = re.search(WEEKDAY, clean)
    rest = _APPROXIMATE.sub("", clean)
    approximate = rest != clean
    if weekday:
        rest = rest.replace(weekday[0], "", 1)
    found = _read(rest) or (Interpretation(Event()) if _AT_EVENT.fullmatch(rest) else None)
    if found is None:
        return None
    return replace(
        found,
        weekday=weekday_number(weekday[0][-2]) if weekday else None,
        flags=(*found.flags, APPROXIMATE) if approximate else found.flags,
    )


def _read(text: str) -> Interpretation | None:
    tail = _TAIL.fullmatch(text)
    core, bound = (tail["core"], tail["bound"] or "") if tail else (text, "")
    if tail and tail["time"] and not core:  # 17时前, 下班前: said on the day itself
        return Interpretation(Lapse(0, Unit.DAY)) if bound else None
    for pattern, bounds, reading in READINGS:
        match = pattern.fullmatch(core)
        if match and re.fullmatch(bounds, bound):
            return reading(match, bound)
    return _feast(core, bound) or _range(core) or _event(core, bound)


@cache
def _words() -> dict[str, TimeWordKind]:
    return {word.text: word.kind for word in lexicon.time_words() if len(word.text) > 1}


# --- what is left ----------------------------------------------------------------------------


def _feast(core: str, bound: str) -> Interpretation | None:
    """国庆节前 and the like; of two feasts (元旦、春节前) the one named first, and the reader is warned."""
    if not re.fullmatch(BEFORE, bound):
        return None
    match = _feast_pattern().fullmatch(core)
    if not match:
        return None
    year = number(match["year"]) if match["year"] else None
    offset = YEAR_WORDS[match["word"]] if match["word"] else None
    flags = (AMBIGUOUS,) if match["second"] else ()
    return Interpretation(BeforeFeast(_feast_forms()[match["feast"]], year, offset), flags=flags)


@cache
def _feast_forms() -> dict[str, str]:
    return {form: feast.id for feast in lexicon.feasts() for form in feast.forms}


@cache
def _feast_pattern() -> re.Pattern[str]:
    forms = "|".join(sorted(_feast_forms(), key=len, reverse=True))
    return re.compile(
        f"{YEAR_PART}(?P<feast>{forms})(?P<second>[、和](?:{forms})(?:[两双]节)?)?(?:小?长假|假期|放假)?(?:来临|到来)?"
    )


def _range(core: str) -> Interpretation | None:
    """7月1日至15日: the last day counts."""
    match = _RANGE.fullmatch(core)
    if match is None or not re.search("[日号旬底末月]$", match["last"]):
        return None
    last = match["last"] if "月" in match["last"] else f"{match['from'] or ''}{match['last']}"
    found = _read(last) if re.fullmatch(f".*{MONTH}月.*", last) else None
    return found if found and isinstance(found.value, Day) else None


def _event(core: str, bound: str) -> Interpretation | None:
    """Anything else that ends in 前 or 内 hangs on an event, unless it is debris of a date."""
    if not bound or _NO_EVENT.fullmatch(core) or re.search("[,。;!?]", core):
        return None
    if _DATE_DEBRIS.fullmatch(core):
        return Interpretation(Lost(), flags=(DAMAGED,))
    return Interpretation(Event())
