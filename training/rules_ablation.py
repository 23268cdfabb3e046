"""What each rule is worth: it is left out in turn, and the records are scored on gold mentions and clauses.

Then the rules' part in the run time of ``extract``, and what those that mend a model's mentions are worth end
to end. Writes ``metrics/rules.json`` and ``metrics/rules.md``; the test part is never read.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import jiyao.pipeline
from jiyao.assemble import assemble, with_canonical
from jiyao.components.annotator import Annotator, shipped_model
from jiyao.corpus.model import CorpusDocument
from jiyao.corpus.splits import load_part
from jiyao.evaluation import Report, add_document
from jiyao.normalise import normalise
from jiyao.pipeline import MinutesPipeline
from jiyao.readers import read_text
from jiyao.rules import RULES, roles
from jiyao.rules.draft import Rule
from jiyao.structure.items import item_at
from jiyao.structure.layout import layout
from jiyao.types import SCHEMA, Clause, Mention, MinutesRecord

ROOT = Path(__file__).parents[1]
METRICS = Path(__file__).parent / "metrics"
#: The columns of the table: name and how the figure is read from a report (percent).
FIGURES: dict[str, Callable[[dict[str, Any]], float]] = {
    "complete": lambda scores: scores["tasks_complete"]["f"],
    **{
        name: (lambda scores, name=name: scores["task_fields"][name]["f"])  # type: ignore[misc]
        for name in ("lead", "support", "actions", "documents", "deadline", "next_step")
    },
    "issuing_name": lambda scores: scores["issuing_names"]["f"],
    "object": lambda scores: scores["objects"]["share"],
    "dates": lambda scores: scores["deadline_dates"]["share"],
    "invented leads": lambda scores: scores["leads_invented"]["share"],
}
#: What mends mentions and classes, and the whole of the rules, by their names in the pipeline.
MENDERS = ("mend_agencies", "with_classes", "with_deadlines", "with_actions", "without_foreign_acts")
TIMED = (*MENDERS, "assemble", "with_canonical")


def on_gold(document: CorpusDocument, rules: Sequence[Rule]) -> MinutesRecord:
    """The record of a document with its annotated mentions and clauses."""
    text, norm = document.text, normalise(document.text)
    page = layout(text, norm, None)
    mentions = with_canonical(
        tuple(Mention(e.start, e.end, e.label, text[e.start : e.end]) for e in document.entities), document.meeting
    )
    clauses = tuple(Clause(c.start, c.end, c.label, 1.0, item_at(page.items, c.start)) for c in document.clauses)
    found = assemble(text, norm, page, document.meeting, clauses, mentions, name=document.name, rules=rules)
    return MinutesRecord(
        schema=SCHEMA,
        id=document.name,
        model="gold",
        source=read_text(text, document.name).source,
        text=text,
        meeting=document.meeting,
        clauses=clauses,
        entities=mentions,
        documents=found.documents,
        decisions=found.decisions,
        tasks=found.tasks,
    )


def figures(
    documents: Sequence[CorpusDocument], extract: Callable[[CorpusDocument], MinutesRecord]
) -> dict[str, float]:
    """The figures of ``extract`` on ``documents``."""
    report = Report()
    for document in documents:
        add_document(report, document, extract(document))
    scores = report.as_dict()
    return {name: round(100 * read(scores), 2) for name, read in FIGURES.items()}


@contextmanager
def without_cue(name: str) -> Iterator[None]:
    """The rules without one row of ``cues.jsonl``."""
    rest = tuple(row for row in roles._cues() if row[0].name != name)
    with patch.object(roles, "_cues", lambda: rest):
        yield


def ablation(documents: Sequence[CorpusDocument]) -> dict[str, dict[str, float]]:
    """Figures with all rules, then without each rule and each row of cues."""
    rows = {"all": figures(documents, lambda document: on_gold(document, RULES))}
    for left_out in RULES:
        rest = tuple(rule for rule in RULES if rule is not left_out)
        rows[f"rule {left_out.__name__}"] = figures(documents, lambda document, rest=rest: on_gold(document, rest))  # type: ignore[misc]
    for cue, _, _ in roles._cues():
        with without_cue(cue.name):
            rows[f"cue {cue.name}"] = figures(documents, lambda document: on_gold(document, RULES))
    return rows


def end_to_end(documents: Sequence[CorpusDocument], pipeline: MinutesPipeline) -> dict[str, dict[str, float]]:
    """Figures of the whole way, with and without what mends a model's mentions."""

    def extract(document: CorpusDocument) -> MinutesRecord:
        return pipeline.extract_reading(read_text(document.text, document.name))

    rows = {"all": figures(documents, extract)}
    leave: dict[str, Callable[..., Any]] = {
        "mend_agencies": lambda norm, mentions: mentions,
        "with_classes": lambda norm, clauses, mentions, lead: clauses,
        "with_deadlines": lambda norm, clauses, mentions: mentions,
        "with_actions": lambda norm, clauses, mentions: mentions,
        "without_foreign_acts": lambda norm, mentions: mentions,
    }
    for name in MENDERS:
        with patch.object(jiyao.pipeline, name, leave[name]):
            rows[f"without {name}"] = figures(documents, extract)
    return rows


