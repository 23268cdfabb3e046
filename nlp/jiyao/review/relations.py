"""Task records to relations from clause to mention, and relations back to the fields of a record.

A field that a relation cannot say (an inferred lead, an anaphor's second paper) is the rules' where the
person's relations are just those that the rules draw on the same spans; where they differ, the person's hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from jiyao.corpus.draft import Drafted
from jiyao.corpus.model import CorpusDocument, GoldDeadline, GoldTask
from jiyao.dates import interpret, resolve
from jiyao.labels import DeadlineKind, EntityLabel, TaskRelation
from jiyao.normalise import normalise
from jiyao.rules.titles import Titles, inner
from jiyao.types import Meeting, Mention, Span, TaskRecord

#: What a task is tied to: role, and the mention's span.
Tie = tuple[TaskRelation, Span]


def ties(task: TaskRecord, mentions: Sequence[Mention], titles: Titles) -> list[Tie]:
    """The relations that say what ``task`` says; what no mention stands for is left out."""
    at = {(mention.start, mention.end): mention.label for mention in mentions}
    found: dict[Tie, None] = {}
    for relation, agencies in ((TaskRelation.LEAD, task.lead), (TaskRelation.SUPPORT, task.support)):
        for agency in agencies:
            if at.get((agency.start, agency.end)) is EntityLabel.AGENCY:
                found[relation, Span(agency.start, agency.end)] = None
    for name in task.lead_persons:
        if person := _person(name, task, mentions):
            found[TaskRelation.LEAD, person] = None
    for title in task.documents:
        if paper := _paper(title, task, mentions, titles):
            found[TaskRelation.DOCUMENT, paper] = None
    if task.deadline and at.get((task.deadline.start, task.deadline.end)) is EntityLabel.DEADLINE:
        found[TaskRelation.DEADLINE, Span(task.deadline.start, task.deadline.end)] = None
    return list(found)


def _person(name: str, task: TaskRecord, mentions: Sequence[Mention]) -> Span | None:
    """The person of that name in the clause, else the next one behind it (此项工作由林溪副局长负责)."""
    named = [m for m in mentions if m.label is EntityLabel.PERSON and _bare(m.text) == _bare(name)]
    return next((Span(m.start, m.end) for m in named if m.start >= task.start), None)


def _paper(title: str, task: TaskRecord, mentions: Sequence[Mention], titles: Titles) -> Span | None:
    """The mention of ``title`` in the clause, else the last one before it, else the first behind it."""
    meant = [m for m in mentions if m.label is EntityLabel.DOCUMENT and titles.title_at(m) == title]
    inside = [m for m in meant if task.start <= m.start < task.end]
    before = [m for m in meant if m.start < task.start]
    chosen = (inside or before[-1:] or meant)[:1]
    return Span(chosen[0].start, chosen[0].end) if chosen else None


def _bare(name: str) -> str:
    return "".join(name.split())


def with_ties(drafted: Drafted, drawn: Mapping[int, Iterable[Tie]]) -> tuple[CorpusDocument, list[str]]:
    """The document with its tasks as the relations say; ``drawn`` is by the start of the task's clause.

    The second value says where person and rules part.
    """
    document, doubts = drafted.document, []
    tasks = []
    for record, gold in zip(drafted.records, document.tasks, strict=True):
        expected, said = set(ties(record, drafted.mentions, drafted.titles)), set(drawn.get(record.start, ()))
        tasks.append(_corrected(gold, expected, said, drafted))
        if said != expected:
            doubts.append(_parting(record, expected, said, document.text))
    return replace(document, tasks=tuple(tasks)), doubts


def _corrected(gold: GoldTask, expected: set[Tie], said: set[Tie], drafted: Drafted) -> GoldTask:
    text, by_span = drafted.document.text, {Span(m.start, m.end): m for m in drafted.mentions}

    def spans(relation: TaskRelation, label: EntityLabel) -> Iterator[Span]:
        found = sorted(span for role, span in said if role is relation)
        return (span for span in found if by_span[span].label is label)

    def differ(relation: TaskRelation) -> bool:
        return {tie for tie in said if tie[0] is relation} != {tie for tie in expected if tie[0] is relation}

    if differ(TaskRelation.LEAD):
        agencies = spans(TaskRelation.LEAD, EntityLabel.AGENCY)
        persons = spans(TaskRelation.LEAD, EntityLabel.PERSON)
        gold = replace(
            gold,
            lead=_texts(agencies, text),
            lead_persons=tuple(_bare(name) for name in _texts(persons, text)),
            lead_inferred=False,
        )
    if differ(TaskRelation.SUPPORT):
        gold = replace(gold, support=_texts(spans(TaskRelation.SUPPORT, EntityLabel.AGENCY), text))
    if differ(TaskRelation.DOCUMENT):
        papers = (by_span[span] for span in spans(TaskRelation.DOCUMENT, EntityLabel.DOCUMENT))
        titles = (drafted.titles.title_at(paper) or inner(paper.text) for paper in papers)
        gold = replace(gold, documents=tuple(dict.fromkeys(titles)))
    if differ(TaskRelation.DEADLINE):
        days = list(spans(TaskRelation.DEADLINE, EntityLabel.DEADLINE))
        gold = replace(gold, deadline=_deadline(days[0], drafted.document.meeting, text) if days else None)
    return gold


def _texts(spans: Iterable[Span], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text[span.start : span.end] for span in spans))


def _deadline(span: Span, meeting: Meeting, text: str) -> GoldDeadline:
    words = text[span.start : span.end]
    meaning = interpret(normalise(words))
    if meaning is None:
        return GoldDeadline(words, DeadlineKind.VAGUE)
    resolved = resolve(meaning, meeting.held_on)
    return GoldDeadline(words, resolved.kind, resolved.date)


def _parting(record: TaskRecord, expected: set[Tie], said: set[Tie], text: str) -> str:
    def name(tie: Tie) -> str:
        return f"{tie[0].value} {text[tie[1].start : tie[1].end]!r}"

    more, less = sorted(map(name, said - expected)), sorted(map(name, expected - said))
    parts = [f"the person says {', '.join(more)}" if more else "", f"the rules say {', '.join(less)}" if less else ""]
    return f"task {text[record.start : record.end][:12]!r} at {record.start}: {'; '.join(filter(None, parts))}"
