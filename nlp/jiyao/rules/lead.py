"""Who leads: agencies named as actors, persons who lead, inherited and inferred subjects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jiyao.agencies import is_group
from jiyao.labels import TASK_CLASSES, ClauseLabel, EntityLabel, Outcome
from jiyao.rules.draft import Draft
from jiyao.rules.outcome import outcome
from jiyao.rules.part import Part, Role
from jiyao.rules.roles import LOST_NAME, parts
from jiyao.rules.view import ClauseView, Page
from jiyao.structure.presenters import presenting
from jiyao.types import Mention, Span

_BACK_REFERENCE = re.compile(r"^(?:上述|以上|前述|上列)")
#: 由该局…, 该公司要…: the body named last with that head.
_ANAPHOR = re.compile(
    r"(?:由|请|责成|^|[,;:])(?:该|此)(?P<noun>局|委|办|公司|集团|中心|街道|镇|乡|区|县|院|所|学校|医院|银行|支队|大队|社区)"
    r"(?!项|个|类|工作|事)(?=[^,。;]{0,12}?(?:要|须|必须|应|将|负责|牵头|吸收|修改|报|于|在|对|提出|[0-9]))"
)
#: 由其会同…, 责令其…: the body named last, whatever its kind.
_IT = re.compile(
    "(?:由|请|责成|责令|要求)其(?!他|它|余|中|实|次|所|各|下|[县市区]|[\u4e00-\u9fff]{0,3}(?:负责人|部门|单位))"
)
#: 两家医院, 三个街道, 两局: the bodies of that end named last; 两家单位: those of the last clause that names as many.
_SEVERAL = re.compile(
    "(?P<count>[两三四])(?:[家个](?P<noun>医院|公司|企业集团|集团|银行|街道|镇|乡|局|学校|社区|园区)|(?P<short>局|镇|街道)|家?(?P<any>单位|部门))"
)
_COUNTS = {"两": 2, "三": 3, "四": 4}
_NO_AGENCY_SUBJECT = re.compile(
    r"^(?:要|应|须|必须|并|再|同时|也|还|坚决|切实|抓紧|尽快|务必|要求|进一步|继续|一要|既要)"
)
#: A subject that is no agency: 停产矿井一律…, 验收不合格的,不予…, 活动方案于5月30日前…, 学校要…, 出租车不得….
_OWN_SUBJECT = re.compile(
    r"[^,。;:要]{2,12}一律|(?:[^,。;:由]{2,16},)?任何|凡|(?!对)[^,。;:]{2,20}的,(?!要|应|须)|[^,。;:由]{2,10}(?:方案|结果|名单|情况|资金|经费)(?:于|要|须|应|按)"
    r"|(?![对在将把由按从向以经就因若如凡]|各自|原则|今后)[^,。;:的要]{2,12}(?<![后前时内中者期间])(?:不得|不准|必?须|要(?![求素点]))"
    r"|[^,。;:]{0,4}领导(?:带队|同志)"
)
#: Where bodies are listed and no word tells who leads: after a label, in a column, in a bracket at the end.
_LISTED = frozenset({"label", "trailing-bracket"})
_BOUND = frozenset({ClauseLabel.REQUIREMENT, ClauseLabel.COMMITMENT})
_TOLD = re.compile("(?:都|均|也|还)?(?:要(?!求)|必须|须|应当|将)")
_MARKED = re.compile("\\(牵头(?:单位)?\\)")
_MARKED_TOGETHER = re.compile("\\((?:分别|共同|联合)牵头\\)")
_LEADS = re.compile("牵头")
_DO_IT = re.compile(
    "(?:等(?:有关|相关)?(?:部门|单位)?)?(?:(?:具体|分工|分头|组织)(?:负责|实施|落实)|实施|派员|(?:技术)?指导|助力|搭把手|支援|组成|联合会审)"
)
#: Who revised a paper sends it on: 方案完善后报县委.
_SENDS_PAPER = re.compile("报|提请|提交|呈|备案|印发|公布|备查|送")
#: How a predicate begins whose subject is the one before.
_PREDICATE = re.compile(
    "[一二三四五六七八九][是要]|[要应须需并再也还即先后就仍另]|同时|然后|务必|切实|坚[决持]|进一步|尽快|及时|继续|既要|又要|不[得能准许]|严禁|严防|防止|"
    "杜绝|避免|确保|争取|力争|力求|努力|做[到好]|一律|重点|同步|必须|决不|绝不|[对将把按在由经以从向就依为与用待自于到每]|结合|根据|通过|利用|围绕|针对|"
    "[\u4e00-\u9fff]{1,2}$"
)
#: What is put off or left open is nobody's task yet: 条件成熟后再议, 奖励办法另行制定, 可由政府收购.
_LEFT_OPEN = re.compile("可(?!研|行性)|.{0,30}(?:再行?(?:研究|议|评估|讨论)|另行(?:研究|制定|通知|商定|确定))[。;,]?$")
_ALL_LEAD = re.compile("分别牵头|分别负责|共同牵头|共同负责")


def named_lead(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """The agencies that the clause itself makes its actors."""
    leads = [part for part in draft.parts if part.role is Role.LEAD and part.mention.label is EntityLabel.AGENCY]
    if not leads and view.clause.label is ClauseLabel.TARGET:
        # 汶东区不少于4200套: an indicator names who answers for it, without a verb.
        leads = [part for part in draft.parts if part.role is Role.OTHER and part.rule == "none"]
    # 余土由运输公司清运。责任单位:县住建局: who does a part of it is not who answers for it.
    leads = [part for part in leads if part.rule == "label"] or leads
    if not leads:
        return _told_in_other_words(view, page, draft)
    support: tuple[Mention, ...] = draft.support
    ends = {part.group: part.mention.end for part in leads}
    marked = [part for part in leads if _is_marked_lead(view, part, ends[part.group])]
    if marked and leads[0].rule in _LISTED:
        support = (*support, *(part.mention for part in leads if part not in marked))
        leads = marked
    elif page.first_listed_leads and leads[0].rule in _LISTED and not _ALL_LEAD.search(view.text):
        # 列第一位为牵头单位,下同: the others of the list support.
        support = (*support, *(part.mention for part in leads[1:]))
        leads = leads[:1]
    else:
        helpers = _do_it_for_leader(view, draft.parts, leads)
        support = (*support, *(part.mention for part in helpers))
        leads = [part for part in leads if part not in helpers]
    mentions = _unique(_resolved(view, page, leads))
    listed = support[len(draft.support) :]
    draft = replace(draft, lead=mentions, support=support).with_evidence("support", "listed-behind-lead", *listed)
    for part in leads:
        draft = draft.with_evidence("lead", part.rule, part.mention)
    return draft


def _is_marked_lead(view: ClauseView, part: Part, end: int) -> bool:
    """甲(牵头)、乙; 甲、乙(分别牵头),丙; ★甲、乙: whom the list, which ends at ``end``, marks as leading."""
    if view.norm.endswith("★", view.start, part.mention.start):
        return True
    return bool(_MARKED_TOGETHER.match(view.norm, end) or _MARKED.match(view.norm, part.mention.end))


def _do_it_for_leader(view: ClauseView, parts: Sequence[Part], leads: list[Part]) -> list[Part]:
    """甲牵头,乙具体实施: 乙 supports."""
    leader = next((part for part in leads if _LEADS.match(view.norm, part.mention.end)), None)
    if leader is None:
        return []
    last = {part.group: part.mention.end for part in parts}
    return [
        part
        for part in parts
        if part.group > leader.group
        and (part in leads or part.rule in ("subject", "none"))
        and part.rule != "label"
        and part.mention.label is EntityLabel.AGENCY
        and _DO_IT.match(view.norm, last[part.group])
    ]


def _told_in_other_words(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """由该局修改: the body meant; 缺口资金市城投公司自行筹措: the only body of an assignment, if an act follows it."""
    if anaphor := _ANAPHOR.search(view.text):
        last = _last_body(view, page, anaphor.group("noun"))
        if last is not None:
            return replace(draft, lead=(last,)).with_evidence("lead", "anaphor", last)
    if it := _IT.search(view.text):
        last = _last_named(view, page, view.start + it.start())
        if last is not None:
            return replace(draft, lead=(last,)).with_evidence("lead", "anaphor", last)
    if draft.lead_persons:
        return draft
    rest = [part for part in draft.parts if part.mention.label is EntityLabel.AGENCY]
    if not rest or any(part.rule != "none" or part.group != rest[0].group for part in rest):
        return draft
    bound = view.clause.label in _BOUND and _TOLD.match(view.norm, rest[-1].mention.end)
    if view.clause.label is not ClauseLabel.ASSIGNMENT and not bound:
        return draft
    if not any(verb.start >= rest[-1].mention.end for verb in view.of(EntityLabel.ACTION)):
        return draft
    draft = replace(draft, lead=_unique([part.mention for part in rest]))
    return draft.with_evidence("lead", "only-body", *draft.lead)


def _last_body(view: ClauseView, page: Page, noun: str) -> Mention | None:
    """The last agency before the clause, in its item, whose name ends with ``noun``."""
    for earlier in reversed(page.views[: view.index]):
        if earlier.item != view.item:
            return None
        for mention in reversed(earlier.of(EntityLabel.AGENCY)):
            if earlier.plain(mention).endswith(noun) and not is_group(earlier.plain(mention)):
                return mention
    return None


def _last_named(view: ClauseView, page: Page, position: int) -> Mention | None:
    """The agency that stands last before ``position``, in the clause's item, and is no group."""
    for other in (view, *reversed(page.views[: view.index])):
        if other.item != view.item:
            return None
        for mention in reversed(other.of(EntityLabel.AGENCY)):
            if mention.end <= position and not is_group(other.plain(mention)):
                return mention
    return None


