"""Characters at places to lines of text, whatever the order in which they were drawn.

Sorting by place also puts back what programs draw late: quotation marks that a font
lacks come last in a line's stream, because another font has to draw them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from jiyao.readers.ruled import find_rows
from jiyao.readers.sheet import Glyph, Line, Sheet

#: All in ems, the size of the font.
_ASCENT, _DESCENT = 0.88, 0.12
_SAME_LINE = 0.4  # superscripts stand up to a third above the baseline
_SAME_GLYPH = 0.15  # bold made by printing twice
_GAP = 0.8  # beyond it several spaces
_WORD_GAP = 0.2  # between letters, and between ideographs beyond what their line spreads all of them
_MAX_SPREAD = 1.2
_MIN_PAIRS = 3
_BLANK = 0.5
_MAX_BLANKS = 8
_LATIN = re.compile(r"[!-~\u00c0-\u024f]")
_IDEOGRAPH = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


def lines_of(sheet: Sheet, page: int) -> list[Line]:
    """The lines of ``sheet`` from top to bottom; in ruled tables a line is a row."""
    rows = _rows(sheet.glyphs)
    lines: list[Line] = []
    for found in find_rows(rows, sheet.rules):
        if isinstance(found, Sequence):
            lines.append(_line(found, page))
        else:
            text = "|".join(f" {cell} " if cell else " " for cell in map(_cell, found.cells)).strip()
            lines.append(Line(page, found.left, found.right, found.top, found.bottom, text, row=True))
    return [line for line in lines if line.text]


def spell(row: Sequence[Glyph]) -> str:
    """The text of ``row``, from left to right: wide gaps as spaces, letters printed twice once."""
    spread = _spread(row)
    parts: list[str] = []
    last: Glyph | None = None
    for glyph in row:
        if last is not None:
            if glyph.char == last.char and glyph.left - last.left < _SAME_GLYPH * glyph.size:
                continue
            parts.append(_space(last, glyph, spread))
        parts.append(glyph.char)
        last = glyph
    return "".join(parts).strip()


def glue(above: str, below: str) -> str:
    """Two lines of one paragraph: words of letters need a space between them, Chinese none."""
    if not (above and below and _LATIN.match(above[-1]) and _LATIN.match(below[0])):
        return above + below
    # Digits and marks that a line end cut apart belong together; only letters make words.
    words = (above[-1].isalpha() and below[0].isalnum()) or (above[-1] in ",.;:!?)" and below[0].isalpha())
    return f"{above} {below}" if words else above + below


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs by line, each from left to right. Stable: the order of drawing decides between equals."""
    rows: list[list[Glyph]] = []
    anchor = size = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        if not rows or glyph.baseline - anchor > _SAME_LINE * min(glyph.size, 2 * size):
            rows.append([])
            anchor, size = glyph.baseline, 0.0
        rows[-1].append(glyph)
        size = max(size, glyph.size)
    for row in rows:
        row.sort(key=lambda glyph: glyph.left)
    return rows


def _line(row: Sequence[Glyph], page: int) -> Line:
    shown = [glyph for glyph in row if not glyph.char.isspace()]
    if not shown:
        return Line(page, 0.0, 0.0, 0.0, 0.0, "")
    size = sorted(glyph.size for glyph in shown)[len(shown) // 2]
    baseline = max(glyph.baseline for glyph in shown)
    right = max(glyph.right for glyph in shown)
    # A space at the end parts this line's last word or name from the next line's first.
    text = spell(row) + (" " if row[-1].char.isspace() else "")
    return Line(page, shown[0].left, right, baseline - _ASCENT * size, baseline + _DESCENT * size, text)


def _cell(rows: Sequence[Sequence[Glyph]]) -> str:
    text = ""
    for row in rows:
        text = glue(text, spell(row))
    return text


def _spread(row: Sequence[Glyph]) -> float:
    """How far apart, in ems, the ideographs of ``row`` usually stand: justified lines and titles are spread."""
    gaps = [
        (right.left - left.right) / right.size
        for left, right in pairwise(row)
        if _IDEOGRAPH.match(left.char) and _IDEOGRAPH.match(right.char)
    ]
    return min(max(median(gaps), 0.0), _MAX_SPREAD) if len(gaps) >= _MIN_PAIRS else 0.0


def _space(last: Glyph, glyph: Glyph, spread: float) -> str:
    """What stands for the gap between two glyphs: programs leave spaces out and move on instead."""
    size = min(last.size, glyph.size)
    gap = (glyph.left - last.right) / size - spread
    if gap > _GAP:
        return " " * min(max(round(gap / _BLANK), 2), _MAX_BLANKS)
    alike = any(kind.match(last.char) and kind.match(glyph.char) for kind in (_LATIN, _IDEOGRAPH))
    return " " if gap > _WORD_GAP and alike else ""
