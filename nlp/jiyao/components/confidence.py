"""How sure a mention is: the chance that a careful reader would mark the same span with the same label.

The recogniser sees a window of characters only, and its own chances are too bold. This
second stage (stacking, Wolpert 1992) looks at each of its mentions, and at spans and words it
passed over, with what the whole clause tells: its class, the verbs before it, 的 behind it, how
often training marked the same word. A logistic regression over such observations gives the probability;
what is unlikely is left out, what is likely is taken in. It is fitted on mentions of
places that the recogniser had not been trained on (``jiyao.trainer.folds``).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from jiyao.components.candidates import Chances, WordCounts, candidates
from jiyao.components.features import LexiconTagger
from jiyao.components.logistic import Logistic, logistic
from jiyao.components.packed_json import read_packed_json, write_packed_json
from jiyao.errors import ModelError
from jiyao.labels import EntityLabel, Origin
from jiyao.types import Clause, Mention

FILE = "confidence.json.gz"
_EVEN = 0.5  # a mention that is as likely wrong as right helps nobody
_TINY = 1e-6


class Confidence:
    """Judges mentions. Made by :meth:`fit` or :meth:`from_disk`."""

    def __init__(self, model: Logistic, words: WordCounts, record: tuple[float, float] | None = None) -> None:
        """``record``: slope and offset of the scores of records, ``None`` while they are not known."""
        self.model = model
        self.words = words
        self.record = record
        self._tagger = LexiconTagger.default()

    @classmethod
    def fit(
        cls,
        rows: Sequence[tuple[Sequence[str], bool]],
        words: WordCounts,
        *,
        weights: Sequence[float] | None = None,
        penalty: float = 0.3,
    ) -> Confidence:
        """Fit to judged candidates: observations, and whether a person marked just that.

        ``weights`` tell how much each row counts; ``penalty`` is scikit-learn's ``C``. Rows that are all right or all wrong teach nothing: every mention then
        is as likely as not.
        """
        return cls(Logistic.fit(rows, penalty=penalty, weights=weights), words)

    def record_probability(self, raw: float) -> float:
        """The chance that all fields of a record are right; ``raw`` is the product of the probabilities of its parts."""
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
    ) -> tuple[Mention, ...]:
        """The mentions with their probability as score, without the unlikely ones, with likely spans that were passed over."""
        judged = (
            replace(candidate.mention, score=round(self.model.probability(candidate.observations), 4))
            for candidate in candidates(norm, clauses, mentions, words, chances, self.words, self._tagger)
        )
        return without_overlaps([mention for mention in judged if mention.score >= _EVEN or _certain_by_form(mention)])

    def to_disk(self, folder: Path) -> None:
        """Store as one packed JSON file."""
        data = {"record": self.record, "weights": self.model.sorted(), "words": self.words.counts}
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
            return cls(Logistic(data["weights"]), WordCounts(data["words"]), record)
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


def _certain_by_form(mention: Mention) -> bool:
    """《》 and rolls are read by their form; a date has the form of a deadline although it may be a horizon."""
    return mention.origin is Origin.RULE and mention.label is not EntityLabel.DEADLINE
