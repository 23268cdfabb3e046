"""Dev and test are as they were when they were frozen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jiyao.corpus.splits import load_part, part_hash

CORPUS = Path(__file__).parents[2] / "annotations"
FROZEN = json.loads((CORPUS / "frozen.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("part", ["dev", "test"])
def test_the_part_is_the_frozen_one(part: str) -> None:
    assert len(list(load_part(CORPUS, part))) == FROZEN[part]["documents"]
    assert part_hash(CORPUS, part) == FROZEN[part]["sha256"], "scores on a changed part mean nothing beside older ones"


def test_no_place_of_dev_or_test_is_trained_on() -> None:
    places = {part: {d.about.place for d in load_part(CORPUS, part)} for part in ("train", "dev", "test")}
    assert not places["train"] & places["dev"] and not places["train"] & places["test"]
    authors = {part: {d.about.author for d in load_part(CORPUS, part)} for part in ("train", "dev", "test")}
    assert not authors["train"] & (authors["dev"] | authors["test"])
