"""Tokenizers: one character a token with word and lexicon features; words split at spaces.

With one token a character, token ``i`` is the character at offset ``i``: gold
spans never fall between tokens (facts: pkuseg words lose 0.5-11 % of them).
What words know reaches the model as features instead: ``NORM`` is the pkuseg word
that the character is part of, ``TAG`` its place in that word (B M E S), ``LEMMA``
what the lexicons say of the word (the idea of SoftLexicon, Ma et al., ACL 2020),
``DEP`` the character with the one behind it (character bigrams, as in Zhang and Yang,
ACL 2018). spaCy's attributes are only the slots that its embedding layer can read.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, NORM
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.types import Ints2d

from jiyao.components.features import LexiconTagger, word_tags
from jiyao.components.segmenter import Segmenter

#: Twice the lines of the corpus, for those with other names come between: every epoch reads the unchanged ones again.
_REMEMBERED_LINES = 100_000


class CharTokenizer:
    """Text to a Doc of characters. ``words``, ``lexicon`` and ``pairs`` switch the features on."""

    def __init__(self, vocab: Vocab, *, words: bool, lexicon: bool, pairs: bool = True) -> None:
        self.vocab = vocab
        self.words = words
        self.lexicon = lexicon
        self.pairs = pairs
        self.segmenter: Segmenter | None = None
        self._tagger = LexiconTagger.default() if lexicon else None

    def __call__(self, text: str) -> Doc:
        """The Doc of ``text``; ``doc[i]`` is the character at offset ``i``."""
        characters = list(text)
        words = list(self.segmenter.words(text)) if self.words and self.segmenter else None
        tags = word_tags(len(text), words) if words is not None else None
        lemmas = self._tagger.tags(text) if self._tagger else None
        doc = Doc(self.vocab, words=characters, spaces=[False] * len(characters), tags=tags, lemmas=lemmas)
        hashes = np.zeros((len(text), 2), dtype=np.uint64)
        if words:
            _hash_words(text, words, hashes[:, 0])
        if self.pairs:
            _hash_pairs(text, hashes[:, 1])
        return doc.from_array([NORM, DEP], cast(Ints2d, hashes))

    def initialize(
        self,
        get_examples: Callable[[], Iterable[Any]] | None = None,
        *,
        nlp: Language | None = None,
        segmenter: str | None = None,
    ) -> None:
        """Take the segmentation model from the folder ``segmenter``."""
        if self.words and segmenter:
            self.segmenter = Segmenter(Path(segmenter), remember=_REMEMBERED_LINES)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Store the segmentation model with the pipeline, so that the pipeline stands alone."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self.segmenter and self.segmenter.folder.resolve() != folder.resolve():
            for file in sorted(self.segmenter.folder.iterdir()):
                shutil.copyfile(file, folder / file.name)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> CharTokenizer:
        """Load what :meth:`to_disk` stored."""
        if self.words:
            self.segmenter = Segmenter(Path(path))
        return self


# Hashes only: the strings of all that is ever read would pile up in the vocabulary.


def _hash_words(text: str, words: Iterable[tuple[int, int]], out: NDArray[np.uint64]) -> None:
    """For each character its word; white space stays 0."""
    for start, end in words:
        out[start:end] = get_string_id(text[start:end])


def _hash_pairs(text: str, out: NDArray[np.uint64]) -> None:
    """For each character itself with the one behind it; the last one stands alone."""
    for position in range(len(text)):
        out[position] = get_string_id(text[position : position + 2])


class WhitespaceTokenizer:
    """Text whose words are already divided by single spaces."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The Doc of the words of ``text``."""
        words = text.split()
        return Doc(self.vocab, words=words, spaces=[True] * (len(words) - 1) + [False] if words else [])

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Nothing to store."""

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> WhitespaceTokenizer:
        """Nothing to load."""
        return self


def create_char_tokenizer(
    words: bool = True, lexicon: bool = True, pairs: bool = True
) -> Callable[[Language], CharTokenizer]:
    """``jiyao.CharTokenizer.v1`` of the configuration files (registered as entry points in pyproject.toml)."""

    def create(nlp: Language) -> CharTokenizer:
        return CharTokenizer(nlp.vocab, words=words, lexicon=lexicon, pairs=pairs)

    return create


def create_whitespace_tokenizer() -> Callable[[Language], WhitespaceTokenizer]:
    """``jiyao.WhitespaceTokenizer.v1`` of the configuration files."""

    def create(nlp: Language) -> WhitespaceTokenizer:
        return WhitespaceTokenizer(nlp.vocab)

    return create
