"""Agreement between two annotations of the same texts: spans, clause classes, task records.

The first of each pair counts as gold. ``training/agreement.py`` holds two folders against each other,
``jiyao review agreement`` model against person and person against person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sklearn.metrics import cohen_kappa_score

from jiyao.corpus.model import CorpusDocument
from jiyao.evaluation import TASK_FIELDS, gold_values
from jiyao.labels import EntityLabel
from jiyao.scoring import Score, overlap, strict


def compare(pairs: Iterable[tuple[CorpusDocument, CorpusDocument]]) -> dict[str, Any]:
    """All measures over pairs of (first, second) annotation; the first counts as gold.

    Entities by strict and by overlapping spans; clauses by their starts, and by Cohen's kappa of the classes
    where both start one (``None`` where kappa means nothing: no such clause, or one class only); task records complete and field by field.
    """
    entities = {label: Score() for label in EntityLabel}
    overlaps = {label: Score() for label in EntityLabel}
    starts, tasks = Score(), Score()
    fields = Counter[str]()
    common = documents = 0
    first_classes: list[str] = []
    second_classes: list[str] = []
    for first, second in pairs:
        documents += 1
        for label in EntityLabel:
            found = [(s.start, s.end) for s in second.entities if s.label is label]
            right = [(s.start, s.end) for s in first.entities if s.label is label]
            entities[label] += strict(found, right)
            overlaps[label] += overlap(found, right)
        one = {clause.start: clause.label.value for clause in first.clauses}
        two = {clause.start: clause.label.value for clause in second.clauses}
        starts += strict(two, one)
        for start in sorted(one.keys() & two.keys()):
            first_classes.append(one[start])
            second_classes.append(two[start])
        records = {first.clauses[task.clause].start: gold_values(task, first) for task in first.tasks}
        others = {second.clauses[task.clause].start: gold_values(task, second) for task in second.tasks}
        tasks += strict(others.items(), records.items())
        for start in records.keys() & others.keys():
            common += 1
            fields.update(
                name for number, name in enumerate(TASK_FIELDS) if records[start][number] == others[start][number]
            )
    return {
        "documents": documents,
        "entities": {label.value: score.as_dict() for label, score in entities.items()},
        "entities_micro": sum(entities.values(), Score()).as_dict(),
        "entities_overlap": {label.value: score.as_dict() for label, score in overlaps.items()},
        "clause_starts": starts.as_dict(),
        "clause_kappa": _kappa(first_classes, second_classes),
        "tasks_complete": tasks.as_dict(),
        "task_fields": {name: round(fields[name] / common, 4) for name in TASK_FIELDS} if common else {},
    }


def _kappa(one: list[str], two: list[str]) -> float | None:
    if len({*one, *two}) < 2:
        return None
    return round(float(cohen_kappa_score(one, two)), 4)
