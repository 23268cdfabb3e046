"""Flattened duty tables: which lines are column heads, row numbers and cells, and what becomes of them."""

from __future__ import annotations

import pytest

from jiyao.normalise import normalise
from jiyao.structure.clauses import split_clauses
from jiyao.structure.layout import layout
from jiyao.structure.tables import Cell, find_tables, is_pipe_row

_LETTERS = {Cell.HEAD: "H", Cell.NUMBER: "N", Cell.OPENING: "O", Cell.INNER: "c", None: "."}

#: Why, the lines (blank ones too), what each is: H head, N number, O opening with its number, c cell, . none.
TABLES = [
    ("a number alone opens a row", "序号 任务 责任单位 一 1 修渠 水利局 2 架桥 交通局 抄送:县委".replace(" 一 ", " "), "HHHNccNcc."),
    ("blank lines between", "序号||任务|责任单位||1|修渠|水利局||抄送:县委", "H.HH.Ncc.."),
    ("the number stands before the task", "序号|任务|责任单位|1. 修渠|水利局|2. 架桥|交通局|以上各项按月通报", "HHHOcOc."),
    ("all heads on one line", "序号 任务 责任单位 时限|1|修渠|水利局|年底前|2|架桥|交通局|六月底前|表中各项按月通报", "HNcccNccc."),
    ("one head that nobody knows", "序号|隐患与改法|责任单位|完成时限|1|修渠|水利局|年底前|2026年3月1日", "HHHHNccc."),
    ("two unknown ones are no table", "甲乙丙|丁戊己|责任单位|完成时限|1|修渠|水利局|年底前", "........"),
    ("rows may be lost", "序号|任务|责任单位|1|修渠|水利局|4|架桥|交通局", "HHHNccNcc"),
    ("numbers start anew below a section", "序号|任务|责任单位|1|修渠|水利局|二、交通|1|架桥|交通局", "HHHNcccNcc"),
    ("a page number far below is no row", "序号|任务|责任单位|1|修渠|水利局|会后通报。|要抓紧。|再说。|完了。|好。|记。|又。|2", "HHHNcc........"),
    ("heads of one line over running text", "序号 任务 责任单位|会议指出,要修渠。", ".."),
]  # fmt: skip


@pytest.mark.parametrize(("why", "lines", "kinds"), TABLES, ids=[why for why, _, _ in TABLES])
def test_each_line_is_told(why: str, lines: str, kinds: str) -> None:
    cells = lines.split("|") if "|" in lines else lines.split(" ")
    assert "".join(_LETTERS[cell] for cell in find_tables(cells)) == kinds


def clauses(text: str) -> list[str]:
    norm = normalise(text)
    return [text[c.start : c.end].replace("\n", "/") for c in split_clauses(text, norm, layout(text, norm, None), [])]


HEAD = "河湾县重点任务分解表\n\n现将任务分解如下，请抓好落实。\n\n"


def test_a_row_is_one_clause_and_its_last_date_no_signature() -> None:
    text = (
        HEAD
        + "序号\n隐 患 与 改 法\n责任单位\n完成时限\n\n1\n改线中压管道\n县住建局\n2026年6月底前\n\n2\n拆封三通\n县商务局\n4月15日前\n"
    )
    assert clauses(text)[-2:] == [
        "改线中压管道/县住建局/2026年6月底前",
        "拆封三通/县商务局/4月15日前",
    ]


def test_rows_with_their_number_before_the_task() -> None:
    text = (
        HEAD
        + "序号\n重点任务\n牵头单位\n完成时限\n1. 上浮保费补贴，对接续企业加保。\n市商务局\n9月28日前\n2. 压降欠款\n市国资委\n年底前\n"
    )
    assert clauses(text)[-2:] == ["上浮保费补贴，对接续企业加保。/市商务局/9月28日前", "压降欠款/市国资委/年底前"]


def test_short_rows_of_pipes_are_no_headings() -> None:
    text = HEAD + "序号|任务|责任单位|时限\n1|移植香樟32株|园林局|3月12日前\n2|排空消纳场|环卫处|5月上旬\n"
    assert clauses(text)[-2:] == ["移植香樟32株|园林局|3月12日前", "排空消纳场|环卫处|5月上旬"]
    assert is_pipe_row("移植香樟32株|园林局|3月12日前") and not is_pipe_row("首页|要闻")
