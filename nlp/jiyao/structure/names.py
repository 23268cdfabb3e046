"""Who stands in a piece of a list of names: agency, person, title.

``市发改委林海涛``, ``财政局局长柳岸``, ``章百川(市人大常委会)``, ``晏守田副市长``. What the
model found (spans of persons and agencies) is preferred; where it is silent, surnames,
titles and the ends of agencies' names decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jiyao import lexicon
from jiyao.structure.cues import bare
from jiyao.structure.name_forms import (
    LEADERS,
    REPRESENTS,
    agency_end,
    ends_like_agency,
    is_bare_office,
    is_name,
    is_title,
    name_before_title,
    name_score,
    split_name,
    split_title,
)
from jiyao.types import Span

_REASONS = re.compile(
    r"在|开会|出差|学习|公务|因公|休|病|事假|会议|培训|招商|考察|外出|请假|代$|挂职|出国|另有|党校|^\d|任务|调研"
)
_LINKED = re.compile(r"以及|及(?!第)")
_AMONG = re.compile(
    r"等$|等\d{0,2}(?:名|位)?(?:[省市州县区旗镇乡]|有关|相关)*领导(?:同志)?(?:分别)?$"
)  # 甲、乙等市领导
_ADDRESS = re.compile(r"(?:同志|先生|女士)$")
_TOPIC = re.compile("关于|有关(?!于)")  # 市府办陆有[关于停车收费]
#: 各乡镇长, 三位专家, 县政府常务会议组成人员: people without names.
_UNNAMED = re.compile(
    "(?:各|[一二两三四五六七八九十几]+(?:个|位|所|名|家|镇|乡)).*(?:长|书记|专家|主任|代表)$|.*(?:组成人员|班子成员)$"
)
_PLAIN_ENDS = frozenset("局委办厅科处院站所队镇乡")


@dataclass(frozen=True, slots=True)
class Member:
    """What a piece names; offsets in the text. ``unnamed`` is true of 的代表, (代) and 负责人."""

    person: Span | None = None
    agency: Span | None = None
    title: str | None = None
    unnamed: bool = False


def read_members(norm: str, piece: Span) -> list[Member]:
    """Read one piece of a list by rules; mostly one member, several where names run together."""
    start, end = _strip(norm, piece.start, piece.end)
    if start >= end:
        return []
    aside, end = _aside(norm, start, end)
    linked = _LINKED.match(norm, start, end)
    start = linked.end() if linked else start
    among = _AMONG.search(norm[start:end])
    end = start + among.start() if among else end
    leaders = LEADERS.match(norm[start:end])
    if leaders:
        start += leaders.end()
    if start >= end:
        return []
    unnamed = REPRESENTS.search(norm[start:end])
    if unnamed:
        return [Member(agency=part, unnamed=True) for part in _bodies(norm, start, start + unnamed.start())]
    chain = _chain(norm, start, end)
    if chain:
        return chain
    member = _plain_member(norm, start, end)
    if member is None:
        return []
    if aside is None:
        return [member]
    if norm[aside.start : aside.end].strip() in ("代", "代表", "代会"):
        return [replace(member, unnamed=True)]
    return [_with_aside(norm, member, aside)]


def _bodies(norm: str, start: int, end: int) -> Iterator[Span]:
    """The agencies in 甲和乙 (的代表); a 和 inside a name (住房和城乡建设局) does not split."""
    link = norm.find("和", start, end)
    if link > 0 and ends_like_agency(norm[start:link]):
        yield Span(start, link)
        start = link + 1
    if end - start >= 2:
        yield Span(start, end)


def _chain(norm: str, start: int, end: int) -> list[Member]:
    """Persons whose names run together (甲乙丙丁戊己), cut by their surnames."""
    plain, at = _squeeze(norm, start, end)
    if (
        not 5 <= len(plain) <= 40
        or "·" in plain
        or name_score(plain)
        or ends_like_agency(plain)
        or split_title(plain)[1]
    ):
        return []
    cut = split_name(plain)
    if cut is not None and (ends_like_agency(plain[:cut]) or is_title(plain[:cut])):
        return []
    lengths = _cut_names(plain)
    out, begin = [], 0
    for length in lengths if len(lengths) > 1 else ():
        out.append(Member(person=Span(at[begin], at[begin + length - 1] + 1)))
        begin += length
    return out


def _cut_names(plain: str) -> list[int]:
    """Lengths of the names of which ``plain`` is made, the longest names first; empty where there is no way."""
    best: list[list[int] | None] = [None] * (len(plain) + 1)
    best[-1] = []
    for begin in range(len(plain) - 2, -1, -1):
        for length in (3, 2, 4):
            rest = best[begin + length] if begin + length <= len(plain) else None
            if rest is not None and name_score(plain[begin : begin + length]) and best[begin] is None:
                best[begin] = [length, *rest]
    return best[0] or []


def _plain_member(norm: str, start: int, end: int) -> Member | None:
    plain, at = _squeeze(norm, start, end)
    address = _ADDRESS.search(plain)
    if address:
        plain = plain[: address.start()]
    topic = _TOPIC.search(plain)
    if topic and topic.start() > 2:
        plain = plain[: topic.start()]
    if not plain or len(plain) > 60 or _UNNAMED.match(plain):
        return None
    if _is_body(plain):
        return Member(agency=Span(start, at[len(plain) - 1] + 1))
    if name_score(plain) and not is_title(plain):
        return Member(person=Span(start, at[len(plain) - 1] + 1))
    if is_title(plain):
        after_name = name_before_title(plain)
        if after_name:
            return Member(person=Span(start, at[after_name - 1] + 1), title=plain[after_name:])
        return _between_body_and_title(plain, start, at)
    cut = split_name(plain)
    if cut is None:
        if ends_like_agency(plain):
            return Member(agency=Span(start, at[len(plain) - 1] + 1))
        return Member(person=Span(start, at[len(plain) - 1] + 1)) if is_name(plain) else None
    person = Span(at[cut], at[len(plain) - 1] + 1)
    agency, title = split_title(plain[:cut])
    return Member(person, Span(start, at[agency - 1] + 1) if agency else None, title)


def _between_body_and_title(plain: str, start: int, at: Sequence[int]) -> Member | None:
    """市财政局张伟副局长: body, name with a surname, office."""
    for length in (3, 2, 4):
        for office in range(2, len(plain) - length - 1):
            left, name, title = plain[: -length - office], plain[-length - office : -office], plain[-office:]
            if (
                name_score(name)
                and not name.endswith("副")
                and is_bare_office(title)
                and ends_like_agency(left)
                and not is_title(left)
            ):
                return Member(
                    Span(at[len(left)], at[len(left) + length - 1] + 1), Span(start, at[len(left) - 1] + 1), title
                )
    return None


def _is_body(plain: str) -> bool:
    """True of an agency without a name after it: names end in 局 or 办公室 too seldom to count."""
    match = agency_end().search(plain[-12:])
    if match is not None and len(plain) > 2 and (len(match.group()) > 1 or match.group() in _PLAIN_ENDS):
        return True
    return any(re.fullmatch(group.pattern, plain) for group in lexicon.groups())


def _with_aside(norm: str, member: Member, aside: Span) -> Member:
    inner = bare(norm[aside.start : aside.end])
    if member.person and not member.agency and not _REASONS.search(inner):
        if ends_like_agency(inner):
            return Member(member.person, aside, member.title)
        if is_title(inner):
            return Member(member.person, None, inner)
    if member.agency and not member.person and is_name(inner):
        return Member(aside, member.agency)
    return member


def _aside(norm: str, start: int, end: int) -> tuple[Span | None, int]:
    """The brackets at the end of a piece, and where the piece ends without them."""
    opened = norm.rfind("(", start, end)
    if norm[end - 1] != ")" or opened <= start:
        return None, end
    inner = _strip(norm, opened + 1, end - 1)
    return Span(*inner), _strip(norm, start, opened)[1]


def _strip(norm: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (norm[start].isspace() or norm[start] in ":。.,;、"):
        start += 1
    while start < end and (norm[end - 1].isspace() or norm[end - 1] in ":。.,;、"):
        end -= 1
    return start, end


def _squeeze(norm: str, start: int, end: int) -> tuple[str, list[int]]:
    at = [position for position in range(start, end) if not norm[position].isspace()]
    return "".join(norm[position] for position in at), at
