"""What still goes wrong: counts by cause on dev and test, and the sentences behind them on dev.

    python training/errors.py [--model DIR]

Writes ``metrics/errors.json`` (counts) and ``metrics/errors-dev.md`` (the list). The sentences of
the test part are counted and not listed: nobody shall mend the program by them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jiyao.components.annotator import Annotator, shipped_model
from jiyao.corpus.model import CorpusDocument
from jiyao.corpus.splits import load_part
from jiyao.evaluation import TASK_FIELDS, found_values, gold_values
from jiyao.labels import EntityLabel
from jiyao.pipeline import MinutesPipeline
from jiyao.readers import read_text
from jiyao.types import MinutesRecord

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "annotations"
METRICS = ROOT / "training" / "metrics"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One error: of what, why, where, and the sentence."""

    kind: str
    cause: str
    document: str
    sentence: str
    detail: str


def entity_errors(gold: CorpusDocument, found: MinutesRecord, known: frozenset[str]) -> Iterator[Wrong]:
    """Mentions missed, found for nothing, or with other edges; ``known`` are the mentions of the training part."""
    classes = {(clause.start, clause.end): clause.label for clause in found.clauses}
    for label in EntityLabel:
        right = {(span.start, span.end) for span in gold.entities if span.label is label}
        seen = {(mention.start, mention.end) for mention in found.entities if mention.label is label}
        for start, end in sorted(right - seen):
            text = gold.text[start:end]
            clause = next((c for c in gold.clauses if c.start <= start < c.end), None)
            other_class = clause is not None and classes.get((clause.start, clause.end)) is not clause.label
            if any(s < end and start < e for s, e in seen):
                cause = "other edges"
            elif label is EntityLabel.ACTION and other_class:
                cause = "missed, its clause cut or classed otherwise"
            else:
                cause = "missed, known from training" if text in known else "missed, never seen in training"
            yield Wrong(label.value, cause, gold.name, sentence(gold, start), text)
        for start, end in sorted(seen - right):
            if not any(s < end and start < e for s, e in right):
                yield Wrong(label.value, "found for nothing", gold.name, sentence(gold, start), gold.text[start:end])


def clause_errors(gold: CorpusDocument, found: MinutesRecord) -> Iterator[Wrong]:
    """Clauses cut otherwise or classed otherwise."""
    seen = {(clause.start, clause.end): clause.label for clause in found.clauses}
    for clause in gold.clauses:
        other = seen.get((clause.start, clause.end))
        if other is not clause.label:
            cause = "cut otherwise" if other is None else f"{clause.label.value} taken for {other.value}"
            yield Wrong("clause", cause, gold.name, gold.text[clause.start : clause.end], "")


def record_errors(gold: CorpusDocument, found: MinutesRecord) -> Iterator[Wrong]:
    """Records missed, made up, or wrong in some field."""
    right = {gold.clauses[task.clause].start: gold_values(task, gold) for task in gold.tasks}
    seen = {task.start: found_values(task) for task in found.tasks}
    for start, values in right.items():
        if start not in seen:
            yield Wrong("record", "missed", gold.name, sentence(gold, start), "")
            continue
        pairs = zip(TASK_FIELDS, values, seen[start], strict=True)
        wrong = [(name, str(one), str(two)) for name, one, two in pairs if one != two]
        if wrong:
            detail = "; ".join(f"{name}: {one} / {two}" for name, one, two in wrong)
            cause = f"wrong in {wrong[0][0]} alone" if len(wrong) == 1 else "wrong in several fields"
            yield Wrong("record", cause, gold.name, sentence(gold, start), detail)
    for start in sorted(seen.keys() - right.keys()):
        yield Wrong("record", "made up", gold.name, sentence(gold, start), "")


def sentence(gold: CorpusDocument, position: int) -> str:
    """The gold clause at ``position``, else its line."""
    for clause in gold.clauses:
        if clause.start <= position < clause.end:
            return gold.text[clause.start : clause.end].replace("\n", " ")
    start = gold.text.rfind("\n", 0, position) + 1
    return gold.text[start:].partition("\n")[0]


def main() -> None:
    """Count and list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=shipped_model())
    pipeline = MinutesPipeline(Annotator.load(parser.parse_args().model))
    known = frozenset(d.text[s.start : s.end] for d in load_part(CORPUS, "train") for s in d.entities)
    counts: dict[str, dict[str, dict[str, int]]] = {}
    for part in ("dev", "test"):
        errors: list[Wrong] = []
        for document in load_part(CORPUS, part):
            record = pipeline.extract_reading(read_text(document.text, document.name))
            errors += entity_errors(document, record, known)
            errors += clause_errors(document, record)
            errors += record_errors(document, record)
        by_kind: dict[str, Counter[str]] = {}
        for error in errors:
            by_kind.setdefault(error.kind, Counter())[error.cause] += 1
        counts[part] = {kind: dict(causes.most_common()) for kind, causes in by_kind.items()}
        if part == "dev":
            rows = [
                f"| {e.kind} | {e.cause} | {e.document} | {_cell(e.sentence)} | {_cell(e.detail)} |" for e in errors
            ]
            head = [
                "# Errors on dev",
                "",
                "| what | cause | document | sentence | detail (gold / found) |",
                "|---|---|---|---|---|",
            ]
            (METRICS / "errors-dev.md").write_text("\n".join([*head, *sorted(rows)]) + "\n", encoding="utf-8")
    (METRICS / "errors.json").write_text(json.dumps(counts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    main()
