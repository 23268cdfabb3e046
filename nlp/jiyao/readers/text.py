"""Plain text."""

from __future__ import annotations

import re

from jiyao.readers.content import Content
from jiyao.readers.decode import decode

#: All that Unicode calls a line or page end, so that every later stage sees the same lines.
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def read_plain_text(data: bytes, name: str) -> Content:
    """Decode ``data``; nothing is changed but the newlines.

    Raises:
        ReadError: binary data, or an unknown encoding.
    """
    decoded = decode(data, name)
    return Content(unify_newlines(decoded.text), decoded.encoding, notes=decoded.notes)


def unify_newlines(text: str) -> str:
    """All newlines, page breaks and line separators as ``\\n``."""
    return _NEWLINES.sub("\n", text)
