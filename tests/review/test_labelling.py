"""The labelling screen is generated from the labels, and its stored copy is up to date."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from jiyao.labels import CLAUSE_LABELS, ENTITY_LABELS, RELATION_CHINESE
from jiyao.review.labelling import CLAUSE, ENTITY, EXCLUDE, GENRE, labelling_config

STORED = Path(__file__).parents[2] / "configs" / "labelling.xml"


def test_the_stored_copy_is_what_the_labels_give() -> None:
    assert STORED.read_text(encoding="utf-8") == labelling_config(), "run `make labelling`"


def test_every_label_is_there_in_chinese_with_its_name_colour_and_key() -> None:
    screen = ET.fromstring(labelling_config())
    for name, labels in ((ENTITY, ENTITY_LABELS), (CLAUSE, CLAUSE_LABELS)):
        group = screen.find(f".//Labels[@name='{name}']")
        assert group is not None
        shown = [(each.get("value"), each.get("alias"), each.get("background"), each.get("hotkey")) for each in group]
        assert shown == [(i.chinese, label.value, i.colour, i.hotkey) for label, i in labels.items()]


def test_no_key_stands_for_two_labels() -> None:
    keys = [info.hotkey for info in (*ENTITY_LABELS.values(), *CLAUSE_LABELS.values())]
    assert len(keys) == len(set(keys))


def test_relations_genres_and_text() -> None:
    screen = ET.fromstring(labelling_config())
    assert [each.get("value") for each in screen.iter("Relation")] == list(RELATION_CHINESE.values())
    choices = [each.get("alias") for each in screen.findall(f".//Choices[@name='{GENRE}']/Choice")]
    assert EXCLUDE in choices and "minutes" in choices
    text = screen.find(".//Text")
    assert text is not None and text.get("granularity") == "symbol"
