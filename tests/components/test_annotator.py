"""Classes of clauses: the classifier chooses among those that come into question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from jiyao.components.annotator import Annotator
from jiyao.labels import ClauseLabel
from jiyao.types import Span


class Guesses:
    """Stands in for the classifier: every clause has the same chances."""

    def __init__(self, cats: dict[str, float]) -> None:
        self.cats = cats
        self.vocab = spacy.blank("zh").vocab

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        for text in texts:
            doc = Doc(self.vocab, words=[text])
            doc.cats = self.cats
            yield doc


@pytest.mark.parametrize(
    ("open_to", "label", "score"),
    [
        (set(ClauseLabel), "META", 0.6),
        ({ClauseLabel.ASSIGNMENT, ClauseLabel.REQUIREMENT}, "REQUIREMENT", 0.3),
        ({ClauseLabel.COMMITMENT}, "META", 0.6),  # a class that this model does not know
    ],
)
def test_the_best_class_that_is_open(open_to: set[ClauseLabel], label: str, score: float) -> None:
    guesses: Language = Guesses({"META": 0.6, "REQUIREMENT": 0.3, "ASSIGNMENT": 0.1})  # type: ignore[assignment]
    annotator = Annotator(spacy.blank("zh"), guesses, {})
    spans = [Span(0, 4), Span(5, 9)]
    found = annotator.classify("会议要求,抓紧办理", spans, [], [], skip=[False, True], open_to=[open_to] * 2)
    assert found == [(label, score)]
