"""Find what is wrong or doubtful in an annotated document.

An *error* breaks the guideline or contradicts itself and must be mended; a
*doubt* may be right (damaged pages, odd clerks) and wants a second look.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jiyao.corpus.model import CorpusDocument, GoldClause, GoldSpan, GoldTask
from jiyao.labels import (
    CLASSES_WITHOUT_ACTIONS,
    ClauseLabel,
    DeadlineKind,
    EntityLabel,
    RollRole,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A thing to mend (``serious``) or to look at. ``line`` counts from 1 in the file."""

    document: str
    line: int
    serious: bool
    message: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}: {'error' if self.serious else 'doubt'}: {self.message}"


# Full-width forms are written as escapes: editors and channels that narrow them would break the patterns unseen.
_HARD_STOP = re.compile("[。;!?\uff1b\uff01\uff1f]")
_BRACKETED = re.compile("《[^》\n]*》|\u201c[^\u201d\n]*\u201d|\uff08[^\uff09\n]*\uff09|\\([^)\n]*\\)")
_JOINED = re.compile(
    r"责任|牵头|配合|完成时|时限|此项|该项|进度|措施|联系|领导|内容|目标|任务|^\W*[一二三四五六七八九十\d]{1,3}\W*$"
)
_INTRODUCERS = frozenset(("指出", "强调", "要求", "认为", "明确", "议定", "会同", "确保", "力争", "争取"))
_MODALS = re.compile(r"^(?:要|应|须|将|由|请)|(?:要|应)$")
_MEETING_NAME = re.compile(
    r"[^,\uff0c。;\uff1b\n、和]{0,8}(?:会议|次常务会|纪要|党组会|办公会)|[一二三四五六七八九十]+届|\d+届"
)
_EDGE = re.compile(r"^[\s、,。;:\uff0c\uff1b\uff1a]|[\s、,。;:\uff0c\uff1b\uff1a]$")
_SUPPORT_VERBS = frozenset(("配合", "参与", "协助", "协同", "积极配合", "密切配合", "协同配合", "支持"))
_TITLE_ENDING = re.compile(r"(?:同志|书记|局长|区长|市长|县长|主席|常委)$")


def check_document(document: CorpusDocument) -> list[Finding]:
    """All findings of one document, in the order of the text."""
    checker = _Checker(document)
    checker.run()
    return sorted(checker.findings, key=lambda finding: finding.line)