def _meant(view: ClauseView, page: Page, several: re.Match[str]) -> list[Mention]:
    """The bodies that 两家医院, 两局, 两家单位 stand for; none where the item does not name as many."""
    count = _COUNTS[several["count"]]
    if not several["any"]:
        return _last_bodies(view, page, several["noun"] or several["short"], count)
    for earlier in reversed(page.views[: view.index]):
        if earlier.item != view.item:
            break
        named = _unique([mention for mention in earlier.of(EntityLabel.AGENCY) if not is_group(earlier.plain(mention))])
        if len(named) == count:
            return list(named)
    return []


def _last_bodies(view: ClauseView, page: Page, noun: str, count: int) -> list[Mention]:
    """两家医院: that many agencies with this end, the last ones before the clause in its item; else none."""
    found: dict[str, Mention] = {}
    for earlier in reversed(page.views[: view.index]):
        if earlier.item != view.item:
            break
        for mention in reversed(earlier.of(EntityLabel.AGENCY)):
            name = earlier.plain(mention)
            if name.endswith(noun) and not is_group(name) and len(name) > len(noun):
                found.setdefault(name, mention)
            if len(found) == count:
                return list(reversed(found.values()))
    return []


def _resolved(view: ClauseView, page: Page, leads: list[Part]) -> list[Mention]:
    """The mentions, with 上述单位 replaced by the agencies that it stands for."""
    out: list[Mention] = []
    for part in leads:
        if (several := _SEVERAL.fullmatch(view.plain(part.mention))) and (bodies := _meant(view, page, several)):
            out.extend(bodies)
            continue
        if _BACK_REFERENCE.match(view.plain(part.mention)):
            out.extend(_antecedents(view, page) or [part.mention])
        else:
            out.append(part.mention)
    return out


