"""Lines that only the width of a page broke: text copied from a PDF or a terminal, a sentence over several lines.

Such a page has no long line, most of its full lines end within a sentence, and what goes on below is neither indented nor
numbered nor labelled. A page that does not look so all through is left as it is: lists and tables have short
lines too, and joining two tasks does more harm than a broken sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jiyao.structure.cues import read_label, read_roll_label
from jiyao.structure.numbering import read_enumerator
from jiyao.structure.tables import find_tables

#: What a line within a sentence may end with.
_OPEN = re.compile(r"[\u4e00-\u9fff,、\d%a-zA-Z”》)“《(-]$")
_PROSE = re.compile("[,。;]")
_NEW = re.compile(r"会议[\u4e00-\u9fff]{2}[,:]|第.{1,3}[章条]")
_LEAST_LINES = 8
_LEAST_WRAPS = 4
WIDEST = 120
_WIDTHS = range(14, WIDEST + 1)
_FULL = 0.55  # of the width
_FULL_BESIDE_HEADINGS = 0.75
_OVER = 1.35
#: Of the open lines, how long all but the longest are: that is the width of the page.
_QUANTILE = 0.8
_FEW = 0.03  # lines may be longer
_LEAST_SHARE = 0.35  # of the full lines go on below
_LEAST_PROSE = 0.4  # of those that go on hold a comma or a stop
_HEAD = 40


@dataclass(frozen=True, slots=True)
class _Row:
    start: int  # indent left out
    end: int
    width: int
    indented: bool


def find_wraps(norm: str) -> list[int]:
    """Where newlines stand that only the page's width made, in order."""
    rows = list(_cut(norm))
    shown = [row for row in rows if row.start < row.end]
    width = _width(norm, shown)
    if width is None or any(find_tables([norm[row.start : min(row.end, row.start + _HEAD)] for row in rows])):
        return []
    indents = any(row.indented for row in shown if row.width >= _FULL * width)
    # Without indents a heading must not run into the text below it.
    least = (_FULL if indents else _FULL_BESIDE_HEADINGS) * width
    full = [row for row in shown if row.width >= least]
    wraps = [
        (row, below)
        for row, below in pairwise(rows)
        if row.width >= least and _is_open(norm, row) and _goes_on(norm, below, indents)
    ]
    prose = sum(_PROSE.search(norm, row.start, row.end) is not None for row, _ in wraps)
    plenty = len(wraps) >= max(_LEAST_WRAPS, _LEAST_SHARE * len(full)) and prose >= _LEAST_PROSE * len(wraps)
    return [place for row, below in wraps for place in range(row.end, below.start)] if plenty else []


def _width(norm: str, shown: Sequence[_Row]) -> int | None:
    """How many characters go into a line of the page; ``None`` where its lines have no common width."""
    if len(shown) < _LEAST_LINES:
        return None
    opened = sorted(row.width for row in shown if _is_open(norm, row))
    if len(opened) < _LEAST_WRAPS:
        return None
    width = opened[int(len(opened) * _QUANTILE)]
    over = sum(row.width > _OVER * width for row in shown)
    return width if width in _WIDTHS and over <= _FEW * len(shown) else None


def _is_open(norm: str, row: _Row) -> bool:
    """Whether a row ends within a sentence; one of a table between bars does not."""
    return _OPEN.search(norm, row.start, row.end) is not None and norm.find("|", row.start, row.end) < 0


def _goes_on(norm: str, below: _Row, indents: bool) -> bool:
    """Whether a row may be the middle of a sentence: not blank, nor indented, numbered or labelled."""
    if below.start == below.end or (indents and below.indented) or _NEW.match(norm, below.start, below.end):
        return False
    return (
        read_enumerator(norm, below.start, below.end) is None
        and read_label(norm, below.start, below.end) is None
        and read_roll_label(norm, below.start, below.end) is None
    )


def _cut(norm: str) -> Iterator[_Row]:
    begin = 0
    for line in norm.split("\n"):
        inside = line.strip()
        start = begin + len(line) - len(line.lstrip())
        yield _Row(start, start + len(inside), len(line.rstrip()), line[:1] == " ")
        begin += len(line) + 1
