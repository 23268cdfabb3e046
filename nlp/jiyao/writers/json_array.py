"""``json``: one array of records, indented for reading."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from jiyao.types import MinutesRecord
from jiyao.writers.json_lines import escape_newlines
from jiyao.writers.schema import to_dict


def write_json(records: Iterable[MinutesRecord], stream: TextIO) -> None:
    """Write the array, one record in memory at a time."""
    separator = "[\n  "
    for record in records:
        text = json.dumps(to_dict(record), ensure_ascii=False, indent=2, allow_nan=False)
        # A newline of the JSON text is indentation only: those of the strings are escaped.
        stream.write(separator + escape_newlines(text.replace("\n", "\n  ")))
        separator = ",\n  "
    stream.write("[]\n" if separator.startswith("[") else "\n]\n")
