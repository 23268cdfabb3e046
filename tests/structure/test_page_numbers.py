"""Lines that only number a page are told from numbers that mean something."""

from __future__ import annotations

import pytest

from jiyao.structure.page_numbers import find_page_numbers

PAGE = "由县财政局在5月底前拨付资金20万元。\n{}\n    责任单位:县财政局\n"


def _without(text: str) -> str:
    places = set(find_page_numbers(text))
    return "".join(char for place, char in enumerate(text) if place not in places)


@pytest.mark.parametrize("line", ["- 3 -", "—3—", "  · 12 ·  ", "第3页", "第 3 页 共 9 页", "第3页/共9页"])
def test_the_line_goes_with_its_end(line: str) -> None:
    assert _without(PAGE.format(line)) == PAGE.replace("{}\n", "")


@pytest.mark.parametrize("line", ["3", "-3-5号地块", "第3页附图", "12·4宪法日", "第3项"])
def test_other_lines_stay(line: str) -> None:
    assert find_page_numbers(PAGE.format(line)) == []
