"""Which mentions stand in a stretch of text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from jiyao.types import Mention


class Marked:
    """The mentions of one page, none of which overlaps another."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = sorted(mentions, key=lambda mention: mention.start)
        self._starts = [mention.start for mention in self.mentions]

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that overlap ``[start, end)``, in order."""
        index = max(0, bisect_left(self._starts, start) - 1)
        found = self.mentions[index : bisect_left(self._starts, end)]
        return [mention for mention in found if mention.end > start]

    def following(self, offset: int) -> Mention | None:
        """The first mention that begins at ``offset`` or behind it."""
        index = bisect_left(self._starts, offset)
        return self.mentions[index] if index < len(self.mentions) else None
