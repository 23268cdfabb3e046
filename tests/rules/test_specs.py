"""Rules against annotated sentences: one spec file a rule, the marks of the corpus format.

A row has ``marked`` (one or more lines), ``held_on`` if a date is resolved, ``expect``: the
compared fields of the tasks in order (``{"tasks": [...]}``) or of decisions; ``why`` says what is hard.
Fields not named in the row are not compared.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jiyao.assemble import Assembled, assemble
from jiyao.corpus.marks import parse_marks
from jiyao.normalise import normalise
from jiyao.structure.layout import layout
from jiyao.types import Clause, Decision, Meeting, Mention, TaskRecord

SPECS = Path(__file__).parents[1] / "specs" / "rules"
ROWS = [
    pytest.param(json.loads(line), id=f"{path.stem}-{number}")
    for path in sorted(SPECS.glob("*.jsonl"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]


def run(row: dict[str, Any]) -> Assembled:
    """Assemble the marked text of a row with its gold entities and clauses."""
    text, entities, clauses = parse_marks(row["marked"], "spec")
    norm = normalise(text)
    page = layout(text, norm, None)

    def item(position: int) -> str | None:
        inner = [item for item in page.items if item.start <= position < item.end]
        return max(inner, key=lambda item: item.level).path if inner else None

    return assemble(
        text,
        norm,
        page,
        Meeting(held_on=date.fromisoformat(row["held_on"]) if "held_on" in row else None),
        [Clause(clause.start, clause.end, clause.label, 1.0, item(clause.start)) for clause in clauses],
        [Mention(span.start, span.end, span.label, text[span.start : span.end]) for span in entities],
        name="spec",
    )


def plain(record: TaskRecord | Decision, name: str) -> Any:
    """A field of a record as it stands in a spec."""
    value = getattr(record, name)
    if name in ("lead", "support"):
        return [agency.name for agency in value]
    if name == "actions":
        return [action.text for action in value]
    if name == "next_step":
        return [value.body, value.act] if value else None
    if name == "deadline":
        return [value.text, value.kind.value, value.date.isoformat() if value.date else None] if value else None
    return list(value) if isinstance(value, tuple) else value


@pytest.mark.parametrize("row", ROWS)
def test_spec(row: dict[str, Any]) -> None:
    result = run(row)
    for kind, records in (("tasks", result.tasks), ("decisions", result.decisions)):
        expected = row["expect"].get(kind)
        if expected is None:
            continue
        found = [
            {name: plain(record, name) for name in fields} for record, fields in zip(records, expected, strict=False)
        ]
        assert len(records) == len(expected), f"{kind}: {[record.start for record in records]}"
        assert found == expected, row.get("why", "")


def test_every_question_has_specs() -> None:
    names = {path.stem for path in SPECS.glob("*.jsonl")}
    assert names >= {"lead", "support", "next_step", "documents", "deadline", "actions", "decisions"}
