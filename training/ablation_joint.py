"""Ablation: entities and clause classes by one spaCy pipeline over one tok2vec, or clause classes over their own.

The tok2vec and the tokenizer are those of ``entities.cfg``. Clauses are classed by spaCy's span categorizer, which
gets the gold clauses as candidates, pools the characters of each (first, last, mean, maximum) and gives each
exactly one class. It reads whole documents, so both tasks learn from the same batches and the same augmentation;
it sees no mentions.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import load_config, registry

from ablation_clauses import clause_scores, count
from ablation_entities import CONFIG, TOK2VEC, score_entities, shared_tok2vec, train_entities
from ablation_setting import Setting
from jiyao.corpus.docbin import CLAUSES, ner_example
from jiyao.corpus.model import GoldClause, GoldSpan
from jiyao.corpus.splits import load_part
from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.normalise import normalise
from jiyao.scoring import Score
from jiyao.trainer.augment import create_changer

_COMPONENT = "clauses"
_HIDDEN = 128


def joint(setting: Setting) -> dict[str, float]:
    """Both tasks over one tok2vec: what either loses or gains is the difference to its row alone."""
    shared = shared_tok2vec()
    settings = {
        **shared,
        "nlp.pipeline": [*shared["nlp.pipeline"], _COMPONENT],
        f"components.{_COMPONENT}": _classifier(shared[TOK2VEC]),
        "training.score_weights": {"ents_f": 0.5, f"spans_{CLAUSES}_f": 0.5},
    }
    nlp = train_entities(setting, {**_common(setting), **settings}, setting.corpus)
    with nlp.select_pipes(disable=_COMPONENT):
        scores = score_entities(nlp, setting.corpus)
    return {**scores, **_score_spans(nlp, setting.corpus)}


def clauses_alone(setting: Setting) -> dict[str, float]:
    """The same classifier over a tok2vec of its own."""
    settings = {
        "nlp.pipeline": [_COMPONENT],
        f"components.{_COMPONENT}": _classifier(shared_tok2vec()["components.tok2vec"]["model"]),
        "training.score_weights": {f"spans_{CLAUSES}_f": 1.0},
    }
    nlp = train_entities(setting, {**_common(setting), **settings}, setting.corpus)
    return _score_spans(nlp, setting.corpus)


def _classifier(tok2vec: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "factory": "spancat",
        "spans_key": CLAUSES,
        # The best class whatever its probability: the single-label factory would add a class for "no span".
        "max_positive": 1,
        "threshold": 0.0,
        "suggester": {"@misc": "spacy.preset_spans_suggester.v1", "spans_key": CLAUSES},
        "model": {
            "@architectures": "spacy.SpanCategorizer.v1",
            "tok2vec": tok2vec,
            "reducer": {"@layers": "spacy.mean_max_reducer.v1", "hidden_size": _HIDDEN},
            "scorer": {"@layers": "Softmax.v2"},
        },
    }


def _common(setting: Setting) -> dict[str, Any]:
    """Documents with clauses, augmented as the configuration says, and the classes in the order of labels.py."""
    reader = {"@readers": "jiyao_ablation.ClauseSpanCorpus.v1", "path": str(setting.corpus)}
    augmenter = load_config(CONFIG, interpolate=False)["corpora"]["train"]["augmenter"]
    shares = {name: value for name, value in augmenter.items() if not name.startswith("@")}
    return {
        "corpora.train": {**reader, "part": "train", "shuffle": True, "augmentation": shares},
        "corpora.dev": {**reader, "part": "dev", "shuffle": False, "augmentation": None},
        "initialize.components": {_COMPONENT: {"labels": [label.value for label in ClauseLabel]}},
    }


@registry.readers("jiyao_ablation.ClauseSpanCorpus.v1")
def create_clause_span_corpus(
    path: str, part: str, shuffle: bool, augmentation: dict[str, float] | None
) -> Callable[[Language], Iterator[Example]]:
    """``jiyao.MinutesCorpus.v1`` with clauses as spans; ``augmentation`` are settings of ``jiyao.MinutesAugmenter.v2``."""
    rng = random.Random(0)
    change = create_changer(**augmentation) if augmentation else None

    def read(nlp: Language) -> Iterator[Example]:
        documents = list(load_part(Path(path), part))
        if shuffle:
            rng.shuffle(documents)
        for document in documents:
            text, entities, clauses = document.text, document.entities, document.clauses
            if change:
                text, moved = change(normalise(text), with_edges(entities, clauses))
                entities, clauses = without_edges(moved, clauses)
            example = ner_example(nlp, text, entities)
            example.predicted.spans[CLAUSES] = _spans(example.predicted, clauses, labelled=False)
            example.reference.spans[CLAUSES] = _spans(example.reference, clauses, labelled=True)
            yield example

    return read


def with_edges(entities: Sequence[GoldSpan], clauses: Sequence[GoldClause]) -> tuple[GoldSpan, ...]:
    """Entities, and where clauses start and end as spans without length, which changes of the text move along."""
    places = [place for clause in clauses for place in (clause.start, clause.end)]
    # A label that no change looks for.
    edges = [GoldSpan(place, place, EntityLabel.ACTION) for place in places]
    return tuple(sorted([*entities, *edges], key=lambda span: (span.start, span.end)))


def without_edges(
    spans: Sequence[GoldSpan], clauses: Sequence[GoldClause]
) -> tuple[tuple[GoldSpan, ...], tuple[GoldClause, ...]]:
    """The inverse of :func:`with_edges`; clauses of which nothing is left are left out."""
    places = [span.start for span in spans if span.start == span.end]
    moved = (
        GoldClause(start, end, clause.label)
        for start, end, clause in zip(places[::2], places[1::2], clauses, strict=True)
    )
    return tuple(span for span in spans if span.start < span.end), tuple(c for c in moved if c.start < c.end)


def _spans(doc: Doc, clauses: Sequence[GoldClause], *, labelled: bool) -> list[Span]:
    return [Span(doc, clause.start, clause.end, clause.label if labelled else "") for clause in clauses]


def _score_spans(nlp: Language, corpus: Path) -> dict[str, float]:
    """Macro F1 and accuracy on gold clauses of dev."""
    scores: dict[ClauseLabel, Score] = {label: Score() for label in ClauseLabel}
    for document in load_part(corpus, "dev"):
        doc = nlp.make_doc(normalise(document.text))
        doc.spans[CLAUSES] = _spans(doc, document.clauses, labelled=False)
        found = nlp(doc).spans[CLAUSES]
        for number, (span, clause) in enumerate(zip(found, document.clauses, strict=True)):
            count(scores, number, ClauseLabel(span.label_), clause.label)
    return clause_scores(scores)
