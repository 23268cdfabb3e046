"""The whole way from a file to a record."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from pathlib import Path

from jiyao.agencies.mend import mend_agencies
from jiyao.assemble import assemble, with_canonical
from jiyao.components.annotator import Annotator, shipped_model
from jiyao.components.candidates import Chances
from jiyao.components.confidence import Judged
from jiyao.components.reconcile import reconcile
from jiyao.damage import mend
from jiyao.labels import CLASSES_WITHOUT_ACTIONS, ClauseLabel, EntityLabel
from jiyao.normalise import normalise
from jiyao.readers import read, read_text
from jiyao.rules.foreign_acts import without_foreign_acts
from jiyao.rules.found_actions import with_actions
from jiyao.rules.found_classes import open_classes, with_classes
from jiyao.rules.found_deadlines import with_deadlines
from jiyao.structure.answerers import find_answerers
from jiyao.structure.chair import news_lead
from jiyao.structure.clauses import split_clauses
from jiyao.structure.header import read_meeting
from jiyao.structure.layout import layout
from jiyao.structure.roll import read_roll
from jiyao.structure.titles import find_documents
from jiyao.types import (
    SCHEMA,
    Clause,
    Layout,
    LineKind,
    Meeting,
    Mention,
    MinutesRecord,
    Reading,
    RollEntry,
    Span,
    TaskRecord,
)

#: Below this chance a record wants a reader's eye more than others.
_LOW = 0.3


@dataclass(frozen=True, slots=True)
class Found:
    """What is found before clauses are cut. ``words`` are spans; all offsets refer to ``norm`` and the text alike."""

    norm: str
    page: Layout
    mentions: tuple[Mention, ...]
    roll: tuple[RollEntry, ...]
    words: tuple[tuple[int, int], ...]
    chances: Chances


@dataclass(frozen=True, slots=True)
class Annotated:
    """What stages before assembly give. ``words`` are spans; all offsets refer to ``norm`` and the text alike."""

    norm: str
    page: Layout
    meeting: Meeting
    roll: tuple[RollEntry, ...]
    clauses: tuple[Clause, ...]
    mentions: tuple[Mention, ...]
    words: tuple[tuple[int, int], ...]
    chances: Chances


class MinutesPipeline:
    """Minutes to records with one loaded model. Make one with :func:`load`."""

    def __init__(self, annotator: Annotator) -> None:
        self.annotator = annotator

    def extract(self, source: Path | str) -> MinutesRecord:
        """The record of one document.

        ``source`` is a path, or the text itself (a string with a newline, or one that
        names no existing file).

        Raises:
            ReadError: the file cannot be read as minutes.
        """
        if isinstance(source, Path) or _names_file(source):
            return self.extract_reading(read(Path(source)))
        return self.extract_reading(read_text(source, "text"))

    def extract_reading(self, reading: Reading) -> MinutesRecord:
        """The record of a document that has been read already.

        What a page suffered on its way (:mod:`jiyao.damage`) is mended before it is read.
        """
        mended, restore = mend(reading)
        return restore(self._extracted(mended))

    def _extracted(self, reading: Reading) -> MinutesRecord:
        seen = self.annotate(reading)
        mentions = without_silent_actions(seen.mentions, seen.clauses)
        judged = self.annotator.judge(seen.norm, seen.clauses, mentions, seen.words, seen.chances)
        return self.record(reading, seen, judged)

    def record(self, reading: Reading, seen: Annotated, judged: Judged) -> MinutesRecord:
        """The record of a document whose mentions have been judged. Of ``seen``, words and chances are not looked at."""
        text, norm, page, clauses = reading.text, seen.norm, seen.page, seen.clauses
        mentions = without_foreign_acts(norm, judged.mentions)
        mentions = with_canonical(_as_written(mentions, text), seen.meeting)
        record_id = f"{Path(reading.source.path).stem or 'text'}-{reading.source.sha256[:6]}"
        result = assemble(text, norm, page, seen.meeting, clauses, mentions, name=record_id)
        return MinutesRecord(
            schema=SCHEMA,
            id=record_id,
            model=self.annotator.name,
            source=reading.source,
            text=text,
            meeting=seen.meeting,
            items=result.items,
            clauses=clauses,
            entities=mentions,
            documents=result.documents,
            roll=seen.roll,
            decisions=result.decisions,
            tasks=tuple(self._scored(task, judged.passed_over) for task in result.tasks),
            notes=reading.notes,
        )

    def annotate(self, reading: Reading) -> Annotated:
        """Layout, mentions and clauses of a document, before any mention is judged."""
        seen = self.find(reading)
        text, norm, page, mentions = reading.text, seen.norm, seen.page, seen.mentions
        agencies, persons = spans_of(mentions, EntityLabel.AGENCY), spans_of(mentions, EntityLabel.PERSON)
        meeting = read_meeting(text, norm, page, persons, agencies)
        actions = spans_of(mentions, EntityLabel.ACTION)
        spans = split_clauses(text, norm, page, agencies, actions, self.annotator.commas)
        classed = self._classed(norm, page, spans, mentions, seen.words)
        clauses = with_classes(norm, classed, mentions, news_lead(norm, page))
        mentions = with_deadlines(norm, clauses, mentions)
        mentions = with_actions(norm, clauses, mentions)
        return Annotated(norm, page, meeting, seen.roll, clauses, mentions, seen.words, seen.chances)

    def find(self, reading: Reading) -> Found:
        """Layout, mentions and roll of a document, before it is cut into clauses."""
        text, norm = reading.text, normalise(reading.text)
        page = layout(text, norm, reading.body)
        seen = self.annotator.read(norm)
        found = mend_agencies(norm, seen.mentions)
        mentions = reconcile(found, (*find_documents(norm, page), *find_answerers(text, norm, page)))
        persons, agencies = spans_of(mentions, EntityLabel.PERSON), spans_of(mentions, EntityLabel.AGENCY)
        roll = read_roll(text, norm, page, persons, agencies)
        return Found(norm, page, reconcile(mentions, roll.mentions), roll.entries, seen.words, seen.chances)

    def _scored(self, task: TaskRecord, passed_over: Sequence[Mention]) -> TaskRecord:
        """The task with its chance to be right in all fields as score, and a flag where that is low.

        It is right if what it was made of is right, and if nothing was missed that it should have been made of.
        """
        inside = passed_over[_place(passed_over, task.start) : _place(passed_over, task.end)]
        score = self.annotator.record_probability(task.score * prod(1 - mention.score for mention in inside))
        flags = (*task.flags, "low confidence") if score < _LOW else task.flags
        return replace(task, score=round(score, 4), flags=flags)

    def _classed(
        self,
        norm: str,
        page: Layout,
        spans: Sequence[Span],
        mentions: Sequence[Mention],
        words: Sequence[tuple[int, int]],
    ) -> tuple[Clause, ...]:
        """Clauses with their classes: META by form in the page's shell, by the classifier in its body."""
        shell = [_in_shell(page, span.start) for span in spans]
        open_to = open_classes(norm, spans, mentions)
        classes = iter(self.annotator.classify(norm, spans, mentions, words, skip=shell, open_to=open_to))
        out = []
        for span, outside in zip(spans, shell, strict=True):
            label, score = (ClauseLabel.META, 1.0) if outside else next(classes)
            out.append(Clause(span.start, span.end, label, score, _item_at(page, span.start)))
        return tuple(out)


