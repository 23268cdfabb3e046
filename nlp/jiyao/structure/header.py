"""The meeting's own data: title, issuer, numbers, dates, chair, place, recorder.

Conventions of the corpus (annotations/README.md, 4): values stand as written, dates and
the session's number are resolved, what cannot be known is ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from jiyao.dates import find_dates
from jiyao.labels import RollRole
from jiyao.structure.chair import Chair, read_chair
from jiyao.structure.cues import any_of, read_label
from jiyao.structure.issuer import read_issuer
from jiyao.structure.numbers import read_doc_number, read_session
from jiyao.structure.roll import read_roll
from jiyao.structure.shell import is_date_in_brackets, is_dated
from jiyao.types import Layout, Line, LineKind, Meeting, Span

_TITLE_END = re.compile(r"(?:纪要|通知|通报|方案|清单|意见|决定|批复|公告|报告|汇编|情况)(?:\(.{1,12}\))?$")
_OPEN_TITLE = re.compile(r"^关于|^.{0,30}关于(?!.*(?:通知|纪要|通报|意见|方案)$)")
_MEETING_DAY = re.compile(r"召开|主持|会议")
_DATE_LENGTH = 24
_STAMP_LENGTH = 200
_HELD_LABELS = frozenset(("会议时间", "开会时间", "时间", "日期"))
_PUBLISHED_LABELS = ("发布日期", "发布时间", "公开日期", "信息发布日期", "更新时间", "更新日期", "时间", "日期")
_WRITTEN_LABELS = ("成文日期", "成文时间", "发文日期", "生成日期", "印发日期")
_LABEL_ANYWHERE = r"(?:^|[\s|\[(【]){}[】\]]?[:\s]"


def read_meeting(text: str, norm: str, layout: Layout, persons: Sequence[Span], agencies: Sequence[Span]) -> Meeting:
    """The meeting's fields from header, chair sentence and tail.

    ``persons`` and ``agencies`` are spans found so far; where they are empty, titles,
    surnames and the ends of agencies' names decide.
    """
    chair = read_chair(text, norm, layout, persons)
    title_line = _title_line(norm, layout)
    published = _published_on(norm, layout)
    held = _held_on(norm, layout, chair, published) or _day_under_title(norm, layout)
    return Meeting(
        title=_title(text, norm, layout, title_line),
        issuer=read_issuer(text, norm, layout, agencies, title_line),
        number=read_session(norm, layout, chair.sentence, title_line),
        doc_number=read_doc_number(text, norm, layout),
        held_on=held,
        published_on=_published_on(norm, layout, held),
        chair=chair.name,
        chair_title=chair.title,
        place=chair.place,
        recorder=_recorder(text, norm, layout, persons, agencies),
    )


def _title_line(norm: str, layout: Layout) -> Line | None:
    """Of several title lines the last that says what it is (纪要, 通知); else the last with a title's words."""
    lines = [line for line in layout.lines if line.kind is LineKind.TITLE]
    ended = [line for line in lines if _TITLE_END.search(_content(norm, line))]
    meetings = [line for line in lines if "会议" in _content(norm, line)]
    worded = [line for line in lines if any_of("title").search(norm, line.start, line.end)]
    candidates = ended or meetings or worded or lines
    return candidates[-1] if candidates else None


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


# --- dates -----------------------------------------------------------------------------------


def _published_on(norm: str, layout: Layout, held: date | None = None) -> date | None:
    """The web date, else the date of the document in label line, red head, print or signature line.

    A date in brackets under the title that is the meeting's, ``held``, is no other.
    """
    fields = [line for line in layout.lines if line.kind is LineKind.FIELD or _is_stamped_chrome(norm, line)]
    for labels in (_PUBLISHED_LABELS, _WRITTEN_LABELS):
        for label in labels:
            for line in fields:
                if (found := _labelled_day(norm, line, label)) is not None:
                    return found
    for line in fields:
        if _is_web_stamp(norm, line) and (days := find_dates(norm[line.start : line.end])):
            return days[0].date
    dated = [
        line
        for kind in (LineKind.FIELD, LineKind.TAIL)
        for line in layout.lines
        if line.kind is kind and (is_dated(_content(norm, line)) or _issued(norm, line))
    ]
    days = ((line, found.date) for line in dated for found in find_dates(norm[line.start : line.end]))
    return next((day for line, day in days if day != held or not is_date_in_brackets(_content(norm, line))), None)


