"""Where the paper goes: the next body and its act."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from jiyao.labels import EntityLabel
from jiyao.rules.cues import alternatives, office, words
from jiyao.rules.draft import Draft
from jiyao.rules.part import Part, Role
from jiyao.rules.view import ClauseView, Page
from jiyao.types import Evidence, NextStep

_ADDRESSED = "recipient-of-address"


@cache
def next_act() -> re.Pattern[str]:
    """What the next body does (group ``act``): a known act behind the body, its meeting and adverbs at most between."""
    return re.compile(
        r"(?:等\S{0,4}?)?(?:下次|下一次)?(?:(?:全体|专题|主任办公|主任|常务|办公|联席|组成人员|全委|全)?会议?)?"
        r"(?:集体|统一|进行|作|最终|再次|依法|及时|书面)?(?:专项|专题)?"
        rf"(?P<act>{alternatives(words('next_act'))})"
    )


#: 报县财政局入库, 报区政府拍板: two signs between the body and the end of the piece are its act too.
_ANY_ACT = re.compile(
    "(?P<act>(?!领导|主任|主要|有关|分管|会议|同志|备查|为准|一份|一次|名义|批文|专户|账户|国库|等|的|和|及|并|再|后|前)[\u4e00-\u9fff]{2})(?=[,;。]|后|$)"
)
#: 提请省厅吊销采矿证: who is asked to do something is followed by what it does.
_ASKED_ACT = re.compile(
    "(?P<act>(?![在对按将把就以与向从于给予前后和及并主有分相关等的常全下会另预专])[\u4e00-\u9fff]{2})"
)
_ASKED = re.compile("(?:提请|函请)$")
#: Money goes there, no paper: 交市财政局专户.
_ACCOUNT = re.compile("(?:财政)?(?:专户|账户|国库|金库)")
#: Recipients that are no agencies: 提交下次会议再审, 报分管副县长审定.
_TO_PERSON = re.compile(r"(?:报请|报经|呈报|报|呈)$")
_OTHER_BODY = re.compile(
    r"(?:提请|提交|报请|报经|报告|呈报|报|送)(?P<body>(?!告)[^\W\d_报送提由经至到给]{1,8}?(?:办公会(?:议(?!室)|(?!议))|代表大会|代表会议|董事会|股东会|理事会)|下次(?:[^,。;]{0,4}会议)?|[^\W\d_报送提由经至到给]{0,6}(?:常委会|党组会|党委会)(?=议)|[市县区州旗镇]?(?:委|政府)?(?:分管|主要|有关)\S{0,4}?(?:领导|副?[市县区州旗镇]长|主任|局长|书记))"
)
#: A leader by office: 呈报市长, 报县长审定, 报管委会主任, 报区委、区政府主要领导.
_TO_OFFICE = re.compile(
    "(?<![抄分])(?:提请|提交|报请|呈报|报送|报告|呈送|呈|报|送(?=[^,。;]{1,8}(?:签|阅|审)))(?P<body>(?:[^\\W\\d_报送提由经至到给的]{0,12}?、)?[^\\W\\d_报送提由经至到给的]{0,8}?"
    "(?:(?:主要|分管|有关)?领导|(?:常务)?副?(?:[省市县区州盟旗镇乡局院校]长|主任)|书记|总经理|董事长))"
    "(?=(?:书面)?(?:签|审|阅|批|同意|定|过目)|[,;。]|后|$)"
)
#: 报县政府[分管领导]审定, 报管委会[主任]: who reads it there.
_ITS_LEADERS = re.compile(
    "(?:党组)?(?:(?:主要|分管|有关|相关|值班)(?:负责)?(?:领导|负责人|同志)|领导|(?:分管|常务)?副?(?:主任|[省市县区州盟旗镇乡局院]长))(?:同志)?"
    "(?=(?:书面)?(?:签|审|阅|批|同意|定|过目)|[,;。]|后|$)"
)
#: 每日报送进度至X.
_TO_BODY = re.compile(r"(?:报送|上报|提交|报告|报)[^,。;:]{1,20}?(?:至|到)$")


_SUBMITTED = re.compile("(?:提请|提交|报请|报送|呈报|报)(?:[、和及]?[\u4e00-\u9fff]{2,12}、)?$")
_DECIDES = re.compile(
    "(?:常务|全体|专题|党组)?(?:会议?)?(?:集体)?(?:审议|审定|研究|批准|审批|联审|审查批准)(?:通过|同意|决定)?(?:后|[,;])"
)


@cache
def _titled() -> re.Pattern[str]:
    """报穆清[县长]审定, 报穆清[同志]审定."""
    return re.compile(rf"(?:{office()})?(?:同志)?")


def next_step(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """提请X审议, 报X审定, 报送X: the last body that the paper goes to, those that it goes to together as written."""
    recipients = [
        part
        for part in draft.parts
        if part.role is Role.RECIPIENT
        and part.mention.label is EntityLabel.AGENCY
        and not _ACCOUNT.match(view.norm, part.mention.end)
    ]
    recipients = recipients or [part for part in draft.parts if view.just_before(_TO_BODY, part.mention.start)]
    if not recipients:
        return _other_body(view, page, draft)
    last = _first_to_decide(view, recipients) or recipients[-1]
    group = [part for part in recipients if part.group == last.group]
    end = group[-1].mention.end
    if leaders := _ITS_LEADERS.match(view.norm, end, view.end):
        end = leaders.end()
    body = page.text[group[0].mention.start : end]
    # 向市政府书面报告: what follows is the sender's own verb.
    asked = view.just_before(_ASKED, group[0].mention.start) is not None
    act = None if group[-1].rule == _ADDRESSED else _act(view, page, end, asked=asked)
    step = NextStep(body, act)
    return replace(draft, next_step=step).with_evidence("next_step", group[-1].rule, *(part.mention for part in group))


def _first_to_decide(view: ClauseView, recipients: Sequence[Part]) -> Part | None:
    """提请甲研究后,提交乙审议; 报甲审定,再提请乙批准: 甲 decides, and is next; who only checks on the way (送甲审核后) is a gate."""
    for part in recipients[:-1]:
        if part.group == recipients[-1].group:
            return None
        end = max(other.mention.end for other in recipients if other.group == part.group)
        if view.just_before(_SUBMITTED, part.mention.start) and _DECIDES.match(view.norm, end, view.end):
            return part
    return None


def _act(view: ClauseView, page: Page, position: int, *, asked: bool = False) -> str | None:
    """The verb of the body that ends at ``position``; a verb marked ACTION is the sender's own."""
    if position in {mention.start for mention in view.of(EntityLabel.ACTION)}:
        return None
    position += view.norm[position - 1 : position + 1] == "会议"  # 县人大常委会议审批
    following = view.norm[position : view.end]
    match = next_act().match(following) or _ANY_ACT.match(following) or (_ASKED_ACT.match(following) if asked else None)
    if match is None:
        return None
    return page.text[position + match.start("act") : position + match.end("act")]


def _other_body(view: ClauseView, page: Page, draft: Draft) -> Draft:
    for person in view.of(EntityLabel.PERSON):
        if view.just_before(_TO_PERSON, person.start):
            title = _titled().match(view.norm, person.end)
            step = NextStep(re.sub(r"\s", "", person.text), _act(view, page, title.end() if title else person.end))
            return replace(draft, next_step=step).with_evidence("next_step", "recipient-person", person)
    match = _OTHER_BODY.search(view.text) or _TO_OFFICE.search(view.text)
    if not match:
        return draft
    start, end = view.start + match.start("body"), view.start + match.end("body")
    end_of_name = end + view.norm.startswith("议", end)  # 县委常委会议
    following = next((m.end for m in view.of(EntityLabel.PERSON) if m.start == end), end_of_name)
    step = NextStep(page.text[start:end], _act(view, page, following))
    found = Evidence("next_step", "recipient-no-agency", start, end)
    return replace(draft, next_step=step, evidence=(*draft.evidence, found))
