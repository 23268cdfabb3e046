"""The full name of an agency as minutes write it: 市应急局 as 朔源市应急管理局.

Kinds of body come from the lexicon; the region and its level from the mention
or the issuer; the year keeps names apart that a reform parted. What is not
sure stays a set, what is not known is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from jiyao import lexicon
from jiyao.agencies.regions import Region, issuing_regions, level_prefix, regions_in, zone_prefix
from jiyao.lexicon import AgencyKind, Level

_LONGEST = 60
_PLACES = re.compile(r"\{(?:region|bare)\}")
_LEADING_PLACE = re.compile(r"^(?:中共)?\{(?:region|bare)\}")
_WHITE = re.compile(r"\s")
_DEPARTMENT = re.compile("(?:主管|行政)?部门$")
_BRANCH = re.compile("(.{2,16}局)([^局办]{2,6}(?:分局|管理局|支局))")
# Bodies for one task, and companies, are named in full, so that only the region has to be filled in.
_WHOLE = re.compile(".{3,30}(?:(?:领导小组|指挥部|联席会议|协调小组|工作专班)(?:办公室)?|(?:有限|有限责任)公司)")
_COMPANY = re.compile("[^省市县区].{3,40}(?:有限|有限责任)公司")
_NEIGHBOURS = {Level.PREFECTURE: Level.COUNTY, Level.COUNTY: Level.PREFECTURE}
# The last character of a short form and how full names of that head end.
_HEADS = {
    "局": ("局",),
    "委": ("委员会", "委"),
    "办": ("办公室", "办"),
    "厅": ("厅",),
    "院": ("院",),
    "部": ("部",),
    "室": ("室",),
    "队": ("队",),
}


def canonical(name: str, issuer: str | None, year: int | None) -> tuple[str, ...]:
    """Full names that ``name`` can stand for in minutes of ``issuer`` in ``year``, the most usual first.

    ``name`` is a mention as written, ``issuer`` the body that issued the minutes with its region's
    name. Empty if the kind of body or its region is not known. Names of kinds that did not exist
    in ``year`` are left out; an old name is never turned into its successor's.

    >>> canonical("市应急局", "朔源市人民政府办公室", 2024)
    ('朔源市应急管理局',)
    """
    mention = _WHITE.sub("", name).removeprefix("中国共产党").removeprefix("中共")
    if not 1 < len(mention) <= _LONGEST or is_group(mention):
        return ()
    if _COMPANY.fullmatch(mention):
        return (mention,)
    issuing = issuing_regions(issuer)
    for region, rest in _splits(mention, issuing):
        found = _full_names(rest, region, year)
        if found:
            return found
    return ()


@lru_cache(4096)
def is_group(name: str) -> bool:
    """Whether ``name`` stands for bodies that it does not name: 各地各部门, 上述责任单位."""
    plain = name.replace("（", "(").replace("）", ")").replace(" ", "").replace("，", "、").replace(",", "、")
    return len(plain) <= _LONGEST and any(pattern.fullmatch(plain) for pattern in _groups())


@cache
def _groups() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(group.pattern) for group in lexicon.groups())


# --- mention to region and rest --------------------------------------------------------------


def _splits(mention: str, issuing: tuple[Region, ...]) -> list[tuple[Region, str]]:
    """Ways to read ``mention`` as a region and the body's name without it, the most likely first."""
    own = issuing[-1] if issuing else None
    ways: list[tuple[Region, str]] = []
    if own and mention in _index():  # 团市委, 发改局: whole forms without a region
        ways.append((own, mention))
    for region in reversed(regions_in(mention)):
        ways.append((_within(region, issuing), mention[len(region.name) :]))
    prefix = level_prefix(mention)
    meant = [region for region in issuing if prefix and region.last.endswith(prefix)]
    if meant:
        ways.append((meant[-1], mention[len(prefix) :]))
    if zone_prefix(mention) or (prefix and not meant and not ways):
        return ways
    for region in reversed(issuing):
        for part in (region.name, region.last, region.bare):
            if part in mention:
                place = "{bare}" if part == region.bare else "{region}"
                ways.append((region, mention.replace(part, place, 1)))
    if own and not prefix:
        ways.append((own, mention))
    return ways


