"""The minutes as paragraphs of marked runs, for a page to show.

Everything is clipped and flattened here: spans that overlap, run over a line or
point outside the text, as a record from elsewhere may hold, cannot break a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.types import Clause, Item, Mention, MinutesRecord, Span


class Role(StrEnum):
    """How a paragraph is set."""

    TITLE = "title"
    NUMBER = "number"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    META = "meta"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one look: plain, or one entity."""

    text: str
    entity: EntityLabel | None


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a clause that stands in one paragraph; ``clause`` is its number in :func:`clause_spans`."""

    clause: int | None
    first: bool
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text without its indent."""

    role: Role
    pieces: tuple[Piece, ...]


#: A heading is short; an item whose first line is longer starts with its text.
_LONGEST_HEADING = 80
_BLANK = re.compile(r"\s+")


class _HasSpan(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_S = TypeVar("_S", bound=_HasSpan)


def clause_spans(record: MinutesRecord) -> tuple[Clause, ...]:
    """The clauses in order, without those that overlap an earlier one or leave the text."""
    return tuple(_flat(record.clauses, len(record.text)))


def paragraphs(record: MinutesRecord) -> Iterator[Paragraph]:
    """The lines of the text that are not blank."""
    clauses = clause_spans(record)
    mentions = tuple(_flat(record.entities, len(record.text)))
    clause_at, mention_at = _Cursor(clauses), _Cursor(mentions)
    items = _items_by_start(record)
    for line in _lines(record.text):
        pieces: list[Piece] = []
        for number, span in clause_at.cut(line):
            runs = tuple(
                Run(record.text[part.start : part.end], None if n is None else mentions[n].label)
                for n, part in mention_at.cut(span)
            )
            first = number is not None and clauses[number].start == span.start
            pieces.append(Piece(number, first, runs))
        labels = {clauses[piece.clause].label for piece in pieces if piece.clause is not None}
        yield Paragraph(_role(record, line, labels, items), tuple(pieces))


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        if bare := line.strip():
            left = start + len(line) - len(line.lstrip())
            yield Span(left, left + len(bare))
        start += len(line) + 1


def _role(record: MinutesRecord, line: Span, labels: set[ClauseLabel], items: dict[int, Item]) -> Role:
    bare = _BLANK.sub("", record.text[line.start : line.end])
    if labels - {ClauseLabel.META}:
        return Role.BODY
    if record.meeting.title and bare == _BLANK.sub("", record.meeting.title):
        return Role.TITLE
    if record.meeting.doc_number and bare == _BLANK.sub("", record.meeting.doc_number):
        return Role.NUMBER
    item = items.get(line.start)
    if item is not None and len(bare) <= _LONGEST_HEADING:
        return Role.SUBHEADING if item.level else Role.HEADING
    return Role.META if labels else Role.BODY


def _items_by_start(record: MinutesRecord) -> dict[int, Item]:
    """Items by the first character of their line that is not blank."""
    found: dict[int, Item] = {}
    for item in record.items:
        start = record.text.rfind("\n", max(item.start - _LONGEST_HEADING, 0), item.start) + 1 or item.start
        rest = record.text[start : start + _LONGEST_HEADING]
        found.setdefault(start + len(rest) - len(rest.lstrip()), item)
    return found


def _flat(spans: Iterable[_S], length: int) -> Iterator[_S]:
    end = 0
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if end <= span.start < span.end <= length:
            yield span
            end = span.end


class _Cursor:
    """Cuts ever later stretches of the text along flat spans, in one pass over them."""

    def __init__(self, spans: Sequence[Clause] | Sequence[Mention]) -> None:
        """Start before the first of ``spans``."""
        self._spans = spans
        self._next = 0

    def cut(self, whole: Span) -> Iterator[tuple[int | None, Span]]:
        """The parts of ``whole``, each with the number of the span it belongs to."""
        position = whole.start
        while position < whole.end:
            while self._next < len(self._spans) and self._spans[self._next].end <= position:
                self._next += 1
            if self._next == len(self._spans) or self._spans[self._next].start >= whole.end:
                yield None, Span(position, whole.end)
                return
            span = self._spans[self._next]
            if span.start > position:
                yield None, Span(position, span.start)
                position = span.start
            end = min(span.end, whole.end)
            yield self._next, Span(position, end)
            position = end
