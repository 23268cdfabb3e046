"""Tabs and blanks between the cells of a table become bars, and only those."""

from __future__ import annotations

import time

import pytest

from jiyao.damage import mend
from jiyao.damage.columns import find_columns
from jiyao.readers import read_text

HEADS = "序号|任务|责任单位|完成时限"
ROWS = "1|清空鱼塘21座|浑河镇、县畜牧局|9月30日前\n2|挪移铁塔3基|县供电公司|11月5日前"


def _mended(text: str) -> str:
    return mend(read_text(text, "case"))[0].text


@pytest.mark.parametrize("gap", ["\t", "    ", "\u3000", "\u3000\u3000", " \t"])
def test_cells_between_tabs_or_blanks(gap: str) -> None:
    text = f"任务分解如下:\n{HEADS}\n{ROWS}\n会议要求抓紧。".replace("|", gap)
    assert _mended(text) == f"任务分解如下:\n{HEADS}\n{ROWS}\n会议要求抓紧。".replace(
        "|", "|" if gap != " \t" else " |"
    )


def test_heads_may_be_nearer_to_each_other_than_cells() -> None:
    text = f"{HEADS.replace('|', ' ')}\n{ROWS.replace('|', '  ')}"
    assert _mended(text) == f"{HEADS}\n{ROWS}"


def test_an_empty_cell_at_the_end_of_a_row() -> None:
    assert _mended("任务\t责任单位\t配合单位\t时限\n清淤\t县水利局\n") == "任务|责任单位|配合单位|时限\n清淤|县水利局\n"


@pytest.mark.parametrize(
    "text",
    [
        "出席:张 三\t李 四\t王 五\t赵 六",
        "出席  张三  李四  王五\n1  林溪  县水利局  县长",
        "序号\u3000任务\u3000责任单位\u3000时限\n1\n清淤\n县水利局\n6月底前",  # one cell a line
        "任务\t责任单位\t时限\n会议要求,县水利局抓紧清淤。",
        "时间:3月5日\t地点:县政府",
    ],
)
def test_elsewhere_blanks_and_tabs_stay(text: str) -> None:
    assert find_columns(text) == {}


def test_the_table_ends_with_the_first_line_that_is_no_row() -> None:
    text = f"{HEADS}\n{ROWS}\n备注\n3|甲|乙|丙".replace("|", "\t")
    assert len(find_columns(text)) == 9


def test_linear() -> None:
    begun = time.process_time()
    for unit in ("序号\t任务\t责任单位\n", "1\t\t", "  ", "\u3000", "任务  责任单位  时限\n1  甲  乙\n"):
        find_columns(unit * (200_000 // len(unit)))
    assert time.process_time() - begun < 8
