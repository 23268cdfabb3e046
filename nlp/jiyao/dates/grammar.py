"""The pieces that expressions of time are built of, as regular expressions over folded text.

All repetitions are bounded, so that matching stays linear on hostile input.
"""

from __future__ import annotations

import re
from calendar import monthrange

from jiyao.dates.numbers import parse_chinese_number

YEAR_WORDS = {
    "今年": 0,
    "本年": 0,
    "本年度": 0,
    "当年": 0,
    "年度": 0,
    "明年": 1,
    "次年": 1,
    "翌年": 1,
    "来年": 1,
    "后年": 2,
}
YEAR_WORD = "(?:今年|本年度|本年|当年|年度|明年|次年|翌年|来年|后年)"
YEAR_NUMBER = "(?:(?:19|20)[0-9]{2}|[一二][零一二三四五六七八九]{3})"
YEAR = f"(?:{YEAR_NUMBER} ?年度?|{YEAR_WORD})"
MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
DAY = "(?:3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
PART = "(?:月?[底末]|上中旬|中下旬|上旬|中旬|下旬)"
QUARTER = "第?[1-4一二三四]季度?"
WEEKDAYS = "一二三四五六日"
WEEKDAY = r"\((?:星期|周|礼拜)[一二三四五六日天]\)"
_HOUR = "(?:[01]?[0-9]|2[0-4]|零(?=[时点])|二?十[一二三四五六七八九]?(?=[时点])|[一二两三四五六七八九](?=[时点]))"
CLOCK = f"{_HOUR}(?::[0-5][0-9]|[时点](?:(?:[0-5]?[0-9]|[一二三四五]?十?[一二三四五六七八九]?)分|整|半)?)"
TIME_OF_DAY_WORD = "(?:凌晨|清晨|早[上晨]|上午|中午|正午|下午|傍晚|晚[上间]|[夜晚]里|夜间|[午深]夜|[早晚](?=[0-9零一二两三四五六七八九十]{1,3}[时点:]))"
TIME_OF_DAY = f"(?:{TIME_OF_DAY_WORD}?(?:{CLOCK})?(?:下班|上班)?)"
BEFORE = "(?:之前|以前|前)"
WITHIN = "(?:之内|以内|内)"
BOUND = f"(?:{BEFORE}|{WITHIN}|为止|止)"
AMOUNT = "(?:[0-9]{1,4}|[零一二三四五六七八九十两百廿卅]{1,5})"
UNIT = "(?:工作日|小时|星期|季度|日|天|周|月|年)"
LAPSE = f"(?:半个?[月年天]|{AMOUNT} ?(?:(?:至|到|-|~|、) ?{AMOUNT} ?)?个?半?{UNIT})"


def number(text: str) -> int:
    """The number that a piece of this grammar matched; 0 for an empty one."""
    return parse_chinese_number(text) or 0


def month_and_day(digits: str) -> tuple[int, int] | None:
    """Read digits that lost the 月 between them (630 as 30 June), if only one reading is possible."""
    readings = [
        (int(digits[:cut]), int(digits[cut:]))
        for cut in (1, 2)
        if re.fullmatch(MONTH, digits[:cut]) and re.fullmatch(DAY, digits[cut:])
    ]
    possible = [(month, day) for month, day in readings if day <= days_in_month(month)]
    return possible[0] if len(possible) == 1 else None


def days_in_month(month: int, year: int = 2024) -> int:
    """Length of a month; of a leap year's unless told."""
    return monthrange(year, month)[1]
