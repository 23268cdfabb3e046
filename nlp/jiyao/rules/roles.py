"""What part each agency and person plays in its clause: lead, support, recipient, issuer, gate, source.

One pass over the mentions of a clause. Mentions joined by 、 和 及 share their role.
The cues are data (``lexicons/cues.jsonl``, tried in order, first match wins); the
position of the subject is the only thing decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.rules.cues import Cue, alternatives, cues, office, words
from jiyao.rules.duty_labels import cell_role, label_role
from jiyao.rules.part import Part, Role
from jiyao.rules.view import OFFICES, ClauseView
from jiyao.types import Mention

_WEAK = "subject"
_BINDING = frozenset({ClauseLabel.ASSIGNMENT, ClauseLabel.REQUIREMENT, ClauseLabel.COMMITMENT})
#: Rules under which a supporter has a verb of its own.
ACTING_SUPPORT = frozenset({"who-supports", "who-takes-part", "who-backs", "who-provides", "label-helps"})
#: 甲委托乙评估, 甲请乙专家授课: 乙 is outside, but where nobody else is named it must act.
_COMMISSIONED = frozenset({"commissioned", "whose-experts"})
#: 由甲把关后报…: a gate, unless nobody else is to act.
_GATE_TOLD = "gate-told"
_TOLD_TO_LEAD = "told-to-lead"
#: Cues that make a supporter only beside a lead.
_HELPERS = frozenset({"by-division-of-duties", "who-supports", "who-takes-part"})
#: 与 is left out: 由甲与乙签订协议 has one lead.
#: 甲等各县区政府: 甲 is one of those behind 等.
_JOIN = re.compile(r"[ \t]*(?:[、/]|和|及|以及|暨|等|[ \t])[ \t]*")
#: 由甲与乙分摊: what is shared is both bodies' part.
_SHARE = re.compile("(?:对半|各自?|共同|平均)?(?:分摊|平摊)|各(?:承?担|负担|出)")
_TOLD_TO = re.compile("(?:由|请|责成)$")
_HELPED = re.compile("(?:积极|主动)?协助")
#: 由同志牵头, 由、等同志负责, 由、两位副市长带队, 同志牵头负责: the page lost the name.
LOST_NAME = re.compile(
    r"由[、,\s]*(?:等?同志|等(?=牵头|负责)|(?=牵头|负责)|(?<=、)(?=[一两二三四五六七八九十]位))"
    r"|(?:^|(?<=[,。;]))、?等?同志(?:要|具体|共同|分别)?(?=牵头|负责|做好|抓好)"
)
_BOTH = re.compile("要|应|须|必须|共同|分别|各自|按责|联合")
#: A label of its own (配合单位:) is said of those behind it.
_HELPS = re.compile(rf"[^,。;:、\n]{{0,8}}?(?:配合|协助|参与|协办)(?!(?:{OFFICES})?\s*:)")
_TAIL = re.compile(
    r"(?:等\d*(?:家|个)?(?:有关|相关|成员|责任)?(?:部门|单位|地区|局|委办局|企业)?|\([^()\n]{0,12}\)|(?:党政|党委政府)?(?:主要|分管)?(?:负责人|负责同志|领导)(?=要|须|必须|应|亲自))"
)
#: (市商务局) alone at the end of a clause.
_BRACKET_BEFORE = re.compile(r"[。;,%个项\u4e00-\u9fff]\s?\((?:责任单位)?$")
_BRACKET_AFTER = re.compile(r"(?:[;,][^()]{1,20})?\)[。;]?$")
_STOP = re.compile(r"[,。;!?(\n]")
_LEADIN = re.compile(
    r"^(?:\S{1,12}(?:指出|强调|要求|认为|明确|议定|决定|确定|商定|提出|表示|说)[,:]\s*)?"
    r"(?:(?:\d{1,2}[.、)]|[一二三四五六七八九十]+(?:是|要|、)|\([一二三四五六七八九十\d]+\)|[①-⑳])\s*)?"
    r"(?:下一步|今后|目前|同时|但|但是|另外|此外|原则上|会后|近期|当前|其中|凡|对此|为此|据此|随后|并|也|再|各|\S{1,10}(?:期间|之?前|之?后|时|以来|内|起|的))?,?\s*$"
)
_WHOLE_REGION = re.compile("全(?:[省市县区州盟旗镇乡]|街道)$")  # 全区各街道
#: What may stand before a body and is no part of its name: 由所在乡镇, 请属地街道, 提请下次市政府常务会议.
_NOT_NAMED = re.compile("(?:(?<=[由请])|^)(?:所在|属)地?的?$|(?<=请|交)下一?次$")
#: 县供销社所属[果品公司]: the body behind is meant.
_BELONGS = re.compile("(?:所属|下属)的?")
#: 县纪委监委交办的线索由…: who gave the matter, not who is to act.
_DESCRIBES = re.compile("(?![要须应将对把])[^,。;:、由]{1,8}的[^,。;:由]{1,20},?由")
_TITLE_AT_MOST = re.compile(r"[^,。;、:\n]{0,10}")


class _Persons(NamedTuple):
    """How a person is made to lead."""

    leads: re.Pattern[str]  # 同志负责, 副市长牵头
    titled: re.Pattern[str]  # 由, 副市长 before the name
    told: re.Pattern[str]  # 由, 请副市长 before the name
    title: re.Pattern[str]  # behind the name


@cache
def _persons() -> _Persons:
    duty = alternatives(words("person_duty"))
    told = "(?:由|请|责成|安排)"
    return _Persons(
        leads=re.compile(
            rf"^(?:[^,。;、\n]{{0,10}}?(?:{office()}))?(?:同志)?(?:分片|分别|具体|共同|亲自|总)?(?:{duty})"
        ),
        titled=re.compile(rf"(?:{office()}|{told})$"),
        told=re.compile(rf"{told}(?:{office()})?$"),
        title=re.compile(rf"(?:{office()}|同志)"),
    )


@cache
def _cues() -> tuple[tuple[Cue, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    compiled = []
    for row in cues():
        before = re.compile(f"(?:{alternatives(row.before)})$") if row.before else None
        after = re.compile(rf"[^,。;:、\n由]{{0,{row.gap or 0}}}?(?:{alternatives(row.after)})") if row.after else None
        compiled.append((row, before, after))
    return tuple(compiled)


def parts(view: ClauseView) -> tuple[Part, ...]:
    """The part of every AGENCY and PERSON of the clause, in order."""
    found: list[Part] = []
    for number, group in enumerate(_groups(view)):
        role, rule = _role(view, group)
        found.extend(Part(mention, role, rule, number) for mention in group)
    return tuple(_told_not_subjects(view, _commissioned(view, _duties(view, _with_commas(view, found)))))


def _with_commas(view: ClauseView, found: list[Part]) -> list[Part]:
    """甲局牵头,乙局,丙局配合: a comma where a clerk should have put 、; 乙局 has no verb of its own and supports too."""
    out = list(found)
    first_lead = next((index for index, part in enumerate(found) if part.role is Role.LEAD), len(found))
    for index in range(len(out) - 2, first_lead, -1):
        part, after = out[index], out[index + 1]
        alone = view.norm[part.mention.start - 1] == "," and view.norm[part.mention.end : after.mention.start] == ","
        if alone and part.mention.label is EntityLabel.AGENCY and after.rule in _HELPERS:
            out[index] = replace(part, role=after.role, rule=after.rule)
    return out


def _told_not_subjects(view: ClauseView, found: list[Part]) -> list[Part]:
    """各乡镇申报材料由县扶贫办初核: who is told to act is meant, not what stands first.

    A person who leads (乙的队伍由濮某统一调度) only counts within the same stretch between commas.
    """
    told = [part for part in found if part.role is Role.LEAD and part.rule != _WEAK]
    agencies = any(part.mention.label is EntityLabel.AGENCY for part in told)

    first = {part.group: part for part in reversed(found)}

    def meant(part: Part) -> bool:
        if part.rule != _WEAK or _joins_told(view, told, first[part.group]):
            return True
        return not agencies and not any(
            part.mention.end <= other.mention.start
            and not _STOP.search(view.norm, part.mention.end, other.mention.start)
            for other in told
        )

    return [part if meant(part) else replace(part, role=Role.OTHER) for part in found]


def _joins_told(view: ClauseView, told: list[Part], part: Part) -> bool:
    """由甲选址、乙补贴, 由甲出资5亿元、乙配资: the second body, behind the act of the first, is told too."""
    start = part.mention.start
    if view.norm[start - 1] != "、":
        return False
    before = [
        other.mention.end
        for other in told
        if other.mention.end < start and not _STOP.search(view.norm, other.mention.end, start)
    ]
    # 甲牵头、乙、丙等: who stands behind a leader is no leader.
    return any(
        view.plain(verb) != "牵头" and min(before, default=start) <= verb.start and verb.end < start
        for verb in view.of(EntityLabel.ACTION)
    )


def _duties(view: ClauseView, found: list[Part]) -> list[Part]:
    """(甲牵头,乙按职责分工负责), 甲要…,乙配合: 乙 supports; where nobody leads, 乙 acts for itself.

    甲协助乙办理: 乙 leads. 由甲把关后报…: 甲 leads where nobody else does. Where the leader's name
    was lost (由、两位副市长带队,甲参加), 甲 still only supports.
    """
    if any(part.role is Role.LEAD for part in found) or LOST_NAME.search(view.text):
        return found
    helped = [part for part in found if part.rule == "object-of-support" and _is_helped(view, part)]
    if helped:
        return [replace(part, role=Role.LEAD, rule="whom-others-help") if part in helped else part for part in found]
    return [
        replace(part, role=Role.LEAD) if part.rule in _HELPERS or part.rule == _GATE_TOLD else part for part in found
    ]


def _is_helped(view: ClauseView, part: Part) -> bool:
    """Whether another agency right before (甲协助乙) helps this one in an act of its own."""
    before = [m for m in view.of(EntityLabel.AGENCY) if m.end <= part.mention.start]
    helps = before and _HELPED.fullmatch(view.norm, before[-1].end, part.mention.start)
    return bool(helps) and _acts_after(view, part.mention.end)


def _commissioned(view: ClauseView, found: list[Part]) -> list[Part]:
    """由甲委托乙评估: 甲 answers for it, 乙 does not; 移交由乙牵头: 乙 does."""
    if not any(part.role is Role.LEAD and part.rule not in _COMMISSIONED for part in found):
        return found
    leaders = {part.mention.end for part in found if part.role is Role.LEAD}

    def is_outside(part: Part) -> bool:
        asked = view.norm[part.mention.start - 1] == "请" and part.mention.start - 1 in leaders  # 由甲请乙鉴定
        commissioned = part.rule in _COMMISSIONED and not view.norm.startswith("牵头", part.mention.end)
        return part.role is Role.LEAD and (asked or commissioned)

    return [replace(part, role=Role.OTHER) if is_outside(part) else part for part in found]


def _groups(view: ClauseView) -> list[list[Mention]]:
    """Mentions of one label that are joined by 、 和 及 or nothing but space."""
    groups: list[list[Mention]] = []
    for mention in view.mentions:
        if mention.label not in (EntityLabel.AGENCY, EntityLabel.PERSON):
            continue
        last = groups[-1][-1] if groups else None
        if last is not None and last.label is mention.label:
            between = view.norm[last.end : mention.start]
            # 与 is a preposition (由甲与乙签订…), but where both must act (甲与乙要…); 和 and 、 join.
            told = view.just_before(_TOLD_TO, groups[-1][0].start)
            both = between == "与" and (
                _SHARE.match(view.norm, mention.end) or (not told and _both_act(view, groups[-1][0], mention))
            )
            if _JOIN.fullmatch(between) or both:
                groups[-1].append(mention)
                continue
        groups.append([mention])
    return groups


def _both_act(view: ClauseView, first: Mention, second: Mention) -> bool:
    """甲与乙要…, and 甲与乙对图斑会审 where they open the clause and do not only deal with each other."""
    if _BOTH.match(view.norm, second.end):
        return True
    opens = first.start == view.start or view.norm[first.start - 1] in ",;:。.、 "
    return opens and _acts_after(view, second.end) and not _deal_with_each_other().match(view.norm, second.end)


@cache
def _deal_with_each_other() -> re.Pattern[str]:
    row = next(row for row in cues() if row.name == "counterpart")
    return re.compile(rf"[^,。;:、\n]{{0,{row.gap or 0}}}?(?:{alternatives(row.after)})")


def _role(view: ClauseView, group: list[Mention]) -> tuple[Role, str]:
    before = _NOT_NAMED.sub("", view.norm[view.start : _start_with_owner(view, group[0])])
    after = view.norm[group[-1].end : view.end]
    if before.endswith("“") and after.startswith("”"):  # 以“县政府”名义印发
        before, after = before[:-1], after[1:]
    tail = _TAIL.match(after)
    after = after[tail.end() :] if tail else after
    labelled = label_role(before) or cell_role(view, group)
    if group[0].label is EntityLabel.PERSON:
        return _person_role(view, group[-1], before, after, labelled)
    if labelled is Role.LEAD and _HELPS.match(after):
        return Role.SUPPORT, "label-helps"
    if labelled in (Role.LEAD, Role.SUPPORT):
        return labelled, "label"
    if _BRACKET_BEFORE.search(before) and _BRACKET_AFTER.match(after):
        return Role.LEAD, "trailing-bracket"
    if _DESCRIBES.match(after) or _owns_next(view, group[-1]):
        return Role.OTHER, "none"
    for row, ends, begins in _cues():
        if ends is not None and not ends.search(before):
            continue
        if begins is not None and not begins.match(after):
            continue
        role = Role(row.role)
        if role is Role.LEAD and ends is None and not _is_subject(view, before):
            continue
        if row.name == _TOLD_TO_LEAD and _is_object(view, group, before):
            return Role.OTHER, "none"
        return role, row.name
    if _is_subject(view, before) and (_acts_after(view, group[-1].end) or _opens_duty(view, before, after)):
        return Role.LEAD, _WEAK
    return Role.OTHER, "none"


def _acted_before(view: ClauseView, position: int) -> bool:
    """Whether the piece up to ``position`` ends with a body's act, and goes on with another act.

    甲(牵头)、乙 are one list, and so is what 甲 visits: 走访军属、驻军部队.
    """
    mentions = view.mentions
    place = bisect_left(mentions, position, key=lambda mention: mention.start)
    before = takewhile(_is_act, (mentions[index] for index in range(place - 1, -1, -1)))
    acts = [act for act in before if act.end == position - 1 or view.plain(act) != "牵头"]
    if not acts:
        return False
    following = next(filter(_is_act, (mentions[index] for index in range(place, len(mentions)))), None)
    if following is None:
        return acts[-1].end == position - 1
    return _STOP.search(view.norm, acts[-1].end, following.start) is None


def _is_act(mention: Mention) -> bool:
    return mention.label is EntityLabel.ACTION


def _start_with_owner(view: ClauseView, body: Mention) -> int:
    """Where the body begins, or the one that it belongs to: 由[县供销社]所属果品公司承办."""
    bodies = view.of(EntityLabel.AGENCY)
    place = bisect_left(bodies, body.start, key=lambda other: other.start)
    owner = bodies[place - 1] if place else body
    return owner.start if _BELONGS.fullmatch(view.norm, owner.end, body.start) else body.start


def _owns_next(view: ClauseView, body: Mention) -> bool:
    """县供销社所属果品公司: whether the body behind is one of this body's."""
    bodies = view.of(EntityLabel.AGENCY)
    place = bisect_left(bodies, body.end, key=lambda other: other.start)
    return place < len(bodies) and _BELONGS.fullmatch(view.norm, body.end, bodies[place].start) is not None


