"""``html``: one page that needs nothing else: the minutes with their marks, the ledger beside them.

The page works without a script as plain reading: links lead from task to sentence
and back. Its policy (CSP) allows only its own style and script, by their hashes, so
that even a text which slipped through the escaping could not run or load anything.
"""

from __future__ import annotations

import base64
import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from jiyao.labels import CLAUSE_LABELS, ENTITY_LABELS, KIND_CHINESE, OUTCOME_CHINESE, ClauseLabel, Kind
from jiyao.types import Clause, Decision, MinutesRecord, TaskRecord
from jiyao.writers.marked_text import Paragraph, clause_spans, paragraphs
from jiyao.writers.wording import Headings, names, next_step_text, sentence, titles, work_text, xml_safe
from jiyao.writers.words import flag_advice, flag_chinese

#: The kind by which the page filters decisions, beside the kinds of tasks.
DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Card:
    """A task or a decision on the page. ``clause`` is the number of its sentence, ``agencies`` those of the filter."""

    anchor: str
    clause: int | None
    kind: str
    kind_name: str
    number: int | None
    text: str
    fields: tuple[tuple[str, str], ...]
    due: str = ""
    due_date: str = ""
    urgent: bool = False
    flags: tuple[tuple[str, str], ...] = ()
    agencies: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The cards of one agenda item."""

    heading: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One set of minutes on the page. ``cards_of`` gives the cards of a clause."""

    anchor: str
    title: str
    source: str
    model: str
    held_on: str
    facts: tuple[tuple[str, str], ...]
    paragraphs: tuple[Paragraph, ...]
    labels: tuple[ClauseLabel, ...]
    groups: tuple[Group, ...]
    cards_of: dict[int, list[Card]]
    tasks: int
    decisions: int


