"""Where a sentence is cut into clauses: a model's last word at commas.

The rules (``jiyao.structure.welds``) know the patterns that somebody thought of. A
logistic regression over what stands on both sides of the comma, their opinion among
it, knows which of them hold, and others. It is fitted on the clauses of the training
part, with the mentions that models found on places they had not been trained on.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Protocol

from jiyao.components.logistic import Logistic, Row
from jiyao.errors import ModelError
from jiyao.types import Mention, Span

FILE = "cuts.json"
_EVEN = 0.5
_NEAR = 10  # tokens of a piece that are looked at one by one
_SHAPE = 4  # mentions of a piece that make its shape


class CommaLike(Protocol):
    """What is told of a comma: see ``jiyao.structure.welds.Comma``."""

    @property
    def before(self) -> Span:
        """The clause so far."""
        ...

    @property
    def behind(self) -> Span:
        """The piece behind the comma."""
        ...

    @property
    def said(self) -> tuple[str, ...]:
        """What the clause has said already."""
        ...

    @property
    def rule(self) -> bool:
        """What the rules would do."""
        ...


class Decider(Protocol):
    """Gives for a text what decides at its commas."""

    def decider(
        self, norm: str, words: Sequence[tuple[int, int]], mentions: Sequence[Mention]
    ) -> Callable[[CommaLike], bool]:
        """Whether a clause starts behind a comma of the text."""
        ...


class Cuts:
    """Decides whether a clause starts behind a comma. Made by :meth:`fit` or :meth:`from_disk`."""

    def __init__(self, model: Logistic) -> None:
        self.model = model

    @classmethod
    def fit(cls, rows: Sequence[Row], *, penalty: float = 0.3) -> Cuts:
        """Fit to commas: what was observed, and whether a person had a clause start there."""
        return cls(Logistic.fit(rows, penalty=penalty))

    def decider(
        self, norm: str, words: Sequence[tuple[int, int]], mentions: Sequence[Mention]
    ) -> Callable[[CommaLike], bool]:
        """What decides at the commas of one text whether a clause starts behind them."""
        reader = CommaReader(norm, words, mentions)
        return lambda comma: self.model.probability(reader.observe(comma)) > _EVEN

    def to_disk(self, folder: Path) -> None:
        """Store as one JSON file."""
        content = json.dumps(self.model.sorted(), ensure_ascii=False, separators=(",", ":"))
        (folder / FILE).write_text(content + "\n", encoding="utf-8")

    @classmethod
    def from_disk(cls, folder: Path) -> Cuts:
        """Load what :meth:`to_disk` stored.

        Raises:
            ModelError: the file is damaged.
        """
        path = folder / FILE
        try:
            weights = json.loads(path.read_text(encoding="utf-8"))
            return cls(Logistic({str(name): float(weight) for name, weight in weights.items()}))
        except (OSError, ValueError, AttributeError, TypeError) as error:
            raise ModelError(str(path), f"no weights ({error})", "train or install the model again") from None


class CommaReader:
    """One page, with what observations need at hand: words, and labels in the place of mentions."""

    def __init__(self, norm: str, words: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> None:
        self._tokens = sorted(_tokens(norm, words, mentions))
        self._starts = [start for start, _ in self._tokens]

    def observe(self, comma: CommaLike) -> Iterator[str]:
        """What is observed of a comma."""
        behind, before = self._within(comma.behind), self._within(comma.before)
        rule = comma.rule
        yield f"rule={rule}"
        first = behind[0] if behind else ""
        for flag in comma.said:
            yield f"rule={rule}|said={flag}"
            yield f"said={flag}|first={first}"
        yield f"rule={rule}|first={first}"
        yield f"first={' '.join(behind[:2])}"
        yield f"first={' '.join(behind[:3])}"
        yield f"last={behind[-2] if len(behind) > 1 else ''}"
        shape, so_far = _shape(behind[: 4 * _NEAR]), _shape(before[-4 * _NEAR :])
        yield f"rule={rule}|shape={'-'.join(shape[:_SHAPE])}"
        yield f"before={'-'.join(so_far[-_SHAPE:])}"
        yield f"before={'-'.join(so_far[-1:])}|shape={'-'.join(shape[:2])}"
        yield f"acted={'ACTION' in so_far}|named={'AGENCY' in so_far}|shape={'-'.join(shape[:2])}"
        yield f"ends={' '.join(before[-2:-1])}"
        yield f"ends={' '.join(before[-3:-1])}"
        yield f"opens={before[0] if before else ''}"
        yield f"opens={before[0] if before else ''}|first={first}"
        yield f"length={min(len(before) // 5, 6)}"
        for token in dict.fromkeys(behind[:_NEAR]):
            yield f"has={token}"
        for token in dict.fromkeys(before[-_NEAR:]):
            yield f"had={token}"

    def _within(self, span: Span) -> list[str]:
        left, right = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        # The middle of a piece of a megabyte tells nothing.
        if right - left > 8 * _NEAR:
            return [t for _, t in (*self._tokens[left : left + 4 * _NEAR], *self._tokens[right - 4 * _NEAR : right])]
        return [token for _, token in self._tokens[left:right]]


def _tokens(norm: str, words: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> Iterator[tuple[int, str]]:
    ends = 0
    rest = iter(sorted(mentions, key=lambda mention: mention.start))
    mention = next(rest, None)
    for start, end in words:
        while mention is not None and mention.start < end:
            yield mention.start, f"<{mention.label}>"
            ends = mention.end
            mention = next(rest, None)
        if start >= ends:
            yield start, norm[start:end]


def _shape(tokens: Iterable[str]) -> list[str]:
    """The labels among the tokens, runs of one label once."""
    return [label for label, _ in groupby(token[1:-1] for token in tokens if token[0] == "<" and len(token) > 2)]
