"""Roles that a label (配合单位:) or a table's column gives to the agencies under it."""

from __future__ import annotations

import re

from jiyao.labels import EntityLabel
from jiyao.rules.part import Role
from jiyao.rules.view import OFFICES, ClauseView
from jiyao.structure.tables import ANSWERABLE
from jiyao.types import Mention

_LABEL = re.compile(
    rf"(?P<first>(?:牵头|主办|总牵头)(?:责任)?(?:{OFFICES})?)\s*:|"
    rf"(?P<lead>(?:责任|承办|实施|落实|主体|负责|主责|执行)(?:{OFFICES}|方)(?:及责任人)?|承办)\s*:|"
    rf"(?P<support>(?:配合|协办|协助|参与|参加|协同|责任配合)(?:{OFFICES})?)\s*:|"
    rf"(?P<person>{ANSWERABLE})\s*:"
)

_CELL = re.compile(r"[^\n|]+")
#: What joins the names of a cell.
_JOINTS = re.compile(r"[\s、,;()]|和|及|等|分别牵头|牵头|配合|负责|同志")


def label_role(before: str) -> Role | None:
    """The role that the last label before a mention gives, e.g. 配合单位:. After 牵头单位: stands who leads,
    so 责任单位: behind it names who supports; without it 责任单位: names the leads."""
    last = max(_LABEL.finditer(before), key=lambda match: match.start(), default=None)
    if last is None or "。" in before[last.end() :]:
        return None
    if last.group("first"):
        return Role.LEAD
    if last.group("lead"):
        return Role.SUPPORT if any(match.group("first") for match in _LABEL.finditer(before)) else Role.LEAD
    return Role.SUPPORT if last.group("support") else Role.OTHER


def cell_role(view: ClauseView, group: list[Mention]) -> Role | None:
    """The role that a table's column gives to a cell of nothing but agencies, or persons (one cell a line, or between bars)."""
    line_start = max(view.norm.rfind(bar, view.start, group[0].start) for bar in "\n|") + 1
    if not line_start or view.norm[line_start : group[0].start].strip():
        return None
    cells = _cells(view, group[0].label)
    number = next((n for n, (start, end) in enumerate(cells) if start <= group[0].start < end), None)
    if number is None:
        return None
    if group[0].label is EntityLabel.PERSON:
        return Role.LEAD if view.person_column else None
    return Role(view.columns[number]) if number < len(view.columns) else None


def _cells(view: ClauseView, label: EntityLabel) -> list[tuple[int, int]]:
    """Cells of the clause that hold mentions of ``label`` and what joins them only."""
    found = []
    for match in _CELL.finditer(view.text):
        start, end = view.start + match.start(), view.start + match.end()
        inside = [m for m in view.of(label) if start <= m.start < end]
        rest = view.norm[start:end]
        for mention in inside:
            rest = rest.replace(view.plain(mention), "", 1)
        if inside and not _JOINTS.sub("", rest):
            found.append((start, end))
    return found
