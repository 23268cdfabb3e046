"""JSON files as a model keeps them: compressed to a quarter. ``gzip -cd FILE`` shows what is in one."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import Any


def write_packed_json(path: Path, value: Any) -> None:
    """Store ``value`` in ``path``. The same value gives the same bytes: no time and no name are kept."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def read_packed_json(path: Path) -> Any:
    """Read what :func:`write_packed_json` stored.

    Raises:
        OSError: there is no such file, or it is not compressed.
        ValueError: it is damaged.
    """
    try:
        return json.loads(gzip.decompress(path.read_bytes()))
    except (EOFError, zlib.error) as error:
        raise ValueError(str(error)) from None
