"""People in the column of a duty table that names who answers for each task (责任领导, 责任人).

A name alone in a cell has nothing around it that a model could go by; its column tells what it is. Tables of bars and
tables flattened to one cell a line are read; a cell counts only where all of it reads as names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jiyao.labels import EntityLabel, Origin
from jiyao.structure.cues import bare
from jiyao.structure.name_forms import is_name
from jiyao.structure.names import read_members
from jiyao.structure.tables import ANSWERABLE, Cell, find_tables, is_column_head, is_pipe_row
from jiyao.types import Layout, Mention, Span

_ANSWERS = re.compile(ANSWERABLE)
_BETWEEN_NAMES = re.compile(r"[^、,]+")
_NO_NAME = re.compile("负责|牵头|分工|落实|领导|单位|同上")
_RULE = "answers"
_LONGEST = 40
_LEAST_HEADS = 3


def find_answerers(text: str, norm: str, layout: Layout) -> tuple[Mention, ...]:
    """The persons of such columns, in order."""
    lines = [_stripped(norm, Span(line.start, line.end)) for line in layout.lines]
    cells = [*_between_bars(norm, lines), *_one_a_line(norm, lines)]
    persons = sorted(person for cell in cells for person in _persons(norm, cell))
    return tuple(
        Mention(span.start, span.end, EntityLabel.PERSON, text[span.start : span.end], origin=Origin.RULE, rule=_RULE)
        for span in persons
    )


def _between_bars(norm: str, lines: Sequence[Span]) -> Iterator[Span]:
    """The cells of rows between bars that stand under such a head."""
    columns: list[int] = []
    width = 0
    for line in lines:
        if line.start == line.end:
            continue
        if not is_pipe_row(norm[line.start : line.end]):
            columns = []
            continue
        cells = _cells(norm, line)
        heads = [bare(norm[cell.start : cell.end]) for cell in cells]
        if sum(is_column_head(head) for head in heads) >= _LEAST_HEADS:
            columns, width = [place for place, head in enumerate(heads) if _ANSWERS.fullmatch(head)], len(cells)
        elif len(cells) == width:
            yield from (_stripped(norm, cells[place]) for place in columns)


def _cells(norm: str, line: Span) -> list[Span]:
    bars = [place for place in range(line.start, line.end) if norm[place] == "|"]
    return [Span(start, end - 1) for start, end in pairwise((line.start, *(bar + 1 for bar in bars), line.end + 1))]


def _one_a_line(norm: str, lines: Sequence[Span]) -> Iterator[Span]:
    """The cells of a table flattened to one a line that stand under such a head, counted from the row's number."""
    kinds = find_tables([norm[line.start : min(line.end, line.start + _LONGEST)] for line in lines])
    heads: list[str] = []
    place: int | None = None  # of the last cell in its row; none before the first row
    for line, kind in zip(lines, kinds, strict=True):
        cell = norm[line.start : line.end]
        if kind is Cell.HEAD:
            spaced = cell.split()
            named = spaced if all(is_column_head(head) for head in spaced) else [bare(cell)]
            heads, place = [*(heads if place is None else ()), *named], None
        elif kind in (Cell.NUMBER, Cell.OPENING):
            place = int(kind is Cell.OPENING)
        elif kind is Cell.INNER and place is not None:
            place += 1
            if place < len(heads) and _ANSWERS.fullmatch(heads[place]):
                yield line
        elif cell:
            heads, place = [], None


def _persons(norm: str, cell: Span) -> Iterator[Span]:
    """The names of a cell; none where anything else stands in it."""
    if cell.end - cell.start > _LONGEST:
        return
    pieces = _BETWEEN_NAMES.finditer(norm, cell.start, cell.end)
    members = [member for piece in pieces for member in read_members(norm, Span(piece.start(), piece.end()))]
    names = [member.person for member in members if member.person is not None and member.agency is None]
    plain = [bare(norm[name.start : name.end]) for name in names]
    if len(names) == len(members) and all(is_name(name) and not _NO_NAME.search(name) for name in plain):
        yield from names


def _stripped(norm: str, span: Span) -> Span:
    inside = norm[span.start : span.end]
    start = span.start + len(inside) - len(inside.lstrip())
    return Span(start, start + len(inside.strip()))
