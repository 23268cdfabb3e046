"""Logistic regression over named observations: few weights, one JSON object, readable by a person.

An observation is the name of something that holds (``ACTION|opens=ground``). A case is
the observations made of it; the probability is the logistic function of their summed weights.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

BIAS = ""
_LEAST_SEEN = 3
_LEAST_WEIGHT = 0.01
_DIGITS = 2  # weights are not known any finer

Row = tuple[Sequence[str], bool]


class Logistic:
    """Weights of observations; ``weights[""]`` is the bias. Made by :meth:`fit` or from stored weights."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = dict(weights)

    @classmethod
    def fit(
        cls,
        rows: Sequence[Row],
        *,
        penalty: float,
        weights: Sequence[float] | None = None,
        least_seen: int = _LEAST_SEEN,
    ) -> Logistic:
        """Fit to rows of observations and whether the case was one.

        ``penalty`` is scikit-learn's ``C``; ``weights`` tell how much each row counts (``None``: all the same).
        Observations made fewer than ``least_seen`` times are left out.
        Rows that are all right or all wrong teach nothing: there are no weights then.
        """
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.linear_model import LogisticRegression

        if len({right for _, right in rows}) < 2:
            return cls({})
        seen = Counter(name for names, _ in rows for name in names)
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform(
            [{name: 1.0 for name in names if seen[name] >= least_seen} for names, _ in rows]
        )
        regression = LogisticRegression(C=penalty, max_iter=3000)
        regression.fit(matrix, [right for _, right in rows], sample_weight=weights)
        names = vectorizer.get_feature_names_out()
        found = {
            str(name): round(float(value), _DIGITS) for name, value in zip(names, regression.coef_[0], strict=True)
        }
        found = {name: value for name, value in found.items() if abs(value) >= _LEAST_WEIGHT}
        found[BIAS] = round(float(regression.intercept_[0]), _DIGITS)
        return cls(found)

    def probability(self, observations: Iterable[str]) -> float:
        """Logistic function of the summed weights; 0.5 without weights."""
        return logistic(self.weights.get(BIAS, 0.0) + sum(self.weights.get(name, 0.0) for name in observations))

    def sorted(self) -> dict[str, float]:
        """The weights in order of their names, to be stored."""
        return dict(sorted(self.weights.items()))


def logistic(total: float) -> float:
    """The logistic function, without overflow."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
