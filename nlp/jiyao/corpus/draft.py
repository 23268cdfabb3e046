"""Draft the records of a document whose text is marked: tasks, decisions and roll, by the rules, from the marks.

Objects, which are optional, are left to the annotator. A draft that nobody has read is no gold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jiyao.assemble import assemble
from jiyao.corpus.model import (
    About,
    CorpusDocument,
    GoldClause,
    GoldDeadline,
    GoldDecision,
    GoldSpan,
    GoldTask,
)
from jiyao.labels import EntityLabel
from jiyao.normalise import normalise
from jiyao.rules.titles import Titles, read_titles
from jiyao.structure.header import read_meeting
from jiyao.structure.layout import layout
from jiyao.structure.roll import read_roll
from jiyao.types import Clause, Meeting, Mention, RollEntry, Span, TaskRecord


@dataclass(frozen=True, slots=True)
class Drafted:
    """A drafted document, the rules' own records of its tasks (one for each), its mentions and titles."""

    document: CorpusDocument
    records: tuple[TaskRecord, ...]
    mentions: tuple[Mention, ...]
    titles: Titles


def draft_document(
    name: str,
    text: str,
    about: About,
    entities: Sequence[GoldSpan],
    clauses: Sequence[GoldClause],
    *,
    meeting: Meeting | None = None,
) -> Drafted:
    """The document ``name`` with its records drafted from the marks; ``meeting`` by the rules too, unless given."""
    norm = normalise(text)
    page = layout(text, norm, None)
    mentions = tuple(Mention(e.start, e.end, e.label, text[e.start : e.end]) for e in entities)
    persons, agencies = (
        [Span(m.start, m.end) for m in mentions if m.label is label]
        for label in (EntityLabel.PERSON, EntityLabel.AGENCY)
    )
    if meeting is None:
        meeting = read_meeting(text, norm, page, persons, agencies)

    def item(position: int) -> str | None:
        inner = [item for item in page.items if item.start <= position < item.end]
        return max(inner, key=lambda item: item.level).path if inner else None

    typed = tuple(Clause(c.start, c.end, c.label, 1.0, item(c.start)) for c in clauses)
    found = assemble(text, norm, page, meeting, typed, mentions, name=name)
    number = {clause.start: index for index, clause in enumerate(clauses)}
    document = CorpusDocument(
        name=name,
        text=text,
        about=about,
        meeting=meeting,
        entities=tuple(entities),
        clauses=tuple(clauses),
        tasks=tuple(gold_task(task, number[task.start]) for task in found.tasks),
        decisions=tuple(GoldDecision(number[d.start], d.outcome, d.documents) for d in found.decisions),
        roll=_by_role(read_roll(text, norm, page, persons, agencies).entries),
    )
    return Drafted(document, found.tasks, mentions, read_titles(text, norm, mentions))


def _by_role(entries: Sequence[RollEntry]) -> tuple[RollEntry, ...]:
    """The roll as a corpus file holds it: role by role, each where it first occurs."""
    order = list(dict.fromkeys(entry.role for entry in entries))
    return tuple(sorted(entries, key=lambda entry: order.index(entry.role)))


def gold_task(task: TaskRecord, clause: int) -> GoldTask:
    """The rules' record as an annotated one; ``clause`` is the number of its clause."""
    due = task.deadline
    return GoldTask(
        clause=clause,
        lead=tuple(agency.name for agency in task.lead),
        lead_inferred=task.lead_inferred,
        lead_persons=task.lead_persons,
        support=tuple(agency.name for agency in task.support),
        actions=tuple(action.text for action in task.actions),
        documents=task.documents,
        issuing_name=task.issuing_name,
        next_step=task.next_step,
        deadline=GoldDeadline(due.text, due.kind, due.date) if due else None,
    )
