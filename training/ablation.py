"""Ablation of the two models on dev places, with three seeds: what each part of the design is worth.

    python training/ablation.py [--seeds 1 2 3] [--steps 400] [--workers 2] [--only NAME ...]

Each run trains one model from the training part for few steps (the same number for all
variants: only differences between rows count) and scores it alone, without rules: entities by
strict F1 on whole dev documents, clause classes by macro F1 on gold clauses; a joint model by both. Results go to
``metrics/ablation.json``; runs that stand there for the same corpus are not run again. The table is ``ablation.md``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ablation_setting import Setting, run_alone, train_shared_segmenter
from ablation_variants import VARIANTS
from jiyao.corpus.splits import load_part
from jiyao.labels import EntityLabel
from jiyao.trainer.build import hash_corpus

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "annotations"
METRICS = ROOT / "training" / "metrics"
WORK = ROOT / "training" / "work"
RESULTS = METRICS / "ablation.json"
#: The tables of the report: title to columns, by the names of scores.
TABLES: dict[str, tuple[str, ...]] = {
    "Entities, strict F1 of the recogniser alone": (*(label.value for label in EntityLabel), "all"),
    "Clause classes on gold clauses (linear and TextCat read gold mentions, the others characters only)": (
        "macro F1",
        "accuracy",
    ),
}


_HOW_TO_READ = (
    "Short runs (a step is one or two documents) show how fast a variant learns, and less what it reaches in the end: "
    "compare rows of the same number of steps only. The linear classifiers draw no numbers, so they have one run; their "
    "training ends by itself."
)


def load_results() -> dict[str, Any]:
    """What earlier calls measured on the corpus as it is."""
    corpus = hash_corpus(CORPUS)
    if RESULTS.is_file():
        results: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
        if results["corpus"] == corpus:
            return results
    documents = len(list(load_part(CORPUS, "train")))
    return {"corpus": corpus, "documents": documents, "runs": []}


def run_one(variant: str, seed: int, steps: int) -> dict[str, float]:
    """Train and score one variant in this process."""
    segmenter = train_shared_segmenter(CORPUS, WORK)
    with tempfile.TemporaryDirectory(prefix="jiyao-ablation-") as scratch:
        setting = Setting(CORPUS, segmenter, Path(scratch), seed, steps)
        return VARIANTS[variant](setting)


def run_all(seeds: Sequence[int], steps: int, workers: int, only: Sequence[str]) -> None:
    """Run what is missing, each run in a process of its own, and write results as they come."""
    results = load_results()
    done = {(run["variant"], run["seed"], run["steps"]) for run in results["runs"]}
    # Seed by seed: whenever it is stopped, all variants have about as many runs.
    jobs = [
        (name, seed)
        for seed in seeds
        for name in VARIANTS
        if (not only or name in only) and (name, seed, steps) not in done
    ]
    train_shared_segmenter(CORPUS, WORK)

    def run(job: tuple[str, int]) -> tuple[tuple[str, int], dict[str, float]]:
        return job, run_alone(__file__, "--run", job[0], "--seeds", str(job[1]), "--steps", str(steps))

    with ThreadPoolExecutor(workers) as pool:
        for number, ((name, seed), scores) in enumerate(pool.map(run, jobs), 1):
            results["runs"].append({"variant": name, "seed": seed, "steps": steps, "scores": scores})
            results["runs"].sort(key=lambda r: (list(VARIANTS).index(r["variant"]), r["seed"], r["steps"]))
            METRICS.mkdir(exist_ok=True)
            RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            print(f"{number} of {len(jobs)}: {name}, seed {seed}: {scores}", file=sys.stderr)
    (METRICS / "ablation.md").write_text("\n".join(tables(results)) + "\n", encoding="utf-8")


def tables(results: Mapping[str, Any]) -> Iterator[str]:
    """A Markdown table for each of ``TABLES``; a run stands in each table whose scores it has."""
    runs = results["runs"]
    yield "# Ablation on dev places (mean ± standard deviation over seeds)"
    yield from ("", _HOW_TO_READ)
    yield from ("", f"Trained from {results['documents']} documents.")
    if "note" in results:
        yield from ("", results["note"])
    for title, columns in TABLES.items():
        yield from ("", f"## {title}", "")
        yield from _table([run for run in runs if not run["scores"].keys().isdisjoint(columns)], columns)


def _table(runs: Sequence[dict[str, Any]], columns: Sequence[str]) -> Iterator[str]:
    if not runs:
        return
    columns = [column for column in columns if column in runs[0]["scores"]]
    yield "| variant | steps | seeds | " + " | ".join(columns) + " |"
    yield "|---" * (len(columns) + 3) + "|"
    for name, steps in dict.fromkeys((run["variant"], run["steps"]) for run in runs):
        same = [run["scores"] for run in runs if (run["variant"], run["steps"]) == (name, steps)]
        cells = " | ".join(_cell([100 * scores[column] for scores in same]) for column in columns)
        yield f"| {name} | {steps} | {len(same)} | {cells} |"


def _cell(values: Sequence[float]) -> str:
    spread = f" ± {statistics.stdev(values):.1f}" if len(values) > 1 else ""
    return f"{statistics.mean(values):.1f}{spread}"


def main() -> None:
    """Run what is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--run", help="one variant with the first seed, its scores on standard output")
    options = parser.parse_args()
    if options.run:
        print(json.dumps(run_one(options.run, options.seeds[0], options.steps), ensure_ascii=False))
    else:
        run_all(options.seeds, options.steps, options.workers, options.only)


if __name__ == "__main__":
    main()
