"""The tree of a page as one flat run of tokens: what is shown, where lines end, where blocks begin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import IntEnum, auto

from selectolax.lexbor import LexborNode

from jiyao.readers.elements import CELLS, HOLDERS, LINES, NAMED_HOLDERS, SKIPPED, VERBATIM

# `visibility` is not looked at: public accounts save their articles with it set to hidden.
_HIDDEN_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none", re.IGNORECASE)
_MAX_COLUMNS = 100
_MAX_COLSPAN = 20
_MAX_ROWSPAN = 500
#: A row is written on one line if it is no longer than this, and no cell has more lines.
_MAX_ROW_CHARS = 1500
_MAX_CELL_LINES = 8


class Kind(IntEnum):
    """What a token says, and what its value is."""

    TEXT = auto()  # the text as it stands in the source
    VERBATIM = auto()  # text whose white space counts
    BLOCK = auto()  # a line ends here, if one is open
    BREAK = auto()  # <br>
    OPEN = auto()  # a holder begins; the Holder
    CLOSE = auto()  # it ends; the Holder
    LINK = auto()  # a link begins
    UNLINK = auto()  # it ends
    ROW = auto()  # a table row begins; the Row
    CELL = auto()  # a cell begins; the number of columns passed since the cell before
    END_ROW = auto()


@dataclass(slots=True, eq=False)
class Holder:
    """An element that may hold the document; ``names`` are its tag, id and classes in lower case.

    ``start``, ``end``, ``chars`` and ``linked`` are filled in when the text is laid
    out: its place in the text, its characters, and how many of them are in links.
    """

    names: tuple[str, ...]
    parent: Holder | None
    start: int = 0
    end: int = 0
    chars: int = 0
    linked: int = 0


@dataclass(slots=True, eq=False)
class Row:
    """What is known of a table row; ``on_one_line`` holds when all of it has been seen."""

    filled: int = 0  # cells that have text
    reached: int = 0  # columns that a cell from a row above reaches into
    chars: int = 0
    plain: bool = True
    # while it is read: columns counted so far and up to the last cell, characters and lines of the cell
    column: int = 0
    last: int = 0
    cell_chars: int = 0
    cell_lines: int = 0

    @property
    def on_one_line(self) -> bool:
        """Whether the row is one of a table of data, not of a table that arranges the page."""
        return self.plain and self.filled + self.reached > 1 and self.chars <= _MAX_ROW_CHARS


Token = tuple[Kind, str | int | Holder | Row | None]
Attributes = dict[str, str | None]
_BLOCK: Token = (Kind.BLOCK, None)
_BREAK: Token = (Kind.BREAK, None)
_LINK: Token = (Kind.LINK, None)
_UNLINK: Token = (Kind.UNLINK, None)


@dataclass(slots=True)
class _Walk:
    """Where the walk through the tree stands."""

    tokens: list[Token] = field(default_factory=list)
    #: Elements entered and not left, with the holder that each of them opened.
    open: list[tuple[LexborNode, str, Holder | None]] = field(default_factory=list)
    holder: Holder | None = None
    rows: list[Row] = field(default_factory=list)
    #: For each open table: for how many rows more a column is taken by a cell from above.
    tables: list[dict[int, int]] = field(default_factory=list)
    verbatim: int = 0


def tokens_of(root: LexborNode) -> list[Token]:
    """The tokens of all that a browser would show below ``root``; without recursion, however deep it is."""
    walk = _Walk()
    node: LexborNode | None = root
    while node is not None:
        below = _enter(walk, node)
        if below is not None:
            node = below
            continue
        following = node.next if walk.open else None
        while following is None and walk.open:
            parent, tag, holder = walk.open.pop()
            _leave(walk, tag, holder)
            following = parent.next if walk.open else None
        node = following
    return walk.tokens


def _enter(walk: _Walk, node: LexborNode) -> LexborNode | None:
    """Say what begins with ``node``; give its first child where the walk is to go down."""
    if node.is_text_node:
        _say_text(walk, node.text_content or "")
        return None
    tag = node.tag or ""
    if not node.is_element_node or tag in SKIPPED:
        return None
    attributes = node.attributes
    if "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style") or ""):
        return None
    _open(walk, tag, attributes)
    holder = _open_holder(walk, tag, attributes)
    child = node.first_child
    if child is None:
        _leave(walk, tag, holder)
    else:
        walk.open.append((node, tag, holder))
    return child


def _say_text(walk: _Walk, text: str) -> None:
    walk.tokens.append((Kind.VERBATIM if walk.verbatim else Kind.TEXT, text))
    if walk.rows and (size := len(text.strip())):
        row = walk.rows[-1]
        row.filled += row.cell_chars == 0
        row.chars += size
        row.cell_chars += size


def _open(walk: _Walk, tag: str, attributes: Attributes) -> None:
    if tag == "br":
        walk.tokens.append(_BREAK)
    elif tag == "a":
        walk.tokens.append(_LINK)
    elif tag in CELLS and walk.rows:
        _open_cell(walk, attributes)
    elif tag == "tr":
        if walk.rows:
            walk.rows[-1].plain = False  # a table inside: the outer row arranges the page
        walk.rows.append(Row())
        walk.tokens.append((Kind.ROW, walk.rows[-1]))
    elif tag in LINES:
        walk.tokens.append(_BLOCK)
    if tag == "table":
        walk.tables.append({})
    if tag in VERBATIM:
        walk.verbatim += 1
    if walk.rows and (tag == "br" or tag in LINES):
        row = walk.rows[-1]
        row.cell_lines += 1
        row.plain = row.plain and row.cell_lines <= _MAX_CELL_LINES


def _open_cell(walk: _Walk, attributes: Attributes) -> None:
    """Count the columns to this cell, with those that cells from rows above reach into."""
    row, taken = walk.rows[-1], walk.tables[-1] if walk.tables else {}
    while taken.get(row.column, 0) > 0:
        taken[row.column] -= 1
        row.column += 1
        row.reached += 1
    walk.tokens.append((Kind.CELL, row.column - row.last))
    row.last, row.cell_chars, row.cell_lines = row.column, 0, 0
    below = _span(attributes.get("rowspan"), _MAX_ROWSPAN) - 1
    for _ in range(_span(attributes.get("colspan"), _MAX_COLSPAN)):
        if row.column < _MAX_COLUMNS:
            taken[row.column] = below
            row.column += 1


def _span(value: str | None, limit: int) -> int:
    """A ``rowspan`` or ``colspan``: 1 unless it is a whole number that makes sense."""
    digits = (value or "").strip()
    return max(1, min(int(digits), limit)) if re.fullmatch(r"[0-9]{1,5}", digits) else 1


def _open_holder(walk: _Walk, tag: str, attributes: Attributes) -> Holder | None:
    if tag not in HOLDERS and tag not in NAMED_HOLDERS:
        return None
    names = tuple(f"{attributes.get('id') or ''} {attributes.get('class') or ''}".lower().split())
    if not names and tag in NAMED_HOLDERS:
        return None
    walk.holder = Holder((tag, *names), walk.holder)
    walk.tokens.append((Kind.OPEN, walk.holder))
    return walk.holder


def _leave(walk: _Walk, tag: str, holder: Holder | None) -> None:
    if holder is not None:
        walk.tokens.append((Kind.CLOSE, holder))
        walk.holder = holder.parent
    if tag == "a":
        walk.tokens.append(_UNLINK)
    elif tag == "tr":
        walk.tokens.append((Kind.END_ROW, walk.rows.pop()))
    elif tag in LINES:
        walk.tokens.append(_BLOCK)
    if tag == "table":
        walk.tables.pop()
    if tag in VERBATIM:
        walk.verbatim -= 1
