"""Weights that make every hand count the same.

Minutes that the model will read are by clerks that nobody knows, so a hand is what is sampled, not a sentence:
one that wrote five times as much as another shall not pull the habits of marking five times as hard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def equal_shares(hands: Sequence[str]) -> list[float]:
    """A weight for each case, given the hand that it comes from: 1 on average, and the same sum for each hand."""
    counts = Counter(hands)
    return [len(hands) / (len(counts) * counts[hand]) for hand in hands]
