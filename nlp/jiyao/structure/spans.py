"""Spans looked up by place, in time that does not grow with their number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from jiyao.types import Span


def inside(spans: Sequence[Span], within: Span) -> list[Span]:
    """The spans that lie in ``within``; ``spans`` are sorted and do not overlap."""
    found = []
    for index in range(bisect_left(spans, Span(within.start, within.start)), len(spans)):
        if spans[index].start >= within.end:
            break
        if spans[index].end <= within.end:
            found.append(spans[index])
    return found


class Known:
    """The persons and agencies found so far, looked up by place."""

    def __init__(self, persons: Sequence[Span], agencies: Sequence[Span]) -> None:
        """Take spans in any order; those of one label do not overlap."""
        self._persons = sorted(persons)
        self._agencies = sorted(agencies)

    def persons(self, within: Span) -> list[Span]:
        """The persons in ``within``, in order."""
        return inside(self._persons, within)

    def agencies(self, within: Span) -> list[Span]:
        """The agencies in ``within``, in order."""
        return inside(self._agencies, within)

    def holds(self, position: int) -> bool:
        """True where ``position`` is inside a span, not at its edge: no separator there."""
        return any(
            spans[index].start < position < spans[index].end
            for spans in (self._persons, self._agencies)
            if (index := bisect_left(spans, Span(position, position)) - 1) >= 0
        )
