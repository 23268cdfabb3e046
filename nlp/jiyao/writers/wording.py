"""Parts of a record in the words of a ledger: names in a row, the work to do, the next step."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping

from jiyao.damage import meant
from jiyao.types import AgencyRef, MinutesRecord, NextStep, TaskRecord
from jiyao.writers.words import OpeningRole, flag_chinese, introducer, opening_roles, opening_word

#: What XML 1.0 (and so a workbook) cannot hold; HTML does not want it either.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Everything that could steer a terminal, and lone surrogates, which it cannot show.
_NOT_TERMINAL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_ENUMERATOR = re.compile(
    r"\s*(?:[(\uff08]?[0-9一二三四五六七八九十]{1,3}[)\uff09、]|[0-9]{1,3}[.\uff0e](?![0-9])|[①-⑳])\s*"
)
#: What may hang at a sentence's end: its stop, and the enumerator of the next part.
_TAIL = re.compile(r"[;\uff1b,\uff0c。.](?: ?[(\uff08][0-9一二三四五六七八九十]{1,3}[)\uff09])?$")
_BLANK = re.compile(r"\s+")
#: What a scanner's program makes of a sentence: a blank behind nearly every character.
_SET_APART = re.compile(r"(?:\S\s){8}")
_BETWEEN = re.compile(r"(?<=\S)\s(?=\S)")
#: Between the cells of a row, and between the lines of an item with labels.
_CELL_GAP = re.compile(r"[\n\t|\uff5c]|[ \u3000]{2,}|\u3000")
_DUTY_LABEL = re.compile(
    "(?:责任|牵头|主办|承办|配合|协办|协助|包案|分管|完成|办理|办结|整改)?(?:责任)?(?:单位|部门|领导|人|时限|期限|时间)[:\uff1a]"
)
_JOINTS = re.compile(r"[\s、,;()\uff0c\uff1b\uff08\uff09。]|和|及|等|分别|牵头|配合|负责|同志")

#: A remainder shorter than this says too little to stand for the whole sentence.
_SHORTEST_WORK = 4


def xml_safe(text: str) -> str:
    """``text`` without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def terminal_safe(text: str) -> str:
    """``text`` on one line, with nothing that could steer the terminal."""
    return _BLANK.sub(" ", _NOT_TERMINAL.sub(" ", text)).strip()


def names(agencies: Iterable[AgencyRef]) -> str:
    """Agencies as written, each once, in order."""
    return "、".join(dict.fromkeys(agency.name for agency in agencies))


def titles(documents: Iterable[str]) -> str:
    """Documents in book-title marks; a document number stands without them."""
    return "、".join(title if title.endswith("号") else f"《{title}》" for title in documents)


def next_step_text(step: NextStep | None) -> str:
    """``市委常委会审议``; only the body where nothing says what it does."""
    return f"{step.body}{step.act or ''}" if step else ""


def flags_text(flags: Iterable[str]) -> str:
    """All flags of a task in Chinese."""
    return "\uff1b".join(map(flag_chinese, flags))


def together(text: str) -> str:
    """A name or a date without the blanks and line ends that a damaged page has in it."""
    return _BLANK.sub("", meant(text))


def sentence(text: str) -> str:
    """A clause on one line without the stop it ends with, unless nothing else is left."""
    text = meant(text)
    if _SET_APART.search(text):
        text = _BETWEEN.sub("", text)
    line = _BLANK.sub(" ", text).strip()
    return _TAIL.sub("", line) or line


def work_text(task: TaskRecord) -> str:
    """What is to be done: the task's sentence without introducer, enumerator and the actors that it opens with.

    At its head it is shortened only by agencies that the record holds as lead or support, at its end by the cells and
    labels of a table that say who and by when and nothing else, so the ledger never says less than the minutes.
    """
    whole = task.text[: _end_of_work(task)]
    actors = [
        (
            len(meant(whole[: agency.start - task.start])),
            len(meant(whole[: agency.end - task.start])),
            agency.name,
        )
        for agency in (*task.lead, *task.support)
        if agency.start >= task.start
    ]
    text = meant(whole)
    if _SET_APART.search(text):
        actors = [(len(together(text[:start])), len(together(text[:end])), name) for start, end, name in actors]
        text = together(text)
    ends = {start: end for start, end, name in actors if together(text[start:end]) == together(name)}
    return sentence(text[_after_actors(text, ends, _after_introducer(text)) :]) or sentence(text)


def _end_of_work(task: TaskRecord) -> int:
    """Where the last cell of ``task.text`` ends that says more than who and by when."""
    rest = list(task.text)
    for span in (*task.lead, *task.support, *((task.deadline,) if task.deadline else ())):
        for place in range(max(span.start, task.start), min(span.end, task.start + len(rest))):
            rest[place - task.start] = " "
    others = "".join(rest)
    end = len(others)
    for gap in reversed(list(_CELL_GAP.finditer(task.text))):
        cell = _DUTY_LABEL.sub("", together(others[gap.end() : end]))
        for person in task.lead_persons:
            cell = cell.replace(person, "")
        if _JOINTS.sub("", cell):
            break
        end = gap.start()
    return end if task.text[:end].strip() else len(task.text)


def _after_introducer(text: str) -> int:
    position = len(text) - len(text.lstrip())
    for pattern in (_ENUMERATOR, introducer(), _ENUMERATOR):
        if match := pattern.match(text, position):
            position = match.end()
    return position


def _after_actors(text: str, ends: Mapping[int, int], start: int) -> int:
    """The position behind ``由A牵头,B、C配合,``; ``start`` if the sentence opens in another way.

    ``ends`` tells where the actors start and end in ``text``.
    """
    position, named, pending = start, False, False
    while position < len(text):
        if position in ends and ends[position] > position:
            position, named, pending = ends[position], True, False
        elif word := opening_word().match(text, position):
            position, pending = word.end(), opening_roles()[word.group()] is not OpeningRole.CLOSES
        else:
            break
    enough = len(text) - position >= _SHORTEST_WORK
    return position if named and not pending and enough else start


class Headings:
    """Finds the heading of an agenda item, also where a page numbers its items twice from 一."""

    def __init__(self, record: MinutesRecord) -> None:
        """Index the items of ``record``."""
        self._items: dict[str, list[tuple[int, str]]] = {}
        for item in sorted(record.items, key=lambda item: item.start):
            self._items.setdefault(item.path, []).append((item.start, item.heading))

    def of(self, path: str | None, position: int) -> str | None:
        """The heading of the last item with this path that starts at or before ``position``."""
        if path is None or path not in self._items:
            return None
        found = self._items[path]
        return found[max(bisect_right(found, (position, "\U0010ffff")) - 1, 0)][1]
