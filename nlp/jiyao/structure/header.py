"""The meeting's own data: title, issuer, numbers, dates, chair, place, recorder.

Conventions of the corpus (annotations/README.md, 4): values stand as written, dates and
the session's number are resolved, what cannot be known is ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiyao.labels import RollRole
from jiyao.structure.chair import read_chair
from jiyao.structure.cues import any_of, bare
from jiyao.structure.days import read_days
from jiyao.structure.issuer import read_issuer
from jiyao.structure.numbers import read_doc_number, read_session
from jiyao.structure.roll import read_roll
from jiyao.types import Layout, Line, LineKind, Meeting, Span

_TITLE_END = re.compile(r"(?:纪要|通知|通报|方案|清单|意见|决定|批复|公告|报告|汇编|情况)(?:\(.{1,12}\))?$")
_SHORTEST_PADDED = 6
#: What the web page says of itself, and what only leads in.
_NO_TITLE = re.compile(r":$|签发|[>›»]|发布(?:时间|日期)?:|浏览|来源:|点击")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_OPEN_TITLE = re.compile(r"^关于|^.{0,30}关于(?!.*(?:通知|纪要|通报|意见|方案)$)")


def read_meeting(text: str, norm: str, layout: Layout, persons: Sequence[Span], agencies: Sequence[Span]) -> Meeting:
    """The meeting's fields from header, chair sentence and tail.

    ``persons`` and ``agencies`` are spans found so far; where they are empty, titles,
    surnames and the ends of agencies' names decide.
    """
    chair = read_chair(text, norm, layout, persons)
    title_line = _title_line(norm, layout)
    held, published = read_days(norm, layout, chair)
    return Meeting(
        title=_title(text, norm, layout, title_line),
        issuer=read_issuer(text, norm, layout, agencies, title_line),
        number=read_session(norm, layout, chair.sentence, title_line),
        doc_number=read_doc_number(text, norm, layout),
        held_on=held,
        published_on=published,
        chair=chair.name,
        chair_title=chair.title,
        place=chair.place,
        recorder=_recorder(text, norm, layout, persons, agencies),
    )


def _title_line(norm: str, layout: Layout) -> Line | None:
    """Of several title lines the last that says what it is (纪要, 通知); else the last with a title's words."""
    titles = list(_title_lines(norm, layout))
    # (市政府第33次常务会议,2015年5月19日) explains the title above it.
    lines = [line for line in titles if not _IN_BRACKETS.fullmatch(_content(norm, line))] or titles
    ended = [line for line in lines if _says_what_it_is(_content(norm, line))]
    meetings = [line for line in lines if "会议" in _content(norm, line)]
    worded = [line for line in lines if any_of("title").search(norm, line.start, line.end)]
    candidates = ended or meetings or worded or lines
    return candidates[-1] if candidates else None


def _says_what_it_is(line: str) -> bool:
    """常务会议纪要; padded (县 长 办 公 会 议 纪 要) only where it is whole, not the 纪 要 of a title over two lines."""
    whole = bare(line)
    return _TITLE_END.search(whole if len(whole) >= _SHORTEST_PADDED else line) is not None


def _title_lines(norm: str, layout: Layout) -> Iterator[Line]:
    """What looks like a title before the minutes begin, and leads nowhere; else whatever looks like one."""
    begins = next((line.start for line in layout.lines if line.kind is LineKind.BODY), len(norm))
    titles = [line for line in layout.lines if line.kind is LineKind.TITLE]
    plain = [line for line in titles if line.start < begins and not _NO_TITLE.search(_content(norm, line))]
    yield from plain or titles


def _title(text: str, norm: str, layout: Layout, line: Line | None) -> str | None:
    """The title as written; a title over two lines (关于… / …的通知) is put together."""
    if line is None:
        return None
    own = text[line.content : line.end].strip()
    index = layout.lines.index(line)
    before = next((other for other in reversed(layout.lines[:index]) if other.kind is not LineKind.BLANK), None)
    if before is not None and before.kind is LineKind.TITLE:
        opening = _content(norm, before)
        unclosed = opening.count("《") > opening.count("》")
        if unclosed or (_OPEN_TITLE.match(opening) and not _TITLE_END.search(opening)):
            return text[before.content : before.end].strip() + own
    return own


# --- the rest --------------------------------------------------------------------------------


def _recorder(text: str, norm: str, layout: Layout, persons: Sequence[Span], agencies: Sequence[Span]) -> str | None:
    roll = read_roll(text, norm, layout, persons, agencies)
    return next((entry.name for entry in roll.entries if entry.role is RollRole.RECORDER and entry.name), None)


def _content(norm: str, line: Line) -> str:
    return norm[line.content : line.end].strip()
