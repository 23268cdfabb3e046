"""Chinese numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiyao.dates import parse_chinese_number

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", 12),
        ("三十一", 31),
        ("二○二四", 2024),
        ("二〇二四", 2024),
        ("二O二四", 2024),
        ("二OO九", 2009),
        ("OO九", None),
        ("第五十七", 57),
        ("106", 106),
        ("１０６", 106),
        ("一百零六", 106),
        ("一百一十六", 116),
        ("一百", 100),
        ("百", 100),
        ("廿八", 28),
        ("卅一", 31),
        ("两千零二十四", 2024),
        ("一万二千", 12000),
        ("十", 10),
        ("零", 0),
        (" 九 ", 9),
        ("二百五", None),
        ("十二十", None),
        ("五十七次", None),
        ("", None),
        ("第", None),
        ("甲", None),
        ("1二", None),
        ("一" * 13, None),
        ("²", None),
    ],
)
def test_number(text: str, value: int | None) -> None:
    assert parse_chinese_number(text) == value


@given(st.integers(1, 99))
def test_numbers_below_a_hundred(value: int) -> None:
    tens, ones = divmod(value, 10)
    written = (("" if tens == 1 else DIGITS[tens]) + "十" if tens else "") + (DIGITS[ones] if ones else "")
    assert parse_chinese_number(written) == value


@given(st.integers(0, 10**11))
def test_digit_by_digit(value: int) -> None:
    assert parse_chinese_number("".join(DIGITS[int(digit)] for digit in str(value))) == value


@given(st.text(max_size=20))
def test_any_text(text: str) -> None:
    value = parse_chinese_number(text)
    assert value is None or value >= 0
