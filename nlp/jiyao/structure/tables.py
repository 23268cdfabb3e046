"""Duty tables flattened to one cell a line, and tables of pipes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from jiyao.structure.cues import bare, cues

#: What a label or a column calls the person who answers for a task.
ANSWERABLE = "(?:责任|牵头|分管|包保|联系|包抓|包案|挂帅)(?:市|县|区|州|旗)?领导|(?:责任|牵头|包保|包抓|包案)人|负责人"
_COLUMN_HEAD = re.compile(r"[\u4e00-\u9fff]{2,6}(?:事项|任务|单位|部门|时限|领导|内容|措施|要求)(?:\([^()]{1,8}\))?")
#: Heads that make a list of heads a duty table.
_DUTY_HEAD = re.compile("责任|牵头|承办|主办|配合|时限|时间|期限")
_ROW_NUMBER = re.compile(r"(\d{1,3})[.、]?")
_NUMBERED_ROW = re.compile(r"(\d{1,3})[.、]\s*(?=[^\d\s])")
_STOPS = re.compile("[。;:!?,]")
_MIN_COLUMNS = 3
_MAX_COLUMNS = 12
_LONGEST_ROW = 1500
_LONGEST_HEAD = 20
#: Cells may be broken into lines, and rows may be lost.
_MOST_LINES_A_CELL = 2
_MOST_ROWS_LOST = 3


class Cell(Enum):
    """What a line of a flattened table is."""

    HEAD = "head"
    NUMBER = "number"  # the number of a row, alone
    OPENING = "opening"  # the first cell of a row, its number before it
    INNER = "inner"


@dataclass(frozen=True, slots=True)
class _Heads:
    """The column heads of a table: their lines from ``first`` to ``last``."""

    first: int
    last: int
    columns: int


def find_tables(cells: Sequence[str]) -> list[Cell | None]:
    """For each line, given stripped: what it is of a flattened duty table, ``None`` for other lines.

    A table begins with three or more column heads (序号, 任务, 责任单位), each on a line of its own or all on one
    line, and goes on as long as rows follow whose numbers go on; the last row has as many cells as there are heads.
    """
    found: list[Cell | None] = [None] * len(cells)
    index = 0
    while index < len(cells):
        heads = _heads_at(cells, index)
        if heads is None:
            index += 1
            continue
        for line in range(heads.first, heads.last + 1):
            found[line] = Cell.HEAD if cells[line] else None
        index = heads.last + 1
        for line, cell in _rows(cells, heads):
            found[line] = cell
            index = line + 1
    return found


def is_pipe_row(line: str) -> bool:
    """True of a row whose cells are divided by ``|``."""
    return 1 < line.count("|") <= _MAX_COLUMNS and len(line) <= _LONGEST_ROW


def is_column_head(cell: str) -> bool:
    """True of a column head such as 责 任 单 位."""
    plain = bare(cell)
    return plain in cues("column") or _COLUMN_HEAD.fullmatch(plain) is not None


def _heads_at(cells: Sequence[str], index: int) -> _Heads | None:
    """The column heads that begin at a line. One of them may have a name that nobody knows."""
    spaced = cells[index].split()
    if len(spaced) >= _MIN_COLUMNS and all(is_column_head(part) for part in spaced):
        following = next((cell for cell in cells[index + 1 :] if cell), "")
        return _Heads(index, index, len(spaced)) if _ROW_NUMBER.fullmatch(following) else None
    lines: list[int] = []
    strangers = 0
    for line in range(index, len(cells)):
        if not cells[line]:
            if not lines:
                return None
            continue
        known = is_column_head(cells[line])
        if not known and (not lines or strangers or not _may_be_head(cells[line])):
            break
        strangers += not known
        lines.append(line)
    while lines and not is_column_head(cells[lines[-1]]):
        lines.pop()
    named = [bare(cells[line]) for line in lines]
    if len(lines) < _MIN_COLUMNS or (strangers and not any(_DUTY_HEAD.search(name) for name in named)):
        return None
    return _Heads(lines[0], lines[-1], len(lines))


def _may_be_head(cell: str) -> bool:
    return len(bare(cell)) <= _LONGEST_HEAD and not _STOPS.search(cell) and not _ROW_NUMBER.match(cell)


def _rows(cells: Sequence[str], heads: _Heads) -> Iterator[tuple[int, Cell]]:
    """The lines of all rows with what they are."""
    starts = list(_row_starts(cells, heads))
    for number, (start, alone) in enumerate(starts):
        yield start, Cell.NUMBER if alone else Cell.OPENING
        follow = starts[number + 1][0] if number + 1 < len(starts) else len(cells)
        left = heads.columns - (1 if alone else 2) if number + 1 == len(starts) else len(cells)
        for line in range(start + 1, follow):
            if not left:
                break
            if cells[line]:
                left -= 1
                yield line, Cell.INNER


def _row_starts(cells: Sequence[str], heads: _Heads) -> Iterator[tuple[int, bool]]:
    """The lines at which rows begin, with whether the number stands there alone."""
    reach = _MOST_LINES_A_CELL * heads.columns + 1
    line, last, alone = heads.last + 1, 0, True
    while (found := _next_row(cells, line, reach, last, alone if last else None)) is not None:
        line, last, alone = found
        yield line, alone
        line += 1


def _next_row(
    cells: Sequence[str], line: int, reach: int, last: int, alone: bool | None
) -> tuple[int, int, bool] | None:
    """Line, number and form of the next row within ``reach`` cells; rows of a table have one form."""
    while line < len(cells) and reach:
        reach -= bool(cells[line])
        for pattern, form in ((_ROW_NUMBER.fullmatch, True), (_NUMBERED_ROW.match, False)):
            match = pattern(cells[line]) if alone in (None, form) else None
            if match and (not last or last < int(match[1]) <= last + _MOST_ROWS_LOST or int(match[1]) == 1):
                return line, int(match[1]), form
        line += 1
    return None
