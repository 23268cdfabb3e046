"""Ablation of the entity recogniser: pkuseg words as tokens instead of characters."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from ablation_entities import TOK2VEC, entities
from ablation_setting import Setting
from jiyao.components.segmenter import Segmenter
from jiyao.corpus.splits import load_part
from jiyao.normalise import normalise


class WordTokenizer:
    """pkuseg words as tokens: the variant that characters are compared with."""

    def __init__(self, nlp: Language, segmenter: str) -> None:
        self.vocab = nlp.vocab
        self.segmenter = Segmenter(Path(segmenter), remember=30_000)

    def __call__(self, text: str) -> Doc:
        """Every character is in a token: what pkuseg skips becomes tokens of white space."""
        edges = sorted({0, len(text), *(edge for word in self.segmenter.words(text) for edge in word)})
        words = [text[start:end] for start, end in pairwise(edges)]
        return Doc(self.vocab, words=words, spaces=[False] * len(words))

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to store: the segmenter lies beside."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> WordTokenizer:
        """Nothing to load."""
        return self


@registry.tokenizers("jiyao_ablation.WordTokenizer.v1")
def create_word_tokenizer(segmenter: str) -> Callable[[Language], WordTokenizer]:
    """Tokenizer of the word variant."""
    return partial(WordTokenizer, segmenter=segmenter)


@registry.readers("jiyao_ablation.WordCorpus.v1")
def create_word_corpus(path: str, part: str, shuffle: bool) -> Callable[[Language], Iterator[Example]]:
    """Examples over words; a gold span that ends inside a word is lost, as it is in practice."""
    rng = random.Random(0)

    def read(nlp: Language) -> Iterator[Example]:
        documents = list(load_part(Path(path), part))
        if shuffle:
            rng.shuffle(documents)
        for document in documents:
            predicted = nlp.make_doc(normalise(document.text))
            reference = predicted.copy()
            spans = (reference.char_span(s.start, s.end, s.label.value) for s in document.entities)
            reference.set_ents([span for span in spans if span is not None])
            yield Example(predicted, reference)

    return read


def word_tokens(setting: Setting) -> dict[str, float]:
    """Words instead of characters, without augmentation (compare with the row that has none)."""
    corpora = {
        f"corpora.{part}": {
            "@readers": "jiyao_ablation.WordCorpus.v1",
            "path": str(setting.corpus),
            "part": part,
            "shuffle": part == "train",
        }
        for part in ("train", "dev")
    }
    tokenizer = {"@tokenizers": "jiyao_ablation.WordTokenizer.v1", "segmenter": str(setting.segmenter)}
    embed = {
        f"{TOK2VEC}.embed.attrs": ["ORTH", "PREFIX", "SUFFIX"],
        f"{TOK2VEC}.embed.rows": [6000, 2500, 2500],
        "initialize.tokenizer": {},
    }
    return entities(setting, {**corpora, "nlp.tokenizer": tokenizer, **embed})
