"""``table``: for a terminal, one table a document; narrow terminals get fewer columns that say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jiyao.labels import CLAUSE_LABELS, KIND_CHINESE, ClauseLabel
from jiyao.types import MinutesRecord, TaskRecord
from jiyao.writers.ledger import Row, ledger_rows
from jiyao.writers.wording import flags_text, names, next_step_text, terminal_safe, together, work_text

#: Columns of a table that goes into a file or a pipe.
_PIPE_WIDTH = 160
#: Below this, agencies share a column, and so do deadline and next step.
_NARROW = 120


def write_table(records: Iterable[MinutesRecord], stream: TextIO) -> None:
    """Write one table a document, as wide as the terminal; without colours where it is none."""
    terminal = stream.isatty()
    console = Console(
        file=stream,
        width=None if terminal else _PIPE_WIDTH,
        force_terminal=terminal,
        color_system="auto" if terminal else None,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for record in records:
        console.print(_heading(record))
        rows = list(ledger_rows([record]))
        if rows:
            console.print(_narrow(rows) if console.width < _NARROW else _wide(rows))
        else:
            console.print(Text("  未提取到任务事项", style="dim"))
        console.print()


def _heading(record: MinutesRecord) -> Text:
    meeting = record.meeting
    held = f" {meeting.held_on.isoformat()}" if meeting.held_on else ""
    title = Text(terminal_safe(meeting.title or record.source.path), style="bold")
    title.append(f"{held}  任务 {len(record.tasks)} 项，决定 {len(record.decisions)} 项", style="dim not bold")
    return title


def _wide(rows: list[Row]) -> Table:
    table = _table()
    table.add_column("序号", justify="right", no_wrap=True)
    table.add_column("事项", ratio=3, overflow="fold")
    table.add_column("类别", no_wrap=True)
    table.add_column("牵头单位", ratio=3, overflow="fold")
    table.add_column("配合单位", ratio=3, overflow="fold")
    table.add_column("工作内容", ratio=8, overflow="fold")
    table.add_column("时限", ratio=2, overflow="fold")
    table.add_column("下一步", ratio=2, overflow="fold")
    last: str | None = None
    for row in rows:
        heading = terminal_safe(row.heading or "")
        table.add_row(
            str(row.number),
            "" if heading == last else heading,
            _kind(row.task),
            _lead(row.task),
            terminal_safe(names(row.task.support)),
            _work(row.task),
            _deadline(row.task),
            terminal_safe(next_step_text(row.task.next_step)),
        )
        last = heading
    return table


def _narrow(rows: list[Row]) -> Table:
    table = _table()
    table.add_column("序号", justify="right", no_wrap=True)
    table.add_column("牵头（配合）单位", ratio=3, overflow="fold")
    table.add_column("工作内容", ratio=6, overflow="fold")
    table.add_column("时限、下一步", ratio=2, overflow="fold")
    for row in rows:
        agencies, dates = _lead(row.task), _deadline(row.task)
        if support := terminal_safe(names(row.task.support)):
            agencies = _lines(agencies, Text(f"配合：{support}", style="dim"))
        if step := terminal_safe(next_step_text(row.task.next_step)):
            dates = _lines(dates, Text(step))
        table.add_row(str(row.number), agencies, _work(row.task), dates)
    return table


def _table() -> Table:
    return Table(box=box.SIMPLE_HEAD, expand=True, show_lines=False, padding=(0, 1), header_style="bold", leading=0)


def _kind(task: TaskRecord) -> Text:
    return Text(KIND_CHINESE[task.kind], style=CLAUSE_LABELS[ClauseLabel[task.kind.name]].colour)


def _lead(task: TaskRecord) -> Text:
    lead = Text(terminal_safe(names(task.lead)))
    if persons := terminal_safe("、".join(task.lead_persons)):
        lead = _lines(lead, Text(persons))
    if task.lead_inferred:
        lead.append("（推定）", style="dim")
    return lead


def _work(task: TaskRecord) -> Text:
    work = Text("【急】", style="bold red") if task.urgent else Text()
    work.append(terminal_safe(work_text(task)))
    if flags := terminal_safe(flags_text(task.flags)):
        work.append(f" ※{flags}", style="yellow")
    return work


def _deadline(task: TaskRecord) -> Text:
    if task.deadline is None:
        return Text()
    text = Text(terminal_safe(together(task.deadline.text)))
    return _lines(text, Text(task.deadline.date.isoformat(), style="dim")) if task.deadline.date else text


def _lines(*texts: Text) -> Text:
    return Text("\n").join(_filled(texts))


def _filled(texts: Iterable[Text]) -> Iterator[Text]:
    return (text for text in texts if text.plain)
