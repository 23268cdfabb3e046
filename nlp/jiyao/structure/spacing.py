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


def find_spacing(norm: str) -> list[int]:
    """Where single blanks stand between characters, if most characters of the page are set apart so; else nowhere."""
    apart = sum(1 for _ in _APART.finditer(norm))
    touching = sum(1 for _ in _TOUCHING.finditer(norm))
    if apart < _LEAST or apart < _LEAST_SHARE * (apart + touching):
        return []
    return [match.start() for match in _SINGLE.finditer(norm)]


def find_invisible(text: str) -> list[int]:
    """Where characters of ``text``, as it came, show nothing at all."""
    return [match.start() for match in _INVISIBLE.finditer(text)]
