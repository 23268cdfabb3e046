"""Corpus and pulled documents to a new model, which takes the old one's place only if it is better.

Better means: on the same test part, more complete task records (F1), and with as many, more entities (strict F1).
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from jiyao.components.annotator import META
from jiyao.corpus.format import SUFFIX, dump_document, read_document
from jiyao.corpus.splits import PARTS, load_splits
from jiyao.errors import CorpusError
from jiyao.review.files import write_whole
from jiyao.review.pull import MINUTES
from jiyao.trainer.build import build, score_part
from jiyao.trainer.steps import Plan, write_meta

_SPLITS = "splits.json"


@dataclass(frozen=True, slots=True)
class Merged:
    """What went into the training part of the merged corpus, by document name."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Retrained:
    """Old and new model on the same test part. ``better`` says whether the new one was stored."""

    merged: Merged
    old: Mapping[str, float]
    new: Mapping[str, float]
    better: bool
    scores: Mapping[str, Any] = field(repr=False)


def merge(corpus: Path, pulled: Path, into: Path) -> Merged:
    """Write the corpus with the pulled documents of training places, and of places that it does not know, to ``into``.

    Documents of dev and test places are left out: both models are measured on what neither has seen. A pulled
    document of the same text as one of the corpus takes its place.

    Raises:
        CorpusError: a file breaks the format; nothing pulled can be used.
    """
    splits = load_splits(corpus / _SPLITS)
    parts: dict[str, list[str]] = {part: [place for place, its in splits.items() if its == part] for part in PARTS}
    by_text: dict[str, Path] = {}
    (into / MINUTES).mkdir(parents=True)
    for path in sorted((corpus / MINUTES).rglob(f"*{SUFFIX}")):
        by_text[read_document(path).text] = path
        shutil.copyfile(path, into / MINUTES / path.name)
    added: list[str] = []
    replaced: list[str] = []
    left_out: list[str] = []
    for path in sorted((pulled / MINUTES).glob(f"*{SUFFIX}")):
        document = read_document(path)
        same = by_text.get(document.text)
        about = read_document(same).about if same else document.about
        if splits.get(about.place, "train") != "train":
            left_out.append(document.name)
            continue
        (replaced if same else added).append(document.name)
        if about.place not in parts["train"]:
            parts["train"].append(about.place)
        # The corpus knows better than a page where a document of its own comes from.
        document = replace(document, about=replace(about, second=document.about.second))
        write_whole(into / MINUTES / (same or path).name, dump_document(document))
    if not added and not replaced:
        raise CorpusError(str(pulled), "no pulled document may be trained on", "review and pull some of other places")
    write_whole(into / _SPLITS, json.dumps(parts, ensure_ascii=False, indent=1) + "\n")
    return Merged(tuple(added), tuple(replaced), tuple(left_out))


def retrain(
    plan: Plan, pulled: Path, old: Path, output: Path, told: Callable[[Merged], None] = lambda merged: None
) -> Retrained:
    """Train by ``plan`` on its corpus and the pulled documents; store the model in ``output`` if it beats ``old``.

    Raises:
        CorpusError: see :func:`merge`.
        ModelError: the old model cannot be loaded.
    """
    before = score_part(old, plan.corpus, "test")
    with tempfile.TemporaryDirectory(prefix="jiyao-retrain-") as scratch:
        corpus, candidate = Path(scratch) / "corpus", Path(scratch) / "model"
        merged = merge(plan.corpus, pulled, corpus)
        told(merged)
        meta = build(replace(plan, corpus=corpus), candidate)
        after = score_part(candidate, plan.corpus, "test")
        better = is_better(figures(after), figures(before))
        if better:
            reviewed = {"added": len(merged.added), "replaced": len(merged.replaced)}
            write_meta(candidate, {**meta, "reviewed": reviewed})
            _put(candidate, output)
    return Retrained(merged, figures(before), figures(after), better, after)


def figures(scores: Mapping[str, Any]) -> dict[str, float]:
    """The figures that decide, in the order of their weight."""
    return {"tasks_complete": scores["tasks_complete"]["f"], "entities": scores["entities_micro"]["f"]}


def is_better(new: Mapping[str, float], old: Mapping[str, float]) -> bool:
    """By complete records, then by entities; equal is not better."""
    return (new["tasks_complete"], new["entities"]) > (old["tasks_complete"], old["entities"])


def _put(candidate: Path, output: Path) -> None:
    """Move a model into its place: copied beside it first, so that there is always a whole one."""
    output.parent.mkdir(parents=True, exist_ok=True)
    beside, before = output.with_name(f".{output.name}.new"), output.with_name(f".{output.name}.old")
    for rest in (beside, before):
        shutil.rmtree(rest, ignore_errors=True)
    shutil.copytree(candidate, beside)
    if (output / META).exists():
        output.rename(before)
    elif output.exists():
        shutil.rmtree(output)
    beside.rename(output)
    shutil.rmtree(before, ignore_errors=True)
