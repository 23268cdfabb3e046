"""Teach where clauses start within a sentence, by annotated clauses and the mentions that fold models find around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from jiyao.components.annotator import Annotator
from jiyao.components.commas import Commas
from jiyao.components.logistic import Logistic, Row
from jiyao.corpus.model import CorpusDocument
from jiyao.labels import EntityLabel
from jiyao.normalise import normalise
from jiyao.pipeline import MinutesPipeline
from jiyao.readers import read_text
from jiyao.structure.clauses import split_clauses
from jiyao.structure.layout import layout
from jiyao.types import Mention, Span

_PENALTY = 0.5
_LEAST_SEEN = 6  # as good as 3 on hands left out, and half the size


class _Teacher:
    """Decides by the annotation, and keeps what it saw."""

    def __init__(self, norm: str, starts: frozenset[int]) -> None:
        self._norm = norm
        self._starts = starts
        self.rows: list[Row] = []

    def starts_clause(self, position: int, observations: Sequence[str]) -> bool:
        while self._norm[position : position + 1].isspace():  # a clause begins behind the blank
            position += 1
        right = position in self._starts
        self.rows.append((observations, right))
        return right


def comma_rows(document: CorpusDocument, mentions: Sequence[Mention] | None = None) -> list[Row]:
    """What is seen at each comma of ``document``, and whether a clause starts there.

    ``mentions`` are those found by a model that never read the document; without them the annotated ones count,
    which tell more than a model does: background has no acts.
    """
    norm = normalise(document.text)
    marked = mentions if mentions is not None else document.entities
    agencies, actions = (
        [Span(mention.start, mention.end) for mention in marked if mention.label is label]
        for label in (EntityLabel.AGENCY, EntityLabel.ACTION)
    )
    teacher = _Teacher(norm, frozenset(clause.start for clause in document.clauses))
    split_clauses(document.text, norm, layout(document.text, norm, None), agencies, actions, teacher)
    return teacher.rows


def found_rows(model: Path, documents: Iterable[CorpusDocument]) -> list[Row]:
    """The rows of ``documents`` with the mentions that the model in the folder ``model`` finds in them."""
    pipeline = MinutesPipeline(Annotator.load(model))
    return [
        row
        for document in documents
        for row in comma_rows(document, pipeline.find(read_text(document.text, document.name)).mentions)
    ]


def fit_commas(rows: Sequence[Row]) -> Commas:
    """The judge of commas that ``rows`` teach."""
    return Commas(Logistic.fit(rows, penalty=_PENALTY, least_seen=_LEAST_SEEN))
