"""Score a model on corpus documents: entities, clauses, meeting fields, roll, complete task records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from jiyao.corpus.model import CorpusDocument, GoldTask
from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.scoring import Score, macro_f1, overlap, strict
from jiyao.types import Meeting, MinutesRecord, TaskRecord

#: Fields that make a task record complete, with how each is compared.
TASK_FIELDS = ("kind", "lead", "support", "actions", "documents", "deadline", "next_step")


class LeadOrigin(StrEnum):
    """How a record comes by a lead: named in its clause, carried over from another one, or inferred from the item."""

    NAMED = "named"
    INHERITED = "inherited"
    INFERRED = "inferred"


#: A lead that is compared: where its record starts, the agency's name, how the record comes by it.
_Lead = tuple[int, str, LeadOrigin]


@dataclass
class Report:
    """Counts over documents; add documents with :func:`add_document`."""

    documents: int = 0
    characters: int = 0
    entities: dict[EntityLabel, Score] = field(default_factory=lambda: defaultdict(Score))
    overlaps: dict[EntityLabel, Score] = field(default_factory=lambda: defaultdict(Score))
    clause_spans: Score = field(default_factory=Score)
    clauses: dict[ClauseLabel, Score] = field(default_factory=lambda: defaultdict(Score))
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    meeting: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    roll: Score = field(default_factory=Score)
    decisions: Score = field(default_factory=Score)
    tasks: Score = field(default_factory=Score)
    task_fields: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    #: Leads one by one, by how the record comes by them; a right name with another origin counts as wrong.
    leads: dict[LeadOrigin, Score] = field(default_factory=lambda: defaultdict(Score))
    #: Right leads among those that the records do not call inferred, whatever their origin in the gold.
    leads_not_inferred: Score = field(default_factory=Score)
    #: Records with a lead where the gold has none (or no record): ``hits``, of all records found.
    leads_invented: Score = field(default_factory=Score)
    #: Right dates among the records of both sides whose gold has a date.
    deadline_dates: Score = field(default_factory=Score)
    issuing_names: Score = field(default_factory=Score)
    #: Objects are optional in the gold: asked of records of both sides whose gold has one.
    objects: Score = field(default_factory=Score)

    def __iadd__(self, other: Report) -> Report:
        """The counts of both, as if their documents had been added to one report."""
        for entry in fields(self):
            mine, theirs = getattr(self, entry.name), getattr(other, entry.name)
            if isinstance(mine, Counter):
                mine.update(theirs)
            elif isinstance(mine, dict):
                for key, score in theirs.items():
                    mine[key] += score
            else:
                setattr(self, entry.name, mine + theirs)
        return self

    def as_dict(self) -> dict[str, Any]:
        """For metrics files."""
        return {
            "documents": self.documents,
            "characters": self.characters,
            "entities": {label.value: self.entities[label].as_dict() for label in EntityLabel},
            "entities_micro": sum(self.entities.values(), Score()).as_dict(),
            "entities_overlap": {label.value: self.overlaps[label].as_dict() for label in EntityLabel},
            "clause_spans": self.clause_spans.as_dict(),
            "clauses": {
                label.value: self.clauses[label].as_dict() for label in ClauseLabel if self.clauses[label].gold
            },
            "clauses_macro_f": round(macro_f1(self.clauses), 4),
            "confusion": {f"{gold} as {found}": count for (gold, found), count in sorted(self.confusion.items())},
            "meeting": {name: score.as_dict() for name, score in sorted(self.meeting.items())},
            "roll": self.roll.as_dict(),
            "decisions": self.decisions.as_dict(),
            "task_fields": {name: self.task_fields[name].as_dict() for name in TASK_FIELDS},
            "tasks_complete": self.tasks.as_dict(),
            "leads": {origin.value: self.leads[origin].as_dict() for origin in LeadOrigin},
            "leads_not_inferred": _share(self.leads_not_inferred),
            "leads_invented": _share(self.leads_invented),
            "deadline_dates": _share(self.deadline_dates),
            "issuing_names": self.issuing_names.as_dict(),
            "objects": _share(self.objects),
        }

    def summary(self) -> dict[str, float | int]:
        """The few figures by which places are compared: strict F1."""
        return {
            "documents": self.documents,
            "entities": round(sum(self.entities.values(), Score()).f1, 4),
            "clauses_macro_f": round(macro_f1(self.clauses), 4),
            "tasks_complete": round(self.tasks.f1, 4),
        }


def _share(score: Score) -> dict[str, float | int]:
    """How many of how many, for what has one denominator."""
    return {"share": round(score.hits / score.found, 4) if score.found else 0.0, "of": score.found, "count": score.hits}


def add_document(report: Report, gold: CorpusDocument, found: MinutesRecord) -> None:
    """Add the scores of one document to ``report``."""
    report.documents += 1
    report.characters += len(gold.text)
    for label in EntityLabel:
        right = [(span.start, span.end) for span in gold.entities if span.label is label]
        seen = [(mention.start, mention.end) for mention in found.entities if mention.label is label]
        report.entities[label] += strict(seen, right)
        report.overlaps[label] += overlap(seen, right)
    _add_clauses(report, gold, found)
    for name in (entry.name for entry in fields(Meeting)):
        report.meeting[name] += _single(getattr(found.meeting, name), getattr(gold.meeting, name))
    report.roll += strict(
        [(entry.role, entry.name, entry.agency) for entry in found.roll],
        [(entry.role, entry.name, entry.agency) for entry in gold.roll],
    )
    report.decisions += strict(
        [(decision.start, decision.outcome, frozenset(decision.documents)) for decision in found.decisions],
        [
            (gold.clauses[decision.clause].start, decision.outcome, frozenset(decision.documents))
            for decision in gold.decisions
        ],
    )
    _add_tasks(report, gold, found)
    _add_leads(report, list(gold_leads(gold)), list(found_leads(found)), len(found.tasks))
    _add_optional(report, gold, {task.start: task for task in found.tasks})


def _single(found: object, right: object) -> Score:
    return Score(int(found == right and right is not None), int(found is not None), int(right is not None))


def _add_clauses(report: Report, gold: CorpusDocument, found: MinutesRecord) -> None:
    right = {(clause.start, clause.end): clause.label for clause in gold.clauses}
    seen = {(clause.start, clause.end): clause.label for clause in found.clauses}
    report.clause_spans += strict(seen, right)
    for label in ClauseLabel:
        report.clauses[label] += strict(
            [span for span, other in seen.items() if other is label],
            [span for span, other in right.items() if other is label],
        )
    for span, label in right.items():
        if span in seen and seen[span] is not label:
            report.confusion[label.value, seen[span].value] += 1


def _add_tasks(report: Report, gold: CorpusDocument, found: MinutesRecord) -> None:
    right = {gold.clauses[task.clause].start: gold_values(task, gold) for task in gold.tasks}
    seen = {task.start: found_values(task) for task in found.tasks}
    report.tasks += strict(seen.items(), right.items())
    for number, name in enumerate(TASK_FIELDS):
        report.task_fields[name] += Score(
            sum(1 for start, values in right.items() if start in seen and seen[start][number] == values[number]),
            len(seen),
            len(right),
        )


def gold_leads(gold: CorpusDocument) -> Iterator[_Lead]:
    """The annotated leads. A lead that no AGENCY of the clause spells is inherited."""
    for task in gold.tasks:
        clause = gold.clauses[task.clause]
        named = {
            gold.text[span.start : span.end]
            for span in gold.entities
            if span.label is EntityLabel.AGENCY and clause.start <= span.start < clause.end
        }
        for name in task.lead:
            origin = LeadOrigin.NAMED if name in named else LeadOrigin.INHERITED
            yield clause.start, name, LeadOrigin.INFERRED if task.lead_inferred else origin


def found_leads(found: MinutesRecord) -> Iterator[_Lead]:
    """The leads of a record's tasks. A lead whose mention stands outside its clause is inherited."""
    for task in found.tasks:
        for agency in task.lead:
            inside = task.start <= agency.start < task.end
            origin = LeadOrigin.NAMED if inside else LeadOrigin.INHERITED
            yield task.start, agency.name, LeadOrigin.INFERRED if task.lead_inferred else origin


