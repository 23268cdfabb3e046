"""Every lexicon has a row type, a line in the README that names its fields and its source, and rows that parse."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from importlib.resources import files
from typing import Any

import pytest

from jiyao import lexicon
from jiyao.components.observations import SegmentOpening
from jiyao.lexicon import parse_rows, rows
from jiyao.normalise import CharacterVariants, Vocabulary
from jiyao.readers.containers import ContainerName
from jiyao.readers.decode import CommonCharacters
from jiyao.rules.cues import Cue, OutcomeWords, WordSet
from jiyao.structure.cues import CueSet
from jiyao.trainer.names import NameParts
from jiyao.writers.words import FlagWords, Opening

FOLDER = files("jiyao").joinpath("lexicons")
ROW_TYPES: dict[str, type[Any]] = {
    "agencies": rows.AgencyKind,
    "agency_suffixes": rows.AgencySuffix,
    "actions": rows.ActionVerb,
    "introducers": rows.Introducer,
    "titles": rows.Title,
    "surnames": rows.Surname,
    "name_characters": rows.NameCharacter,
    "county_cities": rows.CountyCity,
    "groups": rows.Group,
    "papers": rows.Paper,
    "stages": rows.Stage,
    "feasts": rows.Feast,
    "time_words": rows.TimeWord,
    "cues": Cue,
    "rule_words": WordSet,
    "outcomes": OutcomeWords,
    "segment_openings": SegmentOpening,
    "flags": FlagWords,
    "ledger_openings": Opening,
    "shell_cues": CueSet,
    "containers": ContainerName,
    "characters": CharacterVariants,
    "vocabulary": Vocabulary,
    "common_characters": CommonCharacters,
    "name_parts": NameParts,
}
README = FOLDER.joinpath("README.md").read_text(encoding="utf-8")
LINES = {
    match[1]: (match[2], match[3]) for match in re.finditer(r"^\| (\w+)\.jsonl †? ?\| (.+) \| (.+) \|$", README, re.M)
}


def test_no_file_is_left_out() -> None:
    present = {path.name.removesuffix(".jsonl") for path in FOLDER.iterdir() if path.name.endswith(".jsonl")}
    assert present == ROW_TYPES.keys() == LINES.keys()


@pytest.mark.parametrize("name", ROW_TYPES)
def test_rows_parse_and_the_readme_names_their_fields(name: str) -> None:
    row_type = ROW_TYPES[name]
    lines = FOLDER.joinpath(f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(parse_rows(lines, f"{name}.jsonl", row_type)) == len(lines) > 0
    described, source = LINES[name]
    needed = {field.name for field in fields(row_type) if field.default is MISSING}
    optional = {field.name for field in fields(row_type)} - needed
    assert set(re.findall(r"`(\w+)`", described)) == needed
    assert set(re.findall(r"\*(\w+)\*", described)) == optional
    assert len(source) >= len("by hand")


def test_feature_files_are_marked() -> None:
    marked = set(re.findall(r"^\| (\w+)\.jsonl † \|", README, re.M))
    assert marked == {"agencies", "agency_suffixes", "actions", "introducers", "titles", "surnames"}


#: Bodies that ended without another taking over their duties as such.
WITHOUT_SUCCESSOR = {"epidemic", "epidemic_office", "rectification_office"}


def test_a_body_that_ended_has_successors_that_follow_it() -> None:
    kinds = {kind.id: kind for kind in lexicon.agencies()}
    for kind in kinds.values():
        if kind.valid_to is None:
            assert not kind.successors, kind.id
            continue
        assert bool(kind.successors) != (kind.id in WITHOUT_SUCCESSOR), kind.id
        for successor in kind.successors:
            began, ended = kinds[successor].valid_from or 0, kinds[successor].valid_to or 9999
            assert began <= kind.valid_to + 1 and ended > kind.valid_to, f"{kind.id} to {successor}"


def test_the_reforms_of_2018_and_2023() -> None:
    kinds = lexicon.agencies()
    assert sum(kind.valid_from == 2018 for kind in kinds) >= 25
    assert {"data", "party_social_work", "financial_regulation", "defence_mobilisation"} <= {
        kind.id for kind in kinds if kind.valid_from == 2023
    }