def _antecedents(view: ClauseView, page: Page) -> list[Mention]:
    """The agencies of the nearest clause before that names any; where that is one, all who were told before in the item."""
    for earlier in reversed(page.views[: view.index]):
        if earlier.item != view.item:
            break
        named = [
            mention for mention in earlier.of(EntityLabel.AGENCY) if not _BACK_REFERENCE.match(earlier.plain(mention))
        ]
        if len(named) > 1:
            return named
        if named:
            told = _told_before(view, page)
            return told if len(told) > 1 else named
    return []


def _told_before(view: ClauseView, page: Page) -> list[Mention]:
    """The agencies that lead in clauses of the item before this one, each once, in order."""
    found: dict[str, Mention] = {}
    for earlier in page.views[: view.index]:
        if earlier.item == view.item and earlier.clause.label in TASK_CLASSES:
            for part in parts(earlier):
                name = earlier.plain(part.mention)
                if part.role is Role.LEAD and part.mention.label is EntityLabel.AGENCY and not is_group(name):
                    found.setdefault(name, part.mention)
    return list(found.values())


def lead_persons(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """People who lead: 由马某牵头, 此项工作由林溪副局长负责, 责任领导:…."""
    found = [part for part in draft.parts if part.role is Role.LEAD and part.mention.label is EntityLabel.PERSON]
    if not found:
        return draft.with_flag("name missing") if LOST_NAME.search(view.text) else draft
    names = tuple(dict.fromkeys(re.sub(r"\s", "", part.mention.text) for part in found))
    draft = replace(draft, lead_persons=names)
    for part in found:
        draft = draft.with_evidence("lead_persons", part.rule, part.mention)
    return draft


def inherited_lead(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """The subject of the clause before, where this one has none and none can have come between."""
    if draft.lead or draft.lead_persons or not draft.carried or view.opens or LOST_NAME.search(view.text):
        return draft
    if not _elided_subject(view):
        return draft
    draft = replace(draft, lead=draft.carried).with_flag("subject carried over")
    return draft.with_evidence("lead", "carried", *draft.carried)


def _elided_subject(view: ClauseView) -> bool:
    """Whether the clause starts with its predicate, not with a subject that is no agency."""
    if _NO_AGENCY_SUBJECT.match(view.text):
        return True
    if _OWN_SUBJECT.match(view.text):
        return False
    first = next(iter(view.of(EntityLabel.ACTION)), None)
    if first is None:
        return not _topic_first(view) or _PREDICATE.match(view.text) is not None
    opening = view.norm[view.start : first.start]
    topic = opening
    for deadline in view.of(EntityLabel.DEADLINE):
        topic = topic.replace(deadline.text, "", 1)
    if _topic_first(view) and topic and not _PREDICATE.match(topic):
        return False
    return not re.search(r"[^对将把从在由向就以按]{3,}(?<![的,])要", opening)


def _topic_first(view: ClauseView) -> bool:
    """Whether a noun that opens the clause is its topic, and nobody is told: 资金从扶贫款列支, 摊位费一摊一票."""
    label = view.clause.label
    return label is ClauseLabel.REQUIREMENT or (label is ClauseLabel.PROCEDURE and not _SENDS_PAPER.search(view.text))


def inferred_lead(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """The item's presenter, where a paper's next steps name no actor."""
    if draft.lead or draft.lead_persons or view.clause.label is not ClauseLabel.PROCEDURE:
        return draft
    presenters = () if _LEFT_OPEN.match(view.text) else _presenters(view, page)
    if not presenters:
        return draft
    draft = replace(draft, lead=presenters, lead_inferred=True).with_flag("lead inferred")
    return draft.with_evidence("lead", "presenter", *presenters)


def _presenters(view: ClauseView, page: Page) -> tuple[Mention, ...]:
    """Agencies whose report or paper the item is about: 听取了X关于…的汇报, else 原则同意X提交的《…》."""
    for index in range(view.index - 1, -1, -1):
        other = page.views[index]
        if _other_item(other, view):
            break
        if found := _sources(other):
            return found
    return _in_heading(view, page)


def _in_heading(view: ClauseView, page: Page) -> tuple[Mention, ...]:
    """Whose paper the item's heading names: 审议县水利局提交的《…》."""
    if view.item is None or not view.item.heading:
        return ()
    line_end = view.norm.find("\n", view.item.start, view.start)
    heading = Span(view.item.start, line_end if line_end >= 0 else view.start)
    agencies = [
        mention
        for place in range(heading.start, heading.end)
        if (mention := page.mention_at.get(place)) is not None and mention.label is EntityLabel.AGENCY
    ]
    spans = presenting(view.norm, heading, [Span(m.start, m.end) for m in agencies])
    return tuple(mention for mention in agencies if Span(mention.start, mention.end) in spans)


def _sources(view: ClauseView) -> tuple[Mention, ...]:
    """Whose report was heard, or whose paper was decided on and not turned down.

    会议同意甲公司承建 makes 甲公司 no presenter, 会议同意甲公司提出的方案 does.
    """
    label = view.clause.label
    if label not in (ClauseLabel.PROCEEDING, ClauseLabel.DECISION) or outcome(view) is Outcome.REJECTED:
        return ()
    agencies = view.of(EntityLabel.AGENCY)
    spans = presenting(view.norm, Span(view.start, view.end), [Span(m.start, m.end) for m in agencies])
    return tuple(mention for mention in agencies if Span(mention.start, mention.end) in spans)


def _other_item(earlier: ClauseView, view: ClauseView) -> bool:
    if earlier.item is None or view.item is None:
        return "\n" in view.norm[earlier.end : view.start]
    return earlier.item.path.split(".")[0] != view.item.path.split(".")[0]


def _unique(mentions: list[Mention]) -> tuple[Mention, ...]:
    seen: dict[str, Mention] = {}
    for mention in mentions:
        seen.setdefault(mention.text, mention)
    return tuple(seen.values())
