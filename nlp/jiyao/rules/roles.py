"""What part each agency and person plays in its clause: lead, support, recipient, issuer, gate, source.

One pass over the mentions of a clause. Mentions joined by 、 和 及 share their role.
The cues are data (``lexicons/cues.jsonl``, tried in order, first match wins); the
position of the subject is the only thing decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.rules.cues import Cue, alternatives, cues
from jiyao.rules.view import ClauseView
from jiyao.types import Mention


class Role(StrEnum):
    """A mention's part in its clause."""

    LEAD = "lead"
    SUPPORT = "support"
    RECIPIENT = "recipient"
    ISSUER = "issuer"
    GATE = "gate"
    SOURCE = "source"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """A mention, its role, and the rule that said so. ``group`` numbers coordinated mentions."""

    mention: Mention
    role: Role
    rule: str
    group: int


_WEAK = "subject"
_BINDING = frozenset({ClauseLabel.ASSIGNMENT, ClauseLabel.REQUIREMENT, ClauseLabel.COMMITMENT})
#: Rules under which a supporter has a verb of its own.
ACTING_SUPPORT = frozenset({"who-supports", "who-takes-part", "who-backs", "label-helps"})
#: 甲委托乙评估: 乙 is outside, but where nobody else is named it must act.
_COMMISSIONED = "commissioned"
#: 由甲把关后报…: a gate, unless nobody else is to act.
_GATE_TOLD = "gate-told"
#: Cues that make a supporter only beside a lead.
_HELPERS = frozenset({"by-division-of-duties", "who-supports", "who-takes-part"})
#: 与 is left out: 由甲与乙签订协议 has one lead.
_JOIN = re.compile(r"[ \t]*(?:[、/]|和|及|以及|暨|[ \t])[ \t]*")
_TOLD_TO = re.compile("(?:由|请|责成)$")
_HELPED = re.compile("(?:积极|密切)?(?:协助|配合)")
#: 由同志牵头, 由、等同志负责, 由、两位副市长带队: the page lost the name.
LOST_NAME = re.compile(r"由[、,\s]*(?:等?同志|等(?=牵头|负责)|(?=牵头|负责)|(?<=、)(?=[一两二三四五六七八九十]位))")
_BOTH = re.compile("要|应|须|必须|共同|分别|各自|按责|联合")
_HELPS = re.compile(r"[^,。;:、\n]{0,8}?(?:配合|协助|参与|协办)")
_TAIL = re.compile(r"(?:等\d*(?:家|个)?(?:有关|相关|成员|责任)?(?:部门|单位|地区|局|委办局|企业)?|\([^()\n]{0,12}\))")
_LABEL = re.compile(
    r"(?P<first>(?:牵头|主办|总牵头)(?:责任)?(?:单位|部门|科室|处室))\s*:|"
    r"(?P<lead>(?:责任|承办|实施|落实|主体|负责|主责|执行)(?:单位|部门|科室|处室|方)(?:及责任人)?)\s*:|"
    r"(?P<support>(?:配合|协办|协助|参与|参加|协同|责任配合)(?:单位|部门|科室)?)\s*:|"
    r"(?P<person>(?!联系人)(?:责任|牵头|分管|包保|联系|包抓|挂帅)(?:市|县|区|州|旗)?(?:领导|人)|责任人|牵头人|负责人)\s*:"
)
#: (市商务局) alone at the end of a clause.
_BRACKET_BEFORE = re.compile(r"[。;,%个项\u4e00-\u9fff]\s?\((?:责任单位)?$")
_BRACKET_AFTER = re.compile(r"\)[。;]?$")
_STOP = re.compile(r"[,。;!?(\n]")
_LEADIN = re.compile(
    r"^(?:\S{1,12}(?:指出|强调|要求|认为|明确|议定|决定|提出|表示|说)[,:]\s*)?"
    r"(?:(?:\d{1,2}[.、)]|[一二三四五六七八九十]+(?:是|要|、)|\([一二三四五六七八九十\d]+\)|[①-⑳])\s*)?"
    r"(?:下一步|今后|目前|同时|但|但是|另外|此外|原则上|会后|近期|当前|其中|凡|对此|为此|据此|随后|并|也|再|各|\S{1,10}(?:期间|之?前|之?后|时|以来|内|起|的))?,?\s*$"
)
_PERSON_LEADS = re.compile(
    r"^(?:同志|[^,。;、\n]{0,10}?(?:市长|县长|区长|局长|主任|书记|秘书长|旗长|州长|院长|部长|主席|镇长|总工|助理|调研员|总经理|董事长))?"
    r"(?:同志)?(?:分片|分别|具体|共同|亲自|总)?(?:负总责|牵头|负责|具体负责|总负责|分管|挂帅|任组长|担任组长|抓总|统筹|包抓|包保|跟踪|带队|督办|包干)"
)
_TITLED_PERSON = re.compile(
    r"(?:副?(?:市长|县长|区长|局长|主任|书记|秘书长|旗长|州长|院长|部长|主席|镇长)|由|请|责成|安排)$"
)


_TOLD = re.compile(r"(?:由|请|责成)(?:副?(?:市长|县长|区长|局长|主任|书记|秘书长))?$")
_WHOLE_REGION = re.compile("全(?:[省市县区州盟旗镇乡]|街道)$")  # 全区各街道
_TITLE_AT_MOST = re.compile(r"[^,。;、:\n]{0,10}")


