"""Records of one task: its later steps are linked to it, a repetition is said to be one.

A link is a flag of the later record (``continues: <id>``, ``same as: <id>``); no record is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from jiyao.labels import Kind
from jiyao.types import TaskRecord

_CARRIED = "subject carried over"
_NO_WORD = re.compile(r"[^\u4e00-\u9fff0-9A-Za-z]+")
#: Shorter texts and objects are too common to be the same task: 抓好落实.
_SHORTEST_TEXT, _SHORTEST_OBJECT = 10, 4


def linked(records: Iterable[TaskRecord]) -> tuple[TaskRecord, ...]:
    """The records in order, with the flags that link them."""
    out: list[TaskRecord] = []
    for record in records:
        first = next((earlier for earlier in out if _repeats(record, earlier)), None)
        before = None if first else _continued(record, out)
        if first:
            record = replace(record, flags=(*record.flags, f"same as: {first.id}"))
        elif before:
            record = replace(record, flags=(*record.flags, f"continues: {before.id}"))
        out.append(record)
    return tuple(out)


def _repeats(record: TaskRecord, earlier: TaskRecord) -> bool:
    """Whether both bind the same actors to the same act on the same thing by the same day."""
    if _plain(record.text) == _plain(earlier.text):
        return len(_plain(record.text)) >= _SHORTEST_TEXT
    if not (record.lead and record.object and record.actions) or len(record.object) < _SHORTEST_OBJECT:
        return False
    return _what(record) == _what(earlier) and (
        record.deadline is None or earlier.deadline is None or record.deadline.date == earlier.deadline.date
    )


def _what(record: TaskRecord) -> tuple[object, ...]:
    return (
        frozenset(agency.name for agency in record.lead),
        tuple(action.text for action in record.actions),
        record.object,
        record.documents,
    )


def _continued(record: TaskRecord, earlier: Sequence[TaskRecord]) -> TaskRecord | None:
    """The record whose paper, or whose actor in the same sentence, this procedure goes on with."""
    if record.kind is not Kind.PROCEDURE or not earlier:
        return None
    if record.documents:
        same = (other for other in reversed(earlier) if other.item == record.item)
        return next((other for other in same if set(record.documents) <= set(other.documents)), None)
    last = earlier[-1]
    carried = _CARRIED in record.flags and record.lead == last.lead
    return last if carried and last.item == record.item else None


def _plain(text: str) -> str:
    return _NO_WORD.sub("", text)
