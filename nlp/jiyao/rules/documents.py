"""Which documents a clause is about: named, by anaphor, or elided behind a paper verb."""

from __future__ import annotations

import re
from dataclasses import replace

from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.rules.draft import Draft
from jiyao.rules.view import ClauseView, Page
from jiyao.types import Mention

_PAPER = "方案|办法|规定|意见|规划|计划|协议|条例|细则|措施|报告|通知|标准|合同|纲要|指南|清单|政策|章程|预案|草案|要点|制度|文件|安排意见"
_ANAPHOR = re.compile(rf"(?:该|此|本|上述|以上|这个|这一|这份|前述)(?:项|个|份)?(?:\S{{0,4}}?)(?P<kind>{_PAPER})")
_BARE_SUBJECT = re.compile(rf"^(?:会议\S{{2}},)?(?P<kind>{_PAPER})(?:按|根据|经|由|修改|完善|再|进一步|正式|印发|以)")
#: Verbs that act upon a paper: without an object of their own they mean the item's paper.
_PAPER_VERB = re.compile(
    "修改|完善|修订|修编|印发|提请|提交|上报|报批|论证|公布|发布|报审|送审|充实|补充|审定|校核文本|斟酌|打磨|报送|^报$|颁布|呈报|备案|组织实施"
)
#: Verbs that send a paper on, wherever in the clause they stand.
_SENT_ON = re.compile("印发|提请|提交|^报$|报请|报审|报送|上报|公布|发布|颁布|呈报|送审|备案")
#: What comes back is the paper that was in hand: 重新提交市政府审议, 成熟后再上会.
_AGAIN = re.compile("(?:再次?|再行|重新|另行)(?:提交|提请|上报|报批|报审|报送|报告|报(?!名|销|警|废|考)|上会)")
#: Verbs that bring forth a paper of their own.
_PRODUCES = re.compile(
    "拿出|提出|制定|制订|编制|起草|形成|出台|拟定|拟订|草拟|梳理|汇总|列出|签订|编写|摸清|摸排|统计|测算"
)
_REVIEWS = frozenset(
    {"审议", "审定", "审批", "研究", "批准", "审查", "合法性审查", "再审", "讨论", "决定", "征求意见", "公布"}
)


def documents(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """Titles named in the clause, else the one an anaphor or an elided object stands for."""
    named = view.of(EntityLabel.DOCUMENT)
    if titles := named_documents(view, page):
        return replace(draft, documents=titles).with_evidence("documents", "named", *named)
    if title := anaphor_document(view, page):
        return replace(draft, documents=(title,))
    if _elided(view, draft) or _AGAIN.search(view.text):
        return replace(draft, documents=papers_in_hand(view, page, item_start(view, page)))
    return draft


def named_documents(view: ClauseView, page: Page) -> tuple[str, ...]:
    """The full titles of the documents that the clause names, once each."""
    titles = (page.titles.title_at(mention) for mention in view.of(EntityLabel.DOCUMENT))
    return tuple(dict.fromkeys(title for title in titles if title is not None))


def anaphor_document(view: ClauseView, page: Page) -> str | None:
    """The title that 该方案, or a bare 方案 as subject, stands for."""
    anaphor = _ANAPHOR.search(view.text) or _BARE_SUBJECT.match(view.text)
    if not anaphor:
        return None
    since = item_start(view, page)
    return page.titles.latest(since, view.start, anaphor.group("kind")) or page.titles.latest(since, view.start)


def item_start(view: ClauseView, page: Page) -> int:
    """Where the top-level item of the clause starts, or its line, where the page has no items."""
    if view.item is None:
        return view.norm.rfind("\n", 0, view.start) + 1
    top = view.item.path.split(".")[0]
    return next((item.start for item in page.layout.items if item.path == top), view.item.start)


def _elided(view: ClauseView, draft: Draft) -> bool:
    """Whether the clause acts upon a paper that it does not name: 修改完善后印发, 再行提请市政府审议."""
    main = [mention for mention in draft.actions if mention.text not in ("牵头", "负责")]
    for number, verb in enumerate(main):
        if not _PAPER_VERB.search(verb.text):
            continue
        if any(_PRODUCES.search(earlier.text) for earlier in main[:number]):
            return False  # 拿出方案后报市政府审定: a paper of its own
        if number and not (_SENT_ON.search(verb.text) and _goes_on(view, verb, draft)):
            continue
        if number == 0 and re.search(r"(?:对|将|把)[^,。;]{2,}", view.norm[view.start : verb.start]):
            continue
        if _goes_on(view, verb, draft):
            return True
    return False


def _goes_on(view: ClauseView, verb: Mention, draft: Draft) -> bool:
    """Whether no object of its own stands behind the verb."""
    after = view.norm[verb.end : view.end]
    if re.match(r"(?:后|,|。|;|$|并|实施|施行|通过|到位|上报|\(|以|至|、|《|和|会议)", after):
        return True
    step = draft.next_step
    return step is not None and step.act in _REVIEWS and _body_follows(view, verb, step.body)


def _body_follows(view: ClauseView, verb: Mention, body: str) -> bool:
    """Whether the body that a paper goes to stands right behind the verb."""
    return view.norm.startswith(body, verb.end)


def papers_in_hand(view: ClauseView, page: Page, since: int) -> tuple[str, ...]:
    """The papers of the item's latest decision or proceeding before the clause, else the latest it names."""
    for earlier in reversed(page.views[: view.index]):
        if earlier.start < since:
            break
        settles = earlier.clause.label in (ClauseLabel.DECISION, ClauseLabel.PROCEEDING)
        if settles and (titles := named_documents(earlier, page)):
            return titles
    title = page.titles.latest(since, view.start)
    return (title,) if title else ()
