"""Reading: files of several formats to text with its source. See ``table.py`` for how to add a format."""

from jiyao.readers.content import Content, Format, Reader
from jiyao.readers.reading import MAX_BYTES, read, read_bytes, read_text
from jiyao.readers.table import READERS, SUFFIXES

__all__ = ["MAX_BYTES", "READERS", "SUFFIXES", "Content", "Format", "Reader", "read", "read_bytes", "read_text"]