@cache
def _cues() -> tuple[tuple[Cue, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    compiled = []
    for row in cues():
        before = re.compile(f"(?:{alternatives(row.before)})$") if row.before else None
        after = re.compile(rf"[^,。;:、\n]{{0,{row.gap or 0}}}?(?:{alternatives(row.after)})") if row.after else None
        compiled.append((row, before, after))
    return tuple(compiled)


def parts(view: ClauseView) -> tuple[Part, ...]:
    """The part of every AGENCY and PERSON of the clause, in order."""
    found: list[Part] = []
    for number, group in enumerate(_groups(view)):
        role, rule = _role(view, group)
        found.extend(Part(mention, role, rule, number) for mention in group)
    return tuple(_told_not_subjects(view, _commissioned(_duties(view, found))))


def _told_not_subjects(view: ClauseView, found: list[Part]) -> list[Part]:
    """各乡镇申报材料由县扶贫办初核: who is told to act is meant, not what stands first.

    A person who leads (乙的队伍由濮某统一调度) only counts within the same stretch between commas.
    """
    told = [part for part in found if part.role is Role.LEAD and part.rule != _WEAK]
    agencies = any(part.mention.label is EntityLabel.AGENCY for part in told)

    def meant(part: Part) -> bool:
        if part.rule != _WEAK:
            return True
        return not agencies and not any(
            part.mention.end <= other.mention.start
            and not _STOP.search(view.norm, part.mention.end, other.mention.start)
            for other in told
        )

    return [part if meant(part) else replace(part, role=Role.OTHER) for part in found]


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


def _commissioned(found: list[Part]) -> list[Part]:
    """由甲委托乙评估: 甲 answers for it, 乙 does not."""
    if not any(part.role is Role.LEAD and part.rule != _COMMISSIONED for part in found):
        return found
    return [replace(part, role=Role.OTHER) if part.rule == _COMMISSIONED else part for part in found]


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
            told = _TOLD_TO.search(view.norm, view.start, groups[-1][0].start)
            both = between == "与" and not told and _BOTH.match(view.norm, mention.end)
            if _JOIN.fullmatch(between) or both:
                groups[-1].append(mention)
                continue
        groups.append([mention])
    return groups


def _role(view: ClauseView, group: list[Mention]) -> tuple[Role, str]:
    before = view.norm[view.start : group[0].start]
    after = view.norm[group[-1].end : view.end]
    tail = _TAIL.match(after)
    after = after[tail.end() :] if tail else after
    labelled = _label_role(before) or _cell_role(view, group)
    if group[0].label is EntityLabel.PERSON:
        return _person_role(view, group[-1], before, after, labelled)
    if labelled is Role.LEAD and _HELPS.match(after):
        return Role.SUPPORT, "label-helps"
    if labelled in (Role.LEAD, Role.SUPPORT):
        return labelled, "label"
    if _BRACKET_BEFORE.search(before) and _BRACKET_AFTER.match(after):
        return Role.LEAD, "trailing-bracket"
    for row, ends, begins in _cues():
        if ends is not None and not ends.search(before):
            continue
        if begins is not None and not begins.match(after):
            continue
        role = Role(row.role)
        if role is Role.LEAD and ends is None and not _is_subject(view, before):
            continue
        return role, row.name
    if _is_subject(view, before) and (_acts_after(view, group[-1].end) or _opens_duty(view, before, after)):
        return Role.LEAD, _WEAK
    return Role.OTHER, "none"


def _label_role(before: str) -> Role | None:
    """The role that the last label before a mention gives, e.g. 配合单位:. After 牵头单位: stands who leads,
    so 责任单位: behind it names who supports; without it 责任单位: names the leads."""
    last = max(_LABEL.finditer(before), key=lambda match: match.start(), default=None)
    if last is None or "。" in before[last.end() :]:
        return None
    if last.group("first"):
        return Role.LEAD
    if last.group("lead"):
        return Role.SUPPORT if any(match.group("first") for match in _LABEL.finditer(before)) else Role.LEAD
    return Role.SUPPORT if last.group("support") else Role.OTHER


def _cell_role(view: ClauseView, group: list[Mention]) -> Role | None:
    """The role that a table's column gives to a cell of nothing but agencies (one cell a line, or between bars)."""
    line_start = max(view.norm.rfind(bar, view.start, group[0].start) for bar in "\n|") + 1
    if not line_start or not view.columns or view.norm[line_start : group[0].start].strip():
        return None
    cells = _agency_cells(view)
    number = next((n for n, (start, end) in enumerate(cells) if start <= group[0].start < end), None)
    return Role(view.columns[number]) if number is not None and number < len(view.columns) else None


def _agency_cells(view: ClauseView) -> list[tuple[int, int]]:
    """Cells of the clause that hold agencies and what joins them only."""
    found = []
    for match in re.finditer(r"[^\n|]+", view.text):
        start, end = view.start + match.start(), view.start + match.end()
        inside = [m for m in view.of(EntityLabel.AGENCY) if start <= m.start < end]
        rest = view.norm[start:end]
        for mention in inside:
            rest = rest.replace(mention.text, "", 1)
        if inside and not re.sub(r"[\s、,;()]|和|及|等|分别牵头|牵头|配合|负责", "", rest):
            found.append((start, end))
    return found


def _person_role(
    view: ClauseView, mention: Mention, before: str, after: str, labelled: Role | None
) -> tuple[Role, str]:
    if labelled is not None:
        return Role.LEAD, "label-person"
    if _PERSON_LEADS.match(after) and (_TITLED_PERSON.search(before) or not before.strip() or before[-1] in ",:;、("):
        return Role.LEAD, "person-leads"
    if _TOLD.search(before) and _acts_at_once(view, mention.end):
        return Role.LEAD, "person-told"
    return Role.OTHER, "person"


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
    # 由马某牵头、市水利局负责: the mark behind a verb joins clauses, not names.
    if before.endswith("、") and any(verb.end == offset - 1 for verb in view.of(EntityLabel.ACTION)):
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
