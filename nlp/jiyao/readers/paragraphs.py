"""Lines of pages to text: a paragraph that paper broke into lines is one line again.

A line goes on in the next if it reaches the right margin and the next one begins at the left
margin. What begins anew says so: by an indent, a number, a label, another size, or distance.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from jiyao.readers.furniture import without_furniture
from jiyao.readers.lines import glue
from jiyao.readers.sheet import Line

INDENT = "\u3000\u3000"
#: In ems.
_INDENTED = 0.8
_FULL = 1.6  # a mark that may not begin a line takes the character before it along
_MIN_MEASURE = 12.0  # nobody sets running text narrower, so lines of less are not broken but short
_MAX_INDENT = 3.0
_SAME_INDENT = 0.3
_CENTRED = 1.3
_LETTER = 0.55
_SAME_SIZE = 0.12
#: A distance between lines that is so many times the usual one parts paragraphs.
_APART = 1.6
#: A page's own margins count if it has so many lines; else those of all pages.
_MIN_LINES = 6
#: An edge is a margin if this share of the lines has it: a stray line further out is none.
_SHARED = 0.05
_NUMBERED = re.compile(
    "[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、](?![0-9])|第[一二三四五六七八九十]{1,3}[章条项、,，]"
)
_LABEL = re.compile(r"[\u4e00-\u9fff](?:[ \u3000]{0,2}[\u4e00-\u9fff]){1,6} ?[:：] ?(?=\S)")
_ENDS = re.compile(r"[。；！？：;!?:.）)”」』]$")
_LIST = re.compile(r"\S[ \u3000]{1,8}\S+[ \u3000]{1,8}\S")
_WORD = re.compile(r"[!-~]{1,30}")


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the pages have in common: margins by page, the usual pitch, how far first lines are indented (0: not)."""

    margins: Sequence[_Margins]
    pitch: float
    indent: float


def compose(pages: Sequence[Sequence[Line]]) -> str:
    """The text of ``pages``, which have their lines from top to bottom: a paragraph, title or table row a line.

    First lines that are indented begin with two ideographic spaces, centred ones do not.
    Page numbers, running headers and running footers are left out.
    """
    kept = without_furniture(pages)
    lines = [line for page in kept for line in page]
    if not lines:
        return ""
    layout = _study(kept, lines)
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1], line, layout):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return "\n".join(_write(paragraph, layout) for paragraph in paragraphs)


def _write(paragraph: Sequence[Line], layout: _Layout) -> str:
    first = paragraph[0]
    parts = [first.text]
    for line in paragraph[1:]:
        # Only the ends meet: joining to the whole would be quadratic.
        parts.append(glue(parts[-1], line.text)[len(parts[-1]) :])
    margins = layout.margins[first.page]
    centred = len(paragraph) == 1 and _is_centred(first, margins, layout.indent)
    indented = _indent(first, margins) > _INDENTED and not first.row and not centred
    return (INDENT if indented else "") + "".join(parts).rstrip()


def _goes_on(paragraph: Sequence[Line], line: Line, layout: _Layout) -> bool:
    """Whether ``line`` continues ``paragraph``."""
    last = paragraph[-1]
    if line.row or last.row or abs(line.size - last.size) > _SAME_SIZE * last.size:
        return False
    if line.page == last.page and line.bottom - last.bottom > _APART * layout.pitch:
        return False
    if not _is_full(last, line, layout.margins[last.page]):
        return False
    if _indent(line, layout.margins[line.page]) > _INDENTED and not _hangs(paragraph, line, layout):
        return False
    ended = _ENDS.search(last.text) is not None
    if _NUMBERED.match(line.text):
        # Where first lines are indented, a number at the margin in mid-sentence is no heading: 三、\n四、五月份.
        return layout.indent > 0 and not ended
    return not (_LABEL.match(line.text) and (ended or _LIST.search(last.text)))


def _is_full(line: Line, following: Line, margins: _Margins) -> bool:
    """Whether ``line`` has no room for what ``following`` begins with: a character, or a word of letters."""
    word = _WORD.match(following.text)
    room = max(_FULL, 1 + _LETTER * len(word[0]) if word else 0.0)
    measure = (margins.right - margins.left) / line.size
    return measure > _MIN_MEASURE and margins.right - line.right < room * line.size


def _hangs(paragraph: Sequence[Line], line: Line, layout: _Layout) -> bool:
    """Whether ``line`` stands under the text after its paragraph's label, as lists of names do."""
    first = paragraph[0]
    own = line.left - layout.margins[line.page].left
    if len(paragraph) > 1:
        before = paragraph[-1].left - layout.margins[paragraph[-1].page].left
        return abs(own - before) < _INDENTED * line.size
    label = _LABEL.match(first.text)
    begins = first.left - layout.margins[first.page].left
    return label is not None and abs(own - begins - len(label[0]) * first.size) < 1.5 * first.size


def _indent(line: Line, margins: _Margins) -> float:
    return (line.left - margins.left) / line.size


def _is_centred(line: Line, margins: _Margins, indent: float) -> bool:
    left, right = line.left - margins.left, margins.right - line.right
    return abs(left - right) < _CENTRED * line.size and abs(left - indent) > _SAME_INDENT * line.size


def _study(pages: Sequence[Sequence[Line]], lines: Sequence[Line]) -> _Layout:
    whole = _margins(lines)
    margins = [_margins(page) if len(page) >= _MIN_LINES else whole for page in pages]
    steps = [
        below.bottom - above.bottom
        for page in pages
        for above, below in pairwise(page)
        if not above.row and not below.row and abs(above.size - below.size) < 1
    ]
    indents = [
        line.left - margins[line.page].left
        for line in lines
        if not line.row and _INDENTED < _indent(line, margins[line.page]) < _MAX_INDENT
    ]
    indent = median(indents) if len(indents) > _SHARED * len(lines) else 0.0
    return _Layout(margins, median(steps) if steps else math.inf, indent)


def _margins(lines: Sequence[Line]) -> _Margins:
    """The outermost edges that several of ``lines`` have in common."""
    size = median(line.size for line in lines)
    text = [line for line in lines if not line.row] or lines
    left = _outermost((line.left for line in text), size / 2)
    right = -_outermost((-line.right for line in text), size)
    return _Margins(left, right)


def _outermost(edges: Iterable[float], near: float) -> float:
    """The least of ``edges`` that has company within ``near``; the very least if none has."""
    ordered = sorted(edges)
    needed = max(1, int(_SHARED * len(ordered))) if len(ordered) > 2 else 0
    end = 0
    for index, edge in enumerate(ordered):
        while end < len(ordered) and ordered[end] - edge < near:
            end += 1
        if end - index > needed:
            return edge
    return ordered[0]
