"""Clauses and mentions to records: the rules are run over every task clause, in order."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jiyao.agencies import canonical, is_group
from jiyao.labels import TASK_CLASSES, ClauseLabel, EntityLabel, Kind
from jiyao.rules import RULES
from jiyao.rules.decisions import read_decision
from jiyao.rules.draft import Draft, Rule
from jiyao.rules.links import linked
from jiyao.rules.part import Role
from jiyao.rules.roles import parts
from jiyao.rules.titles import Titles, read_titles
from jiyao.rules.view import ClauseView, Page, make_views
from jiyao.structure.presenters import presenters
from jiyao.types import (
    Action,
    AgencyRef,
    Clause,
    Decision,
    DocumentRef,
    Item,
    Layout,
    Meeting,
    Mention,
    Span,
    TaskRecord,
)

_FIRST = "(?:第一位|首位|首列|第一个|第一家|第一|前)"
#: (列第一位的为牵头单位), (牵头单位列在首位), (由第一责任单位牵头), 首位者为牵头单位.
_FIRST_LISTED = re.compile(
    rf"(?:列|排名?|排序|排列)(?:在|居|于)?{_FIRST}的?(?:责任)?(?:单位|部门)?(?:为|是|即为|即)?牵头"
    rf"|牵头(?:责任)?(?:单位|部门)(?:列|排)(?:名|序)?(?:在|居|于)?{_FIRST}"
    rf"|{_FIRST}(?:责任)?(?:单位|部门)(?:为|是|负责)?牵头"
    rf"|{_FIRST}[者的]?(?:为|是|即为|即)牵头"
)


@dataclass(frozen=True, slots=True)
class Assembled:
    """What assembly gives: tasks, decisions, documents, and the agenda items with who presented them."""

    items: tuple[Item, ...]
    tasks: tuple[TaskRecord, ...]
    decisions: tuple[Decision, ...]
    documents: tuple[DocumentRef, ...]


def assemble(
    text: str,
    norm: str,
    layout: Layout,
    meeting: Meeting,
    clauses: Sequence[Clause],
    mentions: Sequence[Mention],
    *,
    name: str,
    rules: Sequence[Rule] = RULES,
) -> Assembled:
    """Records of one document. ``name`` starts the ids of its tasks; spans refer to ``text`` and ``norm`` alike.

    ``rules`` are asked in order; to measure what one is worth, leave it out.
    """
    agencies = [Span(m.start, m.end) for m in mentions if m.label is EntityLabel.AGENCY]
    items = tuple(
        replace(item, presenters=presenters(text, norm, Span(item.start, item.end), agencies)) for item in layout.items
    )
    layout = replace(layout, items=items)
    titles: Titles = read_titles(text, norm, mentions)
    views = make_views(norm, layout, clauses, mentions)
    page = Page(
        text=text,
        norm=norm,
        layout=layout,
        meeting=meeting,
        mentions=tuple(mentions),
        views=views,
        titles=titles,
        first_listed_leads=bool(_FIRST_LISTED.search(norm)),
    )
    tasks = linked(_records(page, name, rules))
    decisions = tuple(found for view in views if (found := read_decision(view, page)) is not None)
    return Assembled(items, tasks, decisions, titles.documents)


def _records(page: Page, name: str, rules: Sequence[Rule]) -> Iterator[TaskRecord]:
    carried: tuple[Mention, ...] = ()
    sentence = -1
    counts: dict[str, int] = {}
    order = {item.path: number for number, item in enumerate((i for i in page.layout.items if i.level == 0), 1)}
    for view in page.views:
        if view.sentence != sentence or view.opens:
            carried, sentence = (), view.sentence
        if view.clause.label not in TASK_CLASSES:
            carried = _subject(view) or carried
            continue
        draft = Draft(parts=parts(view), carried=carried)
        for rule in rules:
            draft = rule(view, page, draft)
        if draft.lead and not draft.lead_inferred:
            carried = draft.lead
        top = (view.clause.item or "").split(".")[0]
        counts[top] = counts.get(top, 0) + 1
        yield _record(view, page, draft, f"{name}-{order.get(top, 0):02}-{counts[top]:02}")


def _subject(view: ClauseView) -> tuple[Mention, ...]:
    """The actor of a clause that is no task, for the clauses behind it in the sentence."""
    if view.clause.label is not ClauseLabel.BACKGROUND:
        return ()
    return tuple(
        part.mention for part in parts(view) if part.role is Role.LEAD and part.mention.label is EntityLabel.AGENCY
    )


def _record(view: ClauseView, page: Page, draft: Draft, task_id: str) -> TaskRecord:
    label = view.clause.label
    if label is ClauseLabel.ASSIGNMENT and not draft.lead and not draft.lead_persons:
        draft = draft.with_flag("lead unknown")
    # Every mention of the clause and its class must be right for the record to be.
    score = view.clause.score * math.prod(mention.score for mention in view.mentions)
    return TaskRecord(
        id=task_id,
        item=view.clause.item,
        kind=Kind(label.value.lower()),
        start=view.start,
        end=view.end,
        text=page.text[view.start : view.end],
        lead=tuple(_agency(mention, page) for mention in draft.lead),
        lead_inferred=draft.lead_inferred,
        lead_persons=draft.lead_persons,
        support=tuple(_agency(mention, page) for mention in draft.support),
        actions=tuple(Action(page.text[m.start : m.end], m.start, m.end) for m in draft.actions),
        object=draft.object,
        documents=draft.documents,
        issuing_name=draft.issuing_name,
        next_step=draft.next_step,
        deadline=draft.deadline,
        urgent=draft.urgent,
        score=score,
        flags=draft.flags,
        evidence=draft.evidence,
    )


def _agency(mention: Mention, page: Page) -> AgencyRef:
    return AgencyRef(
        name=page.text[mention.start : mention.end],
        canonical=mention.canonical,
        start=mention.start,
        end=mention.end,
        group=is_group(mention.text),
    )


def with_canonical(mentions: Sequence[Mention], meeting: Meeting) -> tuple[Mention, ...]:
    """The mentions, agencies with their full name where exactly one is possible."""
    year = meeting.held_on.year if meeting.held_on else None
    out = []
    for mention in mentions:
        if mention.label is EntityLabel.AGENCY:
            names = canonical(mention.text, meeting.issuer, year)
            if len(names) == 1:
                mention = replace(mention, canonical=names[0])
        out.append(mention)
    return tuple(out)
