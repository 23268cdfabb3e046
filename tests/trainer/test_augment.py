"""Augmentation keeps every span on its own text."""

from __future__ import annotations

import random
from pathlib import Path

from jiyao.agencies import is_group
from jiyao.corpus.format import load_corpus
from jiyao.corpus.model import GoldSpan
from jiyao.labels import EntityLabel
from jiyao.trainer.augment import apply_changes, drop_title_marks, lose_glyphs, replace_names
from jiyao.trainer.names import NameMaker

DOCUMENTS = list(load_corpus(Path(__file__).parents[2] / "annotations" / "minutes"))[:8]


def test_new_names_stand_where_the_old_ones_stood() -> None:
    text = "由市财政局会同市水利局,请市财政局"
    spans = tuple(GoldSpan(start, end, EntityLabel.AGENCY) for start, end in ((1, 5), (7, 11), (13, 17)))
    new_text, new_spans = replace_names(text, spans, NameMaker(random.Random(3)), 1.0)
    names = [new_text[span.start : span.end] for span in new_spans]
    assert names[0] == names[2] != "市财政局"
    assert new_text == f"由{names[0]}会同{names[1]},请{names[2]}"


def test_all_other_text_is_kept() -> None:
    for document in DOCUMENTS:
        text, spans = replace_names(document.text, document.entities, NameMaker(random.Random(1)), 0.7)
        assert [span.label for span in spans] == [span.label for span in document.entities]
        assert _outside(text, spans) == _outside(document.text, document.entities)
        for old, new in zip(document.entities, spans, strict=True):
            name = document.text[old.start : old.end]
            if is_group(name) or old.label in (EntityLabel.ACTION, EntityLabel.DEADLINE, EntityLabel.DOCUMENT):
                assert text[new.start : new.end] == name


def test_damage_moves_spans_along() -> None:
    for document in DOCUMENTS:
        rng = random.Random(5)
        text, spans = drop_title_marks(document.text, document.entities, rng)
        text, spans = lose_glyphs(text, spans, rng)
        for old, new in zip(document.entities, spans, strict=True):
            found = text[new.start : new.end]
            assert found in (document.text[old.start : old.end], document.text[old.start + 1 : old.end - 1])


def test_changes_outside_spans_shift_what_follows() -> None:
    from jiyao.trainer.augment import _Change

    text, spans = apply_changes("abcdef", (GoldSpan(3, 5, EntityLabel.PERSON),), [_Change(1, 2, "XYZ")])
    assert (text, text[spans[0].start : spans[0].end]) == ("aXYZcdef", "de")


def _outside(text: str, spans: tuple[GoldSpan, ...]) -> str:
    inside = {position for span in spans for position in range(span.start, span.end)}
    return "".join(char for position, char in enumerate(text) if position not in inside)
