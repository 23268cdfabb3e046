"""What a piece of text looks like: a body, a title, a person's name, or body and name run together."""

from __future__ import annotations

import re
from functools import cache

from jiyao import lexicon
from jiyao.structure.cues import bare

_HAN = re.compile(r"[\u3400-\u9fff○〇]+")
REPRESENTS = re.compile(
    r"(?:的?(?:有关|相关|主要|分管)?(?:负责同志|负责人|代表|领导)(?:同志)?|派人|派员)(?:参加|列席|出席)?(?:会议)?$"
)
_NO_NAME = re.compile("[了的等是]|事项|任免|^(?:昨|今|近|当|同|次|日)[日天前]|[上下]午$")
_SHORTEST_UNKNOWN_BODY = 3
LONGEST_NAME = 7  # without the point of 库尔班江·艾山
_TITLE_ENDS = re.compile(
    r"(?:[^、,;\s]{0,14})(?:书记|[市县区旗州盟镇乡局厅处科所站院校行司部省队会台社馆关]长|主席|主任|常委|委员|秘书长|司令员|政委"
    r"|政治委员|经理|总裁|董事长|组长|成员|总工程师|总规划师|巡视员|调研员|研究员|主任科员|参谋长|检察长|理事长|召集人|科员|总监"
    r"|干事|指挥长|总指挥|助理|总工|顾问)$"
)
_OFFICE = re.compile(
    r"(?:党组|党委)?(?:常务)?副?(?:[局主处科院行所站会队厅校馆台社部关镇乡]长|主任|主席|经理|总经理|董事长|支队长|大队长"
    r"|检察长|理事长|书记)"
)
LEADERS = re.compile(
    r"^(?:省|市|州|盟|县|区|旗|镇|乡|街道|党工委|管委会|有关|在家的?|其他|班子)*领导(?:同志|班子成员)?"
)


@cache
def agency_end() -> re.Pattern[str]:
    """How names of bodies end."""
    ends = sorted((suffix.text for suffix in lexicon.agency_suffixes()), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, ends))})$")


@cache
def _verbs() -> tuple[str, ...]:
    """Acts of two characters and more: 市财政局安排资金 names nobody."""
    return tuple(action.text for action in lexicon.actions() if len(action.text) > 1)


@cache
def _title_pattern() -> re.Pattern[str]:
    words = sorted((title.text for title in lexicon.titles()), key=len, reverse=True)
    return re.compile(f"(?:(?:{'|'.join(map(re.escape, words))})|{_TITLE_ENDS.pattern[:-1]})$")


def ends_like_agency(text: str) -> bool:
    """True where ``text`` ends as names of bodies do."""
    return len(text) >= 2 and agency_end().search(text[-12:]) is not None


def is_title(text: str) -> bool:
    """True of a title that stands alone (市委副书记, 副区长)."""
    plain = bare(text)
    return 2 <= len(plain) <= 24 and _title_pattern().fullmatch(plain) is not None


def represents(piece: str) -> bool:
    """True where a piece ends with 的代表, 负责人 and the like: somebody unnamed."""
    return REPRESENTS.search(piece.strip()) is not None


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
    return 2 <= len(plain.replace("·", "")) <= LONGEST_NAME and _may_be_name(plain)


def split_name(text: str) -> int | None:
    """Where the name begins in agency and name run together (``市发改委林海涛`` -> 4); ``None`` if there is none.

    Works on ``text`` without white space. The end of a body or a title before the name tells most,
    for there are names without a surname (``州农牧局更登加措``), then the surname.
    """
    best: tuple[int, int] | None = None
    for length in range(2, min(LONGEST_NAME, len(text) - 1) + 1):
        left, right = text[:-length], text[-length:]
        surname = name_score(right)
        known = ends_like_agency(left) or is_title(left)
        if not known and (not surname or len(left) < _SHORTEST_UNKNOWN_BODY or "·" in left or left.endswith(_verbs())):
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
        and not REPRESENTS.search(plain)
        and not _NO_NAME.search(plain)
        and not plain.startswith(_verbs())
    )


def split_title(text: str) -> tuple[int, str | None]:
    """Length of the agency and the title in ``市公安局局长``; a leader's title has no agency."""
    if is_title(text):
        for length in range(len(text) - 1, 1, -1):
            # 财政局局长: what stands before the bare office is the agency; 副市长, 市委副书记 have none
            if ends_like_agency(text[:length]) and is_bare_office(text[length:]):
                return length, text[length:]
        return 0, text
    return (0, None) if LEADERS.fullmatch(text) else (len(text), None)


def is_bare_office(text: str) -> bool:
    """True of an office without its body: 副局长, 党组书记."""
    return _OFFICE.fullmatch(text) is not None


def name_before_title(plain: str) -> int | None:
    """Length of the name in ``晏守田副市长``."""
    for length in (3, 2, 4):
        if len(plain) > length and name_score(plain[:length]) and is_title(plain[length:]):
            return length
    return None
