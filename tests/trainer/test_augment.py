"""Augmentation keeps every span on its own text."""

from __future__ import annotations

import random
from pathlib import Path

from jiyao.agencies import is_group
from jiyao.corpus.format import load_corpus
from jiyao.corpus.model import GoldSpan
from jiyao.labels import EntityLabel
from jiyao.normalise import normalise
from jiyao.trainer.changes import (
    Change,
    apply_changes,
    drop_title_marks,
    lose_glyphs,
    pad_names,
    replace_names,
    spoil_punctuation,
    to_traditional,
)
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


def test_spoilt_punctuation_touches_no_mention() -> None:
    changed = 0
    for document in DOCUMENTS:
        text, spans = spoil_punctuation(document.text, document.entities, random.Random(5))
        changed += text != document.text
        for old, new in zip(document.entities, spans, strict=True):
            assert text[new.start : new.end] == document.text[old.start : old.end]
    assert changed > len(DOCUMENTS) / 2


def test_a_place_between_characters_moves_along() -> None:
    places = [GoldSpan(place, place, EntityLabel.ACTION) for place in (0, 2, 2, 5)]
    text, moved = apply_changes("甲。乙丙。", places, [Change(1, 2, ""), Change(2, 4, "丁戊己")])
    assert text == "甲丁戊己。" and [place.start for place in moved] == [0, 1, 1, 5]
    assert all(place.start == place.end for place in moved)


def test_padded_names_are_names_with_a_gap() -> None:
    text, spans = pad_names("出席:林海 王小波", (_person(3, 5), _person(6, 9)), random.Random(2))
    names = [text[span.start : span.end] for span in spans]
    assert names[0] != "林海" and names[0].replace("\u3000", "").replace("\u2002", "").replace(" ", "") == "林海"
    assert names[1] == "王小波"


def test_traditional_script_is_read_back() -> None:
    text = "会议决定由县财政局牵头,按程序报县政府审批"
    changed, _ = to_traditional(text, (), random.Random(1))
    assert "縣" in changed and "程式" in changed and len(changed) == len(text)
    assert normalise(changed) == text


def test_changes_outside_spans_shift_what_follows() -> None:
    text, spans = apply_changes("abcdef", (GoldSpan(3, 5, EntityLabel.PERSON),), [Change(1, 2, "XYZ")])
    assert (text, text[spans[0].start : spans[0].end]) == ("aXYZcdef", "de")


def _person(start: int, end: int) -> GoldSpan:
    return GoldSpan(start, end, EntityLabel.PERSON)


def _outside(text: str, spans: tuple[GoldSpan, ...]) -> str:
    inside = {position for span in spans for position in range(span.start, span.end)}
    return "".join(char for position, char in enumerate(text) if position not in inside)
