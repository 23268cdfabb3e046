"""The whole training: the model that ships, fold models beside it, confidence, scores, one model folder."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from jiyao import __version__
from jiyao.components.annotator import ENTITIES, META, Annotator
from jiyao.components.features import feature_words
from jiyao.components.logistic import Row
from jiyao.corpus.format import SUFFIX
from jiyao.corpus.splits import load_part
from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.pipeline import MinutesPipeline
from jiyao.reliability import score_documents
from jiyao.trainer.calibrate import (
    CrossValidation,
    cross_validate,
    fit_records,
    fit_temperature,
    record_scores,
    set_temperature,
)
from jiyao.trainer.commas import fit_commas, found_rows
from jiyao.trainer.folds import Fold, Share, by_shares, make_folds, train_all
from jiyao.trainer.segmenter import SHIPPED_WEIGHT, shrink
from jiyao.trainer.stacking import fit_confidences, judged_pages
from jiyao.trainer.steps import NAME, Plan, write_meta


def build(plan: Plan, folder: Path) -> dict[str, Any]:
    """Train by ``plan`` and store the model in ``folder``; return its meta.

    The folder is replaced only when the whole training has succeeded.

    Raises:
        CorpusError: the training part is empty.
    """
    with tempfile.TemporaryDirectory(prefix="jiyao-build-") as scratch:
        work = Path(scratch)
        model = work / "model"
        folds = make_folds(plan, work) if plan.folds else []
        Console(stderr=True).rule(f"training: 1 model and {len(folds)} folds")
        train_all([(plan, model), *((plan.of_fold(fold.corpus), fold.model) for fold in folds)], plan.workers)
        meta = finish(plan, model, folds)
        if folder.exists():
            shutil.rmtree(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(model, folder)
    return meta


def finish(plan: Plan, model: Path, folds: Sequence[Fold]) -> dict[str, Any]:
    """Make the trained ``model`` ready to ship, with what its ``folds``, trained too, teach of it; return its meta.

    Without folds rules alone cut clauses, mentions are not judged, and nothing is known of places left out.
    """
    console = Console(stderr=True)
    shrink(model / ENTITIES / "tokenizer", SHIPPED_WEIGHT)
    meta = _meta(plan)
    if folds:
        console.rule("commas")
        teach_commas(model, folds, plan.workers)
        console.rule("confidence")
        temperature = fit_temperature(folds, plan.workers)
        for each in (*(fold.model for fold in folds), model):
            set_temperature(each, temperature)
        pages = judged_pages(folds, plan.workers)
        *others, confidence = fit_confidences(folds, pages, plan.corpus, plan.workers)
        validation = cross_validate(folds, pages, others, plan.workers)
        confidence.to_disk(model)
        confidence.record = fit_records(record_scores(model, load_part(plan.corpus, "dev")))
        confidence.to_disk(model)
        meta["cross_validation"] = _validation(validation, len(folds), plan.fold_steps)
    console.rule("scores")
    write_meta(model, meta)
    return measure(model, plan.corpus)


def teach_commas(model: Path, folds: Sequence[Fold], workers: int) -> None:
    """Teach ``model`` and its ``folds`` where clauses start, by what the folds find on the places that they never saw.

    Each fold learns what the others found: its own places stay unseen.
    """
    rows = by_shares(_share_rows, folds, workers)
    for index, fold in enumerate(folds):
        fit_commas([row for other, found in enumerate(rows) if other != index for row in found]).to_disk(fold.model)
    fit_commas([row for found in rows for row in found]).to_disk(model)


def _share_rows(fold: Fold, share: Share) -> list[Row]:
    return found_rows(fold.model, fold.held_out(share))


def _meta(plan: Plan) -> dict[str, Any]:
    documents = list(load_part(plan.corpus, "train"))
    return {
        "name": NAME,
        "version": __version__,
        "labels": [label.value for label in EntityLabel],
        "classes": [label.value for label in ClauseLabel],
        "corpus": hash_corpus(plan.corpus),
        "configs": {path.name: hash_file(path) for path in plan.configs.values()},
        "lexicons": hash_feature_words(),
        "trained_on": {
            "documents": len(documents),
            "places": len({document.about.place for document in documents}),
            "characters": sum(len(document.text) for document in documents),
        },
    }


def _validation(validation: CrossValidation, folds: int, steps: int) -> dict[str, Any]:
    places = {name: report.summary() for name, report in sorted(validation.places.items())}
    return {"folds": folds, "steps": steps, **validation.total.as_dict(), "places": places}


def measure(folder: Path, corpus: Path) -> dict[str, Any]:
    """Score the model in ``folder`` on dev and test with the rules as they are, and write that into its meta."""
    meta: dict[str, Any] = json.loads((folder / META).read_text(encoding="utf-8"))
    meta["scores"] = {part: score_part(folder, corpus, part) for part in ("dev", "test")}
    write_meta(folder, meta)
    return meta


def score_part(folder: Path, corpus: Path, part: str) -> dict[str, Any]:
    """Scores of the model in ``folder`` on one part of the corpus, end to end: in all, by place and by genre."""
    return score_documents(MinutesPipeline(Annotator.load(folder)), load_part(corpus, part))


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
