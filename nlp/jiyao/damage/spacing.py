"""Blanks that a scanner's program put between all characters: 会 议 听 取 了 县 水 利 局 的 汇 报.

And characters that show nothing, which web pages put between others against copying or to allow a break.
"""

from __future__ import annotations

import re

_HAN = "\u4e00-\u9fff"
_TOUCHING = re.compile(f"[{_HAN}](?=[{_HAN}])")
_APART = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
#: A single blank beside a Chinese character or stop; two and more are a clerk's.
_SINGLE = re.compile(rf"(?<=[{_HAN},。;:!?、()《》“”〔〕\d]) (?=[{_HAN},。;:!?、()《》“”〔〕\d])")
#: Soft hyphen, zero-width space and joiners, marks of direction, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LEAST_SHARE = 0.5
_LEAST = 50
_BESIDE_MARK = re.compile("(?<=[,、;。:]) (?! )|(?<! ) (?=[,、;。:])")
_BEHIND_COMMA = re.compile(",(?= [^ \\n])")
_COMMA = re.compile(",(?=[^\\n])")
_LEAST_COMMAS = 8


def find_spacing(norm: str) -> list[int]:
    """Where single blanks stand between characters, if most characters of the page are set apart so; else those behind
    marks, if most commas of the page have one; else nowhere."""
    apart, touching = _count(_APART, norm), _count(_TOUCHING, norm)
    if apart >= max(_LEAST, _LEAST_SHARE * (apart + touching)):
        return [match.start() for match in _SINGLE.finditer(norm)]
    spaced = _count(_BEHIND_COMMA, norm)
    if spaced >= max(_LEAST_COMMAS, _LEAST_SHARE * _count(_COMMA, norm)):
        return [match.start() for match in _BESIDE_MARK.finditer(norm)]
    return []


def _count(pattern: re.Pattern[str], norm: str) -> int:
    return sum(1 for _ in pattern.finditer(norm))


def find_invisible(text: str) -> list[int]:
    """Where characters of ``text``, as it came, show nothing at all."""
    return [match.start() for match in _INVISIBLE.finditer(text)]