def _add_leads(report: Report, right: list[_Lead], seen: list[_Lead], records: int) -> None:
    for origin in LeadOrigin:
        report.leads[origin] += strict(
            [lead for lead in seen if lead[2] is origin], [lead for lead in right if lead[2] is origin]
        )
    names = {(start, name) for start, name, _ in right}
    certain = {(start, name) for start, name, origin in seen if origin is not LeadOrigin.INFERRED}
    report.leads_not_inferred += Score(len(certain & names), len(certain), len(certain))
    invented = {start for start, _, _ in seen} - {start for start, _, _ in right}
    report.leads_invented += Score(len(invented), records, records)


def _add_optional(report: Report, gold: CorpusDocument, found: Mapping[int, TaskRecord]) -> None:
    """Dates, issuing names and objects, each of the records for which it can be asked."""
    right = {gold.clauses[task.clause].start: task for task in gold.tasks}
    report.issuing_names += strict(
        [(start, task.issuing_name) for start, task in found.items() if task.issuing_name],
        [(start, task.issuing_name) for start, task in right.items() if task.issuing_name],
    )
    for start in right.keys() & found.keys():
        task, seen = right[start], found[start]
        if task.deadline is not None and task.deadline.date is not None:
            same = seen.deadline is not None and seen.deadline.date == task.deadline.date
            report.deadline_dates += Score(int(same), 1, 1)
        if task.object is not None:
            report.objects += Score(int(seen.object == task.object), 1, 1)


def gold_values(task: GoldTask, gold: CorpusDocument) -> tuple[Any, ...]:
    """The compared values of an annotated task, in the order of :data:`TASK_FIELDS`."""
    step, due = task.next_step, task.deadline
    return (
        gold.clauses[task.clause].label.value.lower(),
        frozenset(task.lead) | frozenset(task.lead_persons),
        frozenset(task.support),
        tuple(task.actions),
        frozenset(task.documents),
        (due.text, due.kind, due.date) if due else None,
        (step.body, step.act) if step else None,
    )


def found_values(task: TaskRecord) -> tuple[Any, ...]:
    """The compared values of a record, in the order of :data:`TASK_FIELDS`."""
    step, due = task.next_step, task.deadline
    return (
        task.kind.value,
        frozenset(agency.name for agency in task.lead) | frozenset(task.lead_persons),
        frozenset(agency.name for agency in task.support),
        tuple(action.text for action in task.actions),
        frozenset(task.documents),
        (due.text, due.kind, due.date) if due else None,
        (step.body, step.act) if step else None,
    )


def evaluate_by_place(
    documents: Iterable[CorpusDocument], extract: Callable[[CorpusDocument], MinutesRecord]
) -> tuple[Report, dict[str, Report]]:
    """Score ``extract`` on ``documents``: one report of all, and one a place."""
    total, places = Report(), defaultdict[str, Report](Report)
    for document in documents:
        record = extract(document)
        add_document(total, document, record)
        add_document(places[document.about.place], document, record)
    return total, dict(places)
