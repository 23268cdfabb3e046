"""The trained model: entities and clause classes of normalised text.

A model folder holds two spaCy pipelines, ``entities`` (characters in, mentions
out) and ``clauses`` (the words of one clause in, a class out), the weights of two judges (of commas where
clauses start, of mentions), and ``meta.json``.
"""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import spacy
from spacy.attrs import TAG
from spacy.language import Language
from spacy.tokens import Doc

from jiyao.components.candidates import Chances
from jiyao.components.clause_words import clause_words
from jiyao.components.commas import FILE as COMMAS
from jiyao.components.commas import Commas
from jiyao.components.confidence import FILE, Confidence, Judged
from jiyao.components.ops import pin_ops
from jiyao.components.span_chances import SpanChances
from jiyao.errors import ModelError
from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.types import Clause, Mention, Span

META = "meta.json"
ENTITIES = "entities"
CLAUSES = "clauses"


def shipped_model() -> Path:
    """The folder of the model that ships with the package."""
    return Path(str(files("jiyao").joinpath("model")))


@dataclass(frozen=True, slots=True)
class Words:
    """The model's view of a text: mentions, word spans for the clause classifier, and the chances of other spans."""

    mentions: tuple[Mention, ...]
    words: tuple[tuple[int, int], ...]
    chances: SpanChances


class Annotator:
    """Reads normalised text with the two trained pipelines."""

    def __init__(
        self,
        entities: Language,
        clauses: Language,
        meta: Mapping[str, Any],
        confidence: Confidence | None = None,
        commas: Commas | None = None,
    ) -> None:
        self.entities = entities
        self.clauses = clauses
        self.meta = meta
        self.confidence = confidence
        self.commas = commas

    @classmethod
    def load(cls, folder: Path) -> Annotator:
        """Load the model in ``folder``.

        Raises:
            ModelError: the folder is no model, or a damaged one.
        """
        pin_ops()
        try:
            meta = json.loads((folder / META).read_text(encoding="utf-8"))
            # A model that is still being trained has no estimator yet.
            confidence = Confidence.from_disk(folder) if (folder / FILE).is_file() else None
            commas = Commas.from_disk(folder) if (folder / COMMAS).is_file() else None
            return cls(spacy.load(folder / ENTITIES), spacy.load(folder / CLAUSES), meta, confidence, commas)
        except (OSError, ValueError, KeyError) as error:
            reason = " ".join(str(error).split())[:200]
            raise ModelError(
                str(folder), f"not a jiyao model ({reason})", "give the folder that `jiyao train` wrote"
            ) from None

    @property
    def name(self) -> str:
        """Name and version, as they stand in every record."""
        return f"{self.meta.get('name', 'jiyao')} {self.meta.get('version', '?')}"

    def read(self, norm: str) -> Words:
        """Mentions and words of a whole text."""
        doc = self.entities.make_doc(norm)
        chances = SpanChances(self.entities.get_pipe("ner"), doc)
        mentions = tuple(
            Mention(span.start, span.end, EntityLabel(span.label), norm[span.start : span.end])
            for span in chances.best()
        )
        return Words(mentions, tuple(word_spans(doc)), chances)

    def classify(
        self,
        norm: str,
        clauses: Sequence[Span],
        mentions: Sequence[Mention],
        words: Sequence[tuple[int, int]],
        *,
        skip: Sequence[bool],
        open_to: Sequence[Container[ClauseLabel]],
    ) -> list[tuple[ClauseLabel, float]]:
        """Class and probability of each clause but those to ``skip`` (which still are context of the others).

        ``open_to`` has for each clause the classes that come into question; it does not bind where the model knows none.
        """
        texts = clause_words(norm, clauses, mentions, words)
        asked = [place for place, left_out in enumerate(skip) if not left_out]
        found = []
        for place, doc in zip(asked, self.clauses.pipe(texts[place] for place in asked), strict=True):
            scores = {ClauseLabel(label): score for label, score in doc.cats.items()}
            # A model of a small corpus may know none of the classes in question.
            chosen = {label: score for label, score in scores.items() if label in open_to[place]} or scores
            label, score = max(chosen.items(), key=lambda item: item[1])
            found.append((label, round(float(score), 4)))
        return found

    def judge(
        self,
        norm: str,
        clauses: Sequence[Clause],
        mentions: Sequence[Mention],
        words: Sequence[tuple[int, int]],
        chances: Chances,
    ) -> Judged:
        """The mentions with their probabilities, unlikely ones left out, likely ones taken in."""
        if self.confidence is None:
            return Judged(tuple(mentions))
        return self.confidence.judge(norm, clauses, mentions, words, chances)

    def record_probability(self, raw: float) -> float:
        """The chance that all fields of a record are right."""
        return raw if self.confidence is None else self.confidence.record_probability(raw)


def word_spans(doc: Doc) -> list[tuple[int, int]]:
    """Spans of the words that the character tokenizer stored in ``TAG``."""
    # One array read: a Token object for each character would cost more than finding the words.
    tags = doc.to_array([TAG])
    marks = {tag: doc.vocab.strings[int(tag)] for tag in set(tags.tolist())}
    spans = []
    start = 0
    for position, tag in enumerate(tags.tolist()):
        mark = marks[tag]
        if mark in ("B", "S"):
            start = position
        if mark in ("E", "S"):
            spans.append((start, position + 1))
    return spans
