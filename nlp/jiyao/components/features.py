"""What words and lexicons say of each character: the features of the model beside the character.

Longest match from the left over all lexicons together; each character of a hit
gets ``kind-B``, ``kind-M``, ``kind-E`` or ``kind-S``, all others ``_``. A hit says
"this looks like a title", never "this is a title": the model weighs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from jiyao import lexicon

_Node = dict[str, "_Node | str"]
_END = ""


def word_tags(length: int, words: Iterable[tuple[int, int]]) -> list[str]:
    """The place of each of ``length`` characters in its word: ``B M E S`` (begin, middle, end, single), ``_`` for white space."""
    tags = ["_"] * length
    for start, end in words:
        if end - start == 1:
            tags[start] = "S"
            continue
        tags[start], tags[end - 1] = "B", "E"
        for position in range(start + 1, end - 1):
            tags[position] = "M"
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
    return LexiconTagger(feature_words())


def feature_words() -> dict[str, str]:
    """Every word of the lexicons that gives a feature, and its kind. A model is only right with those it was trained with."""
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
    return entries
