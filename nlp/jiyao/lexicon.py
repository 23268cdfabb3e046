"""Knowledge as data: typed, validated loading of ``lexicons/*.jsonl``.

One row type a file, one JSON object a line. The first field of a row type is
its key and may stand once a file. Loaders are cached and give tuples of frozen
rows, so that nobody can change what another reads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from jiyao.errors import JiyaoError

_REMEDY = "mend the line, or reinstall jiyao if you did not change it"
Row = TypeVar("Row")


class LexiconError(JiyaoError):
    """A lexicon that breaks its schema; ``subject`` is ``file:line``."""


class Level(StrEnum):
    """Administrative level, from above."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWN = "town"


class Category(StrEnum):
    """What sort of body an agency is."""

    GOVERNMENT = "government"
    PARTY = "party"
    CONGRESS = "congress"
    CPPCC = "cppcc"
    COURT = "court"
    PROCURATORATE = "procuratorate"
    ARMY = "army"
    VERTICAL = "vertical"
    ENTERPRISE = "enterprise"
    BANK = "bank"
    MASS = "mass"
    ADHOC = "adhoc"
    INSTITUTION = "institution"


class SuffixKind(StrEnum):
    """What the end of a name tells: a body, or a region that may stand for its government."""

    BODY = "body"
    REGION = "region"


class GroupKind(StrEnum):
    """A group of agencies nobody can list (各地各部门), or one named before (上述单位)."""

    GENERIC = "generic"
    ANAPHOR = "anaphor"


class ActionRole(StrEnum):
    """What an official act does."""

    LEAD = "lead"
    SUPPORT = "support"
    DRAFT = "draft"
    REVISE = "revise"
    SUBMIT = "submit"
    REPORT = "report"
    PUBLISH = "publish"
    IMPLEMENT = "implement"
    APPROVE = "approve"
    APPROVE_IN_PRINCIPLE = "approve_in_principle"
    REJECT = "reject"
    DEFER = "defer"
    ESTABLISH = "establish"
    NAME = "name"
    AUTHORISE = "authorise"
    STUDY = "study"
    CONSULT = "consult"
    INSPECT = "inspect"
    ENFORCE = "enforce"
    COORDINATE = "coordinate"
    FUND = "fund"
    PROMOTE = "promote"
    SAFEGUARD = "safeguard"
    BUILD = "build"
    MANAGE = "manage"
    PROHIBIT = "prohibit"
    PROCEEDING = "proceeding"


class TitleKind(StrEnum):
    """Whose title it is: a leader of a region, of an agency, staff, or a form of address."""

    LEADER = "leader"
    AGENCY_HEAD = "agency_head"
    STAFF = "staff"
    ADDRESS = "address"


class IntroducerKind(StrEnum):
    """What an introducer (会议要求) mostly announces."""

    REQUIREMENT = "requirement"
    STATEMENT = "statement"
    DECISION = "decision"
    PROCEEDING = "proceeding"


class StageKind(StrEnum):
    """How far a paper has come."""

    DRAFT = "draft"
    CONSULTATION = "consultation"
    REVIEW = "review"
    REVISION = "revision"
    TRIAL = "trial"
    FINAL = "final"


class TimeWordKind(StrEnum):
    """A word of time without a date.

    An event stands for itself (汛期), a step of some process (竣工) is a time only where an act
    follows; then seasons (今冬), vague times (近期), and words of urgency (尽快), which are no deadlines.
    """

    EVENT = "event"
    PROCESS = "process"
    SEASON = "season"
    VAGUE = "vague"
    URGENT = "urgent"


@dataclass(frozen=True, slots=True)
class AgencyKind:
    """A kind of body, such as all emergency bureaus.

    The names stand without their region, which is put in front, or where
    ``{region}`` (朔源市) or ``{bare}`` (朔源) stands; the most usual name comes first.
    A level without names has no such body, or none whose full name can be derived.
    ``short`` are short forms with their head (应急局), ``stems`` those without (应急).
    ``valid_from`` and ``valid_to`` are the first and last year in which the name was in use;
    reforms took local bodies a year or two, so that old and new names overlap.
    """

    id: str
    category: Category
    province: tuple[str, ...] = ()
    prefecture: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    town: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    valid_from: int | None = None
    valid_to: int | None = None
    successors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (self.province or self.prefecture or self.county or self.town or self.short):
            raise ValueError("neither names nor short forms")
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError("valid_from is later than valid_to")

    def names(self, level: Level) -> tuple[str, ...]:
        """Full names at ``level``."""
        at: dict[Level, tuple[str, ...]] = {
            Level.PROVINCE: self.province,
            Level.PREFECTURE: self.prefecture,
            Level.COUNTY: self.county,
            Level.TOWN: self.town,
        }
        return at[level]

    def valid_in(self, year: int | None) -> bool:
        """Whether the name was in use in ``year``; always, if the year is not known."""
        return year is None or (self.valid_from or year) <= year <= (self.valid_to or year)


