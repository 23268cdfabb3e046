"""Score a model on corpus documents: entities, clauses, meeting fields, roll, complete task records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from jiyao.corpus.model import CorpusDocument, GoldTask
from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.scoring import Score, macro_f1, overlap, strict
from jiyao.types import Meeting, MinutesRecord, TaskRecord

#: Fields that make a task record complete, with how each is compared.
TASK_FIELDS = ("kind", "lead", "support", "actions", "documents", "deadline", "next_step")


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
        }

    def summary(self) -> dict[str, float | int]:
        """The few figures by which places are compared: strict F1."""
        return {
            "documents": self.documents,
            "entities": round(sum(self.entities.values(), Score()).f1, 4),
            "clauses_macro_f": round(macro_f1(self.clauses), 4),
            "tasks_complete": round(self.tasks.f1, 4),
        }


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