def _is_object(view: ClauseView, group: list[Mention], before: str) -> bool:
    """县财政安排县卫健局经费50万元: who is given something, not who is told to act; the verb is somebody else's act."""
    told = any(verb.end == group[0].start for verb in view.of(EntityLabel.ACTION)) and not before.endswith("责成")
    return told and not _acts_after(view, group[-1].end)


def _person_role(
    view: ClauseView, mention: Mention, before: str, after: str, labelled: Role | None
) -> tuple[Role, str]:
    if labelled is not None:
        return Role.LEAD, "label-person"
    say = _persons()
    named = say.titled.search(before) or _told_with_body(view, mention) or not before.strip()
    if say.leads.match(after) and (named or before[-1] in ",:;、("):
        return Role.LEAD, "person-leads"
    if say.told.search(before) and _acts_at_once(view, mention.end):
        return Role.LEAD, "person-told"
    title = say.title.match(after)
    told = view.clause.label is ClauseLabel.ASSIGNMENT and not before.strip()
    if told and title and _acts_at_once(view, mention.end + title.end()):  # 常佩玲副镇长盯厨房
        return Role.LEAD, "person-acts"
    return Role.OTHER, "person"


def _told_with_body(view: ClauseView, person: Mention) -> bool:
    """由县住建局罗某副局长负责: the body of the person stands between."""
    body = next((m for m in view.of(EntityLabel.AGENCY) if m.end == person.start), None)
    return body is not None and view.just_before(_TOLD_TO, body.start) is not None


