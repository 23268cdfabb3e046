"""The scorer itself: gold against gold is perfect, each slip costs where it should."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jiyao.corpus.format import load_corpus
from jiyao.corpus.model import CorpusDocument
from jiyao.evaluation import Report, add_document, evaluate_by_place
from jiyao.labels import EntityLabel, Kind
from jiyao.types import (
    SCHEMA,
    Action,
    AgencyRef,
    Clause,
    Deadline,
    Decision,
    Mention,
    MinutesRecord,
    Source,
    TaskRecord,
)

DOCUMENT = next(iter(load_corpus(Path(__file__).parents[1] / "annotations" / "minutes")))


def perfect(gold: CorpusDocument) -> MinutesRecord:
    """The record that a perfect program would give."""
    tasks = []
    for task in gold.tasks:
        clause = gold.clauses[task.clause]
        due = task.deadline
        tasks.append(
            TaskRecord(
                id="x",
                item=None,
                kind=Kind(clause.label.value.lower()),
                start=clause.start,
                end=clause.end,
                text=gold.text[clause.start : clause.end],
                lead=tuple(AgencyRef(name, None, 0, 0) for name in task.lead),
                lead_persons=task.lead_persons,
                support=tuple(AgencyRef(name, None, 0, 0) for name in task.support),
                actions=tuple(Action(text, 0, 0) for text in task.actions),
                documents=task.documents,
                next_step=task.next_step,
                deadline=Deadline(due.text, 0, 0, due.kind, due.date) if due else None,
            )
        )
    return MinutesRecord(
        schema=SCHEMA,
        id="x",
        model="x",
        source=Source("x", "txt", "utf-8", "0", len(gold.text)),
        text=gold.text,
        meeting=gold.meeting,
        clauses=tuple(Clause(clause.start, clause.end, clause.label) for clause in gold.clauses),
        entities=tuple(Mention(s.start, s.end, s.label, gold.text[s.start : s.end]) for s in gold.entities),
        roll=gold.roll,
        decisions=tuple(
            Decision(gold.clauses[d.clause].start, gold.clauses[d.clause].end, None, d.outcome, d.documents)
            for d in gold.decisions
        ),
        tasks=tuple(tasks),
    )


def test_gold_against_gold_is_perfect() -> None:
    report = Report()
    add_document(report, DOCUMENT, perfect(DOCUMENT))
    scores = report.as_dict()
    assert scores["entities_micro"]["f"] == scores["clause_spans"]["f"] == scores["clauses_macro_f"] == 1.0
    assert scores["tasks_complete"]["f"] == scores["decisions"]["f"] == scores["roll"]["f"] == 1.0
    assert all(score["f"] == 1.0 for score in scores["meeting"].values())


def test_one_wrong_action_costs_one_record() -> None:
    record = perfect(DOCUMENT)
    wrong = replace(record.tasks[0], actions=())
    report = Report()
    add_document(report, DOCUMENT, replace(record, tasks=(wrong, *record.tasks[1:])))
    assert report.tasks.hits == len(DOCUMENT.tasks) - 1
    assert report.task_fields["actions"].hits == len(DOCUMENT.tasks) - 1
    assert report.task_fields["lead"].hits == len(DOCUMENT.tasks)


def test_a_missed_and_a_shifted_mention_cost_strictly() -> None:
    record = perfect(DOCUMENT)
    _, second, *rest = (m for m in record.entities if m.label is EntityLabel.AGENCY)
    others = [m for m in record.entities if m.label is not EntityLabel.AGENCY]
    shifted = replace(second, end=second.end - 1)
    report = Report()
    add_document(report, DOCUMENT, replace(record, entities=(shifted, *rest, *others)))
    gold = len(rest) + 2
    assert (report.entities[EntityLabel.AGENCY].hits, report.entities[EntityLabel.AGENCY].gold) == (gold - 2, gold)
    assert report.overlaps[EntityLabel.AGENCY].hits == gold - 1


def test_places_add_up_to_the_whole() -> None:
    documents = list(load_corpus(Path(__file__).parents[1] / "annotations" / "minutes"))[:6]
    total, places = evaluate_by_place(documents, perfect)
    assert set(places) == {document.about.place for document in documents}
    assert sum(report.documents for report in places.values()) == total.documents == 6
    assert all(report.summary()["entities"] == 1.0 for report in places.values())
