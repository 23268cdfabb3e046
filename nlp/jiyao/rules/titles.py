"""Which document a mention stands for: titles, stages, aliases and their scope.

An alias is bound where 以下简称 defines it and holds until the next definition of
the same word: the latest definition before a mention is the one meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from jiyao.labels import EntityLabel
from jiyao.normalise import normalise
from jiyao.types import DocumentRef, Mention

_DEFINES = re.compile(r"\((?:以下|下|本文)?(?:统|并)?简称[::]?[“\"]?$")
_NUMBER = re.compile(r"[〔\[【(]\s*\d{4}\s*[〕\]】)].*号$")
_STAGE = re.compile(r"\((?P<stage>[^()]{0,12}(?:稿|草案|试行|修订|修编|暂行|案))\)")
#: The shortest end of a title that is taken for it without 《》.
SHORTEST_TAIL = 8
_SHORTEST_ALIAS, _LONGEST_ALIAS = 2, 12


@dataclass(frozen=True)
class Titles:
    """The documents of a page. ``bindings`` are ``(offset, alias, title)`` in the order of the text;
    ``titles`` are ``(offset, title)`` of every mention, resolved."""

    documents: tuple[DocumentRef, ...]
    bindings: tuple[tuple[int, str, str], ...]
    resolved: tuple[tuple[int, str], ...]

    def title_at(self, mention: Mention) -> str | None:
        """The full title that a mention stands for; ``None`` for a document number."""
        return self._at.get(mention.start)

    @cached_property
    def tails(self) -> dict[str, tuple[int, str]]:
        """Titles by the last characters of their plain text, with where they stand first."""
        found: dict[str, tuple[int, str]] = {}
        for offset, title in self.resolved:
            tail = normalise(bare(title))[-SHORTEST_TAIL:]
            if len(tail) == SHORTEST_TAIL:
                found.setdefault(tail, (offset, title))
        return found

    def last_before(self, title: str, offset: int) -> int | None:
        """Where a title was last mentioned before ``offset``."""
        places = self._places.get(title, [])
        index = bisect_left(places, offset)
        return places[index - 1] if index else None

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for offset, title in self.resolved:
            places.setdefault(title, []).append(offset)
        return places

    @cached_property
    def _at(self) -> dict[int, str]:
        return dict(self.resolved)

    def latest(self, start: int, end: int, kind: str | None = None) -> str | None:
        """The last title mentioned in ``[start, end)``, of the kind of paper that ``kind`` (方案 …) names, if any."""
        for offset, title in reversed(self.resolved):
            if start <= offset < end and (kind is None or bare(title).endswith(kind)):
                return title
        return None


def inner(text: str) -> str:
    """The text inside the outer 《》, stage marks behind it left out; ``text`` itself where there is none."""
    if text.startswith("《"):
        end = text.rfind("》")
        return text[1:end] if end > 0 else text[1:]
    return text


def read_titles(text: str, norm: str, mentions: Sequence[Mention]) -> Titles:
    """Bind aliases and resolve every DOCUMENT mention of the page, in one pass from its start."""
    bindings: list[tuple[int, str, str]] = []
    resolved: list[tuple[int, str]] = []
    first: dict[str, Mention] = {}
    aliases: dict[str, list[str]] = {}
    stages: dict[str, str] = {}
    current: dict[str, str] = {}
    last_title: str | None = None
    for mention in mentions:
        written = text[mention.start : mention.end]
        if mention.label is not EntityLabel.DOCUMENT or _NUMBER.search(norm[mention.start : mention.end]):
            continue
        name = inner(written)
        before = norm[max(0, mention.start - 12) : mention.start]
        if _DEFINES.search(before) and last_title is not None:
            current[name] = last_title
            bindings.append((mention.start, name, last_title))
            if name not in aliases.setdefault(last_title, []):
                aliases[last_title].append(name)
            resolved.append((mention.start, last_title))
            continue
        title = current.get(name) or _short_for(name, resolved) or name
        resolved.append((mention.start, title))
        last_title = title
        if title not in first:
            first[title] = mention
        behind = norm[mention.start + len(name) + 1 : mention.end] if written.startswith("《") else ""
        found = _STAGE.findall(behind) or _STAGE.findall(norm[mention.start : mention.end])
        if found and title not in stages:
            stages[title] = "".join(found)
    documents = tuple(
        DocumentRef(title, tuple(aliases.get(title, ())), stages.get(title), mention.start, mention.end)
        for title, mention in first.items()
    )
    return Titles(documents, tuple(bindings), tuple(resolved))


def _short_for(name: str, resolved: Sequence[tuple[int, str]]) -> str | None:
    """The latest longer title that an undefined short title such as 《条例》 must mean."""
    if not _SHORTEST_ALIAS <= len(name) <= _LONGEST_ALIAS:
        return None
    for _, title in reversed(resolved):
        if len(title) > len(name) and bare(title).endswith(name):
            return title
    return None


def bare(title: str) -> str:
    """A title without its year brackets and stage marks at the end."""
    while True:
        shorter = re.sub(r"\([^()]*\)$", "", title)
        shorter = re.sub(r"（[^（）]*）$", "", shorter)
        if shorter == title:
            return title
        title = shorter
