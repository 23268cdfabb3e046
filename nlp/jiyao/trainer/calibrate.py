"""Fit what makes scores mean something: temperature of clause classes, scores of records; and cross-validate.

All of it is fitted to what fold models found on the places that they were not trained on
(:mod:`jiyao.trainer.folds`), never to what a model found on its own training text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jiyao.components.annotator import CLAUSES, Annotator
from jiyao.components.confidence import Confidence
from jiyao.components.linear_textcat import LinearTextCategorizer
from jiyao.components.tokenizer import CharTokenizer
from jiyao.corpus.docbin import gold_clause_words
from jiyao.corpus.model import CorpusDocument
from jiyao.evaluation import Report, add_document, found_values, gold_values
from jiyao.pipeline import MinutesPipeline
from jiyao.readers import read_text
from jiyao.trainer.folds import Fold, in_processes
from jiyao.trainer.stacking import Pages

_TEMPERATURES = np.arange(0.5, 3.01, 0.05)


@dataclass(frozen=True, slots=True)
class CrossValidation:
    """Scores on the places left out, in all and by place; the confidence was fitted without them too."""

    total: Report
    places: dict[str, Report]


def fit_temperature(folds: Sequence[Fold], workers: int = 1) -> float:
    """The temperature with the least log loss on gold clauses of the places left out."""
    tables = in_processes(_clause_scores, [(fold,) for fold in folds], workers)
    losses = [sum(_log_loss(scores / t, right) for scores, right in tables) for t in _TEMPERATURES]
    return round(float(_TEMPERATURES[int(np.argmin(losses))]), 2)


def _clause_scores(fold: Fold) -> tuple[NDArray[Any], NDArray[Any]]:
    """Log probabilities of the classes, a row a clause, and the number of the right class."""
    annotator = Annotator.load(fold.model)
    tokenizer = annotator.entities.tokenizer
    assert isinstance(tokenizer, CharTokenizer) and tokenizer.segmenter is not None
    names = list(_classifier(annotator).labels)
    scores: list[list[float]] = []
    right: list[int] = []
    for document in fold.held_out():
        texts = gold_clause_words(document, tokenizer.segmenter)
        for doc, clause in zip(annotator.clauses.pipe(texts), document.clauses, strict=True):
            # A class that the fold's training part lacks has no score to be wrong.
            if clause.label.value in names:
                scores.append([np.log(max(doc.cats[name], 1e-12)) for name in names])
                right.append(names.index(clause.label.value))
    return np.array(scores), np.array(right)


def _log_loss(scores: NDArray[Any], right: NDArray[Any]) -> float:
    """Summed over clauses."""
    totals = np.logaddexp.reduce(scores, axis=1)
    return float(np.sum(totals - scores[np.arange(len(right)), right]))


def _classifier(annotator: Annotator) -> LinearTextCategorizer:
    component = annotator.clauses.get_pipe("textcat")
    assert isinstance(component, LinearTextCategorizer)
    return component


def set_temperature(model: Path, temperature: float) -> None:
    """Store ``temperature`` in the clause classifier of the model in the folder ``model``."""
    annotator = Annotator.load(model)
    component = _classifier(annotator)
    component.temperature = temperature
    component.to_disk(model / CLAUSES / "textcat")


def cross_validate(
    folds: Sequence[Fold], pages: Sequence[Pages], confidences: Sequence[Confidence], workers: int = 1
) -> CrossValidation:
    """Scores on the places left out. ``pages`` and ``confidences`` are those of the folds: their documents as read, in order,
    and what judges them (:func:`jiyao.trainer.stacking.fit_confidences`)."""
    jobs = list(zip(folds, pages, confidences, strict=True))
    total, places = Report(), dict[str, Report]()
    for reports in in_processes(_validate_fold, jobs, workers):
        places.update(reports)  # a place is left out once
    for report in places.values():
        total += report
    return CrossValidation(total, places)


def _validate_fold(fold: Fold, pages: Pages, confidence: Confidence) -> dict[str, Report]:
    """A report for each place of the fold."""
    annotator = Annotator.load(fold.model)
    annotator.confidence = confidence
    pipeline = MinutesPipeline(annotator)
    places: dict[str, Report] = {}
    for document, page in zip(fold.held_out(), pages, strict=True):
        assert page.seen is not None
        reading = read_text(document.text, document.name)
        record = pipeline.record(reading, page.seen, confidence.choose(page.norm, page.found))
        add_document(places.setdefault(document.about.place, Report()), document, record)
    return places


def record_scores(model: Path, documents: Iterable[CorpusDocument]) -> list[tuple[float, bool]]:
    """The raw score of each record that ``model`` makes, with whether the record is right in all fields.

    The model must not have its record scores fitted yet. Fold models, trained for fewer steps,
    are right less often than the one that ships: documents of the dev part are what to fit to.
    """
    pipeline = MinutesPipeline(Annotator.load(model))
    scores: list[tuple[float, bool]] = []
    for document in documents:
        record = pipeline.extract_reading(read_text(document.text, document.name))
        right = {document.clauses[task.clause].start: gold_values(task, document) for task in document.tasks}
        scores += [(task.score, right.get(task.start) == found_values(task)) for task in record.tasks]
    return scores


def fit_records(records: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and offset that turn the raw score of a record into the chance that all its fields are right.

    Platt scaling (Platt 1999) of the logarithm of the raw score.
    """
    from sklearn.linear_model import LogisticRegression

    if len({right for _, right in records}) < 2:
        return 1.0, 0.0
    table = np.array([[np.log(max(score, 1e-6))] for score, _ in records])
    regression = LogisticRegression(C=100.0).fit(table, [right for _, right in records])
    return round(float(regression.coef_[0][0]), 4), round(float(regression.intercept_[0]), 4)
