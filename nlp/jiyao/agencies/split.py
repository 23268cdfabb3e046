"""Roll entries in which an agency and a name run together: 市发改委林海涛."""

from __future__ import annotations

import re
from functools import cache

from jiyao import lexicon
from jiyao.agencies.canonical import is_known
from jiyao.agencies.regions import regions_in
from jiyao.lexicon import SuffixKind

_LONGEST = 48
_WHITE = re.compile(r"\s")
_TOPIC = re.compile("关于|有关(?!于)")
_BRACKETS = re.compile("[（(][^（()）]{0,10}[)）]$")
_EDGES = " 、，,；;。.:："
_FULL_NAME = re.compile("[一-龥]{1,8}(?:[·•・‧][一-龥]{1,8}){1,3}")
_HAN = re.compile("[一-龥]{2,5}")
_NO_NAME_END = frozenset("局委办厅室处镇乡县区市省部院队司")
_STRONG, _WEAK, _NO_NAME = 2, 1, 0


def split_run_together(text: str) -> tuple[str, str] | None:
    """Agency and person of a roll entry, without padding; ``None`` if it is not such an entry.

    Titles between the two and after the name are left out; the name ends before 有关 and 关于.
    Of several cuts the one with a known surname is best, then one at a known agency, then the
    longest agency.

    >>> split_run_together("市教育局柳 某")
    ('市教育局', '柳某')
    """
    entry = _cleaned(text)
    if len(entry) > _LONGEST:
        return None
    best: tuple[tuple[int, bool, int, int], tuple[str, str]] | None = None
    for cut in range(2, len(entry) - 1):
        strength = _name_strength(entry[cut:])
        agency = _agency(entry[:cut]) if strength else None
        if agency is None:
            continue
        rank = (strength, is_known(agency), len(agency), cut)
        if best is None or rank > best[0]:
            best = rank, (agency, entry[cut:])
    return best[1] if best else None


def _cleaned(text: str) -> str:
    """Without white space, topic, brackets at the end, and a title after the name."""
    if len(text) > 4 * _LONGEST:
        return text
    entry = _WHITE.sub("", text)
    topic = _TOPIC.search(entry)
    entry = entry[: topic.start()] if topic else entry
    entry = _BRACKETS.sub("", entry.strip(_EDGES))
    for title in _titles():
        if entry.endswith(title) and _name_strength(entry[-len(title) - 2 : -len(title)]) == _STRONG:
            return entry.removesuffix(title)
        if entry.endswith(title) and _name_strength(entry[-len(title) - 3 : -len(title)]) == _STRONG:
            return entry.removesuffix(title)
    return entry


def _agency(text: str) -> str | None:
    """``text`` as an agency, without a title at its end; ``None`` if it is none."""
    if _is_agency(text):
        return text
    for title in _titles():
        if text.endswith(title):
            rest = text.removesuffix(title).rstrip(_EDGES)
            if len(rest) > 1 and _is_agency(rest):
                return rest
            if text != title and rest != text.removesuffix(title) and (inner := _agency(rest)):
                return inner
    return None


def _is_agency(text: str) -> bool:
    bodies, regions = _suffixes()
    if text.endswith(bodies):
        return True
    if not text.endswith(regions):
        return False
    chain = regions_in(text)
    return (bool(chain) and chain[-1].name == text) or text.endswith(_zones())


def _name_strength(name: str) -> int:
    """2 for a surname and a given name, or parts with ·; 1 for the characters of a name without surname."""
    if "·" in name or "•" in name or "・" in name or "‧" in name:
        return _STRONG if _FULL_NAME.fullmatch(name) else _NO_NAME
    if not _HAN.fullmatch(name) or name[-1] in _NO_NAME_END or name.startswith(_verbs()):
        return _NO_NAME
    surnames = lexicon.surnames()
    if (name[:2] in surnames and 2 < len(name) < 5) or (name[0] in surnames and len(name) < 4):
        return _STRONG
    return _WEAK if lexicon.name_characters().issuperset(name) else _NO_NAME


@cache
def _suffixes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    rows = lexicon.agency_suffixes()
    bodies = tuple(row.text for row in rows if row.kind is SuffixKind.BODY)
    regions = tuple(row.text for row in rows if row.kind is SuffixKind.REGION)
    return bodies, regions


@cache
def _zones() -> tuple[str, ...]:
    """Regions of more than one character, such as 开发区: they end no person's name."""
    return tuple(text for text in _suffixes()[1] if len(text) > 1)


@cache
def _titles() -> tuple[str, ...]:
    return tuple(sorted((title.text for title in lexicon.titles()), key=len, reverse=True))


@cache
def _verbs() -> tuple[str, ...]:
    """Acts of two characters and more: 市财政局安排 names nobody."""
    return tuple(action.text for action in lexicon.actions() if len(action.text) > 1)
