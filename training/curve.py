"""Learning curve: the entity recogniser trained from more and more places, scored on dev places.

    python training/curve.py [--sizes 50 100 200 400] [--steps 600] [--workers 2]

Writes ``metrics/curve.json`` and ``curve.md``. The same number of steps for every size: what
grows is variety, not training.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ablation_entities import entities
from ablation_setting import Setting, run_alone, train_shared_segmenter
from jiyao.corpus.splits import load_part
from jiyao.trainer.build import hash_corpus
from jiyao.trainer.folds import resplit

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "annotations"
METRICS = ROOT / "training" / "metrics"
WORK = ROOT / "training" / "work"


def places(part: str) -> list[str]:
    """The places of one part of the corpus."""
    return sorted({document.about.place for document in load_part(CORPUS, part)})


def run_one(size: int, steps: int) -> dict[str, float]:
    """Train from ``size`` places, always the first of the same shuffled list."""
    names = places("train")
    random.Random(0).shuffle(names)
    with tempfile.TemporaryDirectory(prefix="jiyao-curve-") as scratch:
        corpus = resplit(CORPUS, Path(scratch) / "corpus", {"train": names[:size], "dev": places("dev")})
        work = Path(scratch) / "runs"
        work.mkdir()
        return entities(Setting(CORPUS, train_shared_segmenter(CORPUS, WORK), work, 1, steps), corpus=corpus)


def run_all(sizes: Sequence[int], steps: int, workers: int) -> list[dict[str, Any]]:
    """One run a size, each in a process of its own."""
    train_shared_segmenter(CORPUS, WORK)

    def run(size: int) -> dict[str, Any]:
        return {"places": size, "scores": run_alone(__file__, "--run", str(size), "--steps", str(steps))}

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, sizes))


def main() -> None:
    """Run what is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 100, 200, 400])
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--run", type=int, help="one size, its scores on standard output")
    options = parser.parse_args()
    if options.run:
        print(json.dumps(run_one(options.run, options.steps)))
        return
    sizes = sorted({min(size, len(places("train"))) for size in options.sizes})
    runs = run_all(sizes, options.steps, options.workers)
    result = {"corpus": hash_corpus(CORPUS), "steps": options.steps, "runs": runs}
    (METRICS / "curve.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    columns = list(runs[0]["scores"])
    lines = [
        f"# Learning curve: entities, strict F1 on dev places, {options.steps} steps, one seed",
        "",
        "| training places | " + " | ".join(columns) + " |",
        "|---" * (len(columns) + 1) + "|",
        *(
            f"| {run['places']} | " + " | ".join(f"{100 * run['scores'][c]:.1f}" for c in columns) + " |"
            for run in runs
        ),
    ]
    (METRICS / "curve.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
