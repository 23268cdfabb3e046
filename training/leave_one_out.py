"""Leave one out: the entity recogniser on each place, or each hand, that its training never saw.

    python training/leave_one_out.py [--by place hand] [--first 5] [--workers 2]

Each training place (or author of training text) is read by a recogniser that has learnt all the others
and nothing of this one: as many models as places, grown by TreeCV (``tree_cv``) instead of trained one by one. Leaving out
a hand is the harder test: all its places go, and with them the clerk's habits. The models are the recogniser alone, narrower and
trained for less time than the one that ships, all alike: what counts is the spread, and how much a hand costs more
than a place. The whole program, by folds and end to end, stands in the model's ``meta.json``. Writes
``metrics/leave_one_out.json`` and ``leave_one_out.md``; a half that stands there for the same corpus and settings is not run again,
and places and hands keep the corpus that each was last measured on.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

from ablation_setting import run_alone, train_shared_segmenter
from jiyao.corpus.model import CorpusDocument
from jiyao.corpus.splits import load_part
from jiyao.labels import EntityLabel
from jiyao.scoring import Score
from jiyao.trainer.build import hash_corpus
from jiyao.trainer.folds import resplit
from recogniser_learner import RecogniserLearner
from tree_cv import leave_one_out

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "annotations"
METRICS = ROOT / "training" / "metrics"
WORK = ROOT / "training" / "work"
RESULTS = METRICS / "leave_one_out.json"
#: Narrower than what ships: half the time.
_WIDTH = 96
_REHEARSAL = 0.5
_SEED = 0
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


def halves(by: str) -> tuple[list[str], list[str]]:
    """The names of all groups in two halves, dealt at random but always the same."""
    names = sorted(groups(by))
    random.Random(_SEED).shuffle(names)
    return names[: len(names) // 2], names[len(names) // 2 :]


def corpus_without(held: Iterable[CorpusDocument], folder: Path) -> Path:
    """The corpus in ``folder`` without the places of ``held`` in its training part; dev as it is, no test."""
    train = {document.about.place for document in load_part(CORPUS, "train")} - {d.about.place for d in held}
    dev = {document.about.place for document in load_part(CORPUS, "dev")}
    return resplit(CORPUS, folder, {"train": train, "dev": dev})


def run_half(by: str, half: int, first: int) -> dict[str, dict[str, list[int]]]:
    """Leave each group of one half out: right, found and gold entities by label, by group.

    Segmentation and labels come from text without the half; a place that hands of both halves
    wrote for is learnt by neither.
    """
    every, held = groups(by), halves(by)[half]
    with tempfile.TemporaryDirectory(prefix="jiyao-leave-") as scratch:
        corpus = corpus_without([document for name in held for document in every[name]], Path(scratch) / "corpus")
        segmenter = train_shared_segmenter(corpus, WORK)
        learner = RecogniserLearner(corpus, segmenter, width(_WIDTH), passes=1, rehearsal=_REHEARSAL)
        own = {document.about.place for name in held for document in every[name]}
        learnt = [[d for d in every[name] if d.about.place not in own] for name in halves(by)[1 - half]]
        for number in range(first):
            learner.learn(learnt, ())
            print(f"{by} {half}: first half learnt {number + 1} of {first} times", file=sys.stderr, flush=True)
        counts = {}
        name_of = {id(every[name]): name for name in held}
        for number, group in enumerate(leave_one_out(learner, [every[name] for name in held], learnt), 1):
            scores = learner.read(group)
            counts[name_of[id(group)]] = {label.value: [s.hits, s.found, s.gold] for label, s in scores.items()}
            print(f"{by} {half}: {number} of {len(held)}, {learner.steps} steps", file=sys.stderr, flush=True)
    return counts


def width(number: int) -> dict[str, int]:
    """Settings of a recogniser of that width."""
    tok2vec = "components.ner.model.tok2vec"
    return {f"{tok2vec}.embed.width": number, f"{tok2vec}.encode.width": number}


def load_results() -> dict[str, dict[str, Any]]:
    """By kind of group: the setting and the counts by group. What was measured otherwise is kept, to be read in the report."""
    if not RESULTS.is_file():
        return {}
    results: dict[str, dict[str, Any]] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return results


def setting_of(first: int) -> dict[str, Any]:
    """What results depend on: the corpus as it is, and how the models are trained."""
    documents = sum(1 for _ in load_part(CORPUS, "train"))
    corpus = hash_corpus(CORPUS)
    return {"corpus": corpus, "documents": documents, "first": first, "width": _WIDTH, "rehearsal": _REHEARSAL}


def run_all(kinds: Sequence[str], first: int, workers: int) -> None:
    """Run what is missing, each half in a process of its own, and write results as they come."""
    results, setting = load_results(), setting_of(first)
    for by in kinds:
        if by not in results or results[by]["setting"] != setting:
            results[by] = {"setting": setting, "groups": {}}
    missing = [
        (by, half) for by in kinds for half in (0, 1) if not set(halves(by)[half]) <= results[by]["groups"].keys()
    ]

    def run(by: str, half: int) -> tuple[str, dict[str, Any]]:
        return by, run_alone(__file__, "--by", by, "--half", str(half), "--first", str(first))

    with ThreadPoolExecutor(workers) as pool:
        for done in as_completed([pool.submit(run, *job) for job in missing]):
            by, counts = done.result()
            results[by]["groups"] = dict(sorted({**results[by]["groups"], **counts}.items()))
            RESULTS.write_text(json.dumps(results, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    (METRICS / "leave_one_out.md").write_text("\n".join(table(results)) + "\n", encoding="utf-8")


def in_all(counts: Mapping[str, Sequence[int]]) -> Score:
    """The counts of all labels together."""
    return sum((Score(*numbers) for numbers in counts.values()), Score())


def table(results: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The report, in Markdown."""
    yield "# Leave one out: entities, strict F1 of the recogniser alone"
    yield ""
    yield (
        "Each group is read by a model that learnt all other groups and nothing of this one, segmentation included "
        "(TreeCV, Joulani, György and Szepesvári 2015). The models are narrow and learn one half of the groups several times, "
        "the other groups once, with a share of the former rehearsed. No second stage, no rules: read the spread and the "
        "difference between the rows; the level is that of a short training."
    )
    yield ""
    labels = [label.value for label in EntityLabel]
    yield "| left out | groups | documents | " + " | ".join(labels) + " | all | median group | worst tenth | worst |"
    yield "|---" * (len(labels) + 7) + "|"
    for by in GROUPS:
        done = results.get(by, {}).get("groups")
        if not done:
            continue
        pooled = {label: sum((Score(*counts[label]) for counts in done.values()), Score()) for label in labels}
        each = sorted((100 * in_all(counts).f1, name) for name, counts in done.items())
        values = [value for value, _ in each]
        cells = [f"{100 * score.f1:.1f}" for score in (*pooled.values(), sum(pooled.values(), Score()))]
        cells += [f"{statistics.median(values):.1f}", f"{values[len(values) // 10]:.1f}"]
        documents = results[by]["setting"]["documents"]
        yield f"| one {by} | {len(done)} | {documents} | {' | '.join(cells)} | {each[0][0]:.1f} ({each[0][1]}) |"


def main() -> None:
    """Run what is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--by", nargs="+", choices=list(GROUPS), default=list(GROUPS))
    parser.add_argument("--first", type=int, default=5, help="how often the first half of the groups is learnt")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--half", type=int, choices=(0, 1), help="one half, its counts on standard output")
    options = parser.parse_args()
    if options.half is not None:
        print(json.dumps(run_half(options.by[0], options.half, options.first), ensure_ascii=False))
    else:
        run_all(options.by, options.first, options.workers)


if __name__ == "__main__":
    main()
