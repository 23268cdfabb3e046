"""Writing: records to a table, JSON, the task ledger or a page to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiyao.errors import WriteError
from jiyao.types import MinutesRecord
from jiyao.writers.csv_ledger import write_csv
from jiyao.writers.html_page import write_html
from jiyao.writers.json_array import write_json
from jiyao.writers.json_lines import write_jsonl
from jiyao.writers.parquet_ledger import write_parquet
from jiyao.writers.table import write_table
from jiyao.writers.target import binary_target, text_target
from jiyao.writers.xlsx_ledger import write_xlsx

__all__ = ["WRITERS", "Writer", "write"]


@dataclass(frozen=True, slots=True)
class Writer:
    """A format. ``write`` gets the records and an open stream, of bytes if ``binary``, else of text."""

    name: str
    suffix: str
    binary: bool
    write: Callable[[Iterable[MinutesRecord], Any], None]


# To add a format: write a module with one function `(records, stream) -> None` that goes through the
# records once, writes the same bytes for the same records and opens no file itself; import it above
# and add a line here. The command line takes its choices from this table.
WRITERS: dict[str, Writer] = {
    writer.name: writer
    for writer in (
        Writer("table", ".txt", False, write_table),
        Writer("json", ".json", False, write_json),
        Writer("jsonl", ".jsonl", False, write_jsonl),
        Writer("csv", ".csv", False, write_csv),
        Writer("xlsx", ".xlsx", True, write_xlsx),
        Writer("html", ".html", True, write_html),
        Writer("parquet", ".parquet", True, write_parquet),
    )
}


def write(records: Iterable[MinutesRecord], format: str, target: Path | None = None) -> None:
    """Write ``records`` in ``format`` to the file ``target``, or to standard output for ``None``.

    A file appears whole under its name or not at all, also when ``records`` fails
    half way. Text goes to standard output as UTF-8, record by record.

    Raises:
        WriteError: no such format, a place that cannot be written, binary output to a terminal.
        DependencyError: the format needs an extra that is not installed.
    """
    writer = WRITERS.get(format)
    if writer is None:
        raise WriteError(format, "is no format", f"choose one of {', '.join(WRITERS)}")
    if writer.binary:
        with binary_target(target) as binary:
            writer.write(records, binary)
    else:
        with text_target(target) as text:
            writer.write(records, text)
