"""Enumerators: 一、 (一) 1. (1) ① 第一、 and the like, at the start of a line or clause.

Works on normalised text (half-width brackets and points); a ``1.`` of ``1.5万元``,
a year in brackets or a time of day is no enumerator; that of ``1.5月底前`` is one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum


class Style(IntEnum):
    """Numbering styles from the outermost to the innermost."""

    TOPIC = 0  # 议题一: 第一项议题:
    CHINESE = 1  # 一、
    ORDINAL = 2  # 第一、
    CHINESE_BRACKET = 3  # (一)
    ARABIC = 4  # 1.
    ARABIC_BRACKET = 5  # (1) 1)
    CIRCLED = 6  # ①


@dataclass(frozen=True, slots=True)
class Enumerator:
    """An enumerator that ends at offset ``end``, white space after it included.

    ``label`` is the number as written, without brackets and points.
    """

    style: Style
    label: str
    value: int
    end: int


_CHINESE = "一二三四五六七八九十"
_NUMERAL = rf"[{_CHINESE}]{{1,3}}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_POINTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑"
_YEAR = r"(?:19|20)\d\d(?:年|[—–-]{1,2}(?:19|20)\d\d)"
# What is counted in wholes: 2.16座水库, 2.5月底前 and 2.110千伏线路 are the second point of a list, 2.5公里 is a number.
_COUNTED = rf"\d+(?:[月户所座项名家处条件宗栋幢辆台份]|千伏)|{_YEAR}"
#: 4 月5日, 3 万元: figures with a blank behind them; 4 提供备选地块 is the fourth row of a table that lost its lines.
_MEASURE = "[年月日号时点分秒个万亿元角岁天周家名栋间户座条件宗辆台次倍度人]"
# A point ends a number where no digit follows (1.5万元), or one that cannot be a decimal. 3。 is a point that a tool made
# Chinese.
_PATTERN = re.compile(
    rf"""(?:
        (?P<topic>议题\ ?(?P<topic_label>{_NUMERAL}|\d{{1,2}})\ ?[:、. ]
        |第(?P<topic_nth>{_NUMERAL}|\d{{1,2}})项?议题[:、. ])
      | (?P<chinese>{_NUMERAL})\ ?(?:、|\.|．)
      | 第(?P<ordinal>{_NUMERAL})、
      | (?:\(\ ?(?P<chinese_bracket>{_NUMERAL})\ ?\)|(?P<chinese_half>{_NUMERAL})\))[、.]?
      | (?P<arabic>\d{{1,3}})\ ?(?:、|。|\||[.．](?:(?!\d)|(?={_COUNTED})))
      | (?P<arabic_bare>\d{{1,2}})(?=[ \t\u3000\u00a0]{{1,4}}(?!{_MEASURE})[\u4e00-\u9fff《“])
      | (?:\(\ ?(?P<arabic_bracket>\d{{1,2}})\ ?\)|(?P<arabic_half>\d{{1,2}})\))[、.]?
      | (?P<circled>[{_CIRCLED}])[、.]?
      | (?P<bracketed>[{_BRACKETED}])[、.]?
      | (?P<pointed>[{_POINTED}])
    )[ \t\u3000\u00a0]*""",
    re.VERBOSE,
)
_STYLES: dict[str, Style] = {
    "topic_label": Style.TOPIC,
    "topic_nth": Style.TOPIC,
    "chinese": Style.CHINESE,
    "ordinal": Style.ORDINAL,
    "chinese_bracket": Style.CHINESE_BRACKET,
    "chinese_half": Style.CHINESE_BRACKET,
    "arabic": Style.ARABIC,
    "arabic_bare": Style.ARABIC,
    "arabic_bracket": Style.ARABIC_BRACKET,
    "arabic_half": Style.ARABIC_BRACKET,
    "circled": Style.CIRCLED,
    "bracketed": Style.CHINESE_BRACKET,
    "pointed": Style.ARABIC,
}


def read_enumerator(norm: str, start: int, end: int) -> Enumerator | None:
    """The enumerator that stands at ``start``, or ``None``. ``end`` bounds the reading.

    >>> read_enumerator("(二)由市财政局", 0, 8).label
    '二'
    """
    match = _PATTERN.match(norm, start, end)
    if match is None:
        return None
    for group, style in _STYLES.items():
        label = match.group(group)
        if label is not None:
            return Enumerator(style, label, _value(label), match.end())
    return None


def skip_enumerators(norm: str, start: int, end: int) -> int:
    """The offset after white space and enumerators at ``start`` (``二、(一)`` are two)."""
    position = skip_space(norm, start, end)
    while (enumerator := read_enumerator(norm, position, end)) is not None:
        position = skip_space(norm, enumerator.end, end)
    return position


def skip_space(norm: str, start: int, end: int) -> int:
    """The offset of the first character in ``[start, end)`` that is no white space."""
    while start < end and norm[start].isspace():
        start += 1
    return start


def _value(label: str) -> int:
    for row in (_CIRCLED, _BRACKETED, _POINTED):
        if label in row:
            return row.index(label) + 1
    if label.isdigit():
        return int(label)
    tens, ten, units = label.rpartition("十")
    if not ten:
        return _CHINESE.index(label[0]) + 1
    return 10 * (_CHINESE.index(tens[0]) + 1 if tens else 1) + (_CHINESE.index(units[0]) + 1 if units else 0)
