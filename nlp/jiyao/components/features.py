"""What words and lexicons say of each character: the features of the model beside the character.

Longest match from the left over all lexicons together; each character of a hit
gets ``kind-B``, ``kind-M``, ``kind-E`` or ``kind-S``, all others ``_``. A hit says
"this looks like a title", never "this is a title": the model weighs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jiyao import lexicon
from jiyao.components.segmenter import Segmenter

_Node = dict[str, "_Node | str"]
_END = ""

_WORDS = "words.jsonl"
_UNKNOWN = "x"


@dataclass(frozen=True, slots=True)
class WordClass:
    """The general vocabulary of one part of speech (``v``, ``n``, ``ns`` …), from jieba's dictionary (MIT)."""

    pos: str
    words: tuple[str, ...]


@cache
def word_classes() -> Mapping[str, str]:
    """General word to its usual part of speech."""
    content = files("jiyao").joinpath("lexicons", _WORDS).read_text(encoding="utf-8")
    return {word: row.pos for row in lexicon.parse_rows(content.splitlines(), _WORDS, WordClass) for word in row.words}


def word_tags(text: str, segmenter: Segmenter, classes: Mapping[str, str] | None) -> list[str]:
    """The place of each character in its word (B M E S, ``_`` for white space), with the word's part of speech
    behind it (``B-v``) where ``classes`` are given."""
    tags = ["_"] * len(text)
    for start, end in segmenter.words(text):
        kind = f"-{classes.get(text[start:end], _UNKNOWN)}" if classes is not None else ""
        if end - start == 1:
            tags[start] = f"S{kind}"
            continue
        tags[start], tags[end - 1] = f"B{kind}", f"E{kind}"
        for position in range(start + 1, end - 1):
            tags[position] = f"M{kind}"
    return tags


class LexiconTagger:
    """Tags characters by the lexicon entries that they are part of."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        """``entries`` maps a word to its kind."""
        self._root: _Node = {}
        for word, kind in entries.items():
            node = self._root
            for char in word:
                child = node.setdefault(char, {})
                assert isinstance(child, dict)
                node = child
            node[_END] = kind

    @classmethod
    def default(cls) -> LexiconTagger:
        """The tagger over the lexicons that ship with the package."""
        return _default_tagger()

    def tags(self, text: str) -> list[str]:
        """One tag for each character of ``text``."""
        out = ["_"] * len(text)
        position = 0
        while position < len(text):
            length, kind = self._longest(text, position)
            if length == 1:
                out[position] = f"{kind}-S"
            elif length:
                out[position] = f"{kind}-B"
                for middle in range(position + 1, position + length - 1):
                    out[middle] = f"{kind}-M"
                out[position + length - 1] = f"{kind}-E"
            position += length or 1
        return out

    def _longest(self, text: str, position: int) -> tuple[int, str]:
        node, best, kind = self._root, 0, ""
        for offset in range(position, len(text)):
            child = node.get(text[offset])
            if not isinstance(child, dict):
                break
            node = child
            if _END in node:
                best, kind = offset + 1 - position, str(node[_END])
        return best, kind


@cache
def _default_tagger() -> LexiconTagger:
    entries: dict[str, str] = {}

    def add(kind: str, words: Iterable[str]) -> None:
        for word in words:
            if "{" not in word:  # names with a place for their region
                entries.setdefault(word, kind)

    add("act", (row.text for row in lexicon.actions()))
    add("ttl", (row.text for row in lexicon.titles()))
    add("int", (row.text for row in lexicon.introducers()))
    for agency in lexicon.agencies():
        for level in lexicon.Level:
            add("org", agency.names(level))
        add("org", agency.short)
        add("stem", agency.stems)
    add("suf", (row.text for row in lexicon.agency_suffixes()))
    add("sur", sorted(lexicon.surnames()))
    return LexiconTagger(entries)
