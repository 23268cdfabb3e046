"""One page with what is known of it, ready to be asked: clauses, mentions, words and counts by place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from jiyao.components.features import LexiconTagger
from jiyao.components.word_counts import WordCounts
from jiyao.labels import EntityLabel
from jiyao.types import Clause, Mention

#: A word that training marked in at least this share of its occurrences is worth a second look.
_WORTH_A_LOOK = 0.2
_STOPS = frozenset(",;。:!?、()\n“”")
_ENDS = frozenset(",;。:!?\n")


class Page:
    """A normalised page. Mentions, clauses and ``words`` (spans) are in order; mentions do not overlap each other."""

    def __init__(
        self,
        norm: str,
        clauses: Sequence[Clause],
        mentions: Sequence[Mention],
        words: Sequence[tuple[int, int]],
        counts: WordCounts,
        tagger: LexiconTagger,
    ) -> None:
        self.norm = norm
        self.clauses = clauses
        self.mentions = mentions
        self.words = words
        self.counts = counts
        self.tags = tagger.tags(norm)
        self.edges = {edge for word in words for edge in word}
        self._clause_starts = [clause.start for clause in clauses]
        self._word_starts = [start for start, _ in words]
        self._starts = [mention.start for mention in mentions]

    def clause(self, position: int) -> Clause | None:
        """The clause at ``position``."""
        index = bisect_right(self._clause_starts, position) - 1
        return self.clauses[index] if index >= 0 and position < self.clauses[index].end else None

    def segment(self, start: int, end: int) -> tuple[int, int]:
        """The stretch between two stops around ``[start, end)``, within the clause."""
        clause = self.clause(start)
        left, right = start, end
        floor, ceiling = (clause.start, clause.end) if clause else (0, len(self.norm))
        while left > floor and self.norm[left - 1] not in _STOPS:
            left -= 1
        while right < ceiling and self.norm[right] not in _ENDS:
            right += 1
        return left, right

    def within(self, left: int, right: int) -> Sequence[Mention]:
        """The mentions that begin in ``[left, right)``."""
        return self.mentions[bisect_left(self._starts, left) : bisect_left(self._starts, right)]

    def overlapping(self, start: int, end: int) -> list[Mention]:
        """The mentions that share a character with ``[start, end)``."""
        found = []
        for index in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self.mentions[index].end <= start:
                break
            found.append(self.mentions[index])
        return found

    def mention_at(self, start: int) -> Mention | None:
        """The mention that begins at ``start``."""
        index = bisect_left(self._starts, start)
        return self.mentions[index] if index < len(self.mentions) and self._starts[index] == start else None

    def mention_before(self, end: int) -> Mention | None:
        """The mention that ends at ``end``."""
        index = bisect_left(self._starts, end) - 1
        return self.mentions[index] if index >= 0 and self.mentions[index].end == end else None

    def words_behind(self, end: int) -> list[str]:
        """The next word and the one after it, where a word begins at ``end``."""
        index = bisect_left(self._word_starts, end)
        if index == len(self.words) or self.words[index][0] != end:
            return []
        return [self.norm[slice(*word)] for word in self.words[index : index + 2]]

    def words_before(self, start: int) -> list[tuple[int, int]]:
        """The last word before ``start``, where one ends there, and the one before it, where that adjoins; nearest first."""
        index = bisect_left(self._word_starts, start) - 1
        if index < 0 or self.words[index][1] != start:
            return []
        adjoins = index > 0 and self.words[index - 1][1] == self.words[index][0]
        return [self.words[index], self.words[index - 1]] if adjoins else [self.words[index]]

    def familiar(self, start: int, end: int) -> str:
        """How training and the lexicon know the words as an ACTION: known, seldom or new."""
        share = self.counts.share(EntityLabel.ACTION, self.norm[start:end])
        in_lexicon = self.tags[start] == "act-B" and self.tags[end - 1] == "act-E"
        if in_lexicon or (share is not None and share >= _WORTH_A_LOOK):
            return "known"
        return "new" if share is None else "seldom"
