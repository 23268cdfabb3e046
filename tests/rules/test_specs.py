"""Rules against annotated sentences: one spec file a rule, the marks of the corpus format.

A row has ``marked`` (one or more lines), ``held_on`` if a date is resolved, ``expect``: the
compared fields of the tasks in order (``{"tasks": [...]}``) or of decisions; ``why`` says what is hard.
Fields not named in the row are not compared.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from spec_rows import SPECS, check

FILES = sorted((SPECS / "rules").glob("*.jsonl"))
ROWS = [
    pytest.param(json.loads(line), id=f"{path.stem}-{number}")
    for path in FILES
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]


@pytest.mark.parametrize("row", ROWS)
def test_spec(row: dict[str, Any]) -> None:
    check(row)


#: Questions that a clerk asks of a clause; each has specs enough to hold its rules.
QUESTIONS = {
    "actions",
    "deadline",
    "decisions",
    "documents",
    "gates",
    "issuing_name",
    "lead",
    "next_step",
    "object",
    "support",
    "targets",
}
ENOUGH = 25


def test_every_question_has_specs_enough() -> None:
    counts = {path.stem: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert counts.keys() >= QUESTIONS | {"whole_page", "condition_and_links"}
    assert {name for name in QUESTIONS if counts[name] < ENOUGH} == set()
