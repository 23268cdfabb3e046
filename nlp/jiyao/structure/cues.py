"""Cue words of the shell, read from ``lexicons/shell_cues.jsonl``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jiyao.labels import RollRole
from jiyao.lexicon import parse_rows

_FILE = "shell_cues.jsonl"

_LABEL = re.compile(r"[ \t\u3000【\[(]*([^:\n,;。《》]{1,16}?)[ \t\u3000】\]]*(?::|(?<=[】\]]))[ \t\u3000]*")
_BARE_ROLL_LABEL = re.compile(
    r"\s*((?:出\s*席|列\s*席|请\s*假|缺\s*席|参\s*加|记\s*录)(?:人员|领导|单位|人)?)\s+(?=\S)"
)
#: 主 持 人 申屠宽, 会议地点 三楼: a label of the header with blanks for its colon.
_BARE_FIELD_LABEL = re.compile(
    r"((?:(?:会 {0,4}议|开 {0,4}会)? {0,4}(?:时 {0,4}间|地 {0,4}点|主 {0,4}持(?: {0,4}人)?)"
    r"|会 {0,4}议 {0,4}(?:名 {0,4}称|主 {0,4}题|议 {0,4}题)))\s+(?=[^\s:])"
)
_LONGEST_ROLL_LABEL = 12
_NO_ROLL_LABEL = re.compile("要求|情况|工作|制度|在案|(?<!记录)整理|责任")
# Whoever is named in 未出席 or 列席代表 is absent or an observer: the narrower role is asked first.
_ROLE_ORDER = (
    RollRole.ABSENT,
    RollRole.OBSERVER,
    RollRole.RECORDER,
    RollRole.PRESENT,
    RollRole.REPRESENTATIVE,
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class CueSet:
    """A line of the lexicon: the cues of one ``set``."""

    set: str
    cues: tuple[str, ...]


@cache
def cues(name: str) -> frozenset[str]:
    """The cue words of one set; an unknown set is a mistake in the program (``KeyError``)."""
    return _all_cues()[name]


@cache
def words(name: str) -> str:
    """The cues of a set as a group of a regular expression, the longest first."""
    return f"(?:{'|'.join(re.escape(cue) for cue in sorted(cues(name), key=len, reverse=True))})"


@cache
def any_of(name: str) -> re.Pattern[str]:
    """A pattern that matches any cue of the set."""
    return re.compile(words(name))


@cache
def _all_cues() -> dict[str, frozenset[str]]:
    content = files("jiyao").joinpath("lexicons", _FILE).read_text(encoding="utf-8")
    return {row.set: frozenset(row.cues) for row in parse_rows(content.splitlines(), _FILE, CueSet)}


def bare(text: str) -> str:
    """``text`` without white space (names and labels are padded: 出 席, 林 溪)."""
    return _SPACE.sub("", text)


def read_label(norm: str, start: int, end: int) -> tuple[str, int] | None:
    """The label before a colon at the start of a line and the offset of what follows it.

    >>> read_label("出 席:林溪", 0, 6)
    ('出席', 4)
    """
    match = _LABEL.match(norm, start, end)
    return (bare(match.group(1)), match.end()) if match else None


def read_field_label(norm: str, start: int, end: int) -> tuple[str, int] | None:
    """The label at the start of a line of the header, before a colon or, of those that clerks set so, before blanks."""
    match = _BARE_FIELD_LABEL.match(norm, start, end)  # first: 时间 2024年4月29日14:30 has a colon further on
    return (bare(match.group(1)), match.end()) if match else read_label(norm, start, end)


def read_roll_label(norm: str, start: int, end: int) -> tuple[RollRole, int] | None:
    """The role that the label at the start of a line gives, and the offset of the names after it.

    The label ends with a colon (``出席人员:``) or, padded or bare, with white space (``出 席 林溪``).
    """
    labelled = read_label(norm, start, end)
    if labelled is not None:
        role = role_of(labelled[0])
        return (role, labelled[1]) if role else None
    match = _BARE_ROLL_LABEL.match(norm, start, end)
    role = role_of(bare(match.group(1))) if match else None
    return (role, match.end()) if match and role else None


def role_of(label: str) -> RollRole | None:
    """The role that a label of the roll stands for (``出席人员`` -> present); ``None`` for other labels."""
    if len(label) > _LONGEST_ROLL_LABEL:
        return None
    for role in _ROLE_ORDER:
        match = any_of(f"roll:{role.value}").search(label)
        # 因公请假 and 会议记录 have two characters before the cue, 工作记录要求 is none of ours.
        if match and match.start() <= 2 and not _NO_ROLL_LABEL.search(label):
            return role
    return None
