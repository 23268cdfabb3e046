"""The floor under the shipped model's scores."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]


def load_gate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gate", ROOT / "training" / "gate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GATE = load_gate()


def test_the_shipped_model_is_above_every_floor() -> None:
    floors = json.loads(GATE.BASELINE.read_text(encoding="utf-8"))
    found = GATE.figures(json.loads(GATE.META.read_text(encoding="utf-8")))
    assert floors and GATE.below(found, floors) == {}


def test_floors_only_rise() -> None:
    assert GATE.raised({"a": 0.8, "b": 0.9}, {"a": 0.85, "b": 0.7}) == {"a": 0.85, "b": 0.9}


def test_a_missing_figure_is_under_its_floor() -> None:
    assert GATE.below({}, {"a": 0.5}) == {"a": (0.0, 0.5)}
