"""Ablation of the entity recogniser: the shipped configuration with other settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_config

from ablation_setting import CONFIGS, Setting
from jiyao.corpus.model import CorpusDocument, GoldSpan
from jiyao.corpus.splits import load_part
from jiyao.labels import EntityLabel
from jiyao.normalise import normalise
from jiyao.scoring import Score, strict
from jiyao.trainer.train import train_pipeline

CONFIG = CONFIGS / "entities.cfg"
TOK2VEC = "components.ner.model.tok2vec"
#: Characters a step, a third of the configuration's: more steps in the same time.
_BATCH = 1000


def entities(
    setting: Setting, settings: Mapping[str, Any] | None = None, corpus: Path | None = None, config: Path = CONFIG
) -> dict[str, float]:
    """The shipped configuration with other ``settings``, or another one."""
    nlp = train_entities(setting, settings or {}, corpus or setting.corpus, config)
    return score_entities(nlp, setting.corpus)


def train_entities(setting: Setting, settings: Mapping[str, Any], corpus: Path, config: Path = CONFIG) -> Language:
    """The recogniser of one run."""
    common = {
        "paths.corpus": str(corpus),
        "paths.segmenter": str(setting.segmenter),
        "system.seed": setting.seed,
        "training.max_steps": setting.steps,
        "training.eval_frequency": setting.steps,
        "training.batcher.size": _BATCH,
    }
    number = len(list(setting.work.iterdir()))
    return train_pipeline(config, setting.work / f"entities-{number}", {**common, **settings})


def shared_tok2vec() -> dict[str, Any]:
    """The same tok2vec as a component of its own, to which the recogniser listens."""
    tok2vec = load_config(CONFIG, interpolate=False)["components"]["ner"]["model"]["tok2vec"]
    return {
        "nlp.pipeline": ["tok2vec", "ner"],
        "components.tok2vec": {"factory": "tok2vec", "model": tok2vec},
        TOK2VEC: {
            "@architectures": "spacy.Tok2VecListener.v1",
            "width": tok2vec["embed"]["width"],
            "upstream": "tok2vec",
        },
    }


def found_entities(nlp: Language, document: CorpusDocument) -> list[GoldSpan]:
    """What a recogniser finds, by character offsets whatever its tokens are."""
    doc = nlp(normalise(document.text))
    return [GoldSpan(ent.start_char, ent.end_char, EntityLabel(ent.label_)) for ent in doc.ents]


def count_entities(nlp: Language, documents: Iterable[CorpusDocument]) -> dict[EntityLabel, Score]:
    """Strict counts by label."""
    scores = {label: Score() for label in EntityLabel}
    for document in documents:
        found = found_entities(nlp, document)
        for label in EntityLabel:
            scores[label] += strict(
                [(span.start, span.end) for span in found if span.label is label],
                [(span.start, span.end) for span in document.entities if span.label is label],
            )
    return scores


def score_entities(nlp: Language, corpus: Path) -> dict[str, float]:
    """Strict F1 on dev, by label and in all."""
    scores = count_entities(nlp, load_part(corpus, "dev"))
    in_all = sum(scores.values(), Score())
    return {**{label.value: round(score.f1, 4) for label, score in scores.items()}, "all": round(in_all.f1, 4)}
