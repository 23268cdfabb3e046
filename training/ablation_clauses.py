"""Ablation of the clause classifier: over the words of a clause, its names replaced by their kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import spacy
from spacy.training import Example
from spacy.util import registry

from ablation_setting import CONFIGS, Setting
from jiyao.components.segmenter import Segmenter
from jiyao.corpus.docbin import gold_clause_words
from jiyao.corpus.model import CorpusDocument
from jiyao.corpus.splits import load_part
from jiyao.labels import ClauseLabel
from jiyao.scoring import Score, macro_f1, strict
from jiyao.trainer.train import train_pipeline


def neural_clauses(setting: Setting, settings: Mapping[str, Any]) -> dict[str, float]:
    """spaCy's text classifier by ``clauses-neural.cfg`` with other ``settings``."""
    common = {
        "paths.corpus": str(setting.corpus),
        "paths.segmenter": str(setting.segmenter),
        "system.seed": setting.seed,
    }
    nlp = train_pipeline(CONFIGS / "clauses-neural.cfg", setting.work / "clauses", {**common, **settings})
    return score_clauses(setting, lambda texts: [doc.cats for doc in nlp.pipe(texts)])


def linear_clauses(setting: Setting, drop: str = "", previous: bool = False, heading: bool = False) -> dict[str, float]:
    """The shipped linear classifier; without the marks that start with ``drop``, with the class of the clause
    before (its own guess, from the start of the page) or the words of the item's heading."""
    nlp = spacy.blank("xx")
    nlp.tokenizer = registry.tokenizers.get("jiyao.WhitespaceTokenizer.v1")()(nlp)
    nlp.add_pipe(
        "jiyao_linear_textcat",
        name="textcat",
        config={"ngram_size": 3, "min_count": 2, "penalty": 100.0, "balanced": True},
    )
    segmenter = Segmenter(setting.segmenter)

    def texts_of(document: CorpusDocument) -> list[str]:
        texts, seen = [], ""
        for text, clause in zip(gold_clause_words(document, segmenter), document.clauses, strict=True):
            words = [word for word in text.split() if not (drop and word.startswith(drop))]
            texts.append(" ".join([*(f"<题{word}>" for word in seen.split()[:12] if heading), *words]))
            if clause.label is ClauseLabel.META:
                seen = " ".join(word for word in words if not word.startswith("<"))
        return texts

    examples = []
    for document in load_part(setting.corpus, "train"):
        before = "<前无>"
        for text, clause in zip(texts_of(document), document.clauses, strict=True):
            words = f"{before} {text}" if previous else text
            predicted = nlp.make_doc(words)
            reference = predicted.copy()
            reference.cats = {label.value: float(label is clause.label) for label in ClauseLabel}
            examples.append(Example(predicted, reference))
            before = f"<前{clause.label}>"
    component = nlp.get_pipe("textcat")
    component.initialize(lambda: examples)  # type: ignore[attr-defined]
    scores: dict[ClauseLabel, Score] = {label: Score() for label in ClauseLabel}
    for document in load_part(setting.corpus, "dev"):
        before = "<前无>"
        for number, (text, clause) in enumerate(zip(texts_of(document), document.clauses, strict=True)):
            cats = nlp(f"{before} {text}" if previous else text).cats
            label = ClauseLabel(max(cats, key=lambda name: cats[name]))
            before = f"<前{label}>"
            count(scores, number, label, clause.label)
    return clause_scores(scores)


def score_clauses(setting: Setting, classify: Callable[[Sequence[str]], list[dict[str, float]]]) -> dict[str, float]:
    """Macro F1 and accuracy on gold clauses of dev."""
    segmenter = Segmenter(setting.segmenter)
    scores: dict[ClauseLabel, Score] = {label: Score() for label in ClauseLabel}
    for document in load_part(setting.corpus, "dev"):
        cats = classify(gold_clause_words(document, segmenter))
        for number, (found, clause) in enumerate(zip(cats, document.clauses, strict=True)):
            count(scores, number, ClauseLabel(max(found, key=lambda name, c=found: c[name])), clause.label)
    return clause_scores(scores)


def count(scores: dict[ClauseLabel, Score], number: int, found: ClauseLabel, right: ClauseLabel) -> None:
    """Add one clause, by its ``number`` in the document, to the scores of the classes concerned."""
    for label in {found, right}:
        scores[label] += strict([number] if found is label else [], [number] if right is label else [])


def clause_scores(scores: Mapping[ClauseLabel, Score]) -> dict[str, float]:
    """The columns of the clause table."""
    total = sum(scores.values(), Score())
    return {"macro F1": round(macro_f1(dict(scores)), 4), "accuracy": round(total.recall, 4)}
