"""``csv``: the task ledger, one row a task, as Excel opens it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from jiyao.types import MinutesRecord
from jiyao.writers.ledger import COLUMNS, Cell, cell_text, ledger_rows

#: A spreadsheet takes a cell that starts so for a formula, in the full-width form too where it reads Chinese.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: Without it Excel takes UTF-8 for the local code page.
_BYTE_ORDER_MARK = "\ufeff"


def write_csv(records: Iterable[MinutesRecord], stream: TextIO) -> None:
    """Write the headings, then one row a task, as the records come."""
    stream.write(_BYTE_ORDER_MARK)
    sheet = csv.writer(stream)
    sheet.writerow(column.heading for column in COLUMNS)
    for row in ledger_rows(records):
        sheet.writerow(_csv_cell(column.cell(row)) for column in COLUMNS)


def _csv_cell(value: Cell) -> str:
    text = cell_text(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA_STARTS) else text
