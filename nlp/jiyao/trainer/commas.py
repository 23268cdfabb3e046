"""Teach where clauses start within a sentence, by the annotated clauses and mentions of training documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jiyao.components.commas import Commas
from jiyao.components.logistic import Logistic, Row
from jiyao.corpus.model import CorpusDocument
from jiyao.labels import EntityLabel
from jiyao.normalise import normalise
from jiyao.structure.clauses import split_clauses
from jiyao.structure.layout import layout
from jiyao.types import Span

_PENALTY = 0.5


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


def comma_rows(document: CorpusDocument) -> list[Row]:
    """What is seen at each comma of ``document``, and whether a clause starts there."""
    norm = normalise(document.text)
    spans = {
        label: [Span(entity.start, entity.end) for entity in document.entities if entity.label is label]
        for label in (EntityLabel.AGENCY, EntityLabel.ACTION)
    }
    teacher = _Teacher(norm, frozenset(clause.start for clause in document.clauses))
    split_clauses(
        document.text,
        norm,
        layout(document.text, norm, None),
        spans[EntityLabel.AGENCY],
        spans[EntityLabel.ACTION],
        teacher,
    )
    return teacher.rows


def fit_commas(documents: Iterable[CorpusDocument]) -> Commas:
    """The judge of commas that the annotation of ``documents`` teaches."""
    rows = [row for document in documents for row in comma_rows(document)]
    return Commas(Logistic.fit(rows, penalty=_PENALTY))
