"""Tokens of a page laid out as text, as a browser would: white space collapsed, blocks and rows as lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jiyao.readers.markup import Holder, Kind, Row, Token

# White space of HTML only: NBSP and U+3000 are written on purpose and stay.
_BLANKS = " \t\n\r\f"
_RUN = re.compile(f"[{_BLANKS}]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_IS_WIDE = re.compile(f"[{_WIDE}]")
#: A line break of the source inside a Chinese word: browsers show nothing there.
_SOFT_BREAK = re.compile(f"(?<=[{_WIDE}])[ \t\f]*[\r\n][{_BLANKS}]*(?=[{_WIDE}])")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SEPARATOR = "|"


@dataclass(slots=True)
class Flow:
    """A page's text, and the elements that may hold the document, outer before inner."""

    text: str
    holders: tuple[Holder, ...]


@dataclass(slots=True)
class _Pen:
    """The text written so far, and what is to be written before the next word."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    last: str = "\n"
    space: str = ""  # "" none, " " a space, "\n" a line break of the source
    newlines: int = 0
    separators: int = 0

    def write(self, text: str) -> None:
        """Write ``text``, which is not empty, after the white space and separators that are due."""
        lead = ""
        if self.newlines and self.length:
            lead = "\n" * self.newlines
            self.last = "\n"
        if self.separators:
            lead += ("" if self.last == "\n" else " ") + f"{_SEPARATOR} " * self.separators
        elif self.space and self.last != "\n" and not (self.space == "\n" and _wide(self.last) and _wide(text[0])):
            lead += " "
        self.newlines = self.separators = 0
        self.space = ""
        self.parts.append(lead + text)
        self.length += len(lead) + len(text)
        self.last = text[-1]

    def end_line(self) -> None:
        """A block begins or ends: the line, if one is open, ends."""
        self.newlines = max(self.newlines, 1)
        self.space = ""

    def break_line(self) -> None:
        """A ``<br>``; several leave one line blank."""
        self.newlines = min(self.newlines + 1, 2)
        self.space = ""


def lay_out(tokens: list[Token]) -> Flow:
    """The text of ``tokens``, and their holders with places and counts."""
    pen = _Pen()
    holders: list[Holder] = []
    rows: list[Row] = []
    links = chars = linked = 0
    for kind, value in tokens:
        in_row = bool(rows) and rows[-1].on_one_line
        if kind is Kind.TEXT or kind is Kind.VERBATIM:
            assert isinstance(value, str)
            size = _write_text(pen, value) if kind is Kind.TEXT or in_row else _write_verbatim(pen, value)
            chars += size
            linked += size if links else 0
        elif kind is Kind.BLOCK or kind is Kind.BREAK:
            if in_row:
                pen.space = " "
            elif kind is Kind.BLOCK:
                pen.end_line()
            else:
                pen.break_line()
        elif kind is Kind.CELL:
            assert isinstance(value, int)
            if in_row:
                pen.separators += value
            else:
                pen.end_line()
        elif kind is Kind.ROW:
            assert isinstance(value, Row)
            pen.end_line()
            rows.append(value)
        elif kind is Kind.END_ROW:
            rows.pop()
            pen.separators = 0
            pen.end_line()
        elif kind is Kind.LINK:
            links += 1
        elif kind is Kind.UNLINK:
            links -= 1
        elif isinstance(value, Holder):
            if kind is Kind.OPEN:
                holders.append(value)
                value.start, value.chars, value.linked = pen.length, chars, linked
            else:
                value.end, value.chars, value.linked = pen.length, chars - value.chars, linked - value.linked
    return Flow("".join(pen.parts), tuple(holders))


def _write_text(pen: _Pen, source: str) -> int:
    """Write a text node; give the number of characters that show."""
    words = source.strip(_BLANKS)
    if not words:
        pen.space = pen.space or _blank(source)
        return 0
    start = len(source) - len(source.lstrip(_BLANKS))
    pen.space = pen.space or _blank(source[:start])
    text = _LINE_ENDS.sub(" ", _RUN.sub(" ", _SOFT_BREAK.sub("", words)))
    pen.write(text)
    pen.space = _blank(source[start + len(words) :])
    return len(text)


def _write_verbatim(pen: _Pen, source: str) -> int:
    lines = _LINE_ENDS.sub("\n", source).split("\n")
    for index, line in enumerate(lines):
        if index:
            pen.break_line()
        if line:
            pen.write(line)
    return sum(map(len, lines))


def _blank(blanks: str) -> str:
    if not blanks:
        return ""
    return "\n" if "\n" in blanks or "\r" in blanks else " "


def _wide(char: str) -> bool:
    return _IS_WIDE.match(char) is not None