def _within(region: Region, issuing: tuple[Region, ...]) -> Region:
    """A region as the issuer's chain names it, if it is in that chain: 平沙区 of 朔源市平沙区."""
    return next((known for known in issuing if known.last == region.name), region)


# --- rest to full names ----------------------------------------------------------------------


def _full_names(rest: str, region: Region, year: int | None) -> tuple[str, ...]:
    found = _of_kinds(rest, region, year)
    if found:
        return found
    department = _DEPARTMENT.sub("", rest)
    if department != rest:
        return _of_stem(department, region, year)
    branch = _BRANCH.fullmatch(rest)
    if branch:
        return tuple(head + branch[2] for head in _of_kinds(branch[1], region, year))
    if _WHOLE.fullmatch(rest) and not _PLACES.search(rest):
        return (region.name + rest,)
    return _of_stem(rest, region, year)


def _of_kinds(form: str, region: Region, year: int | None) -> tuple[str, ...]:
    """By full name, which stands for itself, else by short form."""
    kinds = [kind for kind in _index().get(form, ()) if kind.valid_in(year)]
    full = [kind for kind in kinds if form in kind.province + kind.prefecture + kind.county + kind.town]
    if full:
        return (_filled(form, region),)
    plain = _PLACES.sub("", form)
    return _unique(name for kind in kinds for name in _names(kind, region, plain[-1:]))


def _of_stem(stem: str, region: Region, year: int | None) -> tuple[str, ...]:
    """By bare stem; any head that is usual at the region's level."""
    kinds = [kind for kind in _stems().get(stem, ()) if kind.valid_in(year)]
    return _unique(name for kind in kinds for name in _names(kind, region, ""))


def _names(kind: AgencyKind, region: Region, head: str) -> tuple[str, ...]:
    """The kind's full names in ``region`` with the head of the short form."""
    names = kind.names(region.level)
    if region.municipality:
        names += kind.names(Level.PREFECTURE)
    ends = _HEADS.get(head, ("",))
    fitting = [name for name in names if name.endswith(ends)]
    if not fitting and region.level in _NEIGHBOURS:
        fitting = [name for name in kind.names(_NEIGHBOURS[region.level]) if name.endswith(ends)]
    return tuple(_filled(name, region) for name in fitting)


def _filled(name: str, region: Region) -> str:
    if not _PLACES.search(name):
        return region.name + name
    return name.replace("{region}", region.name).replace("{bare}", region.bare)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


# --- the lexicon by form ---------------------------------------------------------------------


@cache
def _index() -> dict[str, tuple[AgencyKind, ...]]:
    """Kinds by full name without region and by short form."""
    index: dict[str, tuple[AgencyKind, ...]] = {}
    for kind in lexicon.agencies():
        for form in dict.fromkeys((*kind.province, *kind.prefecture, *kind.county, *kind.town, *kind.short)):
            for spelling in {form, _spoken(form)}:
                index[spelling] = (*index.get(spelling, ()), kind)
    return index


def _spoken(form: str) -> str:
    """A template as its mention looks once a leading region has been taken off."""
    return _LEADING_PLACE.sub("", form)


@cache
def _stems() -> dict[str, tuple[AgencyKind, ...]]:
    stems: dict[str, tuple[AgencyKind, ...]] = {}
    for kind in lexicon.agencies():
        for stem in kind.stems:
            stems[stem] = (*stems.get(stem, ()), kind)
    return stems


@lru_cache(4096)
def is_known(name: str) -> bool:
    """Whether ``name``, with its region or level prefix, is a form of the lexicon."""
    index = _index()
    chain = regions_in(name)
    rests = [name, name[len(level_prefix(name)) :], name[len(chain[-1].name) :] if chain else ""]
    return any(rest in index for rest in rests)