def run_time(documents: Sequence[CorpusDocument], pipeline: MinutesPipeline) -> dict[str, float]:
    """Seconds of ``extract`` on ``documents``, in all and in the rules; the first run warms up."""
    readings = [read_text(document.text, document.name) for document in documents]
    pipeline.extract_reading(readings[0])
    spent = dict.fromkeys(TIMED, 0.0)

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **options: Any) -> Any:
            started = time.perf_counter()
            try:
                return function(*args, **options)
            finally:
                spent[name] += time.perf_counter() - started

        return run

    with ExitStack() as stack:
        for name in TIMED:
            stack.enter_context(patch.object(jiyao.pipeline, name, timed(name, getattr(jiyao.pipeline, name))))
        started = time.perf_counter()
        for reading in readings:
            pipeline.extract_reading(reading)
        total = time.perf_counter() - started
    rules = sum(spent.values())
    return {
        "documents": len(documents),
        "extract": round(total, 3),
        "rules": round(rules, 3),
        "share": round(rules / total, 4),
        **{name: round(seconds, 3) for name, seconds in spent.items()},
    }


def markdown(data: dict[str, Any]) -> str:
    """The tables, for readers: what falls when a rule is left out."""
    whole, time_of = data["gold"]["all"], data["run_time"]
    head = f"| left out | {' | '.join(FIGURES)} |"
    rule = f"|---|{'---|' * len(FIGURES)}"
    out = [
        "# What each rule is worth",
        "",
        f"Gold mentions and clauses of dev ({data['documents']} documents, {data['tasks']} records), F1 in percent; object, "
        "dates and invented leads are shares. First line: all rules (train, "
        f"{data['train_documents']} documents: {data['train']['complete']:.1f} complete, {data['train']['lead']:.1f} lead); "
        "then the change without each, 0 left blank; cues that change nothing on dev are not shown.",
        "",
        head,
        rule,
        f"| **none** | {' | '.join(f'{value:.1f}' for value in whole.values())} |",
    ]
    for name, row in data["gold"].items():
        changes = [round(row[figure] - whole[figure], 1) for figure in FIGURES]
        if name != "all" and (any(changes) or name.startswith("rule ")):
            out.append(f"| {name} | {' | '.join(f'{change:+.1f}' if change else '' for change in changes)} |")
    out += ["", "End to end with the shipped model, dev:", "", f"| | {' | '.join(FIGURES)} |", rule]
    for name, row in data["end_to_end"].items():
        out.append(f"| {name} | {' | '.join(f'{value:.1f}' for value in row.values())} |")
    out += [
        "",
        f"Run time: the rules take {100 * time_of['share']:.1f} % of `extract` on dev ({time_of['rules']:.2f} of "
        f"{time_of['extract']:.2f} s for {time_of['documents']} documents; reading and the model take the rest).",
    ]
    return "\n".join(out) + "\n"


def main() -> None:
    """Measure and write both files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=ROOT / "annotations")
    parser.add_argument("-o", "--output", type=Path, default=METRICS)
    options = parser.parse_args()
    train, dev = (list(load_part(options.corpus, part)) for part in ("train", "dev"))
    pipeline = MinutesPipeline(Annotator.load(shipped_model()))
    data = {
        "documents": len(dev),
        "tasks": sum(len(document.tasks) for document in dev),
        "train_documents": len(train),
        "train": figures(train, lambda document: on_gold(document, RULES)),
        "gold": ablation(dev),
        "end_to_end": end_to_end(dev, pipeline),
        "run_time": run_time(dev, pipeline),
    }
    (options.output / "rules.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (options.output / "rules.md").write_text(markdown(data), encoding="utf-8")


if __name__ == "__main__":
    main()
