"""Records to write in tests: one made by hand, and gold annotations turned into records."""

from __future__ import annotations

import hashlib
from datetime import date

from jiyao.corpus.model import CorpusDocument, GoldTask
from jiyao.labels import (
    ClauseLabel,
    DeadlineKind,
    EntityLabel,
    Kind,
    Origin,
    Outcome,
    RollRole,
)
from jiyao.types import (
    SCHEMA,
    Action,
    AgencyRef,
    Clause,
    Deadline,
    Decision,
    DocumentRef,
    Evidence,
    Item,
    Meeting,
    Mention,
    MinutesRecord,
    NextStep,
    RollEntry,
    Source,
    TaskRecord,
)

#: What an attacker, or a damaged file, may put anywhere.
HOSTILE = (
    "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 7*7 }}\x00\x1b[31m\ufffe\udcff\u2028\x85[red]"
)


TEXT = """\
岚川县人民政府第十二次常务会议纪要
岚政纪〔2023〕12号
    2023年5月9日，县长柏思远主持召开县政府第十二次常务会议，纪要如下：
    一、关于老旧小区改造工作
    会议原则同意《岚川县老旧小区改造方案》（以下简称《方案》）。由县住建局牵头，县财政局、县民政局配合，于6月底前将《方案》修改完善后报县委常委会审议；各乡镇要加强安全巡查。
    二、关于防溺水工作
    会议要求，县教育局要立即开展一次隐患排查。
    出席：柏思远  记录：祝小禾
"""


def hand_made(**changes: object) -> MinutesRecord:
    """A record with every part of the contract filled; ``changes`` replace its fields."""
    source = Source("会议/岚川-12.txt", "txt", "utf-8", hashlib.sha256(TEXT.encode()).hexdigest(), len(TEXT))
    fields: dict[str, object] = {
        "schema": SCHEMA,
        "id": "lanchuan-12",
        "model": "jiyao 0.1.0",
        "source": source,
        "text": TEXT,
        "meeting": Meeting(
            title="岚川县人民政府第十二次常务会议纪要",
            number=12,
            doc_number="岚政纪〔2023〕12号",
            held_on=date(2023, 5, 9),
            chair="柏思远",
            chair_title="县长",
            recorder="祝小禾",
        ),
        "items": (_item("一", "一、关于老旧小区改造工作"), _item("二", "二、关于防溺水工作")),
        "clauses": (
            _clause("岚川县人民政府第十二次常务会议纪要", ClauseLabel.META),
            _clause("岚政纪〔2023〕12号", ClauseLabel.META),
            _clause("2023年5月9日，县长柏思远主持召开县政府第十二次常务会议，纪要如下：", ClauseLabel.PROCEEDING),
            _clause("一、关于老旧小区改造工作", ClauseLabel.META, "一"),
            _clause("会议原则同意《岚川县老旧小区改造方案》（以下简称《方案》）。", ClauseLabel.DECISION, "一"),
            _clause(_FIRST, ClauseLabel.ASSIGNMENT, "一"),
            _clause(_SECOND, ClauseLabel.REQUIREMENT, "一"),
            _clause("二、关于防溺水工作", ClauseLabel.META, "二"),
            _clause(_THIRD, ClauseLabel.ASSIGNMENT, "二"),
        ),
        "entities": (
            _mention("柏思远", EntityLabel.PERSON),
            _mention("《岚川县老旧小区改造方案》", EntityLabel.DOCUMENT),
            _mention("县住建局", EntityLabel.AGENCY, "岚川县住房和城乡建设局"),
            _mention("县财政局", EntityLabel.AGENCY),
            _mention("6月底前", EntityLabel.DEADLINE),
            _mention("修改完善", EntityLabel.ACTION),
        ),
        "documents": (DocumentRef("岚川县老旧小区改造方案", ("方案",), None, *_at("《岚川县老旧小区改造方案》")),),
        "roll": (
            RollEntry(RollRole.PRESENT, "柏思远", None, "县长"),
            RollEntry(RollRole.REPRESENTATIVE, None, "县供电公司"),
            RollEntry(RollRole.RECORDER, "祝小禾"),
        ),
        "decisions": (
            Decision(
                *_at("会议原则同意《岚川县老旧小区改造方案》（以下简称《方案》）。"),
                "一",
                Outcome.APPROVED_IN_PRINCIPLE,
                ("岚川县老旧小区改造方案",),
            ),
        ),
        "tasks": (
            TaskRecord(
                "lanchuan-12-01-01",
                "一",
                Kind.ASSIGNMENT,
                *_at(_FIRST),
                _FIRST,
                lead=(_agency("县住建局"),),
                support=(_agency("县财政局"), _agency("县民政局")),
                actions=(Action("修改完善", *_at("修改完善")),),
                object="《方案》",
                documents=("岚川县老旧小区改造方案",),
                next_step=NextStep("县委常委会", "审议"),
                deadline=Deadline("6月底前", *_at("6月底前"), DeadlineKind.DATE, date(2023, 6, 30)),
                score=0.93456789,
                evidence=(Evidence("lead", "lead.牵头", *_at("县住建局")),),
            ),
            TaskRecord(
                "lanchuan-12-01-02",
                "一",
                Kind.REQUIREMENT,
                *_at(_SECOND),
                _SECOND,
                lead=(_agency("各乡镇"),),
                flags=("low confidence", "gate: 县法制办 审查", "something new"),
                score=0.5,
            ),
            TaskRecord(
                "lanchuan-12-02-01",
                "二",
                Kind.ASSIGNMENT,
                *_at(_THIRD),
                _THIRD,
                lead=(_agency("县教育局"),),
                lead_inferred=True,
                lead_persons=("祝小禾",),
                urgent=True,
            ),
        ),
        "notes": ("读取时修复了一处编码",),
    }
    return MinutesRecord(**{**fields, **changes})  # type: ignore[arg-type]


