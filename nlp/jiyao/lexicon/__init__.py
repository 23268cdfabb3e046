"""Knowledge as data: typed, validated loading of ``lexicons/*.jsonl``.

One row type a file, one JSON object a line. Loaders are cached and give tuples of
frozen rows, so that nobody can change what another reads.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jiyao.lexicon.parse import REMEDY, LexiconError, Row, parse_rows
from jiyao.lexicon.rows import (
    ActionRole,
    ActionVerb,
    AgencyKind,
    AgencySuffix,
    Category,
    CountyCity,
    Feast,
    Group,
    GroupKind,
    Introducer,
    IntroducerKind,
    Level,
    NameCharacter,
    Paper,
    Stage,
    StageKind,
    SuffixKind,
    Surname,
    TimeWord,
    TimeWordKind,
    Title,
    TitleKind,
)

__all__ = [
    "ActionRole",
    "ActionVerb",
    "AgencyKind",
    "AgencySuffix",
    "Category",
    "CountyCity",
    "Feast",
    "Group",
    "GroupKind",
    "Introducer",
    "IntroducerKind",
    "Level",
    "LexiconError",
    "NameCharacter",
    "Paper",
    "Stage",
    "StageKind",
    "SuffixKind",
    "Surname",
    "TimeWord",
    "TimeWordKind",
    "Title",
    "TitleKind",
    "actions",
    "agencies",
    "agency_suffixes",
    "county_cities",
    "feasts",
    "groups",
    "introducers",
    "name_characters",
    "papers",
    "parse_rows",
    "stages",
    "surnames",
    "time_words",
    "titles",
]


@cache
def agencies() -> tuple[AgencyKind, ...]:
    """Kinds of body; every successor is a kind too."""
    rows = _load("agencies", AgencyKind)
    ids = {row.id for row in rows}
    for number, row in enumerate(rows, 1):
        lost = [successor for successor in row.successors if successor not in ids]
        if lost:
            raise LexiconError(f"agencies.jsonl:{number}", f"unknown successor {lost[0]!r}", REMEDY)
    return rows


@cache
def agency_suffixes() -> tuple[AgencySuffix, ...]:
    """Ends of names of bodies and regions."""
    return _load("agency_suffixes", AgencySuffix)


@cache
def county_cities() -> frozenset[str]:
    """Cities at the level of a county."""
    return frozenset(row.text for row in _load("county_cities", CountyCity))


@cache
def groups() -> tuple[Group, ...]:
    """Patterns of groups of agencies."""
    return _load("groups", Group)


@cache
def surnames() -> frozenset[str]:
    """All family names."""
    return frozenset(row.text for row in _load("surnames", Surname))


@cache
def name_characters() -> frozenset[str]:
    """Characters of names without a family name."""
    return frozenset(row.text for row in _load("name_characters", NameCharacter))


@cache
def titles() -> tuple[Title, ...]:
    """Titles of persons."""
    return _load("titles", Title)


@cache
def actions() -> tuple[ActionVerb, ...]:
    """Verbs of official acts."""
    return _load("actions", ActionVerb)


@cache
def introducers() -> tuple[Introducer, ...]:
    """Openings of speech acts."""
    return _load("introducers", Introducer)


@cache
def papers() -> tuple[Paper, ...]:
    """Sorts of papers."""
    return _load("papers", Paper)


@cache
def stages() -> tuple[Stage, ...]:
    """Stage marks of papers."""
    return _load("stages", Stage)


@cache
def feasts() -> tuple[Feast, ...]:
    """Feasts by which deadlines are set."""
    return _load("feasts", Feast)


@cache
def time_words() -> tuple[TimeWord, ...]:
    """Events and vague times by which deadlines are set."""
    return _load("time_words", TimeWord)


def _load(name: str, row_type: type[Row]) -> tuple[Row, ...]:
    file = f"{name}.jsonl"
    content = files("jiyao").joinpath("lexicons", file).read_text(encoding="utf-8")
    return parse_rows(content.splitlines(), file, row_type)
