"""Duty tables flattened to one cell a line, and tables of pipes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jiyao.structure.cues import bare, cues

_COLUMN_HEAD = re.compile(r"[\u4e00-\u9fff]{2,6}(?:事项|任务|单位|部门|时限|领导|内容|措施)(?:\([^()]{1,8}\))?")
_ROW_NUMBER = re.compile(r"\d{1,3}[.、]?")
_MIN_COLUMNS = 3
_MAX_COLUMNS = 12
_LONGEST_ROW = 1500


def find_tables(cells: Sequence[str]) -> list[bool]:
    """For each line, given stripped: is it a cell of a flattened duty table?

    A table begins with three or more column heads on lines of their own (序号, 任务, 责任单位)
    and reaches to the cells of the last line that is only a number.
    """
    inside = [False] * len(cells)
    index = 0
    while index < len(cells):
        heads = _heads_from(cells, index)
        if len(heads) < _MIN_COLUMNS:
            index = heads[-1] + 1 if heads else index + 1
            continue
        last = _last_cell(cells, heads)
        for line in range(index, last + 1):
            inside[line] = bool(cells[line])
        index = last + 1
    return inside


def is_row_number(cell: str) -> bool:
    """True of the number that opens a row."""
    return _ROW_NUMBER.fullmatch(cell.strip()) is not None


def is_pipe_row(line: str) -> bool:
    """True of a row whose cells are divided by ``|``."""
    return 1 < line.count("|") <= _MAX_COLUMNS and len(line) <= _LONGEST_ROW


def is_column_head(cell: str) -> bool:
    """True of a column head such as 责 任 单 位."""
    plain = bare(cell)
    return plain in cues("column") or _COLUMN_HEAD.fullmatch(plain) is not None


def _heads_from(cells: Sequence[str], index: int) -> list[int]:
    heads = []
    while index < len(cells) and (not cells[index] or is_column_head(cells[index])):
        if cells[index]:
            heads.append(index)
        elif not heads:
            break
        index += 1
    return heads


def _last_cell(cells: Sequence[str], heads: Sequence[int]) -> int:
    numbers = [line for line in range(heads[-1] + 1, len(cells)) if is_row_number(cells[line])]
    if not numbers:
        return heads[-1]
    last = numbers[-1]
    left = len(heads) - 1
    while left and last + 1 < len(cells):
        last += 1
        left -= bool(cells[last])
    return last
