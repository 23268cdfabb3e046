"""A document read without some of its characters, and its record by the offsets of the whole document.

Where a page's width broke a sentence into lines (:mod:`jiyao.damage.wraps`), a name or a verb may stand on two of them.
Models and rules read the page without those newlines, and with newlines where it lost them
(:mod:`jiyao.damage.lost_lines`); the record they make is told in the offsets of the page as it came.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from jiyao.types import MinutesRecord, Reading, Span


class Gaps:
    """The characters of ``reading`` at the offsets ``gaps`` are left out.

    ``instead`` has, by where they begin, the ends of stretches that are read as one other character, and that character.
    """

    def __init__(
        self, reading: Reading, gaps: Iterable[int] = (), instead: Mapping[int, tuple[int, str]] | None = None
    ) -> None:
        self._instead = instead or {}
        self._reading = reading
        left_out = set(gaps)
        for start, (end, _) in self._instead.items():
            left_out.update(range(start + 1, end))
        self._places = [place for place in range(len(reading.text)) if place not in left_out]

    def without(self) -> Reading:
        """The document as it is read."""
        whole, body = self._reading, self._reading.body
        text = "".join(
            self._instead[place][1] if place in self._instead else whole.text[place] for place in self._places
        )
        inner = body and Span(bisect_left(self._places, body.start), bisect_left(self._places, body.end))
        return replace(whole, text=text, body=inner)

    def restore(self, record: MinutesRecord) -> MinutesRecord:
        """A record of the document without gaps as that of the whole one; what is a stretch of text has the gaps again.

        Names, titles and headings stay without: 市财⏎政局 is one body with 市财政局.
        """
        restored: MinutesRecord = self._restored(record)
        return replace(restored, text=self._reading.text)

    def _restored(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._restored(each) for each in value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changes = {field.name: self._restored(getattr(value, field.name)) for field in fields(value)}
        if isinstance(changes.get("start"), int) and isinstance(changes.get("end"), int):
            start, end = self._outer(changes["start"], changes["end"])
            changes |= {"start": start, "end": end}
            if "text" in changes:
                changes["text"] = self._reading.text[start:end]
        return replace(value, **changes)

    def _outer(self, start: int, end: int) -> tuple[int, int]:
        """A span in the whole document; it neither begins nor ends with a gap."""
        if start >= end:
            place = self._places[start] if start < len(self._places) else len(self._reading.text)
            return place, place
        last = self._places[end - 1]
        return self._places[start], self._instead[last][0] if last in self._instead else last + 1
