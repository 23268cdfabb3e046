"""The values that flow from stage to stage.

Small frozen dataclasses; this module imports nothing of ours but the label
enumerations. All offsets are half-open ``[start, end)`` in Unicode code points
of ``Reading.text``, the text as decoded (newlines as ``\\n``, nothing else
changed), whatever a later stage normalised for matching.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from jiyao.labels import (
    ClauseLabel,
    DeadlineKind,
    EntityLabel,
    Kind,
    Origin,
    Outcome,
    RollRole,
)

SCHEMA = "jiyao.minutes/1"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the original text."""

    start: int
    end: int


# --- reading ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text came from. ``sha256`` is of the bytes read, ``chars`` the length of the text."""

    path: str
    format: str
    encoding: str | None
    sha256: str
    chars: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader gives: the text and where it came from.

    ``body`` is the part that the reader takes for the document proper, where the
    format tells (an HTML content container); what stands outside is page chrome.
    ``None`` means that the format does not tell. ``notes`` says what was damaged.
    """

    text: str
    source: Source
    body: Span | None = None
    notes: tuple[str, ...] = ()


# --- structure -------------------------------------------------------------------------------


class LineKind(StrEnum):
    """What a line of the page is. All but ``BODY`` and ``HEADING`` are shell."""

    BLANK = "blank"
    CHROME = "chrome"  # breadcrumb, widgets, advertisements, previous / next, credits
    FIELD = "field"  # 索引号, 发布机构, 时间 … 来源 …: the page's own label lines
    TITLE = "title"
    NUMBER = "number"  # the minutes' own document or issue number, alone on its line
    LEAD_IN = "lead_in"  # 会议议定以下意见:, 现将有关事项纪要如下:
    HEADING = "heading"  # an agenda item's heading
    BODY = "body"
    ROLL = "roll"  # 出席, 列席, 请假, 记录 and the lines of names that follow
    TAIL = "tail"  # 整理, 印发, 抄送, (此件公开发布), 附件, signature, date line


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its newline. ``content`` is where it starts after indent and enumerator;
    ``item`` the path of the innermost agenda item it belongs to."""

    start: int
    end: int
    kind: LineKind
    content: int
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The page cut into lines and agenda items, in order."""

    lines: tuple[Line, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting's own data. Unknown is ``None``."""

    title: str | None = None
    issuer: str | None = None
    number: int | None = None
    doc_number: str | None = None
    held_on: date | None = None
    published_on: date | None = None
    chair: str | None = None
    chair_title: str | None = None
    place: str | None = None
    recorder: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item: from its heading to the next heading of the same or a higher level.

    ``path`` is the enumerator without punctuation, levels joined by ``.`` (``三``,
    ``三.二``); ``level`` counts from 0.
    """

    path: str
    start: int
    end: int
    heading: str
    presenters: tuple[str, ...] = ()
    level: int = 0


@dataclass(frozen=True, slots=True)
class RollEntry:
    """Somebody on the roll. A lost or unnamed person has ``name`` ``None``."""

    role: RollRole
    name: str | None
    agency: str | None = None
    title: str | None = None


# --- annotation ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity as it stands in the text. ``score`` is in [0, 1]; ``rule`` names the rule, if one found it."""

    start: int
    end: int
    label: EntityLabel
    text: str
    canonical: str | None = None
    origin: Origin = Origin.MODEL
    score: float = 1.0
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause and its class. ``item`` is the path of the agenda item it stands in."""

    start: int
    end: int
    label: ClauseLabel
    score: float = 1.0
    item: str | None = None


# --- the record ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document that the minutes name: title without the outer 《》, its aliases and first place."""

    title: str
    aliases: tuple[str, ...]
    stage: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AgencyRef:
    """An agency in a record. ``group`` is true of 各地各部门 and the like."""

    name: str
    canonical: str | None
    start: int
    end: int
    group: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """A verb of a record."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NextStep:
    """The body that a paper goes to, and what that body does with it (审议, 备案 …)."""

    body: str
    act: str | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline. ``date`` is ``None`` unless it can be known."""

    text: str
    start: int
    end: int
    kind: DeadlineKind
    date: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the meeting decided, in one clause."""

    start: int
    end: int
    item: str | None
    outcome: Outcome
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which rule filled a field of a record, and from which stretch of text."""

    field: str
    rule: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TaskRecord:
    """One task: one line of the ledger (督办台账)."""

    id: str
    item: str | None
    kind: Kind
    start: int
    end: int
    text: str
    lead: tuple[AgencyRef, ...] = ()
    lead_inferred: bool = False
    lead_persons: tuple[str, ...] = ()
    support: tuple[AgencyRef, ...] = ()
    actions: tuple[Action, ...] = ()
    object: str | None = None
    documents: tuple[str, ...] = ()
    issuing_name: str | None = None
    next_step: NextStep | None = None
    deadline: Deadline | None = None
    urgent: bool = False
    score: float = 1.0
    flags: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class MinutesRecord:
    """All that is known of one document: the JSON object of the contract."""

    schema: str
    id: str
    model: str
    source: Source
    text: str
    meeting: Meeting
    items: tuple[Item, ...] = ()
    clauses: tuple[Clause, ...] = ()
    entities: tuple[Mention, ...] = ()
    documents: tuple[DocumentRef, ...] = ()
    roll: tuple[RollEntry, ...] = ()
    decisions: tuple[Decision, ...] = ()
    tasks: tuple[TaskRecord, ...] = ()
    notes: tuple[str, ...] = field(default=())
