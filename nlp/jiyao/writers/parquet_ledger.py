"""``parquet``: the task ledger for programs that read columns, one row a task (extra ``batch``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any, BinaryIO

from jiyao.errors import DependencyError
from jiyao.types import MinutesRecord
from jiyao.writers.ledger import COLUMNS, CellKind, Row, ledger_rows

#: Rows in memory at a time; also the size of a row group.
_ROWS_AT_ONCE = 10_000


def write_parquet(records: Iterable[MinutesRecord], stream: BinaryIO) -> None:
    """Write the table under the headings of the ledger.

    Raises:
        DependencyError: pyarrow is not installed.
    """
    arrow, parquet = _pyarrow()
    types = {
        CellKind.TEXT: arrow.string(),
        CellKind.INTEGER: arrow.int64(),
        CellKind.NUMBER: arrow.float64(),
        CellKind.DATE: arrow.date32(),
        CellKind.MARK: arrow.bool_(),
    }
    schema = arrow.schema([(column.heading, types[column.kind]) for column in COLUMNS])
    with parquet.ParquetWriter(stream, schema) as table:
        for rows in _batches(ledger_rows(records)):
            cells = [[column.cell(row) for row in rows] for column in COLUMNS]
            arrays = [arrow.array(column, field.type) for column, field in zip(cells, schema, strict=True)]
            table.write_table(arrow.Table.from_arrays(arrays, schema=schema))


def _pyarrow() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        remedy = "install it with `pip install 'jiyao[batch]'`, or write xlsx or csv"
        raise DependencyError("parquet", "pyarrow is not installed", remedy) from None


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        yield batch
