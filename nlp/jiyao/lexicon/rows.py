"""The row types of the lexicons: one frozen dataclass a file, its first field the key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
    follows; then seasons (今冬), vague times (近期), times that are left open (适时), which are
    understood where somebody marked them but not looked for, and words of urgency (尽快), which are no deadlines.
    """

    EVENT = "event"
    PROCESS = "process"
    SEASON = "season"
    VAGUE = "vague"
    OPEN = "open"
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
        """Check what the types cannot say."""
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
class CountyCity:
    """A city at the level of a county, whose name does not tell (昆山市)."""

    text: str

    def __post_init__(self) -> None:
        """Check what the types cannot say."""
        if not re.fullmatch("[\u4e00-\u9fff]{1,10}市", self.text):
            raise ValueError(f"{self.text!r} is no city")


@dataclass(frozen=True, slots=True)
class Group:
    """A pattern for whole names of groups of agencies."""

    id: str
    kind: GroupKind
    pattern: str
    example: str

    def __post_init__(self) -> None:
        """Check what the types cannot say."""
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
class NameCharacter:
    """A character with which names without a family name (扎西多吉, 次仁央宗) are written."""

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
class Paper:
    """What sort of paper a title's last word tells: 方案, 办法. 该方案 and aliases go by it."""

    text: str


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
        """Check what the types cannot say."""
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
