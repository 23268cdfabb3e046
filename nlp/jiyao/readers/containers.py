"""Where on a page the document stands: by the names that content systems give its element, else by density."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from jiyao.lexicon import parse_rows
from jiyao.readers.flow import Flow
from jiyao.readers.markup import Holder
from jiyao.types import Span

#: A holder with fewer characters outside links is none.
_MIN_CHARS = 30
_MAX_LINKED = 0.5
#: Of two holders one inside the other, the inner one is as good if it has this share of the text.
_SAME = 0.95
#: A named holder of a whole page, and a nameless one, must have this share of the page's text.
_PAGE_SHARE = 0.5
_NAMELESS_SHARE = 0.7


class Holds(StrEnum):
    """What an element of that name holds: the document and nothing else, or much of the page."""

    DOCUMENT = "document"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class ContainerName:
    """A row of ``containers.jsonl``: an id, class or element name, whatever its case."""

    name: str
    holds: Holds
    note: str = ""


def find_body(flow: Flow) -> Span | None:
    """The document proper; ``None`` where nothing on the page tells.

    First an element that by its name holds a document, then one that by its name
    holds the page's content, last a nameless one that has nearly all of the text.
    """
    if not flow.holders:
        return None
    total = sum(_weight(holder) for holder in flow.holders if holder.parent is None)
    best = _named(flow.holders, Holds.DOCUMENT, 0)
    if best is None:
        named = _named(flow.holders, Holds.PAGE, _PAGE_SHARE * total)
        best = _densest(flow.holders, named, _SAME * _weight(named) if named else _NAMELESS_SHARE * total) or named
    return _trimmed(flow.text, best) if best else None


def _named(holders: Sequence[Holder], holds: Holds, least: float) -> Holder | None:
    """The holder of such a name with the most text, the innermost of those that have as much."""
    names = _names()[holds]
    found = [
        holder
        for holder in holders
        if not names.isdisjoint(holder.names) and _weight(holder) >= max(least, _MIN_CHARS) and _is_text(holder)
    ]
    most = max(map(_weight, found), default=0)
    return next((holder for holder in reversed(found) if _weight(holder) >= _SAME * most), None)


def _densest(holders: Sequence[Holder], above: Holder | None, least: float) -> Holder | None:
    """The innermost holder below ``above`` with at least ``least`` characters outside links.

    Without ``above`` the page's own ``body`` does not count: that would say nothing.
    """
    inside = {id(above)} if above else None
    best: Holder | None = None
    for holder in holders:
        if inside is not None:
            if id(holder.parent) not in inside:
                continue
            inside.add(id(holder))
        if holder.names[0] != "body" and _weight(holder) >= max(least, _MIN_CHARS) and _is_text(holder):
            best = holder
    return best


def _weight(holder: Holder) -> int:
    return holder.chars - holder.linked


def _is_text(holder: Holder) -> bool:
    return holder.linked <= _MAX_LINKED * holder.chars


def _trimmed(text: str, holder: Holder) -> Span:
    """The place of ``holder`` without the empty lines and cell borders around it; an indent stays."""
    start, end = holder.start, holder.end
    while start < end and text[start] in " \n|":
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


@cache
def _names() -> dict[Holds, frozenset[str]]:
    lines = files("jiyao").joinpath("lexicons", "containers.jsonl").read_text(encoding="utf-8").splitlines()
    rows = parse_rows(lines, "containers.jsonl", ContainerName)
    return {holds: frozenset(row.name.lower() for row in rows if row.holds is holds) for holds in Holds}
