"""Who stands in a piece of a list of names: agency, person, title.

``市发改委林海涛``, ``财政局局长柳岸``, ``章百川(市人大常委会)``, ``晏守田副市长``. What the
model found (spans of persons and agencies) is preferred; where it is silent, surnames,
titles and the ends of agencies' names decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from jiyao import lexicon
from jiyao.structure.cues import bare
from jiyao.types import Span

_HAN = re.compile(r"[\u3400-\u9fff○〇]+")
_REASONS = re.compile(
    r"在|开会|出差|学习|公务|因公|休|病|事假|会议|培训|招商|考察|外出|请假|代$|挂职|出国|另有|党校|^\d|任务|调研"
)
_REPRESENTS = re.compile(
    r"(?:的?(?:有关|相关|主要|分管)?(?:负责同志|负责人|代表|领导)(?:同志)?|派人|派员)(?:参加|列席|出席)?(?:会议)?$"
)
_LEADERS = re.compile(
    r"^(?:省|市|州|盟|县|区|旗|镇|乡|街道|党工委|管委会|有关|在家的?|其他|班子)*领导(?:同志|班子成员)?"
)
_NO_NAME = re.compile("[了的等是]|事项|任免")
_LINKED = re.compile(r"以及|及(?!第)")
_AMONG = re.compile(
    r"等$|等\d{0,2}(?:名|位)?(?:[省市州县区旗镇乡]|有关|相关)*领导(?:同志)?(?:分别)?$"
)  # 甲、乙等市领导
_ADDRESS = re.compile(r"(?:同志|先生|女士)$")
_SHORTEST_UNKNOWN_BODY = 3
_PLAIN_ENDS = frozenset("局委办厅科处院站所队镇乡")
_LONGEST_NAME = 7  # without the point of 库尔班江·艾山
_TITLE_ENDS = re.compile(
    r"(?:[^、,;\s]{0,14})(?:书记|[市县区旗州盟镇乡局厅处科所站院校行司部省队会台社馆关]长|主席|主任|常委|委员|秘书长|司令员|政委"
    r"|政治委员|经理|总裁|董事长|组长|成员|总工程师|总规划师|巡视员|调研员|研究员|主任科员|参谋长|检察长|理事长|召集人|科员"
    r"|干事|指挥长|总指挥|助理|总工|顾问)$"
)
_OFFICE = re.compile(
    r"(?:党组|党委)?(?:常务)?副?(?:[局主处科院行所站会队厅校馆台社部关镇乡]长|主任|主席|经理|总经理|董事长|支队长|大队长"
    r"|检察长|理事长|书记)"
)


@dataclass(frozen=True, slots=True)
class Member:
    """What a piece names; offsets in the text. ``unnamed`` is true of 的代表, (代) and 负责人."""

    person: Span | None = None
    agency: Span | None = None
    title: str | None = None
    unnamed: bool = False


@cache
def _agency_end() -> re.Pattern[str]:
    ends = sorted((suffix.text for suffix in lexicon.agency_suffixes()), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, ends))})$")


@cache
def _title_pattern() -> re.Pattern[str]:
    words = sorted((title.text for title in lexicon.titles()), key=len, reverse=True)
    return re.compile(f"(?:(?:{'|'.join(map(re.escape, words))})|{_TITLE_ENDS.pattern[:-1]})$")


def ends_like_agency(text: str) -> bool:
    """True where ``text`` ends as names of bodies do."""
    return len(text) >= 2 and _agency_end().search(text[-12:]) is not None


def is_title(text: str) -> bool:
    """True of a title that stands alone (市委副书记, 副区长)."""
    plain = bare(text)
    return 2 <= len(plain) <= 24 and _title_pattern().fullmatch(plain) is not None


def represents(piece: str) -> bool:
    """True where a piece ends with 的代表, 负责人 and the like: somebody unnamed."""
    return _REPRESENTS.search(piece.strip()) is not None


def name_score(name: str) -> int:
    """How much ``name`` looks like a Chinese name: 0 not at all, 2 with a surname, 3 with a double surname."""
    if not _HAN.fullmatch(name.replace("·", "")):
        return 0
    surnames = lexicon.surnames()
    if name[:2] in surnames and 3 <= len(name) <= 4:
        return 3
    return 2 if name[:1] in surnames and 2 <= len(name) <= 3 else 0


def is_name(name: str) -> bool:
    """True where ``name``, standing alone between separators, can be a person's name.

    Names of minorities have no surname: any short word that is neither agency nor title will do.
    """
    plain = bare(name)
    if name_score(plain):
        return not is_title(plain)
    return 2 <= len(plain.replace("·", "")) <= _LONGEST_NAME and _may_be_name(plain)


def split_name(text: str) -> int | None:
    """Where the name begins in agency and name run together (``市发改委林海涛`` -> 4); ``None`` if there is none.

    Works on ``text`` without white space. The end of a body or a title before the name tells most,
    for there are names without a surname (``州农牧局更登加措``), then the surname.
    """
    best: tuple[int, int] | None = None
    for length in range(2, min(_LONGEST_NAME, len(text) - 1) + 1):
        left, right = text[:-length], text[-length:]
        surname = name_score(right)
        known = ends_like_agency(left) or is_title(left)
        if not known and (not surname or len(left) < _SHORTEST_UNKNOWN_BODY or "·" in left):
            continue
        if not surname and not _may_be_name(right):
            continue
        score = (8 if is_title(left) else 6 if known else 0) + 2 * surname + (length == 3) - (length > 4)
        if best is None or score > best[0]:
            best = score, len(left)
    return best[1] if best else None


def _may_be_name(plain: str) -> bool:
    return (
        _HAN.fullmatch(plain.replace("·", "")) is not None
        and not ends_like_agency(plain)
        and not is_title(plain)
        and not _REPRESENTS.search(plain)
        and not _NO_NAME.search(plain)
    )


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
    leaders = _LEADERS.match(norm[start:end])
    if leaders:
        start += leaders.end()
    if start >= end:
        return []
    unnamed = _REPRESENTS.search(norm[start:end])
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
    if not plain or len(plain) > 60:
        return None
    if _is_body(plain):
        return Member(agency=Span(start, at[len(plain) - 1] + 1))
    if name_score(plain) and not is_title(plain):
        return Member(person=Span(start, at[len(plain) - 1] + 1))
    if is_title(plain):
        after_name = _name_before_title(plain)
        if after_name:
            return Member(person=Span(start, at[after_name - 1] + 1), title=plain[after_name:])
        return None
    cut = split_name(plain)
    if cut is None:
        if ends_like_agency(plain):
            return Member(agency=Span(start, at[len(plain) - 1] + 1))
        return Member(person=Span(start, at[len(plain) - 1] + 1)) if is_name(plain) else None
    person = Span(at[cut], at[len(plain) - 1] + 1)
    agency, title = split_title(plain[:cut])
    return Member(person, Span(start, at[agency - 1] + 1) if agency else None, title)


def _is_body(plain: str) -> bool:
    """True of an agency without a name after it: names end in 局 or 办公室 too seldom to count."""
    match = _agency_end().search(plain[-12:])
    if match is not None and len(plain) > 2 and (len(match.group()) > 1 or match.group() in _PLAIN_ENDS):
        return True
    return any(re.fullmatch(group.pattern, plain) for group in lexicon.groups())


def split_title(text: str) -> tuple[int, str | None]:
    """Length of the agency and the title in ``市公安局局长``; a leader's title has no agency."""
    if is_title(text):
        for length in range(len(text) - 1, 1, -1):
            # 财政局局长: what stands before the bare office is the agency; 副市长, 市委副书记 have none
            if ends_like_agency(text[:length]) and _bare_office(text[length:]):
                return length, text[length:]
        return 0, text
    return (0, None) if _LEADERS.fullmatch(text) else (len(text), None)


def _bare_office(text: str) -> bool:
    return _OFFICE.fullmatch(text) is not None


def _name_before_title(plain: str) -> int | None:
    """Length of the name in ``晏守田副市长``."""
    for length in (3, 2, 4):
        if len(plain) > length and name_score(plain[:length]) and is_title(plain[length:]):
            return length
    return None


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
