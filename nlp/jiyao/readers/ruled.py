"""Ruled tables: the lines between upright rules are cells, and those between level rules one row."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jiyao.readers.sheet import Glyph, Rule

#: In points.
_THIN = 3.0
_LONG = 6.0
_SAME = 3.0
#: In ems above the baseline: the middle of a character.
_MIDDLE = 0.38
#: A table has two cells side by side at least; one alone is a frame.
_MIN_UPRIGHTS = 3
#: Lines times rules on a page that are looked at; a page with more is a drawing.
_MAX_WORK = 300_000


@dataclass(slots=True)
class TableRow:
    """A row of a table: for each cell the lines in it, each a list of glyphs.

    ``first`` and ``last`` are the heights of its lines' middles, ``size`` that of the first line.
    """

    uprights: tuple[float, ...]
    first: float
    last: float
    size: float
    cells: list[list[list[Glyph]]]

    @property
    def left(self) -> float:
        """The table's left edge."""
        return self.uprights[0]

    @property
    def right(self) -> float:
        """The table's right edge."""
        return self.uprights[-1]

    @property
    def top(self) -> float:
        """Where its first line begins."""
        return self.first - self.size / 2

    @property
    def bottom(self) -> float:
        """Where its last line ends."""
        return self.last + self.size / 2


def find_rows(lines: Sequence[list[Glyph]], rules: Iterable[Rule]) -> list[list[Glyph] | TableRow]:
    """``lines``, from top to bottom, with those inside ruled tables gathered into rows."""
    edges = [edge for rule in rules for edge in _edges(rule)]
    if not edges or len(edges) * len(lines) > _MAX_WORK:
        return list(lines)
    upright = [edge for edge in edges if edge.bottom - edge.top > _LONG]
    level = [edge for edge in edges if edge.right - edge.left > _LONG]
    found: list[list[Glyph] | TableRow] = []
    for line in lines:
        size = max(glyph.size for glyph in line)
        y = line[0].baseline - _MIDDLE * size
        uprights = _uprights(upright, y)
        if len(uprights) < _MIN_UPRIGHTS or not any(uprights[0] < glyph.middle < uprights[-1] for glyph in line):
            found.append(line)
            continue
        cells = _by_cell(line, uprights)
        row = found[-1] if found else None
        if not isinstance(row, TableRow) or row.uprights != uprights or _is_ruled_off(row, y, cells, level):
            row = TableRow(uprights, y, y, size, [[] for _ in uprights[1:]])
            found.append(row)
        row.last = y
        for index, glyphs in cells.items():
            row.cells[index].append(glyphs)
    return found


def _edges(rule: Rule) -> tuple[Rule, ...]:
    """``rule`` itself if it is thin, else the four sides of the box."""
    left, top, right, bottom = rule.left, rule.top, rule.right, rule.bottom
    if right - left <= _THIN or bottom - top <= _THIN:
        return (rule,)
    return (
        Rule(left, top, right, top),
        Rule(left, bottom, right, bottom),
        Rule(left, top, left, bottom),
        Rule(right, top, right, bottom),
    )


def _uprights(edges: Iterable[Rule], y: float) -> tuple[float, ...]:
    """Where upright rules cross the height ``y``, from left to right, double ones once."""
    places: list[float] = []
    for x in sorted((edge.left + edge.right) / 2 for edge in edges if edge.top - 1 <= y <= edge.bottom + 1):
        if not places or x - places[-1] > _SAME:
            places.append(x)
    return tuple(map(round, places))


def _by_cell(line: Iterable[Glyph], uprights: Sequence[float]) -> dict[int, list[Glyph]]:
    """The glyphs of each cell; what stands outside the table goes into the nearest."""
    cells: dict[int, list[Glyph]] = {}
    for glyph in line:
        index = min(max(bisect(uprights, glyph.middle) - 1, 0), len(uprights) - 2)
        cells.setdefault(index, []).append(glyph)
    return cells


def _is_ruled_off(row: TableRow, y: float, cells: Iterable[int], level: Iterable[Rule]) -> bool:
    """Whether a level rule runs between ``row`` and the height ``y``, through one of ``cells``.

    Not through any cell: one that spans several rows is no end of them.
    """
    middles = [(row.uprights[index] + row.uprights[index + 1]) / 2 for index in cells]
    between = [edge for edge in level if row.first < (edge.top + edge.bottom) / 2 < y]
    return any(edge.left <= middle <= edge.right for edge in between for middle in middles)