def load(model: Path | str | None = None) -> MinutesPipeline:
    """The pipeline with the model that ships, or with the one in the folder ``model``.

    Raises:
        ModelError: the folder holds no model.
    """
    return MinutesPipeline(Annotator.load(Path(model) if model else shipped_model()))


def _place(mentions: Sequence[Mention], offset: int) -> int:
    """How many of ``mentions``, which are in order, begin before ``offset``."""
    return bisect_left(mentions, offset, key=lambda mention: mention.start)


def _names_file(source: str) -> bool:
    return "\n" not in source and len(source) < 1024 and Path(source).is_file()


def spans_of(mentions: Sequence[Mention], label: EntityLabel) -> list[Span]:
    """Where the mentions of one label stand."""
    return [Span(mention.start, mention.end) for mention in mentions if mention.label is label]


def _in_shell(page: Layout, position: int) -> bool:
    """Whether ``position`` lies in a line that is no body text: chrome, header, heading, roll, tail."""
    index = bisect_right(page.lines, position, key=lambda line: line.start) - 1
    return index >= 0 and page.lines[index].kind is not LineKind.BODY


def _item_at(page: Layout, position: int) -> str | None:
    """The path of the innermost item at ``position``."""
    inner = [item for item in page.items if item.start <= position < item.end]
    return max(inner, key=lambda item: item.level).path if inner else None


def without_silent_actions(mentions: Sequence[Mention], clauses: Sequence[Clause]) -> tuple[Mention, ...]:
    """The mentions without ACTIONs in clauses of classes where the guideline has none."""
    silent = {
        position
        for clause in clauses
        if clause.label in CLASSES_WITHOUT_ACTIONS
        for position in range(clause.start, clause.end)
    }
    return tuple(m for m in mentions if not (m.label is EntityLabel.ACTION and m.start in silent))


def _as_written(mentions: Sequence[Mention], text: str) -> tuple[Mention, ...]:
    """The mentions with their text as written, not as normalised."""
    return tuple(replace(mention, text=text[mention.start : mention.end]) for mention in mentions)
