"""Invented names of the same make: people, agencies, companies, towns.

What a name is made of is data (surnames, kinds of agency, ``name_parts.jsonl``); no
name of a real person or place is looked up anywhere.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jiyao import lexicon
from jiyao.lexicon import Category, Level, parse_rows

_FILE = "name_parts.jsonl"
_PREFIX = re.compile(r"^(?:[\u4e00-\u9fff]{2,5}?(?:省|市|县|区|州|旗|盟))|^[省市县区州旗盟镇乡]")
_COMPANY = re.compile("公司|集团|银行|企业")
_TOWN = re.compile(r"(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处|党委)?$|(?:市|县|区|旗|州)(?:人民政府|政府)$")
_ZONE = re.compile(r"(?:开发区|园区|新区|高新区|经开区)(?:管委会|管理委员会)?$")
_LEVELS = {"省": Level.PROVINCE, "市": Level.PREFECTURE, "州": Level.PREFECTURE, "盟": Level.PREFECTURE}
_BODIES = frozenset({Category.GOVERNMENT, Category.PARTY, Category.CONGRESS, Category.CPPCC, Category.VERTICAL})


@dataclass(frozen=True, slots=True)
class NameParts:
    """What names of one kind are made of."""

    kind: str
    words: tuple[str, ...]


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    content = files("jiyao").joinpath("lexicons", _FILE).read_text(encoding="utf-8")
    return {row.kind: row.words for row in parse_rows(content.splitlines(), _FILE, NameParts)}


@cache
def _surnames() -> tuple[str, ...]:
    return tuple(sorted(lexicon.surnames()))


class NameMaker:
    """Draws names from a seeded generator."""

    def __init__(self, rng: random.Random) -> None:
        self.random = rng

    def person(self, *, padded: bool = False) -> str:
        """A name of two to four characters, now and then of a minority; ``padded`` with a space as on rolls."""
        if self.random.random() < 0.06:
            return self.random.choice(_parts()["minority"])
        surname = self.random.choice(_surnames())
        given = "".join(self.random.choices(_parts()["given"], k=1 if padded or self.random.random() < 0.35 else 2))
        return f"{surname} {given}" if padded and len(surname) == 1 else surname + given

    def place(self) -> str:
        """The bare name of a place."""
        return "".join(self.random.sample(_parts()["place"], 2))

    def agency(self, old: str) -> str:
        """An agency of the same make as ``old``: prefix kept in kind, body drawn anew."""
        if _COMPANY.search(old):
            return self._company(old)
        if (match := _TOWN.search(old)) and len(old) > len(match.group()):
            return self.place() + match.group()
        if match := _ZONE.search(old):
            return self.place() + match.group()
        prefix = _PREFIX.match(old)
        region = self._region(prefix.group()) if prefix else ""
        return region + self._body(old, prefix.group() if prefix else "")

    def _region(self, prefix: str) -> str:
        if len(prefix) > 1:
            return self.place() + prefix[-1]
        return prefix if self.random.random() < 0.7 else self.random.choice("市县区州旗")

    def _body(self, old: str, prefix: str) -> str:
        kind = self.random.choice(
            [row for row in lexicon.agencies() if row.category in _BODIES or self.random.random() < 0.4]
        )
        level = _LEVELS.get(prefix[-1:], Level.COUNTY)
        stems = list(kind.stems)
        if old.endswith(("部门", "系统")) and stems:
            return self.random.choice(stems) + old[-2:]
        if len(old) - len(prefix) <= 2 and stems and not old.endswith(("局", "委", "办", "院", "部")):
            return self.random.choice(stems)
        full = [name for name in kind.names(level) if "{" not in name]
        names = [*full, *(name for name in (*kind.short, *kind.short) if "{" not in name)]
        return self.random.choice(names) if names else old[len(prefix) :]

    def _company(self, old: str) -> str:
        match = re.search(r"(?:(?:股份|集团|控股|发展|投资)?(?:有限)?(?:责任)?(?:总)?公司|集团|银行.*|企业.*)$", old)
        tail = match.group() if match else "公司"
        head = self.random.choice([self.place(), self.place() + self.place()[:1], "市", "县", "区"])
        return head + self.random.choice(_parts()["company"]) + tail
