"""Regions in names of agencies: 朔源市, 朔源市平沙区, and the 市 that stands for one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jiyao import lexicon
from jiyao.lexicon import Level

_MUNICIPALITIES = ("北京市", "上海市", "天津市", "重庆市")
# A region is a few characters and its suffix; the suffix is not followed by another, which would make it
# part of a name (苏州市, 新乡市, 赣县区), but for districts such as 市中区 and 市北区.
_NO_REGION = "政府|人民|委员|人大|政协|办公|常务|常委|党委|街道办"
_NAME = f"(?:(?!{_NO_REGION})[^局委办厅部院司队会党处所站团社\\W0-9a-zA-Z_]|会(?=[一-龥]{{0,3}}[市县区])){{1,9}}?"
_SUFFIX = (
    "(?:自治区|自治州|自治县|自治旗|地区|市(?=市?[南北中]区)"
    "|(?:省|市|县|区|州|盟|旗|镇|乡|街道|苏木)(?![市县区州旗乡镇]))"
)
_REGION = re.compile(f"(?![省县区]|市(?![南北中]区)){_NAME}{_SUFFIX}")
_PREFIX = re.compile("自治区|自治州|自治县|自治旗|新区|街道|省|市|区|县|州|旗|盟|镇|乡")
_ZONE = re.compile(
    ".{0,6}(?:开发区|高新区|经开区|新区|工业园区|园区|示范区|保税区|度假区|风景区|试验区|合作区|功能区)$"
)
_GENERIC_ZONES = frozenset(
    {"高新区", "经开区", "开发区", "新区", "园区", "工业园区", "保税区", "度假区", "示范区", "城区"}
)
_LEVELS = {
    "省": Level.PROVINCE,
    "自治区": Level.PROVINCE,
    "市": Level.PREFECTURE,
    "自治州": Level.PREFECTURE,
    "州": Level.PREFECTURE,
    "盟": Level.PREFECTURE,
    "地区": Level.PREFECTURE,
    "镇": Level.TOWN,
    "乡": Level.TOWN,
    "街道": Level.TOWN,
    "苏木": Level.TOWN,
}
_LONGEST = 60
_MOST = 4  # province, prefecture, county, town


@dataclass(frozen=True, slots=True)
class Region:
    """A region by its name as far as it is written: 朔源市, 朔源市平沙区."""

    name: str
    last: str
    level: Level

    @property
    def bare(self) -> str:
        """Without 省, 市 …, where a name of two characters is left: 朔源, but 沛县."""
        short = re.sub("(?:自治区|自治州|自治县|自治旗|地区|街道|[省市县区州盟旗镇乡])$", "", self.last)
        return short if len(short) > 1 else self.last

    @property
    def municipality(self) -> bool:
        """Whether it is a city at the level of a province."""
        return self.name in _MUNICIPALITIES


@lru_cache(4096)
def regions_in(name: str) -> tuple[Region, ...]:
    """The regions at the start of ``name``, from the widest on; each holds those before it in its name."""
    found: list[Region] = []
    place = 0
    while place < min(len(name), _LONGEST) and len(found) < _MOST:
        match = _REGION.match(name, place)
        if match is None or match[0] in _GENERIC_ZONES:
            break
        place = match.end()
        found.append(Region(name[:place], match[0], _level(match[0], name[:place])))
    return tuple(found)


def region_of(issuer: str | None) -> tuple[str, Level] | None:
    """The region that ``issuer`` governs, and its level; ``None`` where its name is not given (区政府).

    A city that is not known as a county-level one (昆山市) is taken for a prefecture.

    >>> region_of("朔源市平沙区人民政府办公室")
    ('朔源市平沙区', <Level.COUNTY: 'county'>)
    """
    regions = regions_in(_without_party(issuer)) if issuer else ()
    return (regions[-1].name, regions[-1].level) if regions else None


def issuing_regions(issuer: str | None) -> tuple[Region, ...]:
    """The chain of regions of ``issuer``, from the widest on."""
    return regions_in(_without_party(issuer)) if issuer else ()


def level_prefix(name: str) -> str:
    """The 市 or 区 that stands at the start of ``name`` for the name of a region; empty if none does."""
    match = _PREFIX.match(name)
    return match[0] if match else ""


def zone_prefix(name: str) -> bool:
    """Whether ``name`` is that of a zone, whose full name cannot be derived (高新区)."""
    return _ZONE.match(name) is not None


def _without_party(name: str) -> str:
    return name.removeprefix("中国共产党").removeprefix("中共").removeprefix("政协")


def _level(last: str, name: str) -> Level:
    if name in _MUNICIPALITIES:
        return Level.PROVINCE
    if last in lexicon.county_cities():
        return Level.COUNTY
    suffix = next((end for end in _LEVELS if last.endswith(end)), "")
    return _LEVELS.get(suffix, Level.COUNTY)
