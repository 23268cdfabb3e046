"""Files that are whole or not there at all: written beside their place and renamed into it."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jiyao.errors import WriteError


def write_whole(path: Path, content: str, *, mode: int = 0o644) -> None:
    """Write a text file; a failure at any moment leaves the old file as it was.

    Raises:
        WriteError: the disk is full, or the folder may not be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(number)
        temporary = Path(name)
        try:
            with temporary.open("w", encoding="utf-8", newline="\n") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(mode)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(str(path), f"cannot be written ({error.strerror})", "check the folder and the disk") from None


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write JSON lines, whole or not at all."""
    write_whole(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON lines file; none if there is no such file.

    Raises:
        WriteError: a line is no JSON object, so that adding to the file might lose it.
    """
    if not path.is_file():
        return []
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict):
            raise WriteError(f"{path}:{number}", "is no JSON object", "mend or remove the line")
        rows.append(row)
    return rows
