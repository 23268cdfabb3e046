"""The whole training: segmentation, entities, clauses, scores, one model folder."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from spacy.util import load_config

from jiyao import __version__
from jiyao.components.annotator import CLAUSES, ENTITIES, META, Annotator
from jiyao.components.features import feature_words
from jiyao.corpus.format import SUFFIX
from jiyao.corpus.model import CorpusDocument
from jiyao.corpus.splits import load_part
from jiyao.errors import CorpusError
from jiyao.evaluation import evaluate_by_place
from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.pipeline import MinutesPipeline
from jiyao.readers import read_text
from jiyao.trainer.segmenter import ITERATIONS, train_segmenter
from jiyao.trainer.train import train_pipeline
from jiyao.types import MinutesRecord

CONFIGS = {ENTITIES: "entities.cfg", CLAUSES: "clauses.cfg"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What to train from what. Folders are those of a checkout; ``overrides`` are settings by pipeline."""

    corpus: Path = Path("annotations")
    configs: Mapping[str, Path] = field(
        default_factory=lambda: {name: Path("configs") / file for name, file in CONFIGS.items()}
    )
    segmenter_iterations: int = ITERATIONS
    overrides: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def build(plan: Plan, folder: Path) -> dict[str, Any]:
    """Train by ``plan`` and store the model in ``folder``; return its meta.

    The folder is replaced only when the whole training has succeeded.

    Raises:
        CorpusError: the training part is empty.
    """
    console = Console(stderr=True)
    train_documents = list(load_part(plan.corpus, "train"))
    if not train_documents:
        raise CorpusError(str(plan.corpus), "no document in the training part", "see splits.json")
    with tempfile.TemporaryDirectory(prefix="jiyao-train-") as scratch:
        work = Path(scratch)
        console.rule(f"segmentation: {len(train_documents)} documents")
        train_segmenter(train_documents, work / "segmenter", iterations=plan.segmenter_iterations)
        for name, config in plan.configs.items():
            console.rule(name)
            settings = {"paths.corpus": str(plan.corpus), "paths.segmenter": str(work / "segmenter")}
            train_pipeline(config, work / f"{name}-run", {**settings, **plan.overrides.get(name, {})})
            shutil.copytree(work / f"{name}-run" / "model-best", work / "model" / name)
            _forget_paths(work / "model" / name / "config.cfg")
        console.rule("scores")
        meta = _meta(plan, work / "model", train_documents)
        if folder.exists():
            shutil.rmtree(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(work / "model", folder)
    return meta


def _forget_paths(config: Path) -> None:
    """Take the folders of this machine out of a stored configuration; nothing reads them after training."""
    settings = load_config(config, interpolate=False)
    settings["paths"] = dict.fromkeys(settings["paths"])
    settings.to_disk(config, interpolate=False)


def _meta(plan: Plan, folder: Path, train_documents: list[CorpusDocument]) -> dict[str, Any]:
    meta: dict[str, Any] = {
        "name": "jiyao-minutes",
        "version": __version__,
        "labels": [label.value for label in EntityLabel],
        "classes": [label.value for label in ClauseLabel],
        "corpus": hash_corpus(plan.corpus),
        "configs": {path.name: hash_file(path) for path in plan.configs.values()},
        "lexicons": hash_feature_words(),
        "trained_on": {
            "documents": len(train_documents),
            "places": len({document.about.place for document in train_documents}),
            "characters": sum(len(document.text) for document in train_documents),
        },
    }
    write_meta(folder, meta)
    meta["reliability"] = _reliability(folder, plan)
    write_meta(folder, meta)
    return measure(folder, plan.corpus)


def measure(folder: Path, corpus: Path) -> dict[str, Any]:
    """Score the model in ``folder`` on dev and test with the rules as they are, and write that into its meta."""
    meta: dict[str, Any] = json.loads((folder / META).read_text(encoding="utf-8"))
    meta["scores"] = {part: score_part(folder, corpus, part) for part in ("dev", "test")}
    write_meta(folder, meta)
    return meta


def write_meta(folder: Path, meta: Mapping[str, Any]) -> None:
    """Write ``meta.json`` of the model in ``folder``."""
    (folder / META).write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def score_part(folder: Path, corpus: Path, part: str) -> dict[str, Any]:
    """Scores of the model in ``folder`` on one part of the corpus, end to end, in all and by place."""
    pipeline = MinutesPipeline(Annotator.load(folder))
    total, places = evaluate_by_place(load_part(corpus, part), extractor(pipeline))
    return {**total.as_dict(), "places": {name: report.summary() for name, report in sorted(places.items())}}


def extractor(pipeline: MinutesPipeline) -> Any:
    """``pipeline.extract`` for corpus documents."""

    def extract(document: CorpusDocument) -> MinutesRecord:
        return pipeline.extract_reading(read_text(document.text, document.name))

    return extract


def _reliability(folder: Path, plan: Plan) -> dict[str, float]:
    """How often a mention of each label is right on places unseen in training (the dev part).

    The transition-based recogniser gives no probability of its own, so this measured
    share stands as the score of every model mention.
    """
    pipeline = MinutesPipeline(Annotator.load(folder))
    report, _ = evaluate_by_place(load_part(plan.corpus, "dev"), extractor(pipeline))
    return {label.value: round(report.entities[label].precision, 4) for label in EntityLabel}


def hash_file(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def hash_feature_words() -> str:
    """SHA-256 over the lexicon words that are features of the entity recogniser."""
    return hashlib.sha256(json.dumps(feature_words(), ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


def hash_corpus(folder: Path) -> str:
    """SHA-256 over names and contents of all annotated documents and the split."""
    digest = hashlib.sha256()
    for path in [folder / "splits.json", *sorted((folder / "minutes").rglob(f"*{SUFFIX}"))]:
        digest.update(path.name.encode("utf-8"))
        digest.update(path.read_bytes())
    return digest.hexdigest()
