"""Marked sentences to records, and records to the plain values that stand in a spec."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from jiyao.assemble import Assembled, assemble
from jiyao.corpus.marks import parse_marks
from jiyao.normalise import normalise
from jiyao.structure.layout import layout
from jiyao.types import Clause, Decision, Meeting, Mention, TaskRecord

SPECS = Path(__file__).parents[1] / "specs"


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


def check(row: dict[str, Any]) -> None:
    """Compare the records of a row with what it expects, the fields that it names only."""
    result = run(row)
    for kind, records in (("tasks", result.tasks), ("decisions", result.decisions)):
        expected = row["expect"].get(kind)
        if expected is None:
            continue
        assert len(records) == len(expected), f"{kind}: {[record.start for record in records]}"
        found = [
            {name: plain(record, name) for name in fields} for record, fields in zip(records, expected, strict=True)
        ]
        assert found == expected, row.get("why", "")
