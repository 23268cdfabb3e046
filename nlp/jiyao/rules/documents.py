"""Which documents a clause is about: named, by anaphor, or elided behind a paper verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from jiyao import lexicon
from jiyao.labels import ClauseLabel, EntityLabel, Outcome
from jiyao.normalise import normalise
from jiyao.rules.actions import main_verbs
from jiyao.rules.cues import alternatives, any_of, words
from jiyao.rules.draft import Draft
from jiyao.rules.outcome import outcome
from jiyao.rules.titles import SHORTEST_TAIL, bare
from jiyao.rules.view import ClauseView, Page
from jiyao.types import Mention

_ANY_PAPER = "文件"
#: What may follow a verb whose paper is not named.
_NO_OBJECT = re.compile(r"后|,|。|;|并|实施|施行|试行|执行|通过|到位|上报|\(|以|至|、|《|和|会议(?:审|研|讨|再)")

#: What is made known is the clause's own topic, not the paper before it: 检测结果在校门口公布, 首批配租名单由人才办审定并公示.
_OWN_TOPIC = re.compile("(?:结果|名单|进度|情况)(?!的|汇报|报告)")
#: What is worked on is a part of a paper.
_PART = re.compile("条款|章节|第[一二三四五六七八九十]{1,3}[条章]|[一两二三四五六]章|罚则|附则|文稿|文本(?!的)|专章")
#: 根据讨论情况修改后印发, 将结果…: what stands behind is no topic.
_NO_TOPIC = re.compile("[将把对按据]|依照|结合|参照")

#: What is decided on is a paper that the minutes give no title.
_UNNAMED = re.compile("(?:同意|通过).{0,20}关于.{3,}(?:意见|请示|报告|汇报|建议|方案|申请|事宜|事项|问题)")


class _References(NamedTuple):
    """How a clause means a paper without its title; ``kind`` is the noun it uses."""

    anaphor: re.Pattern[str]  # 该方案
    bare_subject: re.Pattern[str]  # 方案修改后印发
    standard: re.Pattern[str]  # 对照方案要求: that kind of paper only, for 按规定 alone is an idiom
    these: re.Pattern[str]  # 上述文件, 这些方案: all of them
    redone: re.Pattern[str]  # 重新拟订, 拿出修改稿: another version of it
    again: re.Pattern[str]  # 重新提交市政府审议, 成熟后再上会: what comes back is the paper in hand


@cache
def _references() -> _References:
    papers = alternatives(paper.text for paper in lexicon.papers())
    paper = f"(?P<kind>{papers})"
    return _References(
        anaphor=re.compile(rf"(?:本|(?:该|此|上述|以上|这个|这一|这份|前述)(?:项|个|份)?(?:\S{{0,4}}?)){paper}"),
        bare_subject=re.compile(rf"^(?:会议\S{{2}},)?{paper}(?:按|根据|经|由|修改|完善|再|进一步|正式|印发|以)"),
        standard=re.compile(
            rf"(?:对照|按照|依照|根据|按){paper}的?(?:要求|明确|确定|部署|分工|任务|安排)"
            rf"|(?:把|将)(?P<taken>{papers})(?:纳入|列入|作为|转化)"
        ),
        these=re.compile(rf"(?:上述|以上|前述|这些)[一二两三四五六七八九十几\d]{{0,2}}[个项份]?{paper}"),
        redone=re.compile(r"(?:重新?|另行|再行?)(?:拟订|拟定|拟|起草|编制|制定|修订|提出)|修改稿|修订稿"),
        again=re.compile(
            rf"(?:再次?|再行|重新|另行|二次)(?:{alternatives(words('comes_back'))}|报(?!名|销|警|废|考))"
            r"|[重补]报(?=[,。;]|后|$)"
        ),
    )


def documents(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """Titles named in the clause, else the one an anaphor or an elided object stands for."""
    named = view.of(EntityLabel.DOCUMENT)
    if titles := named_documents(view, page):
        return replace(draft, documents=titles).with_evidence("documents", "named", *named)
    if titles := anaphor_documents(view, page):
        return _from_before(view, page, draft, "anaphor", titles)
    for rule, holds in (
        ("elided-object", _elided(view, page, draft)),
        ("comes-back", _references().again.search(view.text) is not None),
        ("goes-on-from-decision", _goes_on_from_decision(view, page, draft)),
        ("sent-back", _sent_back(view, page)),
    ):
        if holds:
            return _from_before(view, page, draft, rule, papers_in_hand(view, page, item_start(view, page)))
    return draft


def _from_before(view: ClauseView, page: Page, draft: Draft, rule: str, titles: tuple[str, ...]) -> Draft:
    """The draft with papers that the page named before; the evidence is where it named each last."""
    draft = replace(draft, documents=titles)
    for title in titles:
        place = page.titles.last_before(title, view.start)
        mention = page.mention_at.get(place) if place is not None else None
        if mention is not None:
            draft = draft.with_evidence("documents", rule, mention)
    return draft


def _sent_back(view: ClauseView, page: Page) -> bool:
    """会议不予通过。请县交通局重新提出方案: the paper that was turned down or put off is made anew."""
    if not _references().redone.search(view.text):
        return False
    for earlier in reversed(page.views[: view.index]):
        if earlier.item != view.item:
            return False
        if earlier.clause.label is ClauseLabel.DECISION:
            return outcome(earlier) in (Outcome.REJECTED, Outcome.DEFERRED)
    return False


def _goes_on_from_decision(view: ClauseView, page: Page, draft: Draft) -> bool:
    """原则同意《方案》,按程序报省政府批复后实施: the same sentence says what becomes of the paper decided on."""
    if not view.index:
        return False
    before = page.views[view.index - 1]
    if before.clause.label is not ClauseLabel.DECISION or before.sentence != view.sentence:
        return False
    if not (named_documents(before, page) or anaphor_documents(before, page) or not before.of(EntityLabel.AGENCY)):
        return False
    if view.clause.label is ClauseLabel.PROCEDURE:
        return True
    if _references().redone.search(view.text):
        return True
    verbs = main_verbs(view, draft)
    if any(any_of("brings_forth_paper").search(view.plain(verb)) for verb in verbs):
        return False
    bodies = {mention.start for mention in view.of(EntityLabel.AGENCY)}
    return any(
        any_of("sends_paper_on").search(view.plain(verb))
        and (verb.end in bodies or _NO_OBJECT.match(view.norm, verb.end, view.end))
        for verb in verbs
    )


def named_documents(view: ClauseView, page: Page) -> tuple[str, ...]:
    """The full titles of the documents that the clause names, once each."""
    titles = (page.titles.title_at(mention) for mention in view.of(EntityLabel.DOCUMENT))
    return tuple(dict.fromkeys(title for title in titles if title is not None))


def anaphor_documents(view: ClauseView, page: Page) -> tuple[str, ...]:
    """The titles that 该方案, 上述文件, 对照方案要求 or a bare 方案 as subject stand for."""
    since, say = item_start(view, page), _references()
    if these := say.these.search(view.text):
        kind = these.group("kind")
        papers = papers_in_hand(view, page, since)
        if found := tuple(title for title in papers if kind == _ANY_PAPER or bare(title).endswith(kind)):
            return found
    if anaphor := say.anaphor.search(view.text) or say.bare_subject.match(view.text):
        kind = anaphor.group("kind")
        title = page.titles.latest(since, view.start, kind) or page.titles.latest(since, view.start)
    elif standard := say.standard.search(view.text):
        title = page.titles.latest(since, view.start, standard.group("kind") or standard.group("taken"))
    else:
        title = _unmarked(view, page)
    return (title,) if title else ()


def _unmarked(view: ClauseView, page: Page) -> str | None:
    """A title that the clause writes without 《》, whole or without its beginning (the region, most often)."""
    marked = {place for m in view.of(EntityLabel.DOCUMENT) for place in range(m.start, m.end)}
    tails = page.titles.tails
    for start in range(view.start, view.end - SHORTEST_TAIL + 1) if tails else ():
        offset, title = tails.get(view.norm[start : start + SHORTEST_TAIL], (view.start, ""))
        if offset < view.start and start not in marked:
            return title
    return None


def item_start(view: ClauseView, page: Page) -> int:
    """Where the top-level item of the clause starts, or its line, where the page has no items."""
    if view.item is None:
        return view.norm.rfind("\n", 0, view.start) + 1
    top = view.item.path.split(".")[0]
    return next((item.start for item in page.layout.items if item.path == top), view.item.start)


def _elided(view: ClauseView, page: Page, draft: Draft) -> bool:
    """Whether the clause acts upon a paper that it does not name: 修改完善后印发, 再行提请市政府审议."""
    on_paper, sent_on = any_of("works_on_paper", "sends_paper_on"), any_of("sends_paper_on")
    main = main_verbs(view, draft)
    for number, verb in enumerate(main):
        if not on_paper.search(view.plain(verb)):
            continue
        if any(any_of("brings_forth_paper").search(view.plain(earlier)) for earlier in main[:number]):
            return False  # 拿出方案后报市政府审定: a paper of its own
        if number and not sent_on.search(view.plain(verb)):
            continue
        if number == 0 and re.search(r"(?:对|将|把)[^,。;]{2,}", view.norm[view.start : verb.start]):
            continue
        if _has_own_topic(view, main, verb):
            return False
        if _goes_on(view, page, verb, draft):
            return True
    return _part_sent_on(view, page, main, draft)


def _part_sent_on(view: ClauseView, page: Page, main: Sequence[Mention], draft: Draft) -> bool:
    """雕琢两个章节,月底前呈市委: whatever is done to a part of a paper, what is sent on then is the paper."""
    part = _PART.search(view.norm, view.start, view.end)
    if part is None or any(any_of("brings_forth_paper").search(view.plain(verb)) for verb in main):
        return False
    behind = [verb for verb in main if verb.start >= part.end()]
    return part.start() > view.start and any(
        any_of("sends_paper_on", "sends_part_on").search(view.plain(verb)) and _goes_on(view, page, verb, draft)
        for verb in behind
    )


def _has_own_topic(view: ClauseView, main: Sequence[Mention], verb: Mention) -> bool:
    """Whether the piece of ``verb`` begins with what it is about: no verb stands between its comma and the topic."""
    begin = max(view.start, view.norm.rfind(",", view.start, verb.start) + 1)
    topic = _OWN_TOPIC.search(view.norm, begin, verb.start)
    if topic is None or _NO_TOPIC.search(view.norm, begin, topic.start()):
        return False
    return not any(begin <= other.start < topic.start() for other in main)


def _goes_on(view: ClauseView, page: Page, verb: Mention, draft: Draft) -> bool:
    """Whether no object of its own stands behind the verb, or only the body that reviews the paper."""
    if verb.end == view.end or _NO_OBJECT.match(view.norm, verb.end, view.end):
        return True
    if view.plain(verb) in words("hands_out_paper"):  # 印发各科室
        return any(body.start == verb.end for body in view.of(EntityLabel.AGENCY))
    step = draft.next_step
    return (
        step is not None
        and step.act is not None
        and normalise(step.act) in words("reviews_paper")
        and page.text.startswith(step.body, verb.end)
    )


def papers_in_hand(view: ClauseView, page: Page, since: int) -> tuple[str, ...]:
    """The papers of the item's latest decisions (those in a row count together) or proceeding before the clause,
    else the latest it names."""
    papers: tuple[str, ...] = ()
    unnamed = False
    for earlier in reversed(page.views[: view.index]):
        if earlier.start < since:
            break
        decides = earlier.clause.label is ClauseLabel.DECISION
        if papers and not decides:
            break  # 原则同意《甲》。原则同意《乙》。分别印发: both, but none from before them
        if decides or earlier.clause.label is ClauseLabel.PROCEEDING:
            named = named_documents(earlier, page)
            if decides and named and unnamed and "\n" in view.norm[earlier.end : view.start]:
                return ()  # (四)原则同意《甲》。 (五)原则同意关于成立小组的意见,会后印发: not 甲
            unnamed = unnamed or (decides and not named and _decides_on_unnamed(earlier, view))
            papers = (*named, *papers)
            if papers and not decides:
                break
    if papers:
        return tuple(dict.fromkeys(papers))
    title = page.titles.latest(since, view.start)
    return (title,) if title else ()


def _decides_on_unnamed(decision: ClauseView, view: ClauseView) -> bool:
    """原则同意县经发局关于成立小组的意见: a paper without title, decided on in the line of the clause."""
    return "\n" not in view.norm[decision.end : view.start] and _UNNAMED.search(decision.text) is not None
