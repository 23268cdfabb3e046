"""The task ledger (督办台账): its rows and columns, the same in csv, xlsx and parquet.

To add a column, add it to :data:`COLUMNS`; all three formats follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from jiyao.labels import KIND_CHINESE
from jiyao.types import MinutesRecord, TaskRecord
from jiyao.writers.schema import SCORE_DIGITS
from jiyao.writers.wording import Headings, flags_text, names, next_step_text, titles, together, work_text, xml_safe

Cell = str | int | float | bool | date | None

#: How a set mark is written where cells are text.
MARK = "是"


class CellKind(Enum):
    """What the cells of a column hold; an empty one holds ``None``."""

    TEXT = auto()
    INTEGER = auto()
    NUMBER = auto()
    DATE = auto()
    MARK = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """A task with what its row is made from. ``number`` counts from 1 over all documents."""

    number: int
    record: MinutesRecord
    task: TaskRecord
    heading: str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``width`` is in half-width characters of a spreadsheet."""

    heading: str
    kind: CellKind
    width: int
    value: Callable[[Row], Cell]

    def cell(self, row: Row) -> Cell:
        """The cell of ``row``; an empty text is ``None``."""
        value = self.value(row)
        return (xml_safe(value) or None) if isinstance(value, str) else value


COLUMNS: tuple[Column, ...] = (
    Column("序号", CellKind.INTEGER, 6, lambda row: row.number),
    Column("会议名称", CellKind.TEXT, 22, lambda row: row.record.meeting.title),
    Column("会议日期", CellKind.DATE, 12, lambda row: row.record.meeting.held_on),
    Column("议题", CellKind.TEXT, 19, lambda row: row.heading),
    Column("类别", CellKind.TEXT, 10, lambda row: KIND_CHINESE[row.task.kind]),
    Column("牵头单位", CellKind.TEXT, 15, lambda row: names(row.task.lead)),
    Column("牵头单位（推定）", CellKind.MARK, 8, lambda row: row.task.lead_inferred),
    Column("责任人", CellKind.TEXT, 9, lambda row: "、".join(row.task.lead_persons)),
    Column("配合单位", CellKind.TEXT, 16, lambda row: names(row.task.support)),
    Column("工作内容", CellKind.TEXT, 42, lambda row: work_text(row.task)),
    Column("相关文件", CellKind.TEXT, 22, lambda row: titles(row.task.documents)),
    Column("完成时限", CellKind.TEXT, 12, lambda row: together(row.task.deadline.text) if row.task.deadline else None),
    Column("时限日期", CellKind.DATE, 12, lambda row: row.task.deadline.date if row.task.deadline else None),
    Column("下一步程序", CellKind.TEXT, 14, lambda row: next_step_text(row.task.next_step)),
    Column("以谁名义印发", CellKind.TEXT, 10, lambda row: row.task.issuing_name),
    Column("紧急", CellKind.MARK, 6, lambda row: row.task.urgent),
    Column("置信度", CellKind.NUMBER, 8, lambda row: round(row.task.score, SCORE_DIGITS)),
    Column("核对提示", CellKind.TEXT, 18, lambda row: flags_text(row.task.flags)),
    Column("原文", CellKind.TEXT, 56, lambda row: row.task.text),
    Column("来源文件", CellKind.TEXT, 24, lambda row: row.record.source.path),
)


def ledger_rows(records: Iterable[MinutesRecord]) -> Iterator[Row]:
    """One row a task, in the order of the records and of the text."""
    number = 0
    for record in records:
        headings = Headings(record)
        for task in record.tasks:
            number += 1
            yield Row(number, record, task, headings.of(task.item, task.start))


def cell_text(value: Cell) -> str:
    """A cell as text: marks as 是, dates in ISO form, nothing as empty."""
    match value:
        case None | False:
            return ""
        case True:
            return MARK
        case date():
            return value.isoformat()
        case _:
            return str(value)
