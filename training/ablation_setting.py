"""What the variants of the ablation have in common: the setting of a run, and one segmentation for all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiyao.corpus.splits import load_part
from jiyao.trainer.build import hash_corpus
from jiyao.trainer.segmenter import train_segmenter

CONFIGS = Path(__file__).parents[1] / "configs"


@dataclass(frozen=True, slots=True)
class Setting:
    """What every variant has in common."""

    corpus: Path
    segmenter: Path
    work: Path
    seed: int
    steps: int


def train_shared_segmenter(corpus: Path, work: Path) -> Path:
    """One segmentation for all runs, from the training part of ``corpus``; made once in ``work`` for a corpus as it is."""
    folder = work / f"segmenter-{hash_corpus(corpus)[:8]}"
    if not (folder / "weights.npz").is_file():
        train_segmenter(list(load_part(corpus, "train")), folder)
    return folder


def run_alone(script: str, *arguments: str) -> Any:
    """Run ``script`` on one core in a process of its own: the JSON in the last line of its output. Its progress is shown."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, script, *arguments]
    output = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(output.splitlines()[-1])


#: One experiment: from a setting to scores in [0, 1] by the name of their column.
Variant = Callable[[Setting], dict[str, float]]
