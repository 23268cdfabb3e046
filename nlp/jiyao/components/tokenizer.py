"""Tokenizers: one character a token with word and lexicon features; words split at spaces.

With one token a character, token ``i`` is the character at offset ``i``: gold
spans never fall between tokens (facts: pkuseg words lose 0.5-11 % of them).
What words know reaches the model as features instead: ``TAG`` is the place of
the character in its pkuseg word (B M E S),
``LEMMA`` what the lexicons say of the word it is part of (the idea of
SoftLexicon, Ma et al., ACL 2020).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from jiyao.components.features import LexiconTagger, word_tags
from jiyao.components.segmenter import Segmenter

#: More than a corpus has lines: every epoch reads the unchanged ones again.
_REMEMBERED_LINES = 30_000


class CharTokenizer:
    """Text to a Doc of characters. ``words`` and ``lexicon`` switch the features on."""

    def __init__(self, vocab: Vocab, *, words: bool, lexicon: bool) -> None:
        self.vocab = vocab
        self.words = words
        self.lexicon = lexicon
        self.segmenter: Segmenter | None = None
        self._tagger = LexiconTagger.default() if lexicon else None

    def __call__(self, text: str) -> Doc:
        """The Doc of ``text``; ``doc[i]`` is the character at offset ``i``."""
        characters = list(text)
        tags = word_tags(text, self.segmenter) if self.words and self.segmenter else None
        lemmas = self._tagger.tags(text) if self._tagger else None
        return Doc(self.vocab, words=characters, spaces=[False] * len(characters), tags=tags, lemmas=lemmas)

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


def create_char_tokenizer(words: bool = True, lexicon: bool = True) -> Callable[[Language], CharTokenizer]:
    """``jiyao.CharTokenizer.v1`` of the configuration files (registered as entry points in pyproject.toml)."""

    def create(nlp: Language) -> CharTokenizer:
        return CharTokenizer(nlp.vocab, words=words, lexicon=lexicon)

    return create


def create_whitespace_tokenizer() -> Callable[[Language], WhitespaceTokenizer]:
    """``jiyao.WhitespaceTokenizer.v1`` of the configuration files."""

    def create(nlp: Language) -> WhitespaceTokenizer:
        return WhitespaceTokenizer(nlp.vocab)

    return create
