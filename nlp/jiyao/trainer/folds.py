"""Cross-fitting: what the model does on places and hands it was not trained on, for all training places.

The training places are dealt into folds, all places of a hand into one; for each fold a model is trained on the
others and reads the places left out. What it finds there is as good and as bad as on
places and clerks never seen, so it is what confidence may be fitted to, and what a
cross-validation reports. The dev part chooses the best step, as in the main training.
"""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from jiyao.components.word_counts import WordCounts
from jiyao.corpus.format import SUFFIX, load_corpus
from jiyao.corpus.model import CorpusDocument
from jiyao.corpus.splits import PARTS, load_part
from jiyao.normalise import normalise
from jiyao.trainer.steps import Plan, train_model

_SEED = 0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Share:
    """The documents in a row that one process reads: the one with number ``part`` of ``parts`` of about the same size."""

    part: int = 0
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Fold:
    """A model, and the places that it was not trained on. ``corpus`` has them as its test part."""

    model: Path
    corpus: Path
    places: tuple[str, ...]

    def held_out(self, share: Share = Share()) -> Iterator[CorpusDocument]:
        """The documents that the model never saw, or a share of them."""
        documents = list(load_part(self.corpus, "test"))
        yield from documents[
            share.part * len(documents) // share.parts : (share.part + 1) * len(documents) // share.parts
        ]

    def word_counts(self) -> WordCounts:
        """Counts over the documents that the model was trained on."""
        return word_counts(load_part(self.corpus, "train"))


def word_counts(documents: Iterable[CorpusDocument]) -> WordCounts:
    """How often each string was marked in ``documents``."""
    return WordCounts.of(
        (normalise(document.text), [(span.start, span.end, span.label.value) for span in document.entities])
        for document in documents
    )


def deal(places: Sequence[str], number: int) -> list[tuple[str, ...]]:
    """``places`` in ``number`` groups of about the same size, always the same."""
    shuffled = sorted(places)
    random.Random(_SEED).shuffle(shuffled)
    return [tuple(sorted(shuffled[index::number])) for index in range(number)]


def deal_hands(documents: Iterable[CorpusDocument], number: int) -> list[tuple[str, ...]]:
    """The places of ``documents`` in ``number`` groups of about as many documents; all places of a hand are in one.

    Of a place that more than one hand wrote for, the hand with most documents counts. With fewer hands than twice ``number``
    places are dealt one by one, for the groups could not be of a size.
    """
    by_place = defaultdict[str, Counter[str]](Counter)
    for document in documents:
        by_place[document.about.place][document.about.author] += 1
    hand_of = {place: max(hands, key=lambda hand: (hands[hand], hand)) for place, hands in by_place.items()}
    sizes = Counter[str]()
    for place, hands in by_place.items():
        sizes[hand_of[place]] += hands.total()
    if len(sizes) < 2 * number:
        return deal(list(by_place), number)
    loads = [0] * number
    group_of = {}
    for hand in sorted(sizes, key=lambda hand: (-sizes[hand], hand)):
        group_of[hand] = loads.index(min(loads))
        loads[group_of[hand]] += sizes[hand]
    return [tuple(sorted(p for p in by_place if group_of[hand_of[p]] == index)) for index in range(number)]


def make_folds(plan: Plan, work: Path) -> list[Fold]:
    """The folds of ``plan`` with their corpora in ``work``, not trained yet."""
    documents = list(load_part(plan.corpus, "train"))
    train = sorted({document.about.place for document in documents})
    dev = sorted({document.about.place for document in load_part(plan.corpus, "dev")})
    folds = []
    for index, held in enumerate(deal_hands(documents, plan.folds)):
        folder = work / f"fold-{index + 1}"
        rest = [place for place in train if place not in held]
        corpus = resplit(plan.corpus, folder / "corpus", {"train": rest, "dev": dev, "test": held})
        folds.append(Fold(folder / "model", corpus, held))
    return folds


def train_all(jobs: Sequence[tuple[Plan, Path]], workers: int) -> None:
    """Train a model a job, plan to folder; ``workers`` processes at a time. The order of jobs changes no byte."""
    in_processes(train_model, jobs, workers)


def in_processes(function: Callable[..., T], jobs: Sequence[tuple[Any, ...]], workers: int) -> list[T]:
    """What ``function`` gives for the arguments of each job, in order; ``workers`` processes at a time."""
    if workers == 1:
        return [function(*job) for job in jobs]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return [done.result() for done in [pool.submit(function, *job) for job in jobs]]


def by_shares(function: Callable[[Fold, Share], Sequence[T]], folds: Sequence[Fold], workers: int) -> list[list[T]]:
    """What ``function`` gives for the documents left out, a list a fold, in the order of the documents.

    Every fold is read in ``workers`` shares, so that no process is left without work while the last fold is read.
    """
    jobs = [(fold, Share(part, workers)) for fold in folds for part in range(workers)]
    found = iter(in_processes(function, jobs, workers))
    return [[row for _ in range(workers) for row in next(found)] for _ in folds]


def resplit(corpus: Path, folder: Path, parts: Mapping[str, Iterable[str]]) -> Path:
    """A corpus in ``folder`` of the documents of ``corpus`` with other parts (place names by part).

    Documents of places in no part are left out.
    """
    part_of = {place: part for part, places in parts.items() for place in places}
    (folder / "minutes").mkdir(parents=True)
    for document in load_corpus(corpus / "minutes"):
        if document.about.place in part_of:
            name = f"{document.name}{SUFFIX}"
            shutil.copyfile(next((corpus / "minutes").rglob(name)), folder / "minutes" / name)
    content = {part: sorted(parts.get(part, ())) for part in PARTS}
    (folder / "splits.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return folder