def write_html(records: Iterable[MinutesRecord], stream: BinaryIO) -> None:
    """Write the page. All records are held in memory: the index comes first."""
    records = tuple(records)
    agencies = _agencies(records)
    style, script = _style(), _resource("page.js")
    page = _environment().get_template("page.html.j2")
    parts = page.generate(
        documents=[_document(record, number, agencies) for number, record in enumerate(records, 1)],
        agencies=agencies,
        kinds=_kinds(records),
        entity_labels=ENTITY_LABELS,
        clause_labels=_shown_classes(),
        style=Markup(style),
        script=Markup(script),
        policy=(
            f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
            "base-uri 'none'; form-action 'none'"
        ),
    )
    for part in parts:
        stream.write(part.encode("utf-8"))


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("jiyao.writers", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    """What the template shows of a value, before it is escaped."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return xml_safe(value)
    return value


# --- what the page shows ---------------------------------------------------------------------


def _agencies(records: tuple[MinutesRecord, ...]) -> dict[str, int]:
    """Agencies with tasks and the number of their tasks, most first."""
    counts: Counter[str] = Counter()
    for record in records:
        for task in record.tasks:
            counts.update({agency.name for agency in (*task.lead, *task.support)})
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _kinds(records: tuple[MinutesRecord, ...]) -> list[tuple[str, str, int]]:
    """Kinds that occur: value, name, number of cards."""
    counts = Counter(task.kind for record in records for task in record.tasks)
    kinds = [(kind.value, CLAUSE_LABELS[ClauseLabel[kind.name]].chinese, counts[kind]) for kind in Kind if counts[kind]]
    decisions = sum(len(record.decisions) for record in records)
    if decisions:
        kinds.append((DECISION, CLAUSE_LABELS[ClauseLabel.DECISION].chinese, decisions))
    return kinds


def _shown_classes() -> list[tuple[str, str]]:
    """Clause classes that the page underlines: those of cards."""
    shown = [ClauseLabel.DECISION, *(ClauseLabel[kind.name] for kind in Kind)]
    return [(label.value.lower(), CLAUSE_LABELS[label].chinese) for label in shown]


def _document(record: MinutesRecord, number: int, agencies: dict[str, int]) -> Document:
    anchor = f"d{number}"
    clauses = clause_spans(record)
    groups = _groups(record, anchor, clauses, agencies)
    cards_of: dict[int, list[Card]] = {}
    for group in groups:
        for card in group.cards:
            if card.clause is not None:
                cards_of.setdefault(card.clause, []).append(card)
    held_on = record.meeting.held_on
    return Document(
        anchor=anchor,
        title=record.meeting.title or record.source.path,
        source=record.source.path,
        model=record.model,
        held_on=held_on.isoformat() if held_on else "",
        facts=_facts(record),
        paragraphs=tuple(paragraphs(record)),
        labels=tuple(clause.label for clause in clauses),
        groups=groups,
        cards_of=cards_of,
        tasks=len(record.tasks),
        decisions=len(record.decisions),
    )


def _facts(record: MinutesRecord) -> tuple[tuple[str, str], ...]:
    meeting = record.meeting
    chair = f"{meeting.chair}（{meeting.chair_title}）" if meeting.chair and meeting.chair_title else meeting.chair
    facts = (
        ("会议日期", meeting.held_on.isoformat() if meeting.held_on else None),
        ("主持人", chair),
        ("文号", meeting.doc_number),
        ("地点", meeting.place),
        ("发文机关", meeting.issuer),
    )
    return tuple((name, value) for name, value in facts if value)


def _groups(
    record: MinutesRecord, anchor: str, clauses: tuple[Clause, ...], agencies: dict[str, int]
) -> tuple[Group, ...]:
    headings = Headings(record)
    place = {name: number for number, name in enumerate(agencies)}
    rows: list[tuple[int, str, Card]] = []
    for number, task in enumerate(record.tasks, 1):
        card = _task_card(task, number, f"{anchor}-t{number}", _clause_at(clauses, task.start), place)
        rows.append((task.start, headings.of(task.item, task.start) or "", card))
    for number, decision in enumerate(record.decisions, 1):
        card = _decision_card(record, decision, f"{anchor}-r{number}", _clause_at(clauses, decision.start))
        rows.append((decision.start, headings.of(decision.item, decision.start) or "", card))
    groups: list[tuple[str, list[Card]]] = []
    for _, heading, card in sorted(rows, key=lambda row: row[0]):
        if not groups or groups[-1][0] != heading:
            groups.append((heading, []))
        groups[-1][1].append(card)
    return tuple(Group(heading, tuple(cards)) for heading, cards in groups)


def _clause_at(clauses: tuple[Clause, ...], position: int) -> int | None:
    """The number of the clause that holds ``position``."""
    number = bisect_right(clauses, position, key=lambda clause: clause.start) - 1
    return number if number >= 0 and position < clauses[number].end else None


def _task_card(task: TaskRecord, number: int, anchor: str, clause: int | None, place: dict[str, int]) -> Card:
    lead = names(task.lead) + ("（推定）" if task.lead_inferred else "")
    fields = (
        ("牵头", lead),
        ("责任人", "、".join(task.lead_persons)),
        ("配合", names(task.support)),
        ("文件", titles(task.documents)),
        ("下一步", next_step_text(task.next_step)),
        ("名义", task.issuing_name or ""),
    )
    due = task.deadline
    return Card(
        anchor=anchor,
        clause=clause,
        kind=task.kind.value,
        kind_name=KIND_CHINESE[task.kind],
        number=number,
        text=work_text(task),
        fields=tuple(field for field in fields if field[1]),
        due=due.text if due else "",
        due_date=due.date.isoformat() if due and due.date else "",
        urgent=task.urgent,
        flags=tuple((flag_chinese(flag), flag_advice(flag)) for flag in task.flags),
        agencies=tuple(sorted({place[agency.name] for agency in (*task.lead, *task.support)})),
    )


def _decision_card(record: MinutesRecord, decision: Decision, anchor: str, clause: int | None) -> Card:
    documents = titles(decision.documents)
    return Card(
        anchor=anchor,
        clause=clause,
        kind=DECISION,
        kind_name=OUTCOME_CHINESE[decision.outcome],
        number=None,
        text=sentence(record.text[decision.start : decision.end]),
        fields=(("文件", documents),) if documents else (),
    )


# --- style and policy ------------------------------------------------------------------------


def _style() -> str:
    """The style sheet, with the colours of the labels; tints are given as rgba for browsers of 2015."""
    entities = (
        f".e-{label.value.lower()}{{color:{info.colour};background:{_tint(info.colour, 0.1)};"
        f"border-color:{_tint(info.colour, 0.55)}}}"
        for label, info in ENTITY_LABELS.items()
    )
    clauses = (
        f".k-{label.value.lower()}{{color:{info.colour};border-color:{info.colour}}}"
        f".c-{label.value.lower()}{{border-color:{_tint(info.colour, 0.7)}}}"
        for label, info in CLAUSE_LABELS.items()
    )
    return "\n".join((_resource("page.css"), *entities, *clauses, ""))


def _tint(colour: str, strength: float) -> str:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgba({red},{green},{blue},{strength})"


def _resource(name: str) -> str:
    return files("jiyao.writers").joinpath("page", name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
