"""Leave one out: the entity recogniser on a place, or on all documents of a hand, that training never saw.

    python training/leave_one_out.py [--by place hand] [--steps 250] [--most 20] [--workers 2]

For each group (a training place, or an author of training text) one model is trained from all
other groups for few steps, and reads the group. Leaving out a hand is the harder test: all its
places go, and with them the clerk's habits. Models are the recogniser alone, short of their full
training, all by the same number of steps: what counts is the spread, and how much a hand costs
more than a place. ``--most`` takes a sample of the groups, evenly over their names. Scores after a
longer training, by three folds of places and end to end, are in the model's ``meta.json``. Writes ``metrics/leave_one_out.json`` and ``leave_one_out.md``; groups that stand there for the same
corpus and steps are not run again.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ablation_entities import count_entities, train_entities
from ablation_setting import Setting, run_alone, train_shared_segmenter
from jiyao.corpus.model import CorpusDocument
from jiyao.corpus.splits import load_part
from jiyao.labels import EntityLabel
from jiyao.scoring import Score
from jiyao.trainer.build import hash_corpus
from jiyao.trainer.folds import deal, resplit

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "annotations"
METRICS = ROOT / "training" / "metrics"
WORK = ROOT / "training" / "work"
RESULTS = METRICS / "leave_one_out.json"
_BUNCHES = 3
#: What a group is: its name in results to the group of a document.
GROUPS: dict[str, Callable[[CorpusDocument], str]] = {
    "place": lambda document: document.about.place,
    "hand": lambda document: document.about.author,
}


def groups(by: str) -> dict[str, list[CorpusDocument]]:
    """The training documents by group."""
    found = defaultdict[str, list[CorpusDocument]](list)
    for document in load_part(CORPUS, "train"):
        found[GROUPS[by](document)].append(document)
    return dict(sorted(found.items()))


def corpus_without(places: Iterable[str], folder: Path) -> Path:
    """The corpus in ``folder`` without ``places`` in its training part; dev as it is, no test."""
    train = {document.about.place for document in load_part(CORPUS, "train")} - set(places)
    dev = {document.about.place for document in load_part(CORPUS, "dev")}
    return resplit(CORPUS, folder, {"train": train, "dev": dev})


def train_segmenters(by: str) -> dict[str, Path]:
    """A segmentation for each group, from text without it.

    One that has read a group's own names would not be unseen, and one a group would take hours:
    the groups are dealt into three bunches, and those of a bunch share one.
    """
    all_groups = groups(by)
    segmenter_of = {}
    for names in deal(list(all_groups), _BUNCHES):
        with tempfile.TemporaryDirectory(prefix="jiyao-leave-") as scratch:
            places = {document.about.place for name in names for document in all_groups[name]}
            folder = train_shared_segmenter(corpus_without(places, Path(scratch) / "corpus"), WORK)
        segmenter_of.update(dict.fromkeys(names, folder))
    return segmenter_of


def run_one(by: str, name: str, segmenter: Path, steps: int) -> dict[str, list[int]]:
    """Train without the group ``name`` and count on it: right, found and gold entities by label.

    No place of the group stays in training, also where another hand wrote for it.
    """
    held = groups(by)[name]
    with tempfile.TemporaryDirectory(prefix="jiyao-leave-") as scratch:
        corpus = corpus_without({document.about.place for document in held}, Path(scratch) / "corpus")
        work = Path(scratch) / "runs"
        work.mkdir()
        nlp = train_entities(Setting(corpus, segmenter, work, 1, steps), {}, corpus)
        scores = count_entities(nlp, held)
        return {label.value: [score.hits, score.found, score.gold] for label, score in scores.items()}


def load_results(steps: int) -> dict[str, Any]:
    """What earlier calls measured with ``steps`` steps on the corpus as it is."""
    corpus = hash_corpus(CORPUS)
    if RESULTS.is_file():
        results: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
        if (results["corpus"], results["steps"]) == (corpus, steps):
            return results
    return {"corpus": corpus, "steps": steps, "groups": {by: {} for by in GROUPS}}


def sample(names: Sequence[str], most: int | None) -> list[str]:
    """At most ``most`` of the names, evenly spaced in their order; the same call gives the same."""
    ordered = sorted(names)
    if most is None or most >= len(ordered):
        return ordered
    return [ordered[number * len(ordered) // most] for number in range(most)]


def run_all(kinds: Sequence[str], steps: int, most: int | None, workers: int) -> None:
    """Run what is missing, each run in a process of its own, and write results as they come."""
    results = load_results(steps)
    for by in kinds:
        done = results["groups"][by]
        segmenter_of = train_segmenters(by)
        missing = [name for name in sample(list(segmenter_of), most) if name not in done]

        def run(name: str, by: str = by, segmenter_of: dict[str, Path] = segmenter_of) -> tuple[str, dict[str, Any]]:
            arguments = ("--by", by, "--steps", str(steps), "--run", name, "--segmenter", str(segmenter_of[name]))
            return name, run_alone(__file__, *arguments)

        with ThreadPoolExecutor(workers) as pool:
            for number, (name, counts) in enumerate(pool.map(run, missing), 1):
                done[name] = counts
                RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
                print(f"{by} {number} of {len(missing)}: {name} {100 * in_all(counts).f1:.1f}", file=sys.stderr)
    (METRICS / "leave_one_out.md").write_text("\n".join(table(results)) + "\n", encoding="utf-8")


def in_all(counts: Mapping[str, Sequence[int]]) -> Score:
    """The counts of all labels together."""
    return sum((Score(*numbers) for numbers in counts.values()), Score())


def table(results: Mapping[str, Any]) -> Iterator[str]:
    """The report, in Markdown."""
    yield "# Leave one out: entities, strict F1 of the recogniser alone"
    yield ""
    yield (
        f"One model a group, trained for {results['steps']} short steps without it. These are models early in "
        "their training: read the spread and the difference between rows, not the level."
    )
    yield ""
    labels = [label.value for label in EntityLabel]
    yield "| left out | groups tried | " + " | ".join(labels) + " | all | median group | worst tenth | worst |"
    yield "|---" * (len(labels) + 6) + "|"
    for by, done in results["groups"].items():
        if not done:
            continue
        pooled = {label: sum((Score(*counts[label]) for counts in done.values()), Score()) for label in labels}
        each = sorted((100 * in_all(counts).f1, name) for name, counts in done.items())
        values = [value for value, _ in each]
        cells = [f"{100 * score.f1:.1f}" for score in (*pooled.values(), sum(pooled.values(), Score()))]
        cells += [f"{statistics.median(values):.1f}", f"{values[len(values) // 10]:.1f}"]
        yield f"| one {by} | {len(done)} | {' | '.join(cells)} | {each[0][0]:.1f} ({each[0][1]}) |"


def main() -> None:
    """Run what is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--by", nargs="+", choices=list(GROUPS), default=list(GROUPS))
    parser.add_argument("--steps", type=int, default=250)
    parser.add_argument("--most", type=int, help="at most so many groups of each kind")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--run", help="one group, its counts on standard output")
    parser.add_argument("--segmenter", type=Path, help="with --run: the segmentation to use")
    options = parser.parse_args()
    if options.run:
        print(json.dumps(run_one(options.by[0], options.run, options.segmenter, options.steps)))
    else:
        run_all(options.by, options.steps, options.most, options.workers)


if __name__ == "__main__":
    main()