def _is_subject(view: ClauseView, before: str) -> bool:
    """Whether nothing but a lead-in, a time or a topic stands between the last stop and the mention."""
    stops = list(_STOP.finditer(before))
    start = stops[-1].end() if stops else 0
    head = _WHOLE_REGION.sub("", before[start:].strip(" ·、(“"))
    if not head or _LEADIN.match(head) or _LEADIN.match(before.strip()):
        return True
    if head.endswith(":"):
        return True
    offset = view.start + len(before)
    # 由马某牵头、市水利局负责, 甲镇划出地块、乙局换证: the mark behind an act joins clauses, not names.
    if before.endswith("、") and _acted_before(view, offset):
        return True
    # A deadline may stand before the subject: 6月底前市水利局要….
    return any(
        mention.end == offset
        and mention.label is EntityLabel.DEADLINE
        and not view.norm[view.start + start : mention.start].strip()
        for mention in view.mentions
    )


def _opens_duty(view: ClauseView, before: str, after: str) -> bool:
    """Whether a clause that binds somebody begins with the mention, for its verb may not have been found."""
    return view.clause.label in _BINDING and not before.strip() and bool(after.strip(" ,。;")) and after[0] not in "的,"


def _acts_at_once(view: ClauseView, position: int) -> bool:
    """Whether a verb stands behind a title at most: 由马某副秘书长协调."""
    verb = next((verb for verb in view.of(EntityLabel.ACTION) if verb.start >= position), None)
    return verb is not None and bool(_TITLE_AT_MOST.fullmatch(view.norm, position, verb.start))


def _acts_after(view: ClauseView, position: int) -> bool:
    return any(mention.label is EntityLabel.ACTION and mention.start >= position for mention in view.mentions)
