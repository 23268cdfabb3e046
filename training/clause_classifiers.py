"""Clause classifiers end to end: the model that ships with its linear classifier, a neural one, or the mean of both.

    python training/clause_classifiers.py [--seeds 1 2 3]

On gold clauses spaCy's TextCatEnsemble does a little better than the linear classifier (``metrics/ablation.md``);
what counts is what is left of that when mentions and clauses are the program's own. Everything but the classifier
stays as it ships. Scores are those of whole records on dev places; writes ``metrics/clause_classifiers.md``.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from ablation_setting import CONFIGS, train_shared_segmenter
from jiyao.components.annotator import Annotator, shipped_model
from jiyao.corpus.splits import load_part
from jiyao.pipeline import MinutesPipeline
from jiyao.reliability import score_documents
from jiyao.trainer.train import train_pipeline

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "annotations"
WORK = ROOT / "training" / "work"
REPORT = ROOT / "training" / "metrics" / "clause_classifiers.md"
_LEAST = 1e-9
FIGURES = {
    "clauses, macro F1": lambda scores: scores["clauses_macro_f"],
    "kind": lambda scores: scores["task_fields"]["kind"]["f"],
    "lead": lambda scores: scores["task_fields"]["lead"]["f"],
    "decisions": lambda scores: scores["decisions"]["f"],
    "complete records": lambda scores: scores["tasks_complete"]["f"],
}


class Mean:
    """Stands in for the clause pipeline: the geometric mean of the probabilities of several."""

    def __init__(self, *pipelines: Language) -> None:
        self.pipelines = pipelines

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Documents with the mean in ``doc.cats``."""
        texts = list(texts)
        for docs in zip(*(pipeline.pipe(texts) for pipeline in self.pipelines), strict=True):
            names = list(docs[0].cats)
            logs = np.mean([[np.log(max(doc.cats[name], _LEAST)) for name in names] for doc in docs], axis=0)
            chances = np.exp(logs - logs.max())
            docs[0].cats = dict(zip(names, (chances / chances.sum()).tolist(), strict=True))
            yield docs[0]


def train_neural(seed: int, folder: Path) -> Language:
    """spaCy's TextCatEnsemble by ``configs/clauses-neural.cfg``."""
    segmenter = train_shared_segmenter(CORPUS, WORK)
    settings = {"paths.corpus": str(CORPUS), "paths.segmenter": str(segmenter), "system.seed": seed}
    return train_pipeline(CONFIGS / "clauses-neural.cfg", folder, settings)


def figures(annotator: Annotator, clauses: Any) -> dict[str, float]:
    """Scores on dev with other ``clauses``."""
    pipeline = MinutesPipeline(Annotator(annotator.entities, clauses, annotator.meta, annotator.confidence))
    scores = score_documents(pipeline, load_part(CORPUS, "dev"))
    return {name: 100 * read(scores) for name, read in FIGURES.items()}


def main() -> None:
    """Train, score and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    options = parser.parse_args()
    annotator = Annotator.load(shipped_model())
    linear = annotator.clauses
    rows: dict[str, list[dict[str, float]]] = {"linear (ships)": [figures(annotator, linear)]}
    with tempfile.TemporaryDirectory(prefix="jiyao-clauses-") as scratch:
        for seed in options.seeds:
            neural = train_neural(seed, Path(scratch) / str(seed))
            for name, clauses in (("TextCatEnsemble", neural), ("mean of both", Mean(linear, neural))):
                rows.setdefault(name, []).append(figures(annotator, clauses))
                print(f"seed {seed}: {name} {rows[name][-1]}", file=sys.stderr)
    REPORT.write_text("\n".join(table(rows)) + "\n", encoding="utf-8")


def table(rows: dict[str, Sequence[dict[str, float]]]) -> Iterator[str]:
    """The report, in Markdown."""
    yield "# Clause classifiers end to end, on dev places"
    yield ""
    yield "| classifier | seeds | " + " | ".join(FIGURES) + " |"
    yield "|---" * (len(FIGURES) + 2) + "|"
    for name, runs in rows.items():
        cells = " | ".join(f"{statistics.mean(run[figure] for run in runs):.1f}" for figure in FIGURES)
        yield f"| {name} | {len(runs)} | {cells} |"


if __name__ == "__main__":
    main()
