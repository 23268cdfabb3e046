"""Tabs or blanks that divide the cells of a duty table since it was copied out of a document as plain text.

Such rows (1 ⇥ 疏浚东支渠 ⇥ 县水利局 ⇥ 6月底前) are read as rows of bars. Tabs and blanks elsewhere, in rolls and
indents, stay what they are: a table is known by its heads, and ends at the first line that is no row of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jiyao.structure.tables import is_column_head

_LINE = re.compile(r"[^\n]+")
_TAB = re.compile(r"\t")
_BLANKS = re.compile(r"[ \u3000\xa0]{2,}|\u3000")
_ANY = re.compile(r"[ \u3000\xa0]+")
_NUMBER = re.compile(r"\d{1,3}[.、]?")
_LEAST_HEADS = 3
#: Cells of a row between tabs may be left out at its end.
_MOST_LOST = 2


def find_columns(text: str) -> dict[int, int]:
    """Where ``text``, as it came, has tabs or blanks between the cells of a duty table, start to end."""
    return dict(_gaps(text))


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    columns, waiting = 0, list[tuple[int, int]]()  # the gaps of the heads wait for a row
    for line in _LINE.finditer(text):
        row = line.group().rstrip()
        begin = len(row) - len(row.lstrip())
        if begin == len(row):
            continue
        if heads := _heads(row, begin):
            columns, waiting = len(heads) + 1, [(line.start() + start, line.start() + end) for start, end in heads]
            continue
        found = _row(row, begin, columns) if columns else None
        if found is None:
            columns, waiting = 0, []
            continue
        yield from waiting
        waiting = []
        yield from ((line.start() + start, line.start() + end) for start, end in found)


def _between(pattern: re.Pattern[str], row: str, begin: int) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(row, begin)]


def _heads(row: str, begin: int) -> list[tuple[int, int]] | None:
    """The gaps between heads of columns (序号, 任务, 责任单位), one of them perhaps of a name that nobody knows."""
    for pattern in (_TAB, _BLANKS, _ANY):
        gaps = _between(pattern, row, begin)
        edges = [begin, *(edge for gap in gaps for edge in gap), len(row)]
        cells = [row[edges[i] : edges[i + 1]].strip() for i in range(0, len(edges), 2)]
        if len(cells) >= _LEAST_HEADS and sum(map(is_column_head, cells)) >= max(_LEAST_HEADS, len(cells) - 1):
            return gaps
    return None


def _row(row: str, begin: int, columns: int) -> list[tuple[int, int]] | None:
    """The gaps between the cells of a row, if the line is one: between tabs, or between blanks with its number first."""
    gaps = _between(_TAB, row, begin)
    if gaps:
        return gaps if columns - _MOST_LOST <= len(gaps) + 1 <= columns else None
    gaps = _between(_BLANKS, row, begin)
    if len(gaps) + 1 == columns and _NUMBER.fullmatch(row, begin, gaps[0][0]):
        return gaps
    return None
