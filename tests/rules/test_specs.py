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


def test_every_question_has_specs() -> None:
    names = {path.stem for path in FILES}
    assert names >= {"lead", "support", "next_step", "documents", "deadline", "actions", "decisions"}
    assert names >= {"issuing_name", "object", "whole_page"}
