"""Lines that run through the pages of a document: page numbers (— 3 —, 第 3 页 共 9 页), and heads and warnings that each
page repeats. They part a task from its labels and a sentence from its end.
"""

from __future__ import annotations

import re
from collections import Counter

_NUMBER = re.compile(r"[-—·.] ?\d{1,3} ?[-—·.]|第 ?\d{1,3} ?页(?:[,/ ]?共 ?\d{1,3} ?页)?")
#: What repeats itself on purpose; cells of a table repeat themselves too.
_HEAD = re.compile(r"[^,。;|]{0,40}(?:纪要|会议|内部|资料|文件|保密|机密|秘密|保存|保管)[^,。;:|]{0,12}")
_LEAST_TIMES = 3


def find_running_lines(norm: str) -> list[int]:
    """The offsets of all running lines, their line ends included; a head stays where it stands first."""
    lines = norm.split("\n")
    times = Counter(line.strip() for line in lines)
    places: list[int] = []
    seen: set[str] = set()
    begin = 0
    for line in lines[:-1]:
        end = begin + len(line) + 1
        shown = line.strip()
        repeated = shown in seen and times[shown] >= _LEAST_TIMES and _HEAD.fullmatch(shown)
        if repeated or _NUMBER.fullmatch(shown):
            places.extend(range(begin, end))
        seen.add(shown)
        begin = end
    return places