_FIRST = "由县住建局牵头，县财政局、县民政局配合，于6月底前将《方案》修改完善后报县委常委会审议；"
_SECOND = "各乡镇要加强安全巡查。"
_THIRD = "会议要求，县教育局要立即开展一次隐患排查。"


def _at(part: str) -> tuple[int, int]:
    start = TEXT.index(part)
    return start, start + len(part)


def _item(path: str, heading: str) -> Item:
    start = TEXT.index(heading)
    following = TEXT.find("\n    二、", start + 1)
    return Item(path, start, following if following > 0 else len(TEXT), heading)


def _clause(part: str, label: ClauseLabel, item: str | None = None) -> Clause:
    return Clause(*_at(part), label, 0.9, item)


def _mention(part: str, label: EntityLabel, canonical: str | None = None) -> Mention:
    return Mention(*_at(part), label, part, canonical, Origin.MODEL, 0.987654321)


def _agency(name: str) -> AgencyRef:
    return AgencyRef(name, None, *_at(name), group=name.startswith("各"))


# --- gold annotations ------------------------------------------------------------------------


def from_gold(document: CorpusDocument) -> MinutesRecord:
    """The record that a perfect model would give for an annotated document."""
    items = _gold_items(document)
    task_number = iter(range(1, len(document.tasks) + 1))
    return MinutesRecord(
        schema=SCHEMA,
        id=document.name,
        model="gold",
        source=Source(
            f"{document.name}.txt",
            "txt",
            "utf-8",
            hashlib.sha256(document.text.encode()).hexdigest(),
            len(document.text),
        ),
        text=document.text,
        meeting=document.meeting,
        items=items,
        clauses=tuple(Clause(c.start, c.end, c.label, 1.0, _path(items, c.start)) for c in document.clauses),
        entities=tuple(Mention(e.start, e.end, e.label, document.text[e.start : e.end]) for e in document.entities),
        roll=document.roll,
        decisions=tuple(
            Decision(clause.start, clause.end, _path(items, clause.start), decision.outcome, decision.documents)
            for decision in document.decisions
            for clause in [document.clauses[decision.clause]]
        ),
        tasks=tuple(_gold_task(document, task, items, next(task_number)) for task in document.tasks),
    )


def _gold_items(document: CorpusDocument) -> tuple[Item, ...]:
    """A heading is a META clause of its own line that starts with 一、 二、 …"""
    numerals = "一二三四五六七八九十"
    starts = [
        clause
        for clause in document.clauses
        if clause.label is ClauseLabel.META
        and document.text[clause.start] in numerals
        and document.text[clause.start + 1 : clause.start + 2] == "、"
    ]
    ends = [*(clause.start for clause in starts[1:]), len(document.text)][: len(starts)]
    return tuple(
        Item(document.text[c.start], c.start, end, document.text[c.start : c.end])
        for c, end in zip(starts, ends, strict=True)
    )


def _path(items: tuple[Item, ...], position: int) -> str | None:
    return next((item.path for item in items if item.start <= position < item.end), None)


def _gold_task(document: CorpusDocument, task: GoldTask, items: tuple[Item, ...], number: int) -> TaskRecord:
    clause = document.clauses[task.clause]
    text = document.text[clause.start : clause.end]

    def agency(name: str) -> AgencyRef:
        start = document.text.rfind(name, 0, clause.end)
        found = document.text.find(name, clause.start, clause.end)
        start = found if found >= 0 else start
        return AgencyRef(name, None, start, start + len(name))

    due = task.deadline
    due_start = document.text.index(due.text, clause.start) if due else 0
    actions, position = [], clause.start
    for action in task.actions:
        position = document.text.index(action, position)
        actions.append(Action(action, position, position + len(action)))
    return TaskRecord(
        id=f"{document.name}-{number:02}",
        item=_path(items, clause.start),
        kind=Kind(clause.label.value.lower()),
        start=clause.start,
        end=clause.end,
        text=text,
        lead=tuple(map(agency, task.lead)),
        lead_inferred=task.lead_inferred,
        lead_persons=task.lead_persons,
        support=tuple(map(agency, task.support)),
        actions=tuple(actions),
        object=task.object,
        documents=task.documents,
        issuing_name=task.issuing_name,
        next_step=task.next_step,
        deadline=Deadline(due.text, due_start, due_start + len(due.text), due.kind, due.date) if due else None,
        flags=("lead inferred",) if task.lead_inferred else () if task.lead else ("lead unknown",),
    )
