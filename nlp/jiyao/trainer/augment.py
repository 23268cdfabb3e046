"""Augmentation on the fly: other names in the same sentences, damaged pages, another script.

The model shall learn contexts, not names: in a share of the training examples
every agency and person is replaced by an invented one of the same make, the same
everywhere in the document. Further shares are damaged as
pages are, or converted to traditional characters. All of it is drawn from one seeded generator.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.training import Example

from jiyao.corpus.docbin import ner_example
from jiyao.corpus.model import GoldSpan
from jiyao.labels import EntityLabel
from jiyao.trainer import changes
from jiyao.trainer.names import NameMaker

_SEED = 7


def create_minutes_augmenter(
    names: float, name_share: float, damage: float, script: float
) -> Callable[[Language, Example], Iterator[Example]]:
    """``jiyao.MinutesAugmenter.v2``: augmenter for the entity recogniser; its settings are those of :func:`create_changer`."""
    change = create_changer(names, name_share, damage, script)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        before = example.reference.text
        spans = tuple(GoldSpan(ent.start, ent.end, EntityLabel(ent.label_)) for ent in example.reference.ents)
        text, spans = change(before, spans)
        yield ner_example(nlp, text, spans) if text != before else example

    return augment


def create_changer(
    names: float, name_share: float, damage: float, script: float
) -> Callable[[str, tuple[GoldSpan, ...]], changes.Marked]:
    """What the augmenter does to a text and its spans, apart from spaCy.

    ``names`` of the texts get new names for ``name_share`` of their distinct mentions; ``damage`` of
    them lose 《》, glyphs, stops and have padded names; ``script`` of them are converted to traditional
    characters. All are in [0, 1] and drawn apart.
    """
    maker = NameMaker(random.Random(_SEED))
    rng = maker.random

    def change(text: str, spans: tuple[GoldSpan, ...]) -> changes.Marked:
        if rng.random() < names:
            text, spans = changes.replace_names(text, spans, maker, name_share)
        if rng.random() < damage:
            for damaged in (
                changes.drop_title_marks,
                changes.pad_names,
                changes.lose_glyphs,
                changes.spoil_punctuation,
            ):
                text, spans = damaged(text, spans, rng)
        if rng.random() < script:
            text, spans = changes.to_traditional(text, spans, rng)
        return text, spans

    return change
