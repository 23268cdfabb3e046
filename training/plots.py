"""Plots of the shipped model's scores: ``training/plots/*.svg``.

    pip install 'jiyao[plots]'; python training/plots.py

Reads ``meta.json`` of the shipped model and the files under ``metrics/``; nothing is measured here.
Places are named by the romanised names of their files, so that no Chinese font is needed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib

from jiyao.corpus.splits import load_part

matplotlib.use("svg")
# The same figures give the same file.
matplotlib.rcParams["svg.hashsalt"] = "jiyao"

import matplotlib.pyplot as plt  # noqa: E402  (behind the choice of the back end)

ROOT = Path(__file__).parents[1]
META = ROOT / "nlp" / "jiyao" / "model" / "meta.json"
METRICS = ROOT / "training" / "metrics"
PLOTS = ROOT / "training" / "plots"


def save(name: str) -> None:
    """Write the current figure."""
    PLOTS.mkdir(exist_ok=True)
    plt.tight_layout()
    plt.savefig(PLOTS / f"{name}.svg", metadata={"Date": None})
    plt.close()


def reliability(test: dict[str, Any]) -> None:
    """Confidence against accuracy on the test part; on the diagonal a score is a probability."""
    kinds = ("entities", "ACTION", "clauses", "tasks")
    _figure, axes = plt.subplots(1, len(kinds), figsize=(13, 3.4), sharey=True)
    for axis, kind in zip(axes, kinds, strict=True):
        bins = test["calibration"][kind]["bins"]
        axis.plot([0, 1], [0, 1], color="#bbbbbb", linewidth=1)
        sizes = [10 + 120 * count / max(b[0] for b in bins) for count, _, _ in bins]
        axis.scatter([b[1] for b in bins], [b[2] for b in bins], s=sizes, color="#2f6fb3", alpha=0.8)
        axis.set_title(f"{kind}: ECE {100 * test['calibration'][kind]['ece']:.1f} %")
        axis.set_xlabel("score")
        axis.set_xlim(0, 1.02)
        axis.set_ylim(0, 1.02)
    axes[0].set_ylabel("share that was right")
    save("reliability")


def places(test: dict[str, Any]) -> None:
    """Scores of each test place."""
    romanised = {
        document.about.place: document.name.partition("-")[0] for document in load_part(ROOT / "annotations", "test")
    }
    rows = sorted(test["places"].items(), key=lambda row: row[1]["entities"])
    _figure, axis = plt.subplots(figsize=(8, 0.32 * len(rows) + 1.2))
    for offset, (key, colour) in enumerate((("entities", "#2f6fb3"), ("tasks_complete", "#c2571a"))):
        positions = [index + 0.38 * offset for index in range(len(rows))]
        axis.barh(
            positions, [100 * row[key] for _, row in rows], height=0.36, color=colour, label=key.replace("_", " ")
        )
    axis.set_yticks([index + 0.19 for index in range(len(rows))], [romanised[name] for name, _ in rows])
    axis.set_xlabel("strict F1 (%), test places")
    axis.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    save("places")


def confusion(test: dict[str, Any]) -> None:
    """Clause classes: gold in rows, found in columns."""
    names = list(test["clauses"])
    table = [[0] * len(names) for _ in names]
    for pair, count in test["confusion"].items():
        gold, found = pair.split(" as ")
        table[names.index(gold)][names.index(found)] = count
    for index, name in enumerate(names):
        score = test["clauses"][name]
        table[index][index] = round(score["r"] * score["gold"])
    _figure, axis = plt.subplots(figsize=(7.5, 6.5))
    shades = [[count / max(sum(row), 1) for count in row] for row in table]
    axis.imshow(shades, cmap="Blues", vmin=0, vmax=1)
    for y, row in enumerate(table):
        for x, count in enumerate(row):
            if count:
                axis.text(x, y, str(count), ha="center", va="center", color="white" if shades[y][x] > 0.5 else "black")
    axis.set_xticks(range(len(names)), names, rotation=45, ha="right")
    axis.set_yticks(range(len(names)), names)
    axis.set_xlabel("found (on clauses with the right edges)")
    axis.set_ylabel("gold")
    save("confusion")


def curve() -> None:
    """Entities against the number of training places."""
    path = METRICS / "curve.json"
    if not path.is_file():
        return
    runs = json.loads(path.read_text(encoding="utf-8"))["runs"]
    _figure, axis = plt.subplots(figsize=(6, 4))
    for label in runs[0]["scores"]:
        axis.plot(
            [run["places"] for run in runs], [100 * run["scores"][label] for run in runs], marker="o", label=label
        )
    axis.set_xscale("log", base=2)
    axis.set_xticks([run["places"] for run in runs], [str(run["places"]) for run in runs])
    axis.set_xlabel("training places")
    axis.set_ylabel("strict F1 (%), dev places")
    axis.legend()
    save("curve")


def main() -> None:
    """Draw all plots."""
    test = json.loads(META.read_text(encoding="utf-8"))["scores"]["test"]
    reliability(test)
    places(test)
    confusion(test)
    curve()


if __name__ == "__main__":
    main()
