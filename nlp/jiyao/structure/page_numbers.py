"""Lines that only number a page: — 3 —, 第 3 页 共 9 页. They part a task from its labels, a sentence from its end."""

from __future__ import annotations

import re

_LINE = re.compile(r"^ *(?:[-—·.] ?\d{1,3} ?[-—·.]|第 ?\d{1,3} ?页(?:[,/ ]?共 ?\d{1,3} ?页)?) *\n", re.MULTILINE)


def find_page_numbers(norm: str) -> list[int]:
    """The offsets of all lines that number a page, their line ends included."""
    return [place for match in _LINE.finditer(norm) for place in range(match.start(), match.end())]
