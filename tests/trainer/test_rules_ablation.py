"""The measuring of rules: leaving one out costs its field; the tables say what they must."""

from __future__ import annotations

import importlib.util
from itertools import islice
from pathlib import Path
from types import ModuleType

import pytest

from jiyao.corpus.splits import load_part
from jiyao.rules import RULES

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def ablation() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rules_ablation", ROOT / "training" / "rules_ablation.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_rule_or_cue_left_out_costs_its_field(ablation: ModuleType) -> None:
    documents = list(islice(load_part(ROOT / "annotations", "train"), 4))
    rows = ablation.ablation(documents)
    assert {f"rule {rule.__name__}" for rule in RULES} < rows.keys()
    assert rows["rule named_lead"]["lead"] < rows["all"]["lead"]
    assert rows["cue told-to-lead"]["lead"] < rows["all"]["lead"]
    assert rows["rule deadline"]["complete"] < rows["all"]["complete"]


@pytest.mark.parametrize("part", ["dev", "test"])
def test_rules_alone_on_places_unseen(ablation: ModuleType, part: str) -> None:
    """In percent: from annotated mentions and clauses nine records of ten and more come out whole, and who leads is right."""
    documents = list(load_part(ROOT / "annotations", part))
    reached = ablation.figures(documents, lambda document: ablation.on_gold(document, RULES))
    assert reached["complete"] >= 92
    assert reached["lead"] >= 97
    assert reached["invented leads"] <= 1


def test_cues_are_whole_again_afterwards(ablation: ModuleType) -> None:
    before = [row[0].name for row in ablation.roles._cues()]
    with ablation.without_cue("gate"):
        assert "gate" not in [row[0].name for row in ablation.roles._cues()]
    assert [row[0].name for row in ablation.roles._cues()] == before


def test_the_tables(ablation: ModuleType) -> None:
    row = dict.fromkeys(ablation.FIGURES, 90.0)
    worse = {**row, "lead": 80.0}
    data = {
        "documents": 2,
        "tasks": 3,
        "train_documents": 4,
        "train": row,
        "gold": {"all": row, "rule gates": row, "cue gate": row, "cue who-must": worse},
        "end_to_end": {"all": row},
        "run_time": {"documents": 2, "extract": 2.0, "rules": 0.1, "share": 0.05},
    }
    text = ablation.markdown(data)
    assert "| rule gates |" in text
    assert "cue gate" not in text
    assert "| cue who-must |  | -10.0 |" in text
    assert "5.0 % of `extract`" in text
