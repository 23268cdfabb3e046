"""Draft the records of a page whose text is marked: tasks, decisions and roll, by the rules, from the marks.

``python training/draft.py FILE...`` rewrites the three lists of each file's block; ``about`` and ``meeting`` must stand
there. Objects, which are optional, are left to the annotator. The draft is for the annotator to read and correct: a draft that nobody has read is no gold. Only for training
text; the records of dev and test are written by hand.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from jiyao.assemble import assemble
from jiyao.corpus.format import SEPARATOR, SUFFIX, dump_document, parse_document
from jiyao.corpus.marks import parse_marks
from jiyao.corpus.model import CorpusDocument, GoldDeadline, GoldDecision, GoldTask
from jiyao.errors import CorpusError
from jiyao.labels import EntityLabel
from jiyao.normalise import normalise
from jiyao.structure.layout import layout
from jiyao.structure.roll import read_roll
from jiyao.types import Clause, Mention, Span, TaskRecord


def draft(content: str, name: str) -> CorpusDocument:
    """The document with its records drafted; marks, ``about`` and ``meeting`` are taken from ``content``.

    Raises:
        CorpusError: the marks or the block break the format.
    """
    marked, separator, block = content.rpartition(f"\n{SEPARATOR}\n")
    if not separator:
        raise CorpusError(name, f"no line {SEPARATOR}", "put it between the text and the JSON block")
    try:
        data = json.loads(block)
    except json.JSONDecodeError as error:
        raise CorpusError(name, f"no valid JSON ({error.msg})", "mend the block") from None
    text, entities, clauses = parse_marks(marked, name)
    head = json.dumps({key: data.get(key, {}) for key in ("about", "meeting")}, ensure_ascii=False)
    shell = parse_document(f"{{M}}-\n{SEPARATOR}\n{head}", name)
    norm = normalise(text)
    page = layout(text, norm, None)
    mentions = tuple(Mention(e.start, e.end, e.label, text[e.start : e.end]) for e in entities)

    def item(position: int) -> str | None:
        inner = [item for item in page.items if item.start <= position < item.end]
        return max(inner, key=lambda item: item.level).path if inner else None

    typed = tuple(Clause(c.start, c.end, c.label, 1.0, item(c.start)) for c in clauses)
    found = assemble(text, norm, page, shell.meeting, typed, mentions, name=name)
    number = {clause.start: index for index, clause in enumerate(clauses)}
    persons, agencies = (
        [Span(m.start, m.end) for m in mentions if m.label is label]
        for label in (EntityLabel.PERSON, EntityLabel.AGENCY)
    )
    return CorpusDocument(
        name=name,
        text=text,
        about=shell.about,
        meeting=shell.meeting,
        entities=entities,
        clauses=clauses,
        tasks=tuple(_task(task, number[task.start]) for task in found.tasks),
        decisions=tuple(GoldDecision(number[d.start], d.outcome, d.documents) for d in found.decisions),
        roll=read_roll(text, norm, page, persons, agencies).entries,
    )


def _task(task: TaskRecord, clause: int) -> GoldTask:
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


def main(arguments: list[str]) -> int:
    """Draft every file named; 1 if one cannot be."""
    failed = False
    for path in map(Path, arguments):
        try:
            document = draft(path.read_text(encoding="utf-8"), path.name.removesuffix(SUFFIX))
        except CorpusError as error:
            print(error, file=sys.stderr)
            failed = True
            continue
        path.write_text(dump_document(document), encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
