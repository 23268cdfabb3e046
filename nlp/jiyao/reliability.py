"""Score a pipeline on corpus documents: in all, by place, by genre, and whether its scores mean what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from jiyao.corpus.model import CorpusDocument
from jiyao.evaluation import Report, add_document, found_values, gold_values
from jiyao.labels import EntityLabel
from jiyao.pipeline import MinutesPipeline
from jiyao.readers import read_text
from jiyao.scoring import Bin, calibration_error, reliability
from jiyao.types import MinutesRecord

#: What carries a score: entities of the model, clause classes, task records.
SCORED = ("entities", "clauses", "tasks")


class Calibration:
    """Scores of a record's parts beside the truth."""

    def __init__(self) -> None:
        self.predictions: dict[str, list[tuple[float, bool]]] = defaultdict(list)

    def add(self, gold: CorpusDocument, found: MinutesRecord) -> None:
        """Add one document. A part is right where the gold has the same, in all compared fields."""
        right = {(span.start, span.end, span.label) for span in gold.entities}
        for mention in found.entities:
            hit = (mention.start, mention.end, mention.label) in right
            self.predictions["entities"].append((mention.score, hit))
            if mention.label is EntityLabel.ACTION:
                self.predictions["ACTION"].append((mention.score, hit))
        classes = {(clause.start, clause.end): clause.label for clause in gold.clauses}
        for clause in found.clauses:
            self.predictions["clauses"].append((clause.score, classes.get((clause.start, clause.end)) is clause.label))
        tasks = {gold.clauses[task.clause].start: gold_values(task, gold) for task in gold.tasks}
        for task in found.tasks:
            self.predictions["tasks"].append((task.score, tasks.get(task.start) == found_values(task)))

    def as_dict(self) -> dict[str, Any]:
        """Expected calibration error and the bins behind it, by kind of part."""
        return {name: _described(reliability(pairs)) for name, pairs in sorted(self.predictions.items())}


def _described(bins: list[Bin]) -> dict[str, Any]:
    return {
        "ece": round(calibration_error(bins), 4),
        "bins": [[group.count, round(group.confidence, 4), round(group.accuracy, 4)] for group in bins],
    }


def score_documents(pipeline: MinutesPipeline, documents: Iterable[CorpusDocument]) -> dict[str, Any]:
    """All scores of ``pipeline`` on ``documents``, as they stand in metrics files."""
    total, calibration = Report(), Calibration()
    places, genres = defaultdict[str, Report](Report), defaultdict[str, Report](Report)
    for document in documents:
        record = pipeline.extract_reading(read_text(document.text, document.name))
        for report in (total, places[document.about.place], genres[document.about.genre]):
            add_document(report, document, record)
        calibration.add(document, record)
    return {
        **total.as_dict(),
        "calibration": calibration.as_dict(),
        "places": {name: report.summary() for name, report in sorted(places.items())},
        "genres": {name: report.summary() for name, report in sorted(genres.items())},
    }
