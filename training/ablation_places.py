"""Ablation of the entity recogniser: half of the places, alone and with self-training on the others."""

from __future__ import annotations

import json
import random
from pathlib import Path

from ablation_entities import entities, found_entities, train_entities
from ablation_setting import Setting
from jiyao.corpus.format import SUFFIX, dump_document
from jiyao.corpus.model import CorpusDocument, GoldClause, GoldSpan
from jiyao.corpus.splits import load_part
from jiyao.labels import ClauseLabel
from jiyao.trainer.folds import resplit


def half(setting: Setting) -> tuple[list[str], list[str]]:
    """The training places in two halves."""
    places = sorted({document.about.place for document in load_part(setting.corpus, "train")})
    random.Random(0).shuffle(places)
    return places[::2], places[1::2]


def half_corpus(setting: Setting) -> Path:
    """A corpus with half of the training places."""
    dev = {document.about.place for document in load_part(setting.corpus, "dev")}
    return resplit(setting.corpus, setting.work / "half", {"train": half(setting)[0], "dev": dev})


def half_of_the_places(setting: Setting) -> dict[str, float]:
    """Trained on half of the places: what self-training is compared with."""
    return entities(setting, corpus=half_corpus(setting))


def self_training(setting: Setting) -> dict[str, float]:
    """Half of the places with their annotation, the other half as the model of the first half reads it."""
    corpus = half_corpus(setting)
    teacher = train_entities(setting, {}, corpus)
    others = set(half(setting)[1])
    for document in load_part(setting.corpus, "train"):
        if document.about.place in others:
            # One clause from end to end: the file format needs one, the recogniser reads none.
            start = len(document.text) - len(document.text.lstrip())
            read = CorpusDocument(
                document.name,
                document.text,
                document.about,
                document.meeting,
                tuple(span for span in found_entities(teacher, document) if _on_one_line(document, span)),
                (GoldClause(start, len(document.text), ClauseLabel.META),),
            )
            (corpus / "minutes" / f"{document.name}{SUFFIX}").write_text(dump_document(read), encoding="utf-8")
    split = json.loads((corpus / "splits.json").read_text(encoding="utf-8"))
    split["train"] += sorted(others)
    (corpus / "splits.json").write_text(json.dumps(split, ensure_ascii=False), encoding="utf-8")
    return entities(setting, corpus=corpus)


def _on_one_line(document: CorpusDocument, span: GoldSpan) -> bool:
    """Whether the file format can hold ``span``."""
    return "\n" not in document.text[span.start : span.end]
