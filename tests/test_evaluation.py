"""The scorer itself: gold against gold is perfect, each slip costs where it should."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from jiyao.corpus.format import load_corpus, parse_document
from jiyao.corpus.model import CorpusDocument, GoldClause
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
                lead=tuple(_lead(gold, clause, name) for name in task.lead),
                lead_inferred=task.lead_inferred,
                lead_persons=task.lead_persons,
                support=tuple(AgencyRef(name, None, 0, 0) for name in task.support),
                actions=tuple(Action(text, 0, 0) for text in task.actions),
                object=task.object,
                documents=task.documents,
                issuing_name=task.issuing_name,
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


def _lead(gold: CorpusDocument, clause: GoldClause, name: str) -> AgencyRef:
    """A lead at its mention in the clause, else at the start of the text, as if inherited."""
    spans = (s for s in gold.entities if s.label is EntityLabel.AGENCY and clause.start <= s.start < clause.end)
    start = next((s.start for s in spans if gold.text[s.start : s.end] == name), -1)
    return AgencyRef(name, None, start, start + len(name))


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


def _document(marked: str, **task: object) -> CorpusDocument:
    """A document of one task."""
    block = {"about": {"place": "云陵市", "level": "county", "genre": "minutes", "author": "a"}, "meeting": {}}
    block["tasks"] = [task]  # type: ignore[assignment]
    return parse_document(f"{marked}\n=====\n{json.dumps(block, ensure_ascii=False)}", "x")


def _scores(gold: CorpusDocument, **found: object) -> dict[str, Any]:
    record = perfect(gold)
    report = Report()
    add_document(report, gold, replace(record, tasks=(replace(record.tasks[0], **found),)))
    return report.as_dict()


def test_reports_of_two_documents_add_up_to_one_of_both() -> None:
    documents = list(load_corpus(Path(__file__).parents[1] / "annotations" / "minutes"))[:2]
    both, one, other = Report(), Report(), Report()
    for document, single in zip(documents, (one, other), strict=True):
        record = replace(perfect(document), entities=())  # something wrong, so that counts differ
        add_document(single, document, record)
        add_document(both, document, record)
    assert one.as_dict() != both.as_dict()
    one += other
    assert one.as_dict() == both.as_dict()


def test_leads_are_told_apart_by_how_a_record_comes_by_them() -> None:
    gold = _document("{A}由[A|市水务局][V|疏浚]河道。", at="由市水务局疏浚河道", lead=["市水务局"], actions=["疏浚"])
    assert _scores(gold)["leads"]["named"] == {"p": 1.0, "r": 1.0, "f": 1.0, "gold": 1, "found": 1}
    carried = _scores(gold, lead=(AgencyRef("市水务局", None, -9, -5),))
    assert carried["leads"]["named"]["r"] == carried["leads"]["inherited"]["p"] == 0.0
    assert carried["leads_not_inferred"] == {"share": 1.0, "of": 1, "count": 1}


def test_a_lead_where_the_gold_has_none_is_invented() -> None:
    gold = _document("{P}按程序[V|印发]。", at="按程序印发", actions=["印发"])
    assert _scores(gold)["leads_invented"] == {"share": 0.0, "of": 1, "count": 0}
    made_up = _scores(gold, lead=(AgencyRef("市水务局", None, -9, -5),), lead_inferred=True)
    assert made_up["leads_invented"] == {"share": 1.0, "of": 1, "count": 1}
    assert made_up["leads_not_inferred"]["of"] == 0


def test_dates_names_and_objects_are_asked_where_the_gold_has_them() -> None:
    gold = _document(
        "{A}由[A|市水务局]于[T|6月底前][V|疏浚]河道,以[A|市政府]名义[V|公布]。",
        at="由市水务局于6月底",
        lead=["市水务局"],
        actions=["疏浚", "公布"],
        object="河道",
        issuing_name="市政府",
        deadline={"text": "6月底前", "kind": "date", "date": "2024-06-30"},
    )
    right = _scores(gold)
    assert right["deadline_dates"] == right["objects"] == {"share": 1.0, "of": 1, "count": 1}
    assert right["issuing_names"]["f"] == 1.0
    wrong = _scores(gold, object=None, issuing_name=None, deadline=None)
    assert wrong["deadline_dates"] == wrong["objects"] == {"share": 0.0, "of": 1, "count": 0}
    assert wrong["issuing_names"]["r"] == 0.0
