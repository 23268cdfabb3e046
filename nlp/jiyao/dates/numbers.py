"""Numbers as minutes write them, and the folding that dates are matched on."""

from __future__ import annotations

import re

_FOLD_FROM = (
    "０１２３４５６７８９〇○◯﹣－—–―～〜：．／（），；。　\u00a0\u2002\u2003\u2009後內個週兩時點節國慶號開會從報學終"
)
_FOLD_TO = "0123456789零零零-----~~:./(),;。     后内个周两时点节国庆号开会从报学终"
_FOLD = str.maketrans(_FOLD_FROM, _FOLD_TO)
#: Typed for the zeros of 二〇〇八年, 2010年: letters, and figures among Chinese numerals.
_ZEROS = re.compile(
    "(?<=[0-9零一二三四五六七八九十])[OoＯ]{1,4}(?=[0-9零一二三四五六七八九十年])"
    "|(?<=[零一二三四五六七八九])0{1,3}(?=[零一二三四五六七八九年])"
)

_DIGITS = {**{character: number for number, character in enumerate("零一二三四五六七八九")}, "两": 2}
_D = "[一二两三四五六七八九]"
_BELOW_MYRIAD = re.compile(f"(?:({_D})千)?(?:零?({_D}?百))?(?:零?({_D}?十))?(零?{_D})?")
_LONGEST = 12


def fold(text: str) -> str:
    """Half-width digits and punctuation, 〇 ○ O as 零, a few traditional characters as simplified.

    The result has the length of ``text``, so that offsets hold for both.
    """
    return _ZEROS.sub(lambda match: "零" * len(match[0]), text.translate(_FOLD))


def parse_chinese_number(text: str) -> int | None:
    """The whole number that ``text`` writes: 十二, 三十一, 二○二四, 第五十七, 106, １０６, 一百零六.

    ``None`` if ``text`` is no such number, or longer than twelve characters.
    """
    folded = fold(text.strip()).removeprefix("第")
    if not 0 < len(folded) <= _LONGEST:
        return None
    if folded.isascii():
        return int(folded) if folded.isdecimal() else None
    if all(character in _DIGITS for character in folded):
        return int("".join(str(_DIGITS[character]) for character in folded))
    head, myriad, tail = folded.replace("廿", "二十").replace("卅", "三十").rpartition("万")
    high = _below_myriad(head) if myriad else 0
    low = _below_myriad(tail) if tail else 0
    return None if high is None or low is None else high * 10_000 + low


def _below_myriad(text: str) -> int | None:
    """十二, 一百零六, 两千零二十四; 二百五 is two numbers, so none."""
    match = _BELOW_MYRIAD.fullmatch(text)
    if not text or not match:
        return None
    thousands, hundreds, tens, ones = match.groups(default="")
    if ones and (thousands or hundreds) and not tens and not ones.startswith("零"):
        return None
    return (
        1000 * _digit(thousands)
        + (100 * (_digit(hundreds[:-1]) or 1) if hundreds else 0)
        + (10 * (_digit(tens[:-1]) or 1) if tens else 0)
        + _digit(ones.lstrip("零"))
    )


def _digit(character: str) -> int:
    return _DIGITS.get(character, 0)
