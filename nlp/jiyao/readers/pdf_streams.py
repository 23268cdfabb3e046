"""How much a PDF's streams unpack to, before pdfium, which has no limits of its own, unpacks them.

Fifty megabytes of drawing, which pack into a hundred kilobytes, would take it minutes and gigabytes.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_STREAM = re.compile(rb"\bstream\r?\n")
#: Zlib's header for a window of up to 32 kB: all that programs write.
_ZLIB = re.compile(rb"[\x08\x18\x28\x38\x48\x58\x68\x78]")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_MAX_STREAMS = 100_000
#: How far before a stream its dictionary is looked at.
_DICTIONARY = 1024
_BLOCK = 256 * 1024
#: Bytes of all streams, pictures too; and of those in writing, as instructions for pages are.
_MAX_UNPACKED = 1024 * 1024 * 1024
_MAX_WRITTEN = 32 * 1024 * 1024
#: Instructions consist of these bytes but for a few strings.
_WRITING = bytes({*range(0x20, 0x7F), *b"\t\n\r"})
_MIN_WRITING = 0.8


def is_bomb(data: bytes) -> bool:
    """Whether the streams of a PDF unpack to more than any document of text has, are too many, or packed twice."""
    unpacked = written = 0
    for count, match in enumerate(_STREAM.finditer(data)):
        head = data[max(0, match.start() - _DICTIONARY) : match.start()].rpartition(b" obj")[2]
        if count == _MAX_STREAMS or len(_FLATE.findall(head)) > 1:
            return True
        if _ZLIB.match(data, match.end()) is None:
            continue
        for block in _blocks(data, match.end()):
            unpacked += len(block)
            if len(block.translate(None, delete=_WRITING)) < (1 - _MIN_WRITING) * len(block):
                written += len(block)
            if unpacked > _MAX_UNPACKED or written > _MAX_WRITTEN:
                return True
    return False


def _blocks(data: bytes, start: int) -> Iterator[bytes]:
    """What the deflated bytes from ``start`` on unpack to, as far as they are sound."""
    unpacker = zlib.decompressobj()
    packed: bytes | memoryview = memoryview(data)[start : start + _BLOCK]
    place = start + len(packed)
    while packed and not unpacker.eof:
        try:
            block = unpacker.decompress(packed, _BLOCK)
        except zlib.error:
            return
        yield block
        packed = unpacker.unconsumed_tail
        if not packed:
            packed = memoryview(data)[place : place + _BLOCK]
            place += len(packed)
