"""Changes to annotated text that keep every span on its own words: what augmentation is made of.

Each function takes a text with its spans and a seeded generator, and gives both back
changed. None knows of spaCy.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jiyao.agencies import is_group
from jiyao.corpus.model import GoldSpan
from jiyao.labels import EntityLabel
from jiyao.normalise import converter_words
from jiyao.trainer.names import NameMaker

Marked = tuple[str, tuple[GoldSpan, ...]]

#: How converters, scanners and clerks spoil punctuation. Width alone is no damage: the model reads one width.
_SPOILT = {",": (",,", "、", " ", ""), "，": ("，，", ",", " ", ""), "。": (".", "。。", ""), "、": (",", " ")}
_SPOILT |= {";": (",", "；"), "；": (";", "，"), ":": (" ", "；"), "：": (" ", ":")}
_SPOILT_SHARE = 0.02
_LOST_SHARE = 0.005
_UNMARKED_SHARE = 0.33


@dataclass(frozen=True, slots=True)
class Change:
    """``text`` in the place of ``[start, end)``."""

    start: int
    end: int
    text: str


def apply_changes(text: str, spans: Sequence[GoldSpan], changes: Sequence[Change]) -> Marked:
    """``text`` with ``changes`` made (in order, disjoint, each within or outside a span), spans moved along.

    A span without length is a place between two characters; it moves along with the character before it.
    """
    out: list[str] = []
    moved: list[GoldSpan] = []
    edits = [*changes, Change(len(text), len(text), "")]
    position = shift = index = 0
    for change in edits:
        while index < len(spans) and spans[index].end <= change.start:
            span = spans[index]
            moved.append(GoldSpan(span.start + shift, span.end + shift, span.label))
            index += 1
        out += [text[position : change.start], change.text]
        grown = len(change.text) - (change.end - change.start)
        if index < len(spans) and spans[index].start <= change.start and change.end <= spans[index].end:
            span = spans[index]
            moved.append(GoldSpan(span.start + shift, span.end + shift + grown, span.label))
            index += 1
        shift += grown
        position = change.end
    return "".join(out), tuple(moved)


def replace_names(text: str, spans: Sequence[GoldSpan], maker: NameMaker, share: float) -> Marked:
    """A ``share`` of the distinct agencies and persons replaced, each by the same new name throughout."""
    new_names: dict[str, str] = {}
    changes = []
    for span in spans:
        if span.label not in (EntityLabel.AGENCY, EntityLabel.PERSON):
            continue
        old = text[span.start : span.end]
        if old not in new_names:
            new_names[old] = _other_name(old, span.label, maker) if maker.random.random() < share else old
        if new_names[old] != old:
            changes.append(Change(span.start, span.end, new_names[old]))
    return apply_changes(text, spans, changes)


def _other_name(old: str, label: EntityLabel, maker: NameMaker) -> str:
    if label is EntityLabel.PERSON:
        # Surname and title (张主任), redacted (王某) and damaged names stay as they are.
        return maker.person(padded=" " in old) if re.fullmatch(r"[\u4e00-\u9fff ·]{2,8}", old) and len(old) < 6 else old
    return old if is_group(old) else maker.agency(old)


def drop_title_marks(text: str, spans: Sequence[GoldSpan], rng: random.Random) -> Marked:
    """《》 lost from one document mention in three, as some scraping does."""
    changes = []
    for span in spans:
        inner = text[span.start : span.end]
        whole = span.label is EntityLabel.DOCUMENT and inner.startswith("《") and inner.endswith("》")
        if whole and rng.random() < _UNMARKED_SHARE:
            changes.append(Change(span.start, span.end, inner[1:-1]))
    return apply_changes(text, spans, changes)


def lose_glyphs(text: str, spans: Sequence[GoldSpan], rng: random.Random) -> Marked:
    """One character in two hundred lost outside mentions; never a line end."""
    return _disturb(text, spans, rng, _LOST_SHARE, lambda char: "" if char != "\n" else None)


def spoil_punctuation(text: str, spans: Sequence[GoldSpan], rng: random.Random) -> Marked:
    """One stop in fifty doubled, lost, blank or another one, outside mentions."""
    return _disturb(
        text, spans, rng, _SPOILT_SHARE, lambda char: rng.choice(_SPOILT[char]) if char in _SPOILT else None
    )


def pad_names(text: str, spans: Sequence[GoldSpan], rng: random.Random) -> Marked:
    """Names of two characters padded to the width of three, as on rolls: 林海 to 林　海."""
    pad = rng.choice((" ", "  ", "\u3000", "\u2002"))
    changes = []
    for span in spans:
        name = text[span.start : span.end]
        if span.label is EntityLabel.PERSON and re.fullmatch(r"[\u4e00-\u9fff]{2}", name):
            changes.append(Change(span.start, span.end, name[0] + pad + name[1]))
    return apply_changes(text, spans, changes)


def to_traditional(text: str, spans: Sequence[GoldSpan], rng: random.Random) -> Marked:
    """The text as a converter to traditional script leaves it: characters, words (程式 for 程序), and some left over."""
    for word, converted in converter_words():
        text = text.replace(word, converted)
    table = _traditional()
    changed = "".join(table.get(char, char) if rng.random() < 0.97 else char for char in text)
    return changed, tuple(spans)


@cache
def _traditional() -> dict[str, str]:
    """Simplified to traditional characters: the first choice of OpenCC's table, as careless converters do it."""
    table = files("opencc").joinpath("dictionary", "STCharacters.txt").read_text(encoding="utf-8")
    pairs = (line.split()[:2] for line in table.splitlines() if line.strip())
    return {old: new for old, new in pairs if len(old) == len(new) == 1}


def _disturb(
    text: str,
    spans: Sequence[GoldSpan],
    rng: random.Random,
    share: float,
    other: Callable[[str], str | None],
) -> Marked:
    """A ``share`` of the characters outside mentions replaced by what ``other`` gives; ``None`` leaves one alone."""
    inside = {position for span in spans for position in range(span.start, span.end)}
    changes = []
    for position, char in enumerate(text):
        if position in inside or rng.random() >= share:
            continue
        new = other(char)
        if new is not None:
            changes.append(Change(position, position + 1, new))
    return apply_changes(text, spans, changes)
