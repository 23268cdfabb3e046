"""Records of one task: its later steps are linked to it, a repetition is said to be one.

A link is a flag of the later record (``continues: <id>``, ``same as: <id>``); no record is dropped.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace

from jiyao.labels import Kind
from jiyao.types import TaskRecord

_CARRIED = "subject carried over"
_NO_WORD = re.compile(r"[^\u4e00-\u9fff0-9A-Za-z]+")
#: Shorter texts and objects are too common to be the same task: 抓好落实.
_SHORTEST_TEXT, _SHORTEST_OBJECT = 10, 4
#: How far back in an item a paper's next step looks for its task.
_NEAR = 40


def linked(records: Iterable[TaskRecord]) -> tuple[TaskRecord, ...]:
    """The records in order, with the flags that link them."""
    out: list[TaskRecord] = []
    known: dict[object, list[TaskRecord]] = {}
    recent: dict[str | None, deque[TaskRecord]] = {}
    for record in records:
        keys = [key for key in (_words(record), _what(record)) if key is not None]
        first = next((other for key in keys for other in known.get(key, ()) if _same_day(record, other)), None)
        near = recent.setdefault(record.item, deque(maxlen=_NEAR))
        before = None if first else _continued(record, near, out)
        for key in keys if first is None else ():
            known.setdefault(key, []).append(record)
        near.append(record)
        if first:
            record = replace(record, flags=(*record.flags, f"same as: {first.id}"))
        elif before:
            record = replace(record, flags=(*record.flags, f"continues: {before.id}"))
        out.append(record)
    return tuple(out)


def _words(record: TaskRecord) -> object | None:
    """The text of a record without marks, where it is long enough to be one task's own."""
    plain = _NO_WORD.sub("", record.text)
    return ("words", plain) if len(plain) >= _SHORTEST_TEXT else None


def _what(record: TaskRecord) -> object | None:
    """Who is to do what with what, where all three are said."""
    if not (record.lead and record.actions and record.object) or len(record.object) < _SHORTEST_OBJECT:
        return None
    return (
        frozenset(agency.name for agency in record.lead),
        tuple(action.text for action in record.actions),
        record.object,
        record.documents,
    )


def _same_day(record: TaskRecord, other: TaskRecord) -> bool:
    """Whether nothing tells their days apart."""
    mine, other_one = record.deadline, other.deadline
    return mine is None or other_one is None or (mine.text, mine.date) == (other_one.text, other_one.date)


def _continued(record: TaskRecord, near: Sequence[TaskRecord], earlier: Sequence[TaskRecord]) -> TaskRecord | None:
    """The record whose paper, or whose actor in the same sentence, this procedure goes on with."""
    if record.kind is not Kind.PROCEDURE or not earlier:
        return None
    if record.documents:
        return next((other for other in reversed(near) if set(record.documents) <= set(other.documents)), None)
    last = earlier[-1]
    carried = _CARRIED in record.flags and record.lead == last.lead
    return last if carried and last.item == record.item else None
