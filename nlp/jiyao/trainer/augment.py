"""Augmentation on the fly: other names in the same sentences, damaged pages.

The model shall learn contexts, not names: in a share of the training examples
every agency and person is replaced by an invented one of the same make, the same
everywhere in the document. A further share is damaged as pages are: 《》 lost, names
padded, characters dropped. All of it is drawn from ``nlp``'s seeded generator.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.training import Example

from jiyao.agencies import is_group
from jiyao.corpus.docbin import ner_example
from jiyao.corpus.model import GoldSpan
from jiyao.labels import EntityLabel
from jiyao.trainer.names import NameMaker

Marked = tuple[str, tuple[GoldSpan, ...]]


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    text: str


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
            changes.append(_Change(span.start, span.end, new_names[old]))
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
        if (
            span.label is EntityLabel.DOCUMENT
            and inner.startswith("《")
            and inner.endswith("》")
            and rng.random() < 0.33
        ):
            changes.append(_Change(span.start, span.end, inner[1:-1]))
    return apply_changes(text, spans, changes)


def lose_glyphs(text: str, spans: Sequence[GoldSpan], rng: random.Random) -> Marked:
    """One character in two hundred lost outside mentions; never a line end."""
    inside = {position for span in spans for position in range(span.start, span.end)}
    changes = [
        _Change(position, position + 1, "")
        for position, char in enumerate(text)
        if char != "\n" and position not in inside and rng.random() < 0.005
    ]
    return apply_changes(text, spans, changes)


def apply_changes(text: str, spans: Sequence[GoldSpan], changes: Sequence[_Change]) -> Marked:
    """``text`` with ``changes`` made (in order, disjoint, each within or outside a span), spans moved along."""
    out: list[str] = []
    moved: list[GoldSpan] = []
    edits = [*changes, _Change(len(text), len(text), "")]
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


def create_minutes_augmenter(
    names: float, share: float, damage: float
) -> Callable[[Language, Example], Iterator[Example]]:
    """``jiyao.MinutesAugmenter.v1``: augmenter for the entity recogniser.

    ``names`` of the examples get new names, for ``share`` of their distinct mentions;
    ``damage`` of the examples are damaged.
    """
    maker = NameMaker(random.Random(7))

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        text = example.reference.text
        spans = tuple(GoldSpan(ent.start, ent.end, EntityLabel(ent.label_)) for ent in example.reference.ents)
        changed = False
        if maker.random.random() < names:
            text, spans = replace_names(text, spans, maker, share)
            changed = True
        if maker.random.random() < damage:
            text, spans = drop_title_marks(text, spans, maker.random)
            text, spans = lose_glyphs(text, spans, maker.random)
            changed = True
        yield ner_example(nlp, text, spans) if changed else example

    return augment
