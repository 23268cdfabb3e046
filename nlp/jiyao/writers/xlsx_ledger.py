"""``xlsx``: the task ledger as a workbook to work in: tasks, decisions, meetings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from xlsxwriter.workbook import Workbook

from jiyao.labels import OUTCOME_CHINESE, ROLE_CHINESE
from jiyao.types import MinutesRecord
from jiyao.writers.ledger import COLUMNS, Cell, CellKind, Column, Row, ledger_rows
from jiyao.writers.wording import Headings, sentence, titles, xml_safe
from jiyao.writers.xlsx_sheet import Sheet, SheetColumn, Style, Styles

#: What 办理状态 may say, with the colours of a cell that says so.
_STATES: dict[str, tuple[str, str] | None] = {
    "未开始": None,
    "进行中": ("#1f5f8b", "#e3f0f8"),
    "已完成": ("#2b6b3f", "#e4f3e8"),
    "已逾期": ("#a02020", "#fbe5e3"),
    "已取消": ("#6b7280", "#eef0f2"),
}
#: Columns to be filled in by hand, after the column named here.
_HAND_AFTER = "紧急"
_HAND_COLUMNS = (
    SheetColumn("办理状态", 10, Style.HAND_CENTRE),
    SheetColumn("办理情况", 26, Style.HAND),
    SheetColumn("办结日期", 12, Style.HAND_DATE),
)
_PRINT_TO = "办结日期"
_STYLE_OF_KIND = {
    CellKind.TEXT: Style.TEXT,
    CellKind.INTEGER: Style.CENTRE,
    CellKind.NUMBER: Style.NUMBER,
    CellKind.DATE: Style.DATE,
    CellKind.MARK: Style.CENTRE,
}
_STYLE_OF_HEADING = {
    "类别": Style.CENTRE,
    "牵头单位": Style.STRONG,
    "核对提示": Style.ALERT,
    "原文": Style.MUTED,
    "来源文件": Style.MUTED,
}
#: In a ledger of one meeting these only repeat the title; the columns stay, hidden.
_OF_THE_MEETING = frozenset({"会议名称", "会议日期", "来源文件"})
#: A workbook carries the time it was made; a fixed one keeps the same records at the same bytes.
_CREATED = datetime(2000, 1, 1)

_DECISION_COLUMNS = (
    SheetColumn("序号", 6, Style.CENTRE),
    SheetColumn("会议名称", 28, Style.TEXT),
    SheetColumn("会议日期", 12, Style.DATE),
    SheetColumn("议题", 34, Style.TEXT),
    SheetColumn("决定结果", 11, Style.CENTRE),
    SheetColumn("决定内容", 60, Style.TEXT),
    SheetColumn("相关文件", 40, Style.TEXT),
    SheetColumn("来源文件", 28, Style.MUTED),
)
_MEETING_COLUMNS = (
    SheetColumn("会议名称", 34, Style.STRONG),
    SheetColumn("会议日期", 13, Style.DATE),
    SheetColumn("主持人", 14, Style.TEXT),
    SheetColumn("主持人职务", 26, Style.TEXT),
    SheetColumn("会议地点", 26, Style.TEXT),
    SheetColumn("次数", 8, Style.CENTRE),
    SheetColumn("文号", 24, Style.TEXT),
    SheetColumn("发文机关", 24, Style.TEXT),
    SheetColumn("公开日期", 13, Style.DATE),
    SheetColumn("记录人", 12, Style.TEXT),
    SheetColumn("任务数", 8, Style.CENTRE),
    SheetColumn("决定数", 8, Style.CENTRE),
    SheetColumn("来源文件", 28, Style.MUTED),
    SheetColumn("提取模型", 20, Style.MUTED),
)
_ROLL_COLUMNS = (
    SheetColumn("会议名称", 0, Style.TEXT),
    SheetColumn("参会类别", 0, Style.CENTRE),
    SheetColumn("姓名", 0, Style.TEXT),
    SheetColumn("单位", 0, Style.TEXT),
    SheetColumn("职务", 0, Style.TEXT),
)


def write_xlsx(records: Iterable[MinutesRecord], stream: BinaryIO) -> None:
    """Write the workbook: 督办台账, 决定事项, 会议信息. No cell holds a formula or a link."""
    records = tuple(records)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(stream, options) as book:
        book.set_properties({"title": xml_safe(_title(records))[:255], "created": _CREATED})
        styles = Styles(book)
        _tasks(Sheet(book, styles, "督办台账"), records)
        _decisions(Sheet(book, styles, "决定事项"), records)
        _meetings(Sheet(book, styles, "会议信息"), records)


# --- tasks -----------------------------------------------------------------------------------


def _tasks(sheet: Sheet, records: tuple[MinutesRecord, ...]) -> None:
    single = len(records) == 1
    columns = _task_columns(single)
    at = {column.heading: number for number, column in enumerate(columns)}
    rows = list(ledger_rows(records))
    sheet.title(_title(records), _note(records, len(rows)), at[_PRINT_TO] + 1)
    head = sheet.row
    sheet.head(columns)
    for row in rows:
        sheet.line(_task_cells(row), _task_styles(row, columns))
    sheet.finish(head, len(columns), frozen_columns=1)
    sheet.sheet.print_area(0, 0, max(sheet.row - 1, head), at[_PRINT_TO])
    if rows:
        _states(sheet, head + 1, sheet.row - 1, at["办理状态"])


def _task_columns(single: bool) -> tuple[SheetColumn, ...]:
    columns: list[SheetColumn] = []
    for column in COLUMNS:
        hidden = single and column.heading in _OF_THE_MEETING
        columns.append(SheetColumn(column.heading, column.width, _style(column), hidden))
        if column.heading == _HAND_AFTER:
            columns.extend(_HAND_COLUMNS)
    return tuple(columns)


def _style(column: Column) -> Style:
    return _STYLE_OF_HEADING.get(column.heading, _STYLE_OF_KIND[column.kind])


def _task_cells(row: Row) -> list[Cell]:
    cells: list[Cell] = []
    for column in COLUMNS:
        cells.append(column.cell(row))
        if column.heading == _HAND_AFTER:
            cells.extend((next(iter(_STATES)), None, None))
    return cells


def _task_styles(row: Row, columns: tuple[SheetColumn, ...]) -> list[Style]:
    inferred = row.task.lead_inferred
    return [Style.DOUBTFUL if inferred and c.heading == "牵头单位" else c.style for c in columns]


def _states(sheet: Sheet, first: int, last: int, column: int) -> None:
    """The drop-down of 办理状态, and a colour for each state."""
    sheet.sheet.data_validation(
        first,
        column,
        last,
        column,
        {
            "validate": "list",
            "source": list(_STATES),
            "error_title": "办理状态",
            "error_message": f"请从下列各项中选择：{'、'.join(_STATES)}",
        },
    )
    for state, colours in _STATES.items():
        if colours:
            form = sheet.styles.tint(*colours)
            rule = {"type": "cell", "criteria": "==", "value": f'"{state}"', "format": form}
            sheet.sheet.conditional_format(first, column, last, column, rule)


def _title(records: tuple[MinutesRecord, ...]) -> str:
    if len(records) == 1 and records[0].meeting.title:
        return f"{records[0].meeting.title}议定事项督办台账"
    return "会议议定事项督办台账"


def _note(records: tuple[MinutesRecord, ...], count: int) -> str:
    dates = sorted(record.meeting.held_on for record in records if record.meeting.held_on)
    parts = [f"会议 {len(records)} 次"] if len(records) != 1 else []
    if dates:
        first, last = (day.strftime("%Y-%m-%d") for day in (dates[0], dates[-1]))
        parts.append(f"会议日期 {first}" + (f" 至 {last}" if first != last else ""))
    parts += [f"共 {count} 项", "自动提取，请对照原文核对后使用"]
    return "  ·  ".join(parts)


# --- decisions and meetings ------------------------------------------------------------------


def _decisions(sheet: Sheet, records: tuple[MinutesRecord, ...]) -> None:
    sheet.title("会议决定事项", _note(records, sum(len(r.decisions) for r in records)), len(_DECISION_COLUMNS))
    head = sheet.row
    sheet.head(_DECISION_COLUMNS)
    styles = [column.style for column in _DECISION_COLUMNS]
    number = 0
    for record in records:
        headings = Headings(record)
        for decision in record.decisions:
            number += 1
            cells: list[Cell] = [
                number,
                record.meeting.title,
                record.meeting.held_on,
                headings.of(decision.item, decision.start),
                OUTCOME_CHINESE[decision.outcome],
                sentence(record.text[decision.start : decision.end]),
                titles(decision.documents),
                record.source.path,
            ]
            sheet.line(cells, styles)
    sheet.finish(head, len(_DECISION_COLUMNS), frozen_columns=1)


def _meetings(sheet: Sheet, records: tuple[MinutesRecord, ...]) -> None:
    sheet.title("会议信息", "会议基本情况与参会名单", len(_MEETING_COLUMNS))
    head = sheet.row
    sheet.head(_MEETING_COLUMNS)
    for record in records:
        sheet.line(_meeting_cells(record), [column.style for column in _MEETING_COLUMNS])
    last = sheet.row - 1
    sheet.section("参会名单")
    sheet.head(_ROLL_COLUMNS, set_widths=False)
    for record in records:
        for entry in record.roll:
            cells: list[Cell] = [record.meeting.title, ROLE_CHINESE[entry.role], entry.name, entry.agency, entry.title]
            sheet.line(cells, [column.style for column in _ROLL_COLUMNS])
    sheet.finish(head, len(_MEETING_COLUMNS), last=last)


def _meeting_cells(record: MinutesRecord) -> list[Cell]:
    meeting = record.meeting
    return [
        meeting.title,
        meeting.held_on,
        meeting.chair,
        meeting.chair_title,
        meeting.place,
        meeting.number,
        meeting.doc_number,
        meeting.issuer,
        meeting.published_on,
        meeting.recorder,
        len(record.tasks),
        len(record.decisions),
        record.source.path,
        record.model,
    ]
