"""One annotated document a file: marked text, a line of ``=``, a JSON block.

The block has ``about``, ``meeting``, ``tasks``, ``decisions`` and ``roll``, one
record a line so that a change reads well in a diff. Tasks stand in the order of
the task clauses, decisions in the order of the decision clauses, one each;
``at`` repeats the clause's opening characters, so that a slip is found.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jiyao.corpus.marks import parse_marks, without_enumerator, write_marks
from jiyao.corpus.model import (
    About,
    CorpusDocument,
    GoldClause,
    GoldDeadline,
    GoldDecision,
    GoldTask,
)
from jiyao.errors import CorpusError
from jiyao.labels import TASK_CLASSES, ClauseLabel, DeadlineKind, Outcome, RollRole
from jiyao.types import Meeting, NextStep, RollEntry

SUFFIX = ".minutes.txt"
SEPARATOR = "====="
_AT_LENGTH = 12
_ABOUT = ("place", "level", "genre", "author", "second")
_MEETING = (
    "title",
    "issuer",
    "number",
    "doc_number",
    "held_on",
    "published_on",
    "chair",
    "chair_title",
    "place",
    "recorder",
)
_DATES = ("held_on", "published_on")
_TASK = (
    "at",
    "lead",
    "lead_inferred",
    "lead_persons",
    "support",
    "actions",
    "object",
    "documents",
    "issuing_name",
    "next_step",
    "deadline",
)


def load_corpus(folder: Path) -> Iterator[CorpusDocument]:
    """All documents below ``folder``, in the order of their names."""
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        yield read_document(path)


def read_document(path: Path) -> CorpusDocument:
    """Read one file.

    Raises:
        CorpusError: the file breaks the format.
    """
    return parse_document(path.read_text(encoding="utf-8"), path.name.removesuffix(SUFFIX))


def parse_document(content: str, name: str) -> CorpusDocument:
    """Parse the content of one file; ``name`` is used in errors."""
    marked, separator, block = content.rpartition(f"\n{SEPARATOR}\n")
    if not separator:
        raise CorpusError(name, f"no line {SEPARATOR}", "put it between the text and the JSON block")
    text, entities, clauses = parse_marks(marked, name)
    try:
        data = json.loads(block)
    except json.JSONDecodeError as error:
        line = marked.count("\n") + 2 + error.lineno
        raise CorpusError(f"{name}:{line}", f"no valid JSON ({error.msg})", "mend the block") from None
    _known(data, ("about", "meeting", "tasks", "decisions", "roll"), name, "the block")
    try:
        return CorpusDocument(
            name=name,
            text=text,
            about=_about(data.get("about", {}), name),
            meeting=_meeting(data.get("meeting", {}), name),
            entities=entities,
            clauses=clauses,
            tasks=_tasks(data.get("tasks", []), text, clauses, name),
            decisions=_decisions(data.get("decisions", []), text, clauses, name),
            roll=_roll(data.get("roll", {}), name),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise CorpusError(name, f"a value that does not fit ({error})", "see annotations/README.md") from None


def dump_document(document: CorpusDocument) -> str:
    """The inverse of :func:`parse_document`: one spelling for one annotation."""
    text, clauses = document.text, document.clauses
    about = {key: getattr(document.about, key) for key in _ABOUT}
    meeting = {key: _plain(getattr(document.meeting, key)) for key in _MEETING}
    tasks = [_dump_task(task, text, clauses) for task in document.tasks]
    decisions = [
        _short(
            {
                "at": _at(text, clauses[decision.clause]),
                "outcome": decision.outcome.value,
                "documents": list(decision.documents),
            }
        )
        for decision in document.decisions
    ]
    roll: dict[str, list[str]] = {}
    for entry in document.roll:
        roll.setdefault(entry.role.value, []).append(_dump_roll_entry(entry))
    block = "\n".join(
        [
            "{",
            f'"about": {_json(about)},',
            f'"meeting": {_json(meeting)},',
            f'"tasks": {_json_lines(tasks)},',
            f'"decisions": {_json_lines(decisions)},',
            f'"roll": {_json(roll)}',
            "}",
        ]
    )
    marked = write_marks(text, document.entities, clauses)
    return f"{marked}\n{SEPARATOR}\n{block}\n"


# --- parsing ---------------------------------------------------------------------------------


def _known(data: dict[str, Any], allowed: Sequence[str], name: str, where: str) -> None:
    unknown = sorted(set(data) - set(allowed))
    if unknown:
        raise CorpusError(name, f"unknown key {unknown[0]!r} in {where}", f"known are {', '.join(allowed)}")


def _about(data: dict[str, Any], name: str) -> About:
    _known(data, _ABOUT, name, "about")
    return About(**data)


def _meeting(data: dict[str, Any], name: str) -> Meeting:
    _known(data, _MEETING, name, "meeting")
    dates = {key: date.fromisoformat(data[key]) for key in _DATES if data.get(key)}
    return Meeting(**{**data, **dates})


def _clauses_of(clauses: Sequence[GoldClause], labels: frozenset[ClauseLabel]) -> list[int]:
    return [number for number, clause in enumerate(clauses) if clause.label in labels]


def _anchored(
    rows: list[dict[str, Any]], numbers: list[int], text: str, clauses: Sequence[GoldClause], name: str, what: str
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Pair rows with clauses in order, checking ``at`` against each clause's text."""
    for row, number in zip(rows, numbers, strict=False):
        clause = clauses[number]
        found = text[clause.start : clause.end]
        at = without_enumerator(row.get("at", ""))
        if not at or not found.startswith(at):
            line = text.count("\n", 0, clause.start) + 1
            raise CorpusError(
                f"{name}:{line}",
                f"{what} {at!r} stands where the clause is {found[:_AT_LENGTH]!r}",
                f"give one {what} for each such clause, in order, `at` = its first characters",
            )
        yield number, row
    if len(rows) != len(numbers):
        raise CorpusError(
            name,
            f"{len(rows)} of kind {what} for {len(numbers)} clauses",
            f"give one {what} for each such clause",
        )


