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
