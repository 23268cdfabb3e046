"""The Chinese words that writers show to officials, read from the lexicons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TypeVar

from jiyao.lexicon import IntroducerKind, introducers, parse_rows

_Row = TypeVar("_Row")
_MARK = "[,:\uff0c\uff1a]"


@dataclass(frozen=True, slots=True)
class FlagWords:
    """A flag in Chinese (``{value}`` stands for the flag's value) and what to check."""

    flag: str
    chinese: str
    advice: str


class OpeningRole(StrEnum):
    """What a word does where a task's sentence names its actors, before its work begins."""

    OPENS = "opens"  # 由
    JOINS = "joins"  # 会同: something must follow before the work may begin
    CLOSES = "closes"  # 牵头: the work may begin after it


@dataclass(frozen=True, slots=True)
class Opening:
    """A word that opens a task's sentence."""

    text: str
    role: OpeningRole


def flag_chinese(flag: str) -> str:
    """A flag in Chinese; a flag that the lexicon does not know stays as it is.

    >>> flag_chinese("gate: 县法制办 审查")
    '须先经县法制办审查'
    """
    name, _, value = flag.partition(": ")
    words = _flags().get(name)
    if words is None:
        return flag
    if "{value}" in words.chinese:
        return words.chinese.replace("{value}", value.replace(" ", ""))
    return f"{words.chinese}（{value}）" if value else words.chinese


def flag_advice(flag: str) -> str:
    """What a reader should do about a flag; empty if the lexicon does not know it."""
    words = _flags().get(flag.partition(": ")[0])
    return words.advice if words else ""


@cache
def introducer() -> re.Pattern[str]:
    """会议要求 and the like, with the comma or colon behind; only a demand may stand without."""
    kinds = (IntroducerKind.REQUIREMENT, IntroducerKind.STATEMENT, IntroducerKind.DECISION)
    words = [word.text for word in introducers() if word.kind in kinds]
    demands = [word.text for word in introducers() if word.kind is IntroducerKind.REQUIREMENT]
    return re.compile(f"(?:{_alternatives(words)}){_MARK}|(?:{_alternatives(demands)})")


@cache
def opening_roles() -> dict[str, OpeningRole]:
    """The words of an opening."""
    return {row.text: row.role for row in _rows("ledger_openings.jsonl", Opening)}


@cache
def opening_word() -> re.Pattern[str]:
    """Any word of an opening, the longest that fits: 要求 is not taken for 要."""
    return re.compile(_alternatives(opening_roles()))


@cache
def _flags() -> dict[str, FlagWords]:
    return {row.flag: row for row in _rows("flags.jsonl", FlagWords)}


def _rows(name: str, row_type: type[_Row]) -> tuple[_Row, ...]:
    text = files("jiyao").joinpath("lexicons", name).read_text(encoding="utf-8")
    return parse_rows(text.splitlines(), name, row_type)


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
