"""What a page has only because it is one: page numbers, running headers and footers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from jiyao.readers.sheet import Line

_DASHES = "[-\u2010-\u2015\u2212\u2500\u2501\uff0d~\u00b7\u2022. ]{0,8}"
_NUMBER = re.compile(
    rf"{_DASHES}(?:\d{{1,4}}|[\u2160-\u216b]|[ivx]{{1,5}}){_DASHES}"
    r"|\u7b2c ?\d{1,4} ?\u9875[,\uff0c/ ]{0,4}(?:\(?\uff08?\u5171 ?\d{1,4} ?\u9875\uff09?\)?)?"
    r"|\d{1,4} ?/ ?\d{1,4}"
)
_DIGITS = re.compile(r"\d+")
#: So many lines at the top and at the bottom of a page may be furniture.
_DEEP = 2
#: Points by which a running line may move from page to page.
_SAME_HEIGHT = 8.0


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """``pages`` without page numbers, and without the lines that most pages have at the same height.

    A table's head that is repeated on every page stays where it comes first. Pages that have
    nothing else stay as they are.
    """
    tops = _repeated((line for page in pages for line in page[:_DEEP]), len(pages))
    ends = _repeated((line for page in pages for line in page[-_DEEP:]), len(pages))
    kept: list[list[Line]] = []
    heads: set[str] = set()
    for page in pages:
        rest = []
        for index, line in enumerate(page):
            outer = (index < _DEEP and line in tops) or (index >= len(page) - _DEEP and line in ends)
            if outer and line.row and line.text not in heads:
                heads.add(line.text)
                outer = False
            if not outer:
                rest.append(line)
        kept.append(_without_number(rest))
    return kept if any(kept) else [list(page) for page in pages]


def _without_number(lines: list[Line]) -> list[Line]:
    """``lines`` without a page number, which is the last line or the first, never both."""
    for index in (-1, 0):
        if lines and not lines[index].row and _NUMBER.fullmatch(lines[index].text):
            del lines[index]
            break
    return lines


def _repeated(lines: Iterable[Line], pages: int) -> set[Line]:
    """Those of ``lines`` whose text, but for digits, stands at one height on half of the pages or more."""
    alike: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        alike[_DIGITS.sub("0", line.text)].append(line)
    groups = chain.from_iterable(map(_level, alike.values()))
    # Half: books have one header on the left pages and another on the right.
    return {line for group in groups if 1 < len({line.page for line in group}) >= (pages - 1) / 2 for line in group}


def _level(lines: Iterable[Line]) -> list[list[Line]]:
    """``lines`` in groups of the same height."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.top):
        if groups and line.top - groups[-1][0].top < _SAME_HEIGHT:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
