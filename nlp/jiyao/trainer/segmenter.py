"""Train jiyao's own pkuseg model from the corpus.

Nobody annotated words. An offline segmenter (wapic, a development dependency)
gives a silver segmentation; the corpus gives the boundaries that matter: every
entity starts and ends at a word boundary, which is forced upon the silver.
"""

from __future__ import annotations

import contextlib
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from jiyao.corpus.model import CorpusDocument
from jiyao.errors import DependencyError
from jiyao.normalise import normalise

T = TypeVar("T")

ITERATIONS = 3
#: Every hundred documents more take a minute to train. And the recogniser shall learn from words as the segmenter
#: finds them in text that it was not trained on: later it will meet no other.
MOST_DOCUMENTS = 800
#: Features of less weight than this decide 4 of the 294,264 words of the corpus.
_LEAST_WEIGHT = 0.01
#: In the model that ships, for the size: 10 of the 16,153 words of the dev part are decided otherwise without them.
SHIPPED_WEIGHT = 0.08


def train_segmenter(documents: Sequence[CorpusDocument], folder: Path, *, iterations: int = ITERATIONS) -> None:
    """Train on ``documents``, evenly thinned to at most 800, and store the model in ``folder``.

    The same documents give the same bytes.

    Raises:
        DependencyError: wapic is not installed.
    """
    import numpy
    from spacy_pkuseg import train

    lines = list(silver_lines(thinned(documents, MOST_DOCUMENTS)))
    folder.mkdir(parents=True, exist_ok=True)
    random.seed(0)
    numpy.random.seed(0)
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "words.txt"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        sample = Path(scratch) / "sample.txt"
        sample.write_text("\n".join(lines[:20]) + "\n", encoding="utf-8")
        with contextlib.redirect_stdout(sys.stderr):
            train(str(file), str(sample), str(folder), train_iter=iterations)
    shrink(folder, _LEAST_WEIGHT)


def thinned(items: Sequence[T], most: int) -> list[T]:
    """At most ``most`` of ``items``, taken at even distances."""
    number = min(most, len(items))
    return [items[index * len(items) // number] for index in range(number)]


def shrink(folder: Path, least_weight: float) -> None:
    """Drop features of less than ``least_weight``, round the rest to half precision and compress: a third of the size.

    pkuseg needs 64-bit numbers when it reads them, so the type stays. Weights stand feature by
    feature, a column a tag; those of tag pairs come last.
    """
    import numpy
    import srsly

    features = srsly.read_msgpack(folder / "features.msgpack")
    with numpy.load(folder / "weights.npz") as arrays:
        tags, number = (int(size) for size in arrays["sizes"])
        table, pairs = arrays["w"][: tags * number].reshape(number, tags), arrays["w"][tags * number :]
    kept = numpy.flatnonzero(numpy.abs(table).max(axis=1) >= least_weight)
    place = {int(old): new for new, old in enumerate(kept)}
    index = {name: place[old] for name, old in features["feature_to_idx"].items() if old in place}
    srsly.write_msgpack(folder / "features.msgpack", {**features, "feature_to_idx": index})
    values = numpy.concatenate([table[kept].ravel(), pairs])
    numpy.savez_compressed(
        folder / "weights.npz",
        sizes=numpy.array([tags, len(kept)]),
        w=values.astype(numpy.float16).astype(numpy.float64),
    )


def silver_lines(documents: Iterable[CorpusDocument]) -> Iterator[str]:
    """The corpus, a line at a time, words divided by spaces."""
    try:
        from wapic import Segmenter as Wapic
    except ImportError:
        raise DependencyError("wapic", "not installed", "pip install 'jiyao[dev]'") from None
    wapic = Wapic()
    for document in documents:
        norm = normalise(document.text)
        forced = {edge for span in document.entities for edge in (span.start, span.end)}
        start = 0
        for line in norm.split("\n"):
            words = list(_forced_words(wapic.segment(line), line, start, forced))
            if words:
                yield " ".join(words)
            start += len(line) + 1


def _forced_words(silver: Sequence[str], line: str, offset: int, forced: set[int]) -> Iterator[str]:
    """The silver words, cut at the forced boundaries too."""
    cursor = 0
    for word in silver:
        cursor = line.index(word, cursor)
        begin = cursor
        for position in range(cursor + 1, cursor + len(word) + 1):
            if position == cursor + len(word) or offset + position in forced:
                piece = line[begin:position].strip()
                if piece:
                    yield from piece.split()
                begin = position
        cursor += len(word)