class _Checker:
    def __init__(self, document: CorpusDocument) -> None:
        self.doc = document
        self.findings: list[Finding] = []
        self.texts = {
            label: Counter(self.text_of(span) for span in document.entities if span.label is label)
            for label in EntityLabel
        }
        self.persons = {_bare(name) for name in self.texts[EntityLabel.PERSON]}

    def run(self) -> None:
        checks: tuple[Callable[[], None], ...] = (
            self.entities,
            self.titles,
            self.unmarked,
            self.clauses,
            self.tasks,
            self.decisions,
            self.meeting,
            self.roll,
        )
        for check in checks:
            check()

    # --- helpers ---

    def text_of(self, span: GoldSpan | GoldClause) -> str:
        return self.doc.text[span.start : span.end]

    def inside(self, clause: GoldClause, label: EntityLabel) -> list[str]:
        return [
            self.text_of(span)
            for span in self.doc.entities
            if span.label is label and clause.start <= span.start < clause.end
        ]

    def report(self, position: int, message: str, *, serious: bool = True) -> None:
        line = self.doc.text.count("\n", 0, position) + 1
        self.findings.append(Finding(self.doc.name, line, serious, message))

    # --- checks ---

    def entities(self) -> None:
        for span in self.doc.entities:
            text = self.text_of(span)
            if _EDGE.search(text):
                self.report(span.start, f"{span.label} {text!r} starts or ends with space or punctuation")
            if span.label is EntityLabel.PERSON and _TITLE_ENDING.search(text) and len(text) > 3:
                self.report(span.start, f"PERSON {text!r} includes a title", serious=False)
            if span.label is EntityLabel.AGENCY:
                if "《" in text or re.search(r"[、,\uff0c]", _BRACKETED.sub("", text)):
                    self.report(span.start, f"AGENCY {text!r} holds more than one body", serious=False)
                if text in ("会议", "政府", "我市", "我县", "我区"):
                    self.report(span.start, f"{text!r} is no AGENCY")
            if span.label is EntityLabel.ACTION:
                if text in _INTRODUCERS:
                    self.report(span.start, f"ACTION {text!r} is an introducer, a preposition or opens a goal")
                if _MODALS.search(text) and len(text) > 2:
                    self.report(span.start, f"ACTION {text!r} includes a modal", serious=False)
        for clause in self.doc.clauses:
            for span in self.doc.entities:
                if span.start < clause.start < span.end:
                    self.report(span.start, f"{span.label} {self.text_of(span)!r} runs over a clause start")

    def titles(self) -> None:
        covered = _covered(self.doc.entities, EntityLabel.DOCUMENT)
        for match in re.finditer("《", self.doc.text):
            if match.start() not in covered:
                excerpt = self.doc.text[match.start() : match.start() + 15]
                self.report(match.start(), f"{excerpt!r} stands outside a DOCUMENT", serious=False)

    def unmarked(self) -> None:
        """The same name is marked at one place and not at another."""
        covered = {p for span in self.doc.entities for p in range(span.start, span.end)}
        for label in (EntityLabel.AGENCY, EntityLabel.PERSON):
            for name in self.texts[label]:
                if len(name) < 2 or (label is EntityLabel.AGENCY and len(name) < 3):
                    continue
                for match in re.finditer(re.escape(name), self.doc.text):
                    if match.start() not in covered and not _MEETING_NAME.match(self.doc.text, match.end()):
                        self.report(match.start(), f"{label} {name!r} is not marked here", serious=False)

    def clauses(self) -> None:
        for clause in self.doc.clauses:
            text = self.text_of(clause)
            actions = self.inside(clause, EntityLabel.ACTION)
            if actions and clause.label in CLASSES_WITHOUT_ACTIONS:
                self.report(clause.start, f"ACTION {actions[0]!r} in a {clause.label} clause")
            if not actions and clause.label in (
                ClauseLabel.ASSIGNMENT,
                ClauseLabel.PROCEDURE,
                ClauseLabel.DECISION,
            ):
                self.report(clause.start, f"no ACTION in a {clause.label} clause: {text[:15]!r}", serious=False)
            for part in self._unsplit(text):
                self.report(clause.start, f"a clause start is missing before {part!r}", serious=False)

    @staticmethod
    def _unsplit(text: str) -> Iterator[str]:
        """Openings of sentences inside a clause which look like clauses of their own."""
        plain = _BRACKETED.sub(lambda match: "x" * len(match.group()), text)
        stops = [match.end() for match in _HARD_STOP.finditer(plain)]
        stops += [match.end() for match in re.finditer("\n", plain)]
        for stop in sorted(stops):
            rest = text[stop:].lstrip("\u201d》)\uff09\"' \u3000\n")
            if rest and not _JOINED.search(rest[:12].split("\n", 1)[0]):
                yield rest[:12]

    def tasks(self) -> None:
        for task in self.doc.tasks:
            clause = self.doc.clauses[task.clause]
            where = f"task {self.text_of(clause)[:12]!r}"
            for field, names in (("lead", task.lead), ("support", task.support)):
                for name in names:
                    self._known_agency(clause, f"{where}: {field}", name)
            if task.issuing_name:
                self._known_agency(clause, f"{where}: issuing_name", task.issuing_name)
            for name in task.lead_persons:
                if _bare(name) not in self.persons:
                    self.report(clause.start, f"{where}: lead_persons {name!r} is no PERSON of the text")
            if task.lead_inferred and not task.lead:
                self.report(clause.start, f"{where}: lead_inferred without lead")
            if clause.label is ClauseLabel.ASSIGNMENT and not (task.lead or task.lead_persons):
                self.report(clause.start, f"{where}: an ASSIGNMENT without lead", serious=False)
            if set(task.lead) & set(task.support):
                self.report(clause.start, f"{where}: the same body in lead and support")
            if task.next_step and task.next_step.body not in self.doc.text:
                self.report(clause.start, f"{where}: next_step {task.next_step.body!r} is not in the text")
            self._actions(task, clause, where)
            self._documents(clause, where, task.documents)
            self._deadline(task, clause, where)

    def _known_agency(self, clause: GoldClause, where: str, name: str) -> None:
        if name not in self.texts[EntityLabel.AGENCY]:
            self.report(clause.start, f"{where} {name!r} is no AGENCY of the text")

    def _actions(self, task: GoldTask, clause: GoldClause, where: str) -> None:
        marked = self.inside(clause, EntityLabel.ACTION)
        remaining = iter(marked)
        missing = [action for action in task.actions if action not in remaining]
        if missing:
            self.report(clause.start, f"{where}: actions {missing} are not the clause's {marked}, in order")
        left = Counter(marked) - Counter(task.actions)
        unexplained = sorted(set(left) - _SUPPORT_VERBS)
        if unexplained and not missing:
            self.report(clause.start, f"{where}: marked but not in actions: {unexplained}", serious=False)
        for action in task.actions:
            if action in ("配合", "参与") and task.support:
                self.report(clause.start, f"{where}: {action!r} is the supporters' act", serious=False)

    def _documents(self, clause: GoldClause, where: str, titles: tuple[str, ...]) -> None:
        known = {_title(text) for text in self.texts[EntityLabel.DOCUMENT]}
        for title in titles:
            if title not in known:
                self.report(clause.start, f"{where}: document {title!r} is no DOCUMENT of the text")

    def _deadline(self, task: GoldTask, clause: GoldClause, where: str) -> None:
        marked = self.inside(clause, EntityLabel.DEADLINE)
        due = task.deadline
        if due is None:
            if marked:
                self.report(clause.start, f"{where}: DEADLINE {marked[0]!r} is not in the record")
            return
        if due.text not in marked:
            self.report(clause.start, f"{where}: deadline {due.text!r} is no DEADLINE of the clause {marked}")
        if due.kind is not DeadlineKind.DATE and due.date is not None:
            self.report(clause.start, f"{where}: a {due.kind} deadline has no date")
        if due.kind is DeadlineKind.DATE and due.date is None and self.doc.meeting.held_on:
            self.report(clause.start, f"{where}: a date deadline without date", serious=False)
        held = self.doc.meeting.held_on
        if held and due.date and due.date < held:
            self.report(clause.start, f"{where}: due {due.date} before the meeting {held}", serious=False)

    def decisions(self) -> None:
        for decision in self.doc.decisions:
            clause = self.doc.clauses[decision.clause]
            self._documents(clause, f"decision {self.text_of(clause)[:12]!r}", decision.documents)

    def meeting(self) -> None:
        meeting = self.doc.meeting
        for field in ("title", "issuer", "doc_number", "chair", "chair_title", "place", "recorder"):
            value = getattr(meeting, field)
            if value and _bare(value) not in _bare(self.doc.text):
                self.report(0, f"meeting.{field} {value!r} is not in the text")
        if meeting.title is None:
            self.report(0, "meeting.title is missing", serious=False)
        if meeting.held_on is None:
            self.report(0, "meeting.held_on is missing", serious=False)

    def roll(self) -> None:
        agencies = self.texts[EntityLabel.AGENCY]
        for entry in self.doc.roll:
            if entry.name and _bare(entry.name) not in self.persons:
                self.report(0, f"roll: {entry.name!r} is no PERSON of the text")
            if entry.agency and entry.agency not in agencies:
                self.report(0, f"roll: {entry.agency!r} is no AGENCY of the text")
            if entry.name and re.search(r"\s", entry.name):
                self.report(0, f"roll: {entry.name!r} keeps its padding")
        listed = {entry.name for entry in self.doc.roll}
        for clause in self.doc.clauses:
            head = self.text_of(clause)[:6].replace(" ", "").replace("\u3000", "")
            if clause.label is ClauseLabel.META and re.match("出席|列席|请假|缺席", head):
                for name in self.inside(clause, EntityLabel.PERSON):
                    if _bare(name) not in listed:
                        self.report(clause.start, f"PERSON {name!r} is missing in the roll")
        if self.doc.meeting.recorder and not any(e.role is RollRole.RECORDER for e in self.doc.roll):
            self.report(0, "the recorder is missing in the roll", serious=False)


def _covered(spans: tuple[GoldSpan, ...], label: EntityLabel) -> set[int]:
    return {p for span in spans if span.label is label for p in range(span.start, span.end)}


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _title(text: str) -> str:
    """The title inside the outer 《》; the text itself where there is none."""
    if text.startswith("《") and "》" in text:
        return text[1 : text.rindex("》")]
    return text
