"""How sure a mention is: the chance that a careful reader would mark the same span with the same label.

The transition-based recogniser gives no probability, and it sees a window of
characters only. This second stage (stacking, Wolpert 1992) looks at each of its
mentions, and at words it passed over that are usually ACTIONs, with what the whole
clause tells: its class, the verbs before it, 的 behind it, how often training marked
the same word. A logistic regression over such observations gives the probability;
what is unlikely is left out, what is likely is taken in. It is fitted on mentions of
places that the recogniser had not been trained on (``jiyao.trainer.folds``).
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from jiyao.components.candidates import WordCounts, candidates
from jiyao.components.features import LexiconTagger
from jiyao.errors import ModelError
from jiyao.labels import EntityLabel, Origin
from jiyao.types import Clause, Mention

FILE = "confidence.json"
_EVEN = 0.5  # a mention that is as likely wrong as right helps nobody
_TINY = 1e-6


class Confidence:
    """Judges mentions. Made by :meth:`fit` or :meth:`from_disk`."""

    def __init__(
        self, weights: Mapping[str, float], words: WordCounts, record: tuple[float, float] | None = None
    ) -> None:
        """``weights`` of observations (``""`` is the bias); ``record``: slope and offset of the scores of records,
        ``None`` while they are not known."""
        self.weights = weights
        self.words = words
        self.record = record
        self._tagger = LexiconTagger.default()

    @classmethod
    def fit(cls, rows: Sequence[tuple[Sequence[str], bool]], words: WordCounts, *, penalty: float = 0.3) -> Confidence:
        """Fit to judged candidates: observations, and whether a person marked just that.

        ``penalty`` is scikit-learn's ``C``. Observations made fewer than three times are left out.
        Rows that are all right or all wrong teach nothing: every mention then is as likely as not.
        """
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.linear_model import LogisticRegression

        if len({right for _, right in rows}) < 2:
            return cls({}, words)
        seen = Counter(name for names, _ in rows for name in names)
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform([{name: 1.0 for name in names if seen[name] > 2} for names, _ in rows])
        regression = LogisticRegression(C=penalty, max_iter=3000)
        regression.fit(matrix, [right for _, right in rows])
        names = vectorizer.get_feature_names_out()
        weights = {str(name): round(float(value), 4) for name, value in zip(names, regression.coef_[0], strict=True)}
        weights = {name: value for name, value in weights.items() if abs(value) >= 0.01}
        weights[""] = round(float(regression.intercept_[0]), 4)
        return cls(weights, words)

    def probability(self, observations: Iterable[str]) -> float:
        """Logistic function of the summed weights."""
        return _logistic(self.weights.get("", 0.0) + sum(self.weights.get(name, 0.0) for name in observations))

    def record_probability(self, raw: float) -> float:
        """The chance that all fields of a record are right; ``raw`` is the product of the probabilities of its parts."""
        if self.record is None:
            return raw
        slope, offset = self.record
        return _logistic(slope * math.log(max(raw, _TINY)) + offset)

    def judge(
        self, norm: str, clauses: Sequence[Clause], mentions: Sequence[Mention], words: Sequence[tuple[int, int]]
    ) -> tuple[Mention, ...]:
        """The mentions with their probability as score, without the unlikely ones, with likely words that were passed over."""
        judged = (
            (candidate.mention, self.probability(candidate.observations))
            for candidate in candidates(norm, clauses, mentions, words, self.words, self._tagger)
        )
        return tuple(
            replace(mention, score=round(probability, 4))
            for mention, probability in judged
            if probability >= _EVEN or _certain_by_form(mention)
        )

    def to_disk(self, folder: Path) -> None:
        """Store as one JSON file."""
        data = {"record": self.record, "weights": dict(sorted(self.weights.items())), "words": self.words.counts}
        (folder / FILE).write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")

    @classmethod
    def from_disk(cls, folder: Path) -> Confidence:
        """Load what :meth:`to_disk` stored.

        Raises:
            ModelError: the file is missing or damaged.
        """
        path = folder / FILE
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            record = (float(data["record"][0]), float(data["record"][1])) if data["record"] else None
            return cls(data["weights"], WordCounts(data["words"]), record)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                str(path), f"no confidence estimator ({error})", "train or install the model again"
            ) from None


def _logistic(total: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def _certain_by_form(mention: Mention) -> bool:
    """《》 and rolls are read by their form; a date has the form of a deadline although it may be a horizon."""
    return mention.origin is Origin.RULE and mention.label is not EntityLabel.DEADLINE
