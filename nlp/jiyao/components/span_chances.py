"""The chances of spans by spaCy's transition-based recogniser, which by itself says only which ones it takes.

The recogniser reads from left to right and takes one of the actions O, B-x, I-x, L-x, U-x at each token (Ratinov and
Roth 2009; Lample et al. 2016). What it looks at is the token, the first token of the entity that is open, and
the token before within it (spaCy's ``state_type = "ner"``): outside of an entity nothing that it did before counts, and within one
only where it began. So the chance of each action can be computed for all tokens at once, and the chance of a span is that of
its actions one after the other, given that the reader stands outside before it. The best actions give
the same entities as spaCy's own parser (a test compares them), at the cost of one reading for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE
from spacy.tokens import Doc

_OUT = "O"
_LEAST = -30.0  # of a logarithm: a chance of nothing
Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A span of tokens with a label."""

    start: int
    end: int
    label: str


class SpanChances:
    """What the recogniser makes of one document. Offsets are those of its tokens."""

    def __init__(self, recogniser: Any, doc: Doc) -> None:
        """``recogniser`` is a spaCy ``EntityRecognizer``; its model reads ``doc`` once, here."""
        moves = recogniser.moves
        names = [moves.get_class_name(number) for number in range(moves.n_moves)]
        self._number = {name: number for number, name in enumerate(names)}
        self._model = recogniser.model.predict([doc]) if len(doc) else None
        self._length = len(doc)
        # One array read: a Token object for each character would cost more than the scores.
        self._spaces = doc.to_array([IS_SPACE]).astype(bool)
        self.labels = tuple(sorted({name[2:] for name in names if name[:2] in ("B-", "U-") and len(name) > 2}))
        self._outside = self._log_outside(names)

    def _scores(self, tokens: Ints, firsts: Ints) -> Floats:
        """Scores of all actions at ``tokens`` in entities that began at ``firsts`` (-1: outside)."""
        assert self._model is not None
        before = np.where(firsts < 0, -1, tokens - 1)
        states = np.ascontiguousarray(np.stack([tokens, firsts, before], axis=1), dtype=np.int32)
        scores: Floats = self._model.vec2scores.predict(self._model.state2vec.predict(states))
        return scores

    def _log_outside(self, names: Sequence[str]) -> Floats:
        """Logarithm of the chance of each action at each token outside of an entity, a row a token."""
        if not self._length:
            return np.zeros((0, len(names)), dtype=np.float32)
        tokens = np.arange(self._length, dtype=np.int32)
        scores = self._scores(tokens, np.full_like(tokens, -1))
        begins = np.array([name.startswith("B-") for name in names])
        units = np.array([name.startswith("U-") and len(name) > 2 for name in names])
        # No entity begins on whitespace, and none begins at the last token but one of that token alone.
        allowed = np.tile(begins | units | np.array([name == _OUT for name in names]), (self._length, 1))
        allowed[self._spaces] = [name == _OUT for name in names]
        allowed[-1] &= ~begins
        scores = np.where(allowed, scores, -np.inf)
        top = scores.max(axis=1, keepdims=True)
        logs: Floats = scores - top - np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
        return np.maximum(logs, _LEAST)

    def _log_inside(self, tokens: Ints, firsts: Ints, label: str) -> tuple[Floats, Floats]:
        """Logarithms of the chances to go on and to end at ``tokens``."""
        scores = self._scores(tokens, firsts)
        if f"I-{label}" not in self._number:  # training had no entity of three tokens
            return np.full(len(tokens), _LEAST, dtype=np.float32), np.zeros(len(tokens), dtype=np.float32)
        lead = scores[:, self._number[f"I-{label}"]] - scores[:, self._number[f"L-{label}"]]
        lead = np.where(tokens == self._length - 1, -np.inf, lead)
        lead = np.clip(lead, _LEAST, -_LEAST)
        return -np.log1p(np.exp(-lead)), -np.log1p(np.exp(lead))

    def _column(self, action: str) -> Floats:
        """Logarithm of the chance of an action at each token; the recogniser has none that its training never showed."""
        if action not in self._number:
            return np.full(self._length, _LEAST, dtype=np.float32)
        return self._outside[:, self._number[action]]

    def likely(self, label: str, least: float, longest: int) -> list[LabelledSpan]:
        """The spans with ``label`` of at most ``longest`` tokens and at least the chance ``least``, in order.

        Spans that begin together share one chance, so few of them can be likely; they may overlap.
        """
        found: list[tuple[int, int]] = [
            (int(at), int(at) + 1) for at in np.flatnonzero(self._column(f"U-{label}") >= np.log(least))
        ]
        logs = self._column(f"B-{label}")
        firsts = np.flatnonzero(logs >= np.log(least)).astype(np.int32)
        logs = logs[firsts]
        for step in range(1, longest):
            if not len(firsts):
                break
            on, over = self._log_inside(firsts + step, firsts, label)
            found += [(int(first), int(first) + step + 1) for first in firsts[logs + over >= np.log(least)]]
            goes_on = (logs + on >= np.log(least)) & (firsts + step + 1 < self._length)
            firsts, logs = firsts[goes_on], (logs + on)[goes_on]
        return [LabelledSpan(start, end, label) for start, end in sorted(found)]

    def ends(self, starts: Sequence[int], label: str) -> list[int]:
        """Where entities with ``label`` that begin at ``starts`` most probably end."""
        begin, unit = self._column(f"B-{label}"), self._column(f"U-{label}")
        found = np.array(starts, dtype=np.int32) + 1
        running = [number for number, start in enumerate(starts) if begin[start] > unit[start]]
        while running:
            firsts = np.array([starts[number] for number in running], dtype=np.int32)
            on, over = self._log_inside(found[running], firsts, label)
            found[running] += 1
            running = [number for number, goes_on in zip(running, on >= over, strict=True) if goes_on]
        return [int(end) for end in found]

    def best(self) -> Iterator[LabelledSpan]:
        """The entities that the recogniser takes, in order."""
        chosen = self._outside.argmax(axis=1) if self._length else np.zeros(0, dtype=np.int64)
        end_of: dict[int, tuple[int, str]] = {}
        for label in self.labels:
            units, begins = (
                [int(place) for place in np.flatnonzero(chosen == self._number[f"{action}-{label}"])] for action in "UB"
            )
            end_of.update((place, (place + 1, label)) for place in units)
            end_of.update(zip(begins, ((end, label) for end in self.ends(begins, label)), strict=True))
        position = 0
        for start in sorted(end_of):
            if start >= position:
                position, label = end_of[start]
                yield LabelledSpan(start, position, label)

    def log_odds(self, spans: Sequence[LabelledSpan]) -> list[float]:
        """Logarithm of the odds of each span: that an entity with its label starts there and ends there."""
        logs = np.zeros(len(spans))
        for label in {span.label for span in spans}:
            mine = [number for number, span in enumerate(spans) if span.label == label]
            lengths = np.array([spans[number].end - spans[number].start for number in mine])
            firsts = np.array([spans[number].start for number in mine], dtype=np.int32)
            units, begins = self._column(f"U-{label}")[firsts], self._column(f"B-{label}")[firsts]
            total = np.where(lengths == 1, units, begins).astype(float)
            for step in range(1, int(lengths.max())):
                inside = lengths > step
                on, over = self._log_inside(firsts[inside] + step, firsts[inside], label)
                total[inside] += np.where(lengths[inside] == step + 1, over, on)
            logs[mine] = total
        logs = np.minimum(logs, -1e-6)
        return [float(value) for value in logs - np.log(-np.expm1(logs))]
