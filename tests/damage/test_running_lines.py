"""Lines that run through all pages are told from lines that mean something."""

from __future__ import annotations

import pytest

from jiyao.damage.running_lines import find_running_lines

PAGE = "由县财政局在5月底前拨付资金20万元。\n{}\n    责任单位:县财政局\n"


def _without(text: str) -> str:
    places = set(find_running_lines(text))
    return "".join(char for place, char in enumerate(text) if place not in places)


@pytest.mark.parametrize("line", ["- 3 -", "—3—", "  · 12 ·  ", "第3页", "第 3 页 共 9 页", "第3页/共9页"])
def test_the_line_goes_with_its_end(line: str) -> None:
    assert _without(PAGE.format(line)) == PAGE.replace("{}\n", "")


@pytest.mark.parametrize("line", ["3", "-3-5号地块", "第3页附图", "12·4宪法日", "第3项"])
def test_other_lines_stay(line: str) -> None:
    assert find_running_lines(PAGE.format(line)) == []


def test_heads_and_warnings_stay_where_they_stand_first() -> None:
    parts = ["内部资料 注意保存", "棠溪县人民政府专题会议纪要", "由县财政局拨付。", "县水利局", "会议要求:"]
    page = "\n".join(parts * 3) + "\n"
    assert _without(page).split("\n") == [*parts, *parts[2:], *parts[2:], ""]
    assert _without("\n".join(parts * 2)) == "\n".join(parts * 2)


def test_cells_of_a_table_repeat_themselves() -> None:
    rows = [f"{number}\n疏浚{name}渠\n县水利局\n第12次常务会议纪要" for number, name in enumerate("东西南北中", 1)]
    page = "序号\n工作任务\n责任单位\n备注\n" + "\n".join(rows) + "\n"
    assert find_running_lines(page) == []


LONG = "由县水利局逐处清淤" * 14 + "。\n"


def test_a_sentence_goes_on_behind_the_page_number() -> None:
    assert _without(LONG + "由县财政局拨付,\n- 3 -\n县水利局清淤。\n") == LONG + "由县财政局拨付,县水利局清淤。\n"
    assert _without(LONG + "由县财政局在五月底前按程序拨付资\n- 3 -\n金。\n").endswith("拨付资金。\n")


@pytest.mark.parametrize("below", ["2.县水利局清淤。", "责任单位:县水利局", "    县水利局清淤。", ""])
def test_what_begins_anew_behind_it_does_not_go_on(below: str) -> None:
    assert _without(f"{LONG}由县财政局拨付,\n- 3 -\n{below}\n") == f"{LONG}由县财政局拨付,\n{below}\n"


def test_cells_do_not_go_on() -> None:
    assert _without(LONG + "县财政局\n- 3 -\n县水利局\n") == LONG + "县财政局\n县水利局\n"