def _tasks(rows: list[dict[str, Any]], text: str, clauses: Sequence[GoldClause], name: str) -> tuple[GoldTask, ...]:
    tasks = []
    for number, row in _anchored(rows, _clauses_of(clauses, TASK_CLASSES), text, clauses, name, "task"):
        _known(row, _TASK, name, f"task {row['at']!r}")
        step, due = row.get("next_step"), row.get("deadline")
        tasks.append(
            GoldTask(
                clause=number,
                lead=tuple(row.get("lead", ())),
                lead_inferred=bool(row.get("lead_inferred", False)),
                lead_persons=tuple(row.get("lead_persons", ())),
                support=tuple(row.get("support", ())),
                actions=tuple(row.get("actions", ())),
                object=row.get("object"),
                documents=tuple(row.get("documents", ())),
                issuing_name=row.get("issuing_name"),
                next_step=NextStep(step["body"], step.get("act")) if step else None,
                deadline=_deadline(due) if due else None,
            )
        )
    return tuple(tasks)


def _deadline(data: dict[str, Any]) -> GoldDeadline:
    day = data.get("date")
    return GoldDeadline(data["text"], DeadlineKind(data["kind"]), date.fromisoformat(day) if day else None)


def _decisions(
    rows: list[dict[str, Any]], text: str, clauses: Sequence[GoldClause], name: str
) -> tuple[GoldDecision, ...]:
    numbers = _clauses_of(clauses, frozenset({ClauseLabel.DECISION}))
    decisions = []
    for number, row in _anchored(rows, numbers, text, clauses, name, "decision"):
        _known(row, ("at", "outcome", "documents"), name, f"decision {row['at']!r}")
        decisions.append(GoldDecision(number, Outcome(row["outcome"]), tuple(row.get("documents", ()))))
    return tuple(decisions)


def _roll(data: dict[str, list[str]], name: str) -> tuple[RollEntry, ...]:
    _known(data, [role.value for role in RollRole], name, "roll")
    return tuple(_roll_entry(RollRole(role), entry) for role, entries in data.items() for entry in entries)


def _roll_entry(role: RollRole, entry: str) -> RollEntry:
    """``name``, ``name@agency``, ``name@agency#title``, ``name#title``; ``?`` for a name that is not there."""
    rest, _, title = entry.partition("#")
    person, _, agency = rest.partition("@")
    return RollEntry(role, None if person == "?" else person, agency or None, title or None)


# --- writing ---------------------------------------------------------------------------------


def _dump_roll_entry(entry: RollEntry) -> str:
    agency = f"@{entry.agency}" if entry.agency else ""
    title = f"#{entry.title}" if entry.title else ""
    return f"{entry.name or '?'}{agency}{title}"


def _at(text: str, clause: GoldClause) -> str:
    return text[clause.start : clause.end].split("\n", 1)[0][:_AT_LENGTH]


def _dump_task(task: GoldTask, text: str, clauses: Sequence[GoldClause]) -> dict[str, Any]:
    step, due = task.next_step, task.deadline
    return _short(
        {
            "at": _at(text, clauses[task.clause]),
            "lead": list(task.lead),
            "lead_inferred": task.lead_inferred,
            "lead_persons": list(task.lead_persons),
            "support": list(task.support),
            "actions": list(task.actions),
            "object": task.object,
            "documents": list(task.documents),
            "issuing_name": task.issuing_name,
            "next_step": {"body": step.body, "act": step.act} if step else None,
            "deadline": {"text": due.text, "kind": due.kind.value, "date": _plain(due.date)} if due else None,
        }
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _short(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty or false."""
    return {key: value for key, value in row.items() if value not in (None, [], False)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _json_lines(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "[]"
    return "[\n" + ",\n".join(_json(row) for row in rows) + "\n]"
