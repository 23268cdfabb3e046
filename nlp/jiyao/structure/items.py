"""Agenda items: which numbers, headings and paragraphs open them, and how far each reaches."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jiyao.structure.cues import any_of
from jiyao.structure.headings import bracket_heading_end, is_agenda, is_heading, run_in_end
from jiyao.structure.numbering import Enumerator, Style, read_enumerator, skip_enumerators, skip_space
from jiyao.types import Item, Line, LineKind

_DECISION = re.compile("同意|通过|决定|不予|暂缓")
_CLOSING = re.compile(
    r"(?:会议|会上)?(?:最后)?还(?:分别)?(?:研究|审议|听取|讨论|通报)[^。]{0,60}(?:其[他它余]|等(?:其他)?(?:有关)?(?:事项|议题|工作|问题))。?"
)
_CHAIR = re.compile(r"(?:主持召开|主持会议|召开.{0,30}会议)")
_SHOWN = (LineKind.BODY, LineKind.HEADING)


@dataclass(frozen=True, slots=True)
class _Opening:
    """A line that opens an item of ``level``; ``label`` ``None`` where it carries no number."""

    start: int
    level: int
    label: str | None
    heading: str


def find_items(text: str, norm: str, lines: Sequence[Line]) -> tuple[Item, ...]:
    """The agenda items of classified lines, in order.

    The outermost numbering style of the body numbers the items. Minutes without numbers have
    an item for each paragraph that opens a topic (会议听取…, 会议审议…), numbered 1, 2, ….
    Numbers inside an item are an item of their own only where they carry a real heading.
    """
    shown = [line for line in lines if line.kind in _SHOWN]
    if not shown:
        return ()
    style = _item_style(norm, shown)
    openings = list(_numbered(text, norm, shown, style) if style is not None else _topics(text, norm, shown))
    stop = _body_end(norm, lines, openings)
    return tuple(_close(openings, stop))


def item_at(items: Sequence[Item], offset: int) -> str | None:
    """The path of the innermost item at ``offset``; items stand in the order of their starts."""
    index = bisect_right(items, offset, key=lambda item: item.start) - 1
    while index >= 0:
        if items[index].end > offset:
            return items[index].path
        if items[index].level == 0:
            return None
        index -= 1
    return None


def _enumerator(norm: str, line: Line) -> Enumerator | None:
    start = skip_space(norm, line.start, line.end)
    return read_enumerator(norm, start, line.end)


def _item_style(norm: str, shown: Sequence[Line]) -> Style | None:
    """The outermost style in use; inner styles do not count below paragraphs that open topics."""
    topic_seen = False
    best: Style | None = None
    for line in shown:
        enumerator = _enumerator(norm, line)
        if enumerator is None:
            topic_seen = topic_seen or _opens_topic(norm, line)
            continue
        inner = enumerator.style > Style.ORDINAL
        if best is None:
            if enumerator.value > 1 or (inner and topic_seen and line.kind is LineKind.BODY):
                continue
            best = enumerator.style
        elif enumerator.style < best and enumerator.value == 1:
            best = enumerator.style
    return best


def _numbered(text: str, norm: str, shown: Sequence[Line], style: Style) -> Iterator[_Opening]:
    opened = False
    for line in shown:
        enumerator = _enumerator(norm, line)
        if enumerator is None:
            if line.kind is LineKind.HEADING and opened:
                continue
            continue
        if enumerator.style is style:
            opened = True
            yield _Opening(line.start, 0, enumerator.label, _heading(text, norm, line))
        elif opened and enumerator.style > style and line.kind is LineKind.HEADING:
            content = norm[line.content : line.end].rstrip()
            if is_agenda(content):
                yield _Opening(line.start, 1, enumerator.label, _heading(text, norm, line))


def _topics(text: str, norm: str, shown: Sequence[Line]) -> Iterator[_Opening]:
    decided = True
    for line in shown:
        if line.kind is LineKind.HEADING:
            decided = True
            yield _Opening(line.start, 0, None, _heading(text, norm, line))
            continue
        content = norm[line.content : min(line.end, line.content + 600)]
        bracketed = bracket_heading_end(content)
        if bracketed:
            decided = True
            yield _Opening(line.start, 0, None, text[line.content + 1 : line.content + bracketed - 1])
            continue
        if content.startswith("关于") and (heading := _heading(text, norm, line)):
            decided = True
            yield _Opening(line.start, 0, None, heading)
            continue
        if _opens_topic(norm, line) and not (any_of("topic_decision").match(content) and not decided):
            decided = False
            yield _Opening(line.start, 0, None, "")
        decided = decided or _DECISION.search(content) is not None


def _opens_topic(norm: str, line: Line) -> bool:
    content = norm[line.content : min(line.end, line.content + 60)]
    if _CLOSING.match(content):
        return False
    return (any_of("topic").match(content) or any_of("topic_decision").match(content)) is not None


def _heading(text: str, norm: str, line: Line) -> str:
    """The heading as written: the whole line, or the part that runs in before a sentence; '' for a sentence."""
    if line.kind is LineKind.HEADING:
        return text[line.content : line.end].strip().rstrip("。")
    content = norm[line.content : min(line.end, line.content + 400)].rstrip()
    if content.endswith(":") and is_heading(content[:-1]):  # 一、教育项目: with its points below
        return text[line.content : line.content + len(content) - 1].strip()
    length = run_in_end(content)
    return text[line.content : line.content + length].strip().rstrip("。") if length else ""


def _body_end(norm: str, lines: Sequence[Line], openings: Sequence[_Opening]) -> int:
    """Where the last item ends: before the closing sentence (会议还研究了其他事项), roll or tail."""
    last = openings[-1].start if openings else 0
    end = last
    for line in lines:
        if line.start < last or line.kind not in _SHOWN:
            continue
        content = skip_enumerators(norm, line.start, line.end)
        if line.start > last and _CLOSING.match(norm, content, line.end):
            break
        end = line.end
    return end


def _close(openings: Sequence[_Opening], stop: int) -> Iterator[Item]:
    parent = ""
    number = 0
    for opening, end in zip(openings, _ends(openings, stop), strict=True):
        number += opening.level == 0
        label = opening.label or str(number)
        parent = label if opening.level == 0 else parent
        path = label if opening.level == 0 else f"{parent}.{label}"
        yield Item(path, opening.start, max(end, opening.start), opening.heading, level=opening.level)


def _ends(openings: Sequence[_Opening], stop: int) -> list[int]:
    """Where each item ends: at the next opening of its level or above."""
    ends: list[int] = []
    next_item = next_any = stop
    for opening in reversed(openings):
        ends.append(next_item if opening.level == 0 else next_any)
        next_any = opening.start
        next_item = opening.start if opening.level == 0 else next_item
    return ends[::-1]
