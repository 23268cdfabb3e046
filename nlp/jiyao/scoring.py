"""Precision, recall and F1 over sets, strict and overlapping; nothing here knows of models."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one comparison: found and right, found in all, right in all."""

    hits: int = 0
    found: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1.0 where nothing was found and nothing is right."""
        return self.hits / self.found if self.found else float(self.gold == 0)

    @property
    def recall(self) -> float:
        """Share of what is right that was found."""
        return self.hits / self.gold if self.gold else float(self.found == 0)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.found + self.gold
        return 2 * self.hits / total if total else 1.0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.found + other.found, self.gold + other.gold)

    def as_dict(self) -> dict[str, float | int]:
        """For metrics files; ratios rounded to 4 digits."""
        return {
            "p": round(self.precision, 4),
            "r": round(self.recall, 4),
            "f": round(self.f1, 4),
            "gold": self.gold,
            "found": self.found,
        }


def strict(found: Iterable[Hashable], gold: Iterable[Hashable]) -> Score:
    """Exact matches of items, e.g. ``(start, end, label)``."""
    found_set, gold_set = set(found), set(gold)
    return Score(len(found_set & gold_set), len(found_set), len(gold_set))


def overlap(found: Sequence[tuple[int, int]], gold: Sequence[tuple[int, int]]) -> Score:
    """A found span counts as right when it shares a character with a gold span not yet taken."""
    taken: set[int] = set()
    hits = 0
    ordered = sorted(gold)
    for start, end in sorted(found):
        for index, (gold_start, gold_end) in enumerate(ordered):
            if index not in taken and start < gold_end and gold_start < end:
                taken.add(index)
                hits += 1
                break
    return Score(hits, len(found), len(gold))


def macro_f1(scores: Mapping[Any, Score]) -> float:
    """Mean F1 over the classes that occur in the gold."""
    present = [score.f1 for score in scores.values() if score.gold]
    return sum(present) / len(present) if present else 1.0


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions whose probability lies in one interval: their number, mean probability, and share that was right."""

    count: int
    confidence: float
    accuracy: float


def reliability(predictions: Iterable[tuple[float, bool]], bins: int = 10) -> list[Bin]:
    """Predictions ``(probability in [0, 1], right)`` in ``bins`` intervals of equal width; empty ones are left out."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for probability, right in predictions:
        groups.setdefault(min(int(probability * bins), bins - 1), []).append((probability, right))
    return [
        Bin(len(group), sum(p for p, _ in group) / len(group), sum(right for _, right in group) / len(group))
        for _, group in sorted(groups.items())
    ]


def calibration_error(found: Sequence[Bin]) -> float:
    """Expected calibration error (Naeini et al., AAAI 2015): mean gap of confidence and accuracy, weighted by count."""
    total = sum(group.count for group in found)
    return sum(group.count * abs(group.confidence - group.accuracy) for group in found) / total if total else 0.0
