"""A linear text classifier as a spaCy component: TF-IDF n-grams of tokens, multinomial logistic regression.

On a few thousand clauses it beat spaCy's neural classifiers on unseen places
(training/metrics), its probabilities are usable as they are, and it costs next to
nothing to run. scikit-learn fits it while the pipeline is initialised; to classify, numpy
is enough, so that reading minutes does not wait for scikit-learn to load.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from jiyao.components.packed_json import read_packed_json, write_packed_json
from jiyao.errors import ModelError

_WEIGHTS = "weights.npz"
_NAMES = "names.json.gz"
#: Where an example tells how much it counts.
WEIGHT = "weight"


def _row_a_class(table: NDArray[Any]) -> NDArray[Any]:
    """Of two classes scikit-learn keeps one row, the second's score over the first's."""
    return np.vstack([np.zeros_like(table), table]) if len(table) == 1 else table


class LinearTextCategorizer(Pipe):
    """Assigns ``doc.cats``: one probability a class, summing to 1."""

    def __init__(self, name: str, *, ngram_size: int, min_count: int, penalty: float, balanced: bool) -> None:
        self.name = name
        self.ngram_size = ngram_size
        self.min_count = min_count
        self.penalty = penalty
        self.balanced = balanced
        self.classes: list[str] = []
        self._index: dict[str, int] = {}
        self._idf: NDArray[np.float32] = np.zeros(0, dtype=np.float32)
        self._weights: NDArray[np.float32] = np.zeros((0, 0), dtype=np.float32)
        self._bias: NDArray[np.float32] = np.zeros(0, dtype=np.float32)
        #: Divides the scores: above 1 the probabilities are less bold (temperature scaling, Guo et al., ICML 2017).
        self.temperature = 1.0

    @property
    def labels(self) -> tuple[str, ...]:
        """The classes, in the order of the weights."""
        return tuple(self.classes)

    def initialize(self, get_examples: Callable[[], Iterable[Example]], *, nlp: Language | None = None) -> None:
        """Fit to the examples' ``cats``; ``reference.user_data["weight"]`` tells how much one counts (1 without)."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        texts, classes, weights = [], [], []
        for example in get_examples():
            texts.append([token.text for token in example.reference])
            classes.append(max(example.reference.cats, key=lambda name: example.reference.cats[name]))
            weights.append(example.reference.user_data.get(WEIGHT, 1.0))
        vectorizer = TfidfVectorizer(analyzer=self._ngrams, min_df=self.min_count, sublinear_tf=True)
        regression = LogisticRegression(
            C=self.penalty, max_iter=5000, class_weight="balanced" if self.balanced else None
        )
        regression.fit(vectorizer.fit_transform(texts), classes, sample_weight=weights)
        self.classes = [str(name) for name in regression.classes_]
        self._index = {str(ngram): int(number) for ngram, number in vectorizer.vocabulary_.items()}
        self._idf = np.asarray(vectorizer.idf_, dtype=np.float32)
        # A row an n-gram: a clause needs a few rows of many.
        self._weights = np.ascontiguousarray(_row_a_class(regression.coef_).T, dtype=np.float32)
        self._bias = np.asarray(_row_a_class(regression.intercept_[:, None])[:, 0], dtype=np.float32)

    def _ngrams(self, tokens: list[str]) -> Iterator[str]:
        for size in range(1, self.ngram_size + 1):
            for start in range(len(tokens) - size + 1):
                yield " ".join(tokens[start : start + size])

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc.cats``."""
        scores = self._probabilities([token.text for token in doc])
        doc.cats = {name: float(score) for name, score in zip(self.classes, scores, strict=True)}
        return doc

    def _probabilities(self, tokens: list[str]) -> NDArray[np.float32]:
        """Softmax of the linear scores; the TF-IDF vector has length 1, as in scikit-learn."""
        counts = Counter(self._index[ngram] for ngram in self._ngrams(tokens) if ngram in self._index)
        scores = self._bias.copy()
        if counts:
            rows = np.fromiter(counts, dtype=np.int64, count=len(counts))
            values = np.array([1.0 + math.log(count) for count in counts.values()], dtype=np.float32) * self._idf[rows]
            values /= np.linalg.norm(values)
            scores += values @ self._weights[rows]
        exponentials = np.exp((scores - scores.max()) / self.temperature)
        probabilities: NDArray[np.float32] = exponentials / exponentials.sum()
        return probabilities

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """spaCy's scores for exclusive classes."""
        scores: dict[str, Any] = Scorer.score_cats(examples, "cats", labels=self.labels, multi_label=False)
        return scores

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Store names as packed JSON and numbers as one npz."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        ngrams = sorted(self._index, key=self._index.__getitem__)
        names = {"classes": self.classes, "temperature": self.temperature, "ngrams": ngrams}
        write_packed_json(folder / _NAMES, names)
        # Half precision: the fourth digit of a probability is not worth twice the size.
        np.savez_compressed(
            folder / _WEIGHTS,
            idf=self._idf.astype(np.float16),
            weights=self._weights.astype(np.float16),
            bias=self._bias.astype(np.float16),
        )

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> LinearTextCategorizer:
        """Load what :meth:`to_disk` stored.

        Raises:
            ModelError: names and numbers do not fit.
        """
        folder = Path(path)
        names = read_packed_json(folder / _NAMES)
        with np.load(folder / _WEIGHTS) as arrays:
            self._idf, self._weights, self._bias = (
                arrays[name].astype(np.float32) for name in ("idf", "weights", "bias")
            )
        self.classes, self.temperature = names["classes"], float(names["temperature"])
        self._index = {ngram: number for number, ngram in enumerate(names["ngrams"])}
        if self._weights.shape != (len(self._index), len(self.classes)):
            raise ModelError(str(folder), "names and weights of the classifier do not fit", "train or install it again")
        return self


def create_linear_textcat(
    nlp: Language, name: str, ngram_size: int, min_count: int, penalty: float, balanced: bool
) -> LinearTextCategorizer:
    """Factory ``jiyao_linear_textcat``."""
    return LinearTextCategorizer(name, ngram_size=ngram_size, min_count=min_count, penalty=penalty, balanced=balanced)


Language.factory(
    "jiyao_linear_textcat",
    assigns=["doc.cats"],
    default_config={"ngram_size": 2, "min_count": 1, "penalty": 30.0, "balanced": True},
    default_score_weights={"cats_macro_f": 1.0},
    func=create_linear_textcat,
)
