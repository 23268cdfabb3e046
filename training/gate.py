"""The quality floor: scores of the shipped model on unseen places may not fall below ``baseline.json``.

``python training/gate.py`` compares; ``--raise`` lifts every floor that the model now
exceeds. There is no way to lower one but to edit the file and say why.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
BASELINE = ROOT / "training" / "baseline.json"
META = ROOT / "nlp" / "jiyao" / "model" / "meta.json"


def figures(meta: Mapping[str, Any]) -> dict[str, float]:
    """The guarded figures of a model: strict F1 on the test part."""
    test = meta["scores"]["test"]
    found = {f"entity {label}": score["f"] for label, score in test["entities"].items()}
    found |= {f"field {name}": score["f"] for name, score in test["task_fields"].items()}
    for name in ("clause_spans", "roll", "decisions", "tasks_complete"):
        found[name] = test[name]["f"]
    found["clauses_macro_f"] = test["clauses_macro_f"]
    return found


def below(found: Mapping[str, float], floors: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Figures under their floor: name to (found, floor)."""
    return {name: (found.get(name, 0.0), floor) for name, floor in floors.items() if found.get(name, 0.0) < floor}


def raised(found: Mapping[str, float], floors: Mapping[str, float]) -> dict[str, float]:
    """Floors lifted to what the model reaches; none is lowered."""
    return {name: max(value, floors.get(name, 0.0)) for name, value in sorted(found.items())}


def main() -> int:
    """Compare, and raise if asked; 1 if a figure is under its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors that are exceeded")
    options = parser.parse_args()
    found = figures(json.loads(META.read_text(encoding="utf-8")))
    floors = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.is_file() else {}
    failed = below(found, floors)
    for name, (value, floor) in failed.items():
        print(f"{name}: {value:.4f} is under the floor of {floor:.4f}", file=sys.stderr)
    if options.lift and not failed:
        BASELINE.write_text(json.dumps(raised(found, floors), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
