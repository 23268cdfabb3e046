"""One model from one corpus: segmentation, entities, clauses."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from spacy.util import load_config

from jiyao import __version__
from jiyao.components.annotator import CLAUSES, ENTITIES, META
from jiyao.corpus.splits import load_part
from jiyao.errors import CorpusError
from jiyao.trainer.segmenter import ITERATIONS, train_segmenter
from jiyao.trainer.train import train_pipeline

CONFIGS = {ENTITIES: "entities.cfg", CLAUSES: "clauses.cfg"}
NAME = "jiyao-minutes"
FOLDS = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What to train from what. Folders are those of a checkout; ``overrides`` are settings by pipeline.

    ``folds`` models are trained beside the one that ships, to fit confidence to (0: none),
    each for ``fold_steps`` steps; ``workers`` processes train at a time.
    """

    corpus: Path = Path("annotations")
    configs: Mapping[str, Path] = field(
        default_factory=lambda: {name: Path("configs") / file for name, file in CONFIGS.items()}
    )
    segmenter_iterations: int = ITERATIONS
    overrides: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    folds: int = FOLDS
    fold_steps: int = 1600
    workers: int = 1

    def of_fold(self, corpus: Path) -> Plan:
        """The plan of one fold, trained from ``corpus``."""
        entities = {**self.overrides.get(ENTITIES, {}), "training.max_steps": self.fold_steps}
        return replace(self, corpus=corpus, overrides={**self.overrides, ENTITIES: entities})


def train_model(plan: Plan, folder: Path) -> None:
    """Train segmentation, entities and clauses by ``plan`` and store them in ``folder``, which must not exist.

    Raises:
        CorpusError: the training part is empty.
    """
    console = Console(stderr=True)
    documents = list(load_part(plan.corpus, "train"))
    if not documents:
        raise CorpusError(str(plan.corpus), "no document in the training part", "see splits.json")
    with tempfile.TemporaryDirectory(prefix="jiyao-train-") as scratch:
        work = Path(scratch)
        console.rule(f"segmentation: {len(documents)} documents")
        train_segmenter(documents, work / "segmenter", iterations=plan.segmenter_iterations)
        for name, config in plan.configs.items():
            console.rule(name)
            settings = {"paths.corpus": str(plan.corpus), "paths.segmenter": str(work / "segmenter")}
            train_pipeline(config, work / f"{name}-run", {**settings, **plan.overrides.get(name, {})})
            shutil.copytree(work / f"{name}-run" / "model-best", folder / name)
            _forget_paths(folder / name / "config.cfg")
            # The strings that training met; spaCy makes them anew from every text, and does without the folder.
            shutil.rmtree(folder / name / "vocab")
    write_meta(folder, {"name": NAME, "version": __version__})


def write_meta(folder: Path, meta: Mapping[str, Any]) -> None:
    """Write ``meta.json`` of the model in ``folder``."""
    (folder / META).write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _forget_paths(config: Path) -> None:
    """Take the folders of this machine out of a stored configuration; nothing reads them after training."""
    settings = load_config(config, interpolate=False)
    settings["paths"] = dict.fromkeys(settings["paths"])
    settings.to_disk(config, interpolate=False)
