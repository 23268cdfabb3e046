"""table, json, jsonl, csv."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TextIO

import pytest
from minutes_records import HOSTILE, hand_made
from rich.cells import cell_len

from jiyao.types import MinutesRecord
from jiyao.writers.csv_ledger import write_csv
from jiyao.writers.json_array import write_json
from jiyao.writers.json_lines import write_jsonl
from jiyao.writers.ledger import COLUMNS
from jiyao.writers.schema import to_dict
from jiyao.writers.table import write_table

Write = Callable[[Iterable[MinutesRecord], TextIO], None]


_STYLING = re.compile("\x1b\\[[0-9;]*m")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def written(write: Write, *records: MinutesRecord, stream: io.StringIO | None = None) -> str:
    stream = stream or io.StringIO(newline="")
    write(records, stream)
    return stream.getvalue()


def csv_rows(*records: MinutesRecord) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written(write_csv, *records).removeprefix("\ufeff"), newline="")))


# --- json and jsonl ---


def test_json_is_an_indented_array(records: tuple[MinutesRecord, ...]) -> None:
    text = written(write_json, *records)
    assert json.loads(text) == [to_dict(record) for record in records]
    assert text.startswith('[\n  {\n    "schema"')
    assert text.endswith("\n  }\n]\n")


def test_json_of_nothing() -> None:
    assert written(write_json) == "[]\n"


def test_jsonl_is_one_record_a_line(records: tuple[MinutesRecord, ...], hostile: MinutesRecord) -> None:
    every = (*records, hostile, hand_made(text="a\u2028b\u2029c\x85d\x0be\r\nf"))
    lines = written(write_jsonl, *every).splitlines()
    assert [json.loads(line) for line in lines] == [to_dict(record) for record in every]


def test_json_keeps_strings_with_odd_newlines_whole() -> None:
    record = hand_made(text="a\u2028b\x85c\n  d")
    assert json.loads(written(write_json, record))[0]["text"] == record.text


def test_jsonl_streams(record: MinutesRecord) -> None:
    stream = io.StringIO()
    seen = []

    def source() -> Iterable[MinutesRecord]:
        for _ in range(2):
            yield record
            seen.append(stream.getvalue().count("\n"))

    write_jsonl(source(), stream)
    assert seen == [1, 2]


# --- csv ---


def test_csv_opens_in_excel(record: MinutesRecord) -> None:
    text = written(write_csv, record)
    assert text.startswith("\ufeff序号,会议名称,")
    assert text.count("\r\n") == 1 + len(record.tasks)


def test_csv_row(record: MinutesRecord) -> None:
    first, second, third = csv_rows(record)
    assert first == {
        "序号": "1",
        "会议名称": "岚川县人民政府第十二次常务会议纪要",
        "会议日期": "2023-05-09",
        "议题": "一、关于老旧小区改造工作",
        "类别": "交办事项",
        "牵头单位": "县住建局",
        "牵头单位（推定）": "",
        "责任人": "",
        "配合单位": "县财政局、县民政局",
        "工作内容": "于6月底前将《方案》修改完善后报县委常委会审议",
        "相关文件": "《岚川县老旧小区改造方案》",
        "完成时限": "6月底前",
        "时限日期": "2023-06-30",
        "下一步程序": "县委常委会审议",
        "以谁名义印发": "",
        "紧急": "",
        "置信度": "0.9346",
        "核对提示": "",
        "原文": record.tasks[0].text,
        "来源文件": "会议/岚川-12.txt",
    }
    assert second["核对提示"] == "置信度低；须先经县法制办审查；something new"
    assert (third["牵头单位（推定）"], third["责任人"], third["紧急"]) == ("是", "祝小禾", "是")


def test_csv_numbers_run_over_all_documents(records: tuple[MinutesRecord, ...]) -> None:
    rows = csv_rows(*records)
    assert [row["序号"] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_csv_cells_are_no_formulas(record: MinutesRecord, start: str) -> None:
    text = f"{start}HYPERLINK(1)"
    task = replace(record.tasks[0], text=text, issuing_name=text)
    (row,) = csv_rows(replace(record, tasks=(task,)))
    assert row["原文"] == row["以谁名义印发"] == f"'{text}"


def test_csv_survives_anything(hostile: MinutesRecord) -> None:
    (row,) = csv_rows(hostile)
    assert list(row) == [column.heading for column in COLUMNS]
    assert "\x00" not in str(row)
    assert "\udcff" not in "".join(row.values())


# --- table ---


@pytest.mark.parametrize("width", [40, 80, 119, 120, 200])
def test_table_fits_the_terminal_and_says_all(
    record: MinutesRecord, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    text = _STYLING.sub("", written(write_table, record, stream=Terminal()))
    assert max(map(_cells, text.splitlines())) <= width
    told = "".join(text.split())
    for part in ("岚川县人民政府第十二次常务会议纪要", "2023-05-09", "序号", "（推定）", "【急】"):
        assert part in told


def test_table_is_the_same_in_every_pipe(record: MinutesRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(write_table, record)
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert written(write_table, record) == first
    assert "\x1b" not in first
    for word in ("事项", "类别", "牵头单位", "配合单位", "工作内容", "时限", "下一步", "县委常委会", "※置信度低"):
        assert word in first


def test_table_steers_no_terminal_and_reads_no_markup(hostile: MinutesRecord) -> None:
    text = written(write_table, hostile)
    assert not set(text) & set("\x00\x1b\x85\u2028\udcff")
    assert "[red]" in "".join(text.split())


def test_table_without_tasks() -> None:
    assert "未提取到任务事项" in written(write_table, hand_made(tasks=()))


@pytest.mark.parametrize("write", [write_table, write_json, write_jsonl, write_csv])
def test_same_records_same_text(write: Write, records: tuple[MinutesRecord, ...]) -> None:
    assert written(write, *records) == written(write, *records)


def _cells(line: str) -> int:
    return cell_len(line)


def test_the_hostile_string_is_hostile() -> None:
    assert {"\x00", "\udcff", "<", '"', "\u2028"} <= set(HOSTILE)
