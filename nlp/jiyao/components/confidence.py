"""How sure a mention is: the chance that a careful reader would mark the same span with the same label.

The recogniser sees a window of characters only, and its own chances are too bold. This
second stage (stacking, Wolpert 1992) looks at each of its mentions, and at spans and words it
passed over, with what the whole clause tells: its class, the verbs before it, 的 behind it, how
often training marked the same word. A logistic regression over such observations gives the probability.
ACTIONs are judged once more beside the acts that this first look found likely (:mod:`jiyao.components.company`).
What is unlikely in the end is left out, what is likely is taken in. Both are fitted by ``jiyao.trainer.stacking``.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jiyao.components.candidates import Candidate, Chances, candidates
from jiyao.components.company import in_company
from jiyao.components.features import LexiconTagger
from jiyao.components.logistic import Logistic, logistic
from jiyao.components.packed_json import read_packed_json, write_packed_json
from jiyao.components.word_counts import WordCounts
from jiyao.errors import ModelError
from jiyao.labels import EntityLabel, Origin
from jiyao.types import Clause, Mention

FILE = "confidence.json.gz"
_EVEN = 0.5  # a mention that is as likely wrong as right helps nobody
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Judged:
    """What a page's mentions are, and what was passed over: spans less likely than not, each with its chance as score.

    No two of all these overlap.
    """

    mentions: tuple[Mention, ...]
    passed_over: tuple[Mention, ...] = ()


class Confidence:
    """Judges mentions. Made by ``jiyao.trainer.stacking`` or :meth:`from_disk`."""

    def __init__(
        self, first: Logistic, company: Logistic, words: WordCounts, record: tuple[float, float] | None = None
    ) -> None:
        """Weights of the ``first`` look and of the one in ``company``; ``record``: slope and offset of the scores of records,
        ``None`` while they are not known."""
        self.first = first
        self.company = company
        self.words = words
        self.record = record
        self._tagger = LexiconTagger.default()

    def record_probability(self, raw: float) -> float:
        """The chance that all fields of a record are right; ``raw`` is the product of the probabilities of its parts and of
        those that nothing passed over belongs to it."""
        if self.record is None:
            return raw
        slope, offset = self.record
        return logistic(slope * math.log(max(raw, _TINY)) + offset)

    def judge(
        self,
        norm: str,
        clauses: Sequence[Clause],
        mentions: Sequence[Mention],
        words: Sequence[tuple[int, int]],
        chances: Chances,
    ) -> Judged:
        """The mentions with their probability as score, without the unlikely ones, with likely spans that were missed."""
        return self.choose(norm, list(candidates(norm, clauses, mentions, words, chances, self.words, self._tagger)))

    def choose(self, norm: str, found: Sequence[Candidate]) -> Judged:
        """As :meth:`judge`, of the candidates of a page."""
        judged = [
            replace(candidate.mention, score=round(probability, 4))
            for candidate, probability in zip(found, self.probabilities(norm, found), strict=True)
        ]
        # The likely ones come first: an unlikely span that overlaps one of them is no longer in question.
        apart = without_overlaps(judged)
        kept = tuple(mention for mention in apart if _is_taken(mention))
        return Judged(kept, tuple(mention for mention in apart if not _is_taken(mention)))

    def probabilities(self, norm: str, found: Sequence[Candidate]) -> list[float]:
        """The chance of each candidate of a page."""
        alone = [self.first.probability(candidate.observations) for candidate in found]
        return [
            self.company.probability(observations) if observations else chance
            for observations, chance in zip(in_company(norm, found, alone), alone, strict=True)
        ]

    def to_disk(self, folder: Path) -> None:
        """Store as one packed JSON file."""
        data = {
            "record": self.record,
            "weights": self.first.sorted(),
            "company": self.company.sorted(),
            "words": self.words.counts,
        }
        write_packed_json(folder / FILE, data)

    @classmethod
    def from_disk(cls, folder: Path) -> Confidence:
        """Load what :meth:`to_disk` stored.

        Raises:
            ModelError: the file is missing or damaged.
        """
        path = folder / FILE
        try:
            data = read_packed_json(path)
            record = (float(data["record"][0]), float(data["record"][1])) if data["record"] else None
            return cls(Logistic(data["weights"]), Logistic(data["company"]), WordCounts(data["words"]), record)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                str(path), f"no confidence estimator ({error})", "train or install the model again"
            ) from None


def without_overlaps(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Of mentions that overlap, the ones certain by their form and then the most probable; in order."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (not _certain_by_form(m), -m.score, m.start)):
        place = bisect_left(kept, mention.start, key=lambda m: m.start)
        free_before = not place or kept[place - 1].end <= mention.start
        if free_before and (place == len(kept) or mention.end <= kept[place].start):
            kept.insert(place, mention)
    return tuple(kept)


def _is_taken(mention: Mention) -> bool:
    return mention.score >= _EVEN or _certain_by_form(mention)


def _certain_by_form(mention: Mention) -> bool:
    """《》 and rolls are read by their form; a date has the form of a deadline although it may be a horizon."""
    return mention.origin is Origin.RULE and mention.label is not EntityLabel.DEADLINE
