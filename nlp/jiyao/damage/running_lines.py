"""Lines that run through the pages of a document: page numbers (— 3 —, 第 3 页 共 9 页), and heads and warnings that each
page repeats. They part a task from its labels and a sentence from its end.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from jiyao.damage.wraps import WIDEST
from jiyao.structure.cues import read_label
from jiyao.structure.numbering import read_enumerator
from jiyao.structure.tables import find_tables

_NUMBER = re.compile(r"[-—·.] ?\d{1,3} ?[-—·.]|第 ?\d{1,3} ?页(?:[,/ ]?共 ?\d{1,3} ?页)?")
#: What repeats itself on purpose; cells of a table repeat themselves too.
_HEAD = re.compile(r"[^,。;|]{0,40}(?:纪要|会议|内部|资料|文件|保密|机密|秘密|保存|保管)[^,。;:|]{0,12}")
_LEAST_TIMES = 3
_HEAD_OF_ROW = 40
#: How a line ends within a sentence. After a word only a line of some length does: cells and names are short.
_OPEN = re.compile(r"[,、]$|[^:]{15}[\u4e00-\u9fff\d“《(]$")


def find_running_lines(norm: str) -> list[int]:
    """The offsets of all running lines, their line ends included; a head stays where it stands first.

    Where a sentence goes on behind them, the end of the line before them goes, too; but not on a page whose width
    broke all sentences (:mod:`jiyao.damage.wraps`).
    """
    lines = norm.split("\n")
    whole_sentences = max(map(len, lines)) > WIDEST
    times = Counter(line.strip() for line in lines)
    in_table = find_tables([line.strip()[:_HEAD_OF_ROW] for line in lines])
    places: list[int] = []
    seen: set[str] = set()
    begin = 0
    before = ""
    for (line, below), cell in zip(pairwise(lines), in_table, strict=False):
        end = begin + len(line) + 1
        shown = line.strip()
        repeated = not cell and shown in seen and times[shown] >= _LEAST_TIMES and _HEAD.fullmatch(shown)
        if repeated or _NUMBER.fullmatch(shown):
            places.extend(range(begin, end))
            if whole_sentences and _OPEN.search(before) and _goes_on(below):
                places.append(begin - 1)
        else:
            before = line
        seen.add(shown)
        begin = end
    return sorted(set(places))


def _goes_on(line: str) -> bool:
    whole = (line, 0, len(line))
    return line[:1] not in ("", " ") and read_enumerator(*whole) is None and read_label(*whole) is None
