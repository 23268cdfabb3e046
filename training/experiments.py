"""Experiments on the corpus: ablation, folds over places, learning curve.

Each writes a JSON file and a Markdown table under training/metrics. Every number is
measured on places that the training of that number never saw.

    python training/experiments.py ablate --seeds 1 2 3
    python training/experiments.py folds --folds 8
    python training/experiments.py curve --sizes 10 20 40 80
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jiyao.components.annotator import CLAUSES, ENTITIES
from jiyao.corpus.format import SUFFIX
from jiyao.corpus.splits import PARTS, load_part
from jiyao.trainer.build import CONFIGS, Plan, build

ROOT = Path(__file__).parents[1]
METRICS = ROOT / "training" / "metrics"
CORPUS = ROOT / "annotations"
MODEL = "components.ner.model.tok2vec"
TEXTCAT = "components.textcat.model"

#: Variants of the two configurations: name, then settings that differ, by pipeline.
VARIANTS: dict[str, dict[str, dict[str, Any]]] = {
    "as shipped": {},
    "characters only": {ENTITIES: {"nlp.tokenizer.words": False, "nlp.tokenizer.lexicon": False}},
    "without words": {ENTITIES: {"nlp.tokenizer.words": False}},
    "without lexicons": {ENTITIES: {"nlp.tokenizer.lexicon": False}},
    "without augmentation": {ENTITIES: {"corpora.train.augmenter": None}},
    "width 64": {ENTITIES: {f"{MODEL}.embed.width": 64, f"{MODEL}.encode.width": 64}},
    "width 128": {ENTITIES: {f"{MODEL}.embed.width": 128, f"{MODEL}.encode.width": 128}},
    "depth 6, window 1": {ENTITIES: {f"{MODEL}.encode.depth": 6, f"{MODEL}.encode.window_size": 1}},
    "depth 4, window 1": {ENTITIES: {f"{MODEL}.encode.window_size": 1}},
    "bag of words classifier": {
        CLAUSES: {
            "components.textcat.model": {
                "@architectures": "spacy.TextCatBOW.v3",
                "exclusive_classes": True,
                "length": 65536,
                "ngram_size": 2,
                "no_output_layer": False,
                "nO": None,
            }
        }
    },
}


def measure(
    corpus: Path, part: str, seed: int, overrides: Mapping[str, Mapping[str, Any]], steps: int | None
) -> dict[str, Any]:
    """Train on the training part of ``corpus`` and score ``part``, end to end."""
    settings = {}
    for name in (ENTITIES, CLAUSES):
        settings[name] = {"system.seed": seed, **overrides.get(name, {})}
    if steps:
        settings[ENTITIES]["training.max_steps"] = steps
    plan = Plan(
        corpus=corpus, configs={name: ROOT / "configs" / file for name, file in CONFIGS.items()}, overrides=settings
    )
    with tempfile.TemporaryDirectory() as scratch:
        return dict(build(plan, Path(scratch) / "model")["scores"][part])


def resplit(folder: Path, parts: Mapping[str, Iterable[str]]) -> Path:
    """A corpus of the same documents with other parts (place names by part), in ``folder``."""
    (folder / "minutes").mkdir(parents=True)
    for file in sorted((CORPUS / "minutes").glob(f"*{SUFFIX}")):
        (folder / "minutes" / file.name).symlink_to(file)
    content = {part: sorted(parts.get(part, ())) for part in PARTS}
    left_out = {d.about.place for d in load_part(CORPUS, "all")} - {
        place for places in content.values() for place in places
    }
    for place in left_out:
        for file in (folder / "minutes").iterdir():
            if f'"place": "{place}"' in file.read_text(encoding="utf-8"):
                file.unlink()
    (folder / "splits.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder


def places(part: str) -> list[str]:
    """The places of one part of the corpus."""
    return sorted({document.about.place for document in load_part(CORPUS, part)})


def summary(scores: Mapping[str, Any]) -> dict[str, float]:
    """The figures that tables show."""
    row = {label: score["f"] for label, score in scores["entities"].items()}
    row["entities"] = scores["entities_micro"]["f"]
    row["clauses"] = scores["clauses_macro_f"]
    row["complete"] = scores["tasks_complete"]["f"]
    return row


def ablate(seeds: Sequence[int], steps: int | None, names: Sequence[str]) -> dict[str, list[dict[str, float]]]:
    """Each variant once a seed, on dev: test is not for choosing."""
    return {
        name: [summary(measure(CORPUS, "dev", seed, VARIANTS[name], steps)) for seed in seeds]
        for name in names or VARIANTS
    }


def folds(number: int, steps: int | None) -> dict[str, list[dict[str, float]]]:
    """Train and dev places in turn left out in ``number`` groups; test stays aside."""
    names = places("train") + places("dev")
    random.Random(0).shuffle(names)
    results = {}
    for index in range(number):
        held = names[index::number]
        rest = [name for name in names if name not in held]
        with tempfile.TemporaryDirectory() as scratch:
            # The first two places of the rest stop training early; the held ones are only scored.
            corpus = resplit(Path(scratch) / "corpus", {"train": rest[2:], "dev": rest[:2], "test": held})
            results["、".join(held)] = [summary(measure(corpus, "test", 1, {}, steps))]
    return results


def curve(sizes: Sequence[int], steps: int | None) -> dict[str, list[dict[str, float]]]:
    """More and more training places, always the same dev and test."""
    names = places("train")
    random.Random(0).shuffle(names)
    results = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            corpus = resplit(
                Path(scratch) / "corpus", {"train": names[:size], "dev": places("dev"), "test": places("test")}
            )
            results[f"{min(size, len(names))} places"] = [summary(measure(corpus, "dev", 1, {}, steps))]
    return results


def write(name: str, title: str, results: Mapping[str, Sequence[Mapping[str, float]]]) -> None:
    """``metrics/<name>.json`` and ``.md``: mean over seeds, and their spread where there are several."""
    METRICS.mkdir(parents=True, exist_ok=True)
    (METRICS / f"{name}.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    columns = list(next(iter(results.values()))[0])
    lines = [f"# {title}", "", "| | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for variant, runs in results.items():
        cells = []
        for column in columns:
            values = [100 * run[column] for run in runs]
            spread = f" ± {statistics.stdev(values):.1f}" if len(values) > 1 else ""
            cells.append(f"{statistics.mean(values):.1f}{spread}")
        lines.append(f"| {variant} | " + " | ".join(cells) + " |")
    (METRICS / f"{name}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Run one experiment."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("experiment", choices=("ablate", "folds", "curve"))
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 10, 20, 40, 80])
    parser.add_argument("--steps", type=int, help="most steps of the entity recogniser (default: the configuration's)")
    parser.add_argument("--variants", nargs="*", default=[], help="names of variants to ablate (default: all)")
    options = parser.parse_args()
    runs: dict[str, tuple[str, Callable[[], dict[str, list[dict[str, float]]]]]] = {
        "ablate": ("Ablation, strict F1 on dev", lambda: ablate(options.seeds, options.steps, options.variants)),
        "folds": ("Folds over places, strict F1 on the places left out", lambda: folds(options.folds, options.steps)),
        "curve": ("Learning curve, strict F1 on dev", lambda: curve(options.sizes, options.steps)),
    }
    title, run = runs[options.experiment]
    write(options.experiment, title, run())


if __name__ == "__main__":
    main()
