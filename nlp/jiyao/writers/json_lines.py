"""``jsonl``: the record of the contract, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TextIO

from jiyao.types import MinutesRecord
from jiyao.writers.schema import to_dict

#: JSON lets these stand in a string, but many programs (``str.splitlines`` too) break a line at them.
_LINE_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x7f\x85\u2028\u2029"}


def write_jsonl(records: Iterable[MinutesRecord], stream: TextIO) -> None:
    """Write one line a record, flushed, so that a pipe sees each record as it is done."""
    for record in records:
        line = json.dumps(to_dict(record), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        stream.write(escape_newlines(line) + "\n")
        stream.flush()


def escape_newlines(text: str) -> str:
    """JSON text in which no character but ``\\n`` ends a line."""
    return text.translate(_LINE_BREAKS)
