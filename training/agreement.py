"""Agreement between two independent annotations of the same texts.

``python training/agreement.py annotations/minutes annotations/second`` compares files of the
same name: strict F1 of entities per label, Cohen's kappa of clause classes (on clauses
with the same start), F1 of clause starts, and agreement of task records.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sklearn.metrics import cohen_kappa_score

from jiyao.corpus.format import load_corpus
from jiyao.corpus.model import CorpusDocument
from jiyao.evaluation import TASK_FIELDS, gold_values
from jiyao.labels import EntityLabel
from jiyao.scoring import Score, strict


def compare(pairs: Iterable[tuple[CorpusDocument, CorpusDocument]]) -> dict[str, Any]:
    """All measures over pairs of (first, second) annotation; the first counts as gold."""
    entities = {label: Score() for label in EntityLabel}
    starts, tasks = Score(), Score()
    fields = Counter[str]()
    common = documents = 0
    first_classes: list[str] = []
    second_classes: list[str] = []
    for first, second in pairs:
        documents += 1
        for label in EntityLabel:
            entities[label] += strict(
                [(s.start, s.end) for s in second.entities if s.label is label],
                [(s.start, s.end) for s in first.entities if s.label is label],
            )
        one = {clause.start: clause.label.value for clause in first.clauses}
        two = {clause.start: clause.label.value for clause in second.clauses}
        starts += strict(two, one)
        for start in sorted(one.keys() & two.keys()):
            first_classes.append(one[start])
            second_classes.append(two[start])
        right = {first.clauses[task.clause].start: gold_values(task, first) for task in first.tasks}
        found = {second.clauses[task.clause].start: gold_values(task, second) for task in second.tasks}
        tasks += strict(found.items(), right.items())
        for start in right.keys() & found.keys():
            common += 1
            fields.update(
                name for number, name in enumerate(TASK_FIELDS) if right[start][number] == found[start][number]
            )
    return {
        "documents": documents,
        "entities": {label.value: score.as_dict() for label, score in entities.items()},
        "clause_starts": starts.as_dict(),
        "clause_kappa": round(float(cohen_kappa_score(first_classes, second_classes)), 4),
        "tasks_complete": tasks.as_dict(),
        "task_fields": {name: round(fields[name] / common, 4) for name in TASK_FIELDS} if common else {},
    }


def main() -> None:
    """Print the measures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    options = parser.parse_args()
    second = {document.name: document for document in load_corpus(options.second)}
    pairs = [(document, second[document.name]) for document in load_corpus(options.first) if document.name in second]
    print(json.dumps(compare(pairs), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