def _day_under_title(norm: str, layout: Layout) -> date | None:
    """The date in brackets under the title: where the text tells no day of the meeting, this is it."""
    lines = (line for line in layout.lines if line.kind is LineKind.FIELD and is_date_in_brackets(_content(norm, line)))
    return next((found.date for line in lines for found in find_dates(norm[line.start : line.end])), None)


def _labelled_day(norm: str, line: Line, label: str) -> date | None:
    """The date after ``label``; 时间 counts only where it is the page's (a source or a clock with it)."""
    match = re.search(_LABEL_ANYWHERE.format(label), norm[line.start : line.end])
    if match is None:
        return None
    if label in ("时间", "日期") and not _is_web_stamp(norm, line):
        return None
    begin = line.start + match.end()
    days = find_dates(norm[begin : min(line.end, begin + _DATE_LENGTH)])
    return days[0].date if days else None


def _is_web_stamp(norm: str, line: Line) -> bool:
    return re.search(r"来源|浏览|访问|点击|阅读|字[体号]|(?:19|20)\d\d[-/.]\d", norm[line.start : line.end]) is not None


def _is_stamped_chrome(norm: str, line: Line) -> bool:
    """A line of the web page that tells when it went up: 发布日期: 2023-06-15 18:44 | 责任编辑: ….

    The years of a copyright line make no date.
    """
    if line.kind is not LineKind.CHROME or not _is_web_stamp(norm, line):
        return False
    return bool(find_dates(norm[line.start : min(line.end, line.start + _STAMP_LENGTH)]))


def _issued(norm: str, line: Line) -> bool:
    content = _content(norm, line)
    return len(content) <= 80 and re.search(r"日 ?(?:印发?|整理)|^(?:19|20)\d\d-\d{1,2}-\d{1,2}", content) is not None


def _held_on(norm: str, layout: Layout, chair: Chair, published: date | None) -> date | None:
    """The day of the meeting: label line, chair sentence, else the first day in the body that a meeting follows."""
    year = published.year if published else _any_year(norm, layout)
    for line in layout.lines:
        labelled = read_label(norm, line.start, line.end) if line.kind is LineKind.FIELD else None
        if labelled and labelled[0] in _HELD_LABELS and not _is_web_stamp(norm, line):
            days = find_dates(norm[labelled[1] : line.end], year)
            if days:
                return days[0].date
    for stretch in _meeting_stretches(norm, layout, chair):
        held = _first_day(norm[stretch.start : stretch.end], year, published)
        if held is not None:
            return held
    return None


def _first_day(stretch: str, year: int | None, published: date | None) -> date | None:
    """The first day; one without a year lies before the publication (a meeting in December, a page in January)."""
    days = find_dates(stretch, year)
    if not days:
        return None
    first = days[0].date
    if published and year and first > published:
        earlier = find_dates(stretch, year - 1)
        return earlier[0].date if earlier else first
    return first


def _meeting_stretches(norm: str, layout: Layout, chair: Chair) -> Iterator[Span]:
    if chair.sentence is not None:
        yield chair.sentence
        line = next(line for line in layout.lines if line.start <= chair.sentence.start <= line.end)
        yield Span(line.content, chair.sentence.start)
    shown = [line for line in layout.lines if line.kind in (LineKind.BODY, LineKind.LEAD_IN)]
    for line in shown[:4]:
        opening = Span(line.content, min(line.end, line.content + 300))
        for day in find_dates(norm[opening.start : opening.end], _any_year(norm, layout)):
            end = opening.start + day.end
            if _MEETING_DAY.search(norm, end, min(end + 50, opening.end)):
                yield Span(opening.start + day.start, end)


def _any_year(norm: str, layout: Layout) -> int | None:
    """A year to go by where the day has none: of the number, the title, or any date of shell and tail."""
    kinds = (LineKind.NUMBER, LineKind.TITLE, LineKind.FIELD, LineKind.TAIL)
    for kind in kinds:
        for line in layout.lines:
            if line.kind is kind and (match := re.search(r"(?:19|20)\d\d", norm[line.start : line.end])):
                return int(match.group())
    return None


# --- the rest --------------------------------------------------------------------------------


def _recorder(text: str, norm: str, layout: Layout, persons: Sequence[Span], agencies: Sequence[Span]) -> str | None:
    roll = read_roll(text, norm, layout, persons, agencies)
    return next((entry.name for entry in roll.entries if entry.role is RollRole.RECORDER and entry.name), None)


def _content(norm: str, line: Line) -> str:
    return norm[line.content : line.end].strip()
