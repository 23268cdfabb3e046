"""Entity labels and clause classes: the one place where a label is added.

The order of each enumeration is the order used in reports, legends and
configurations. ``mark`` is the letter of the corpus format, ``chinese`` the
name shown to officials, ``definition`` one line from the annotation guideline.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EntityLabel(StrEnum):
    """What a marked span of text is."""

    AGENCY = "AGENCY"
    PERSON = "PERSON"
    DOCUMENT = "DOCUMENT"
    ACTION = "ACTION"
    DEADLINE = "DEADLINE"


class ClauseLabel(StrEnum):
    """What a clause does. Every clause has exactly one class."""

    DECISION = "DECISION"
    ASSIGNMENT = "ASSIGNMENT"
    PROCEDURE = "PROCEDURE"
    REQUIREMENT = "REQUIREMENT"
    TARGET = "TARGET"
    BACKGROUND = "BACKGROUND"
    PROCEEDING = "PROCEEDING"
    COMMITMENT = "COMMITMENT"
    META = "META"


@dataclass(frozen=True, slots=True)
class LabelInfo:
    """How a label is written, shown and defined."""

    mark: str
    chinese: str
    definition: str
    colour: str
    hotkey: str


ENTITY_LABELS: dict[EntityLabel, LabelInfo] = {
    EntityLabel.AGENCY: LabelInfo(
        "A", "机构", "a body that can act, be tasked, be asked, approve or attend", "#2f6fb3", "1"
    ),
    EntityLabel.PERSON: LabelInfo("P", "人名", "a person's name, without title", "#8a4fa8", "2"),
    EntityLabel.DOCUMENT: LabelInfo("D", "文件", "a document under discussion or cited, or its number", "#b3722f", "3"),
    EntityLabel.ACTION: LabelInfo(
        "V", "动作", "the head verb of an official act to be done or done by the meeting", "#2f8f5b", "4"
    ),
    EntityLabel.DEADLINE: LabelInfo("T", "时限", "when a task must be done or recurs", "#c23b3b", "5"),
}

CLAUSE_LABELS: dict[ClauseLabel, LabelInfo] = {
    ClauseLabel.DECISION: LabelInfo("D", "决定", "the meeting disposes of a matter", "#7a5cc2", "q"),
    ClauseLabel.ASSIGNMENT: LabelInfo(
        "A", "交办", "a named actor is bound to a concrete act or product", "#c2571a", "w"
    ),
    ClauseLabel.PROCEDURE: LabelInfo("P", "程序", "what happens to the paper next, no actor named", "#1a8ac2", "e"),
    ClauseLabel.REQUIREMENT: LabelInfo(
        "R", "要求", "exhortation or standing duty; actor generic, inherited or absent", "#a38a00", "r"
    ),
    ClauseLabel.TARGET: LabelInfo(
        "T", "指标", "an indicator somebody answers for, without a verb of doing", "#1a9c82", "t"
    ),
    ClauseLabel.BACKGROUND: LabelInfo("B", "背景", "reasons, significance, status, history", "#8c8c8c", "a"),
    ClauseLabel.PROCEEDING: LabelInfo("G", "议程", "what the meeting did as an event", "#5c7a99", "s"),
    ClauseLabel.COMMITMENT: LabelInfo("C", "承诺", "the government's own promise", "#b34d7a", "d"),
    ClauseLabel.META: LabelInfo(
        "M", "版记", "attendance, distribution, headings, page chrome, signature", "#b5b5b5", "f"
    ),
}

#: Clause classes that give a task record each; the record's ``kind`` is the class in lower case.
TASK_CLASSES: frozenset[ClauseLabel] = frozenset(
    {
        ClauseLabel.ASSIGNMENT,
        ClauseLabel.PROCEDURE,
        ClauseLabel.REQUIREMENT,
        ClauseLabel.TARGET,
        ClauseLabel.COMMITMENT,
    }
)

#: Clause classes in which no ACTION is marked (guideline, section 4).
CLASSES_WITHOUT_ACTIONS: frozenset[ClauseLabel] = frozenset(
    {ClauseLabel.META, ClauseLabel.BACKGROUND, ClauseLabel.TARGET}
)


class Kind(StrEnum):
    """Kind of a task record."""

    ASSIGNMENT = "assignment"
    PROCEDURE = "procedure"
    REQUIREMENT = "requirement"
    TARGET = "target"
    COMMITMENT = "commitment"


class DeadlineKind(StrEnum):
    """How far a deadline can be put on a calendar."""

    DATE = "date"
    RECURRING = "recurring"
    VAGUE = "vague"
    EVENT = "event"


class Outcome(StrEnum):
    """What a meeting decided."""

    APPROVED = "approved"
    APPROVED_IN_PRINCIPLE = "approved_in_principle"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    ESTABLISHED = "established"
    NAMED = "named"
    AUTHORISED = "authorised"
    OTHER = "other"


class RollRole(StrEnum):
    """In what role somebody stands on the roll."""

    PRESENT = "present"
    OBSERVER = "observer"
    ABSENT = "absent"
    REPRESENTATIVE = "representative"
    RECORDER = "recorder"


class Origin(StrEnum):
    """What found a mention."""

    MODEL = "model"
    RULE = "rule"


class TaskRelation(StrEnum):
    """What a mention is to the task of a clause; drawn from clause to mention where minutes are reviewed."""

    LEAD = "lead"
    SUPPORT = "support"
    DOCUMENT = "document"
    DEADLINE = "deadline"


class Genre(StrEnum):
    """What sort of page a document is."""

    MINUTES = "minutes"
    NEWS = "news"
    NOTICE = "notice"
    LIST = "list"
    SPECIAL = "special"


KIND_CHINESE: dict[Kind, str] = {
    Kind.ASSIGNMENT: "交办事项",
    Kind.PROCEDURE: "程序事项",
    Kind.REQUIREMENT: "工作要求",
    Kind.TARGET: "目标指标",
    Kind.COMMITMENT: "政府承诺",
}

OUTCOME_CHINESE: dict[Outcome, str] = {
    Outcome.APPROVED: "通过",
    Outcome.APPROVED_IN_PRINCIPLE: "原则通过",
    Outcome.REJECTED: "未通过",
    Outcome.DEFERRED: "暂缓",
    Outcome.ESTABLISHED: "成立",
    Outcome.NAMED: "命名",
    Outcome.AUTHORISED: "授权",
    Outcome.OTHER: "其他",
}

ROLE_CHINESE: dict[RollRole, str] = {
    RollRole.PRESENT: "出席",
    RollRole.OBSERVER: "列席",
    RollRole.ABSENT: "请假",
    RollRole.REPRESENTATIVE: "代表",
    RollRole.RECORDER: "记录",
}

RELATION_CHINESE: dict[TaskRelation, str] = {
    TaskRelation.LEAD: "牵头",
    TaskRelation.SUPPORT: "配合",
    TaskRelation.DOCUMENT: "涉及文件",
    TaskRelation.DEADLINE: "完成时限",
}

GENRE_CHINESE: dict[Genre, str] = {
    Genre.MINUTES: "纪要",
    Genre.NEWS: "会议新闻",
    Genre.NOTICE: "通知",
    Genre.LIST: "任务清单",
    Genre.SPECIAL: "专题纪要",
}
