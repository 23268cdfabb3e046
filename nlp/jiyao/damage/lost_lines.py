"""Line ends that became blanks: a page that a form, a mail or a web page poured into one line.

The blanks that were line ends stand behind a stop, before a number or a label, and around what stood alone on its
line: the title, a heading. Blanks between a label and names, between names and within them stay.
"""

from __future__ import annotations

import re

from jiyao.structure.cues import any_of, bare, role_of
from jiyao.structure.numbering import read_enumerator
from jiyao.structure.shell import is_number

_BLANKS = re.compile(r"(?<=[^ \n]) +(?=[^ \n])")
_STOPS = ("。", ";", "!", "?", "如下:")
_INSIDE = re.compile("[。;,]")
_DATE = re.compile(r"[\d年月日]")
_LABEL = re.compile(r"[\u4e00-\u9fff【](?: {0,4}[\u4e00-\u9fff]){1,7} {0,2}[】:]|[送发报]:")
#: The sentence that opens the minutes, behind 分享到: and the like.
_OPENING = re.compile(r"(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日[^。]{0,80}(?:主持|召开|召集)")
_DAY = re.compile(r"(?:19|20)\d\d ?[年.-]")
_LEAST_LINE = 150
_LEAST_SHARE = 0.7  # of the page in one line
_LEAST = 3  # blanks behind a stop or before a number
_ALONE = 4  # characters that may have been a line


def find_lost_lines(norm: str) -> list[int]:
    """Where a blank is read as the end of a line, if most of the page stands in one line; else nowhere."""
    start, end = _longest_line(norm)
    if end - start < max(_LEAST_LINE, _LEAST_SHARE * len(norm)):
        return []
    blanks = [(match.start(), match.end()) for match in _BLANKS.finditer(norm, start, end)]
    sure = {place for place, behind in blanks if _ends_sentence(norm, place) or _opens_item(norm, place, behind, end)}
    if len(sure) < _LEAST:
        return []
    opened, closed = min(sure), norm.rfind("。", start, end)
    breaks = []
    begin = label_end = start
    edges = [*(place for place, _ in blanks[1:]), end]
    for (place, behind), until in zip(blanks, edges, strict=True):
        if behind < label_end:
            continue  # within a padded label: 时  间:
        label = _label_at(norm, behind, end)
        label_end = label or label_end
        # Below the text a day belongs to the office before it: 某办公室 2024年5月6日印发.
        shell = place < opened or (place > closed and _DAY.match(norm, behind) is None)
        alone = shell and _stood_alone(norm, begin, place, behind, until)
        heading = _is_heading(norm, begin, place) and _both_long(norm, begin, place, behind, until)
        if place in sure or label is not None or alone or heading or _OPENING.match(norm, behind, end):
            breaks.append(place)
        begin = behind
    return breaks


def _longest_line(norm: str) -> tuple[int, int]:
    best, begin = (0, 0), 0
    for line in norm.split("\n"):
        best = max(best, (begin, begin + len(line)), key=lambda span: span[1] - span[0])
        begin += len(line) + 1
    return best


def _ends_sentence(norm: str, place: int) -> bool:
    return norm.endswith(_STOPS, 0, place)


def _opens_item(norm: str, place: int, behind: int, end: int) -> bool:
    """Whether a number stands behind the blank; the day in 9 月 20 日 is none."""
    return read_enumerator(norm, behind, end) is not None and _DATE.match(norm, place - 1) is None


def _label_at(norm: str, start: int, end: int) -> int | None:
    """Where the label ends that begins at ``start``; a padded one must be known, for 熊 勇 列 席: begins with a name."""
    match = _LABEL.match(norm, start, end)
    if match is None:
        return None
    label = bare(match.group().rstrip(":】"))
    known = any_of("field").match(label) is not None or (role_of(label) is not None and role_of(label[1:]) is None)
    return match.end() if known or " " not in match.group().rstrip(" :") else None


def _stood_alone(norm: str, begin: int, place: int, behind: int, until: int) -> bool:
    """Whether the words before and behind a blank were lines: neither is a label, a list, a name or part of a date."""
    before, after = norm[begin:place], norm[behind:until]
    if (is_number(before) and after[0] not in "号期次") or is_number(after):
        return True
    if _DAY.match(after) is not None and not before.endswith((":", "、", ",")):
        return True
    if "、" in before or "、" in after:
        return False
    if any_of("title").search(after) is not None and len(after) > _ALONE:
        return True
    return not before.endswith((":", ",")) and _both_long(norm, begin, place, behind, until)


def _is_heading(norm: str, begin: int, place: int) -> bool:
    """A number, and no stop behind it."""
    return read_enumerator(norm, begin, place) is not None and _INSIDE.search(norm, begin, place) is None


def _both_long(norm: str, begin: int, place: int, behind: int, until: int) -> bool:
    """Whether on both sides of a blank stands more than a short name, and no date around it."""
    dated = _DATE.match(norm, place - 1) is not None and _DATE.match(norm, behind) is not None
    return min(place - begin, until - behind) >= _ALONE and not dated