@dataclass(frozen=True, slots=True)
class AgencySuffix:
    """How names of bodies and regions end."""

    text: str
    kind: SuffixKind


@dataclass(frozen=True, slots=True)
class Group:
    """A pattern for whole names of groups of agencies."""

    id: str
    kind: GroupKind
    pattern: str
    example: str

    def __post_init__(self) -> None:
        try:
            matches = re.fullmatch(self.pattern, self.example)
        except re.error as error:
            raise ValueError(f"not a regular expression ({error})") from None
        if not matches:
            raise ValueError("the example does not match the pattern")


@dataclass(frozen=True, slots=True)
class Surname:
    """A family name of one or two characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """An office or a form of address that stands with a name."""

    text: str
    kind: TitleKind


@dataclass(frozen=True, slots=True)
class ActionVerb:
    """A verb, or fixed compound, of official acts."""

    text: str
    role: ActionRole


@dataclass(frozen=True, slots=True)
class Introducer:
    """An opening such as 会议要求 that starts a new speech act."""

    text: str
    kind: IntroducerKind


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage mark of a paper, such as 送审稿."""

    text: str
    kind: StageKind


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast: on ``month`` and ``day``, or, if it moves, on ``days`` (ISO dates)."""

    id: str
    forms: tuple[str, ...]
    month: int | None = None
    day: int | None = None
    days: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.month is None) == (not self.days) or (self.month is None) != (self.day is None):
            raise ValueError("needs either month and day, or days")
        for day in self.days:
            date.fromisoformat(day)

    def in_year(self, year: int) -> date | None:
        """The feast's day in ``year``; ``None`` outside the table."""
        if self.month and self.day:
            return date(year, self.month, self.day)
        return next((date.fromisoformat(day) for day in self.days if day.startswith(f"{year:04}-")), None)


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A word of time that gives no date; events stand without 前."""

    text: str
    kind: TimeWordKind


@cache
def agencies() -> tuple[AgencyKind, ...]:
    """Kinds of body; every successor is a kind too."""
    rows = _load("agencies", AgencyKind)
    ids = {row.id for row in rows}
    for number, row in enumerate(rows, 1):
        lost = [successor for successor in row.successors if successor not in ids]
        if lost:
            raise LexiconError(f"agencies.jsonl:{number}", f"unknown successor {lost[0]!r}", _REMEDY)
    return rows


@cache
def agency_suffixes() -> tuple[AgencySuffix, ...]:
    """Ends of names of bodies and regions."""
    return _load("agency_suffixes", AgencySuffix)


@cache
def groups() -> tuple[Group, ...]:
    """Patterns of groups of agencies."""
    return _load("groups", Group)


@cache
def surnames() -> frozenset[str]:
    """All family names."""
    return frozenset(row.text for row in _load("surnames", Surname))


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


def parse_rows(lines: Iterable[str], file: str, row_type: type[Row]) -> tuple[Row, ...]:
    """Read one JSON object a line into ``row_type``, a dataclass.

    Raises:
        LexiconError: no JSON object, an unknown or missing key, a value of the wrong
            type, an empty string, or a key that stood before.
    """
    hints = get_type_hints(row_type)
    key = next(iter(hints))
    rows: list[Row] = []
    seen: dict[Any, int] = {}
    for number, line in enumerate(lines, 1):
        where = f"{file}:{number}"
        try:
            row = _row(json.loads(line), row_type, hints)
        except ValueError as error:  # a JSONDecodeError is a ValueError too
            raise LexiconError(where, str(error), _REMEDY) from None
        value = getattr(row, key)
        if value in seen:
            raise LexiconError(where, f"{value!r} stands on line {seen[value]} already", _REMEDY)
        seen[value] = number
        rows.append(row)
    return tuple(rows)


def _row(data: object, row_type: type[Row], hints: dict[str, Any]) -> Row:
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")
    unknown = sorted(set(data) - set(hints))
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}")
    needed = [f.name for f in fields(row_type) if f.default is MISSING]  # type: ignore[arg-type]
    missing = [name for name in needed if name not in data]
    if missing:
        raise ValueError(f"key {missing[0]!r} is missing")
    return row_type(**{name: _value(value, hints[name], name) for name, value in data.items()})


def _value(value: object, hint: Any, name: str) -> object:
    """Check ``value`` against a field's type: ``str``, ``int | None``, an enumeration or a tuple of ``str``."""
    if get_origin(hint) is tuple:
        if not isinstance(value, list) or not value:
            raise ValueError(f"{name} is not a list with something in it")
        texts = tuple(_text(item, name) for item in value)
        if len(set(texts)) != len(texts):
            raise ValueError(f"{name} has a duplicate")
        return texts
    if get_origin(hint) is UnionType and int in get_args(hint):
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(f"{name} is not a whole number")
        return value
    return hint(_text(value, name))


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is not a text, or an empty one")
    if value != value.strip():
        raise ValueError(f"{name} {value!r} has white space around it")
    return value
