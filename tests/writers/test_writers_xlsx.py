from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from minutes_records import hand_made
from openpyxl.workbook import Workbook

from jiyao.types import MinutesRecord
from jiyao.writers.ledger import COLUMNS
from jiyao.writers.xlsx_ledger import write_xlsx

STATES = "未开始,进行中,已完成,已逾期,已取消"


def book_bytes(*records: MinutesRecord) -> bytes:
    stream = io.BytesIO()
    write_xlsx(records, stream)
    return stream.getvalue()


def opened(*records: MinutesRecord) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(book_bytes(*records)))


def cell_below(book: Workbook, heading: str, row: int = 1) -> openpyxl.cell.cell.Cell:
    sheet = book["督办台账"]
    column = next(cell.column for cell in sheet[3] if cell.value == heading)
    return sheet.cell(3 + row, column)


def test_the_ledger(record: MinutesRecord) -> None:
    book = opened(record)
    sheet = book["督办台账"]
    assert book.sheetnames == ["督办台账", "决定事项", "会议信息"]
    assert sheet["A1"].value == "岚川县人民政府第十二次常务会议纪要议定事项督办台账"
    headings = [cell.value for cell in sheet[3]]
    assert [heading for heading in headings if not str(heading).startswith("办")] == [c.heading for c in COLUMNS]
    assert {"办理状态", "办理情况", "办结日期"} < set(headings)
    assert sheet.max_row == 3 + len(record.tasks)
    assert cell_below(book, "牵头单位").value == "县住建局"
    assert cell_below(book, "原文").value == record.tasks[0].text
    assert cell_below(book, "核对提示", 2).value == "置信度低；须先经县法制办审查；something new"
    assert cell_below(book, "办理状态").value == "未开始"
    assert cell_below(book, "办理情况").value is None


def test_dates_are_dates(record: MinutesRecord) -> None:
    cell = cell_below(opened(record), "时限日期")
    assert cell.is_date
    assert cell.value == datetime(2023, 6, 30)
    assert cell_below(opened(record), "时限日期", 2).value is None


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31)])
def test_days_before_the_calendar_of_workbooks_are_text(record: MinutesRecord, day: date) -> None:
    odd = replace(record, meeting=replace(record.meeting, held_on=day))
    assert cell_below(opened(odd), "会议日期").value == day.isoformat()


def test_it_is_ready_to_work_in_and_to_print(record: MinutesRecord) -> None:
    sheet = opened(record)["督办台账"]
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == f"A3:{sheet.cell(3, sheet.max_column).column_letter}{sheet.max_row}"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth in (None, 1)  # 1 is the default
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert cell_below(opened(record), "工作内容").alignment.wrap_text
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == f'"{STATES}"'
    state = cell_below(opened(record), "办理状态")
    assert str(validation.sqref) == f"{state.coordinate}:{state.column_letter}{sheet.max_row}"


def test_one_meeting_hides_what_its_title_says(records: tuple[MinutesRecord, ...]) -> None:
    assert opened(records[0])["督办台账"].column_dimensions["B"].hidden
    assert not opened(*records)["督办台账"].column_dimensions["B"].hidden


def test_decisions_and_meetings(record: MinutesRecord) -> None:
    book = opened(record)
    decision = [cell.value for cell in book["决定事项"][4]]
    assert decision[3:7] == [
        "一、关于老旧小区改造工作",
        "原则通过",
        "会议原则同意《岚川县老旧小区改造方案》（以下简称《方案》）",
        "《岚川县老旧小区改造方案》",
    ]
    values = [[cell.value for cell in row] for row in book["会议信息"].iter_rows()]
    assert any(row[0] == record.meeting.title and "柏思远" in row for row in values)
    assert [record.meeting.title, "代表", None, "县供电公司", None] in [row[:5] for row in values]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "http://a.example/", "=HYPERLINK(1)", "{=1}", "_x0041_"])
def test_a_text_stays_a_text(record: MinutesRecord, text: str) -> None:
    content = book_bytes(replace(record, tasks=(replace(record.tasks[0], text=text, issuing_name=text),)))
    book = openpyxl.load_workbook(io.BytesIO(content))
    for heading in ("原文", "以谁名义印发"):
        cell = cell_below(book, heading)
        assert (cell.data_type, cell.hyperlink) == ("s", None)
        assert cell.value == text
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            assert b"<f>" not in archive.read(name)
            assert b"hyperlink" not in archive.read(name)


def test_hostile_strings(hostile: MinutesRecord) -> None:
    book = opened(hostile)
    value = cell_below(book, "牵头单位").value
    assert isinstance(value, str)
    assert value.startswith("</script>")
    assert not set(value) & set("\x00\x1b\ufffe\udcff")


def test_a_text_longer_than_a_cell_is_cut_visibly(record: MinutesRecord) -> None:
    task = replace(record.tasks[0], text="督\U00020000" * 20_000)
    value = cell_below(opened(replace(record, tasks=(task,))), "原文").value
    assert isinstance(value, str)
    assert value.endswith("…")
    assert len(value.encode("utf-16-le")) // 2 <= 32_767


def test_nothing_to_write() -> None:
    assert opened()["督办台账"].max_row == 3
    assert opened(hand_made(tasks=(), decisions=(), roll=()))["决定事项"].max_row == 3


def test_same_records_same_bytes(records: tuple[MinutesRecord, ...]) -> None:
    assert book_bytes(*records) == book_bytes(*records)
    with zipfile.ZipFile(io.BytesIO(book_bytes(*records))) as archive:
        assert "2000-01-01T00:00:00Z" in archive.read("docProps/core.xml").decode()
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
