"""The day of the meeting and the day of publication.

What names itself comes first (会议时间: 发布日期:), then the chair sentence and the dated lines of header and tail;
a date that only stands there counts last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from jiyao.dates import find_dates
from jiyao.structure.chair import Chair
from jiyao.structure.shell import is_date_in_brackets, is_dated
from jiyao.types import Layout, Line, LineKind, Span

_MEETS = re.compile(r"召开|举行|主持|会议|召集|座谈|会商|专题研究|现场|带队|[长记任]\S{2,4}率")
_OPENING = 300
_NEAR = 50
_DATE_LENGTH = 24
_STAMP_LENGTH = 200
#: Labels of the day, padded or not, at the start of a line or among others (地点:… 时间:…).
_HELD_LABEL = re.compile(
    r"(?:^|(?<=[\s(]))(?:(?:会 {0,4}议|开 {0,4}会|会 {0,4}商|召 {0,4}开)? {0,4}时 {0,4}间(?:[、及和]?地点)?|会 {0,4}议 {0,4}日 {0,4}期)(?:\s*:\s*|\s+(?=(?:19|20)\d\d ?年))"
)
#: May also be the day of printing: the chair sentence goes before it. 制表日期 is not the meeting's.
_DAY_LABEL = re.compile(r"(?<![\u4e00-\u9fff])日 {0,4}期(?:\s*:\s*|\s+(?=(?:19|20)\d\d ?年))")
_PUBLISHED_LABELS = ("发布日期", "发布时间", "公开日期", "信息发布日期", "更新时间", "更新日期", "时间", "日期")
_WRITTEN_LABELS = ("成文日期", "成文时间", "发文日期", "生成日期", "印发日期")
_LABEL_ANYWHERE = r"(?:^|[\s|\[(【]){}[】\]]?[:\s]"
_WEB_STAMP = re.compile(r"来源|浏览|访问|点击|阅读|字[体号]|(?:19|20)\d\d[-/.]\d")
#: News tell the day by that of the paper: 昨日,市长…主持召开….
_RELATIVE = re.compile(r"(前|昨|今)[天日晚]")
_DAYS_AGO = {"前": 2, "昨": 1, "今": 0}
_DAY_ALONE = re.compile(r"(?<![\d月年,.第至-])(?P<day>3[01]|[12]\d|[1-9])日(?=[上下晚,]|召开|$)")
#: Blanks that a damaged page has inside a date.
_LOOSE = re.compile(
    r"(?<=\d) (?=\d{1,2} ?[年月日])|(?<=[年月]) (?=\d)|(?<=\d) (?=[年月日])|(?<=\d) (?=[-/] ?\d)|(?<=\d[-/]) (?=\d)"
)
#: Where the sentence that opens the minutes may stand; it is a line of the roll where it goes on with who came.
_OPENINGS = frozenset((LineKind.BODY, LineKind.LEAD_IN, LineKind.ROLL))
_HEAD = frozenset((LineKind.TITLE, LineKind.NUMBER, LineKind.FIELD, LineKind.CHROME))


def read_days(norm: str, layout: Layout, chair: Chair) -> tuple[date | None, date | None]:
    """When the meeting was held, and when its minutes were published; ``None`` for what the page does not tell."""
    page = _Page(norm, layout)
    published = page.published(None)
    held = page.held(chair, published) or page.under_title()
    return held, page.published(held)


@dataclass(frozen=True)
class _Page:
    norm: str
    layout: Layout

    # --- publication -------------------------------------------------------------------------

    def published(self, held: date | None) -> date | None:
        """The web date, else the date of the document in label line, red head, print or signature line.

        A date in brackets or behind 日期: that is the meeting's, ``held``, is no other.
        """
        fields = [line for line in self.layout.lines if line.kind is LineKind.FIELD or self._is_stamped_chrome(line)]
        for labels in (_PUBLISHED_LABELS, _WRITTEN_LABELS):
            for label in labels:
                for line in fields:
                    if (found := self._labelled(line, label)) is not None:
                        return found
        for line in fields:
            if self._is_web_stamp(line) and (days := self._days(line)):
                return days[0]
        dated = [
            line
            for kind in (LineKind.FIELD, LineKind.TAIL)
            for line in self.layout.lines
            if line.kind is kind and (is_dated(self._content(line)) or self._is_issued(line))
        ]
        for line in dated:
            for day in self._days(line):
                if day != held or not _may_be_of_meeting(self._content(line)):
                    return day
        return next((day for line in (*self._head, *self._tail) for day in self._days(line) if day != held), None)

    def _labelled(self, line: Line, label: str) -> date | None:
        """The date after ``label``; 时间 counts only where it is the page's (a source or a clock with it)."""
        match = re.search(_LABEL_ANYWHERE.format(label), self.norm[line.start : line.end])
        if match is None or (label in ("时间", "日期") and not self._is_web_stamp(line)):
            return None
        begin = line.start + match.end()
        return _first(self.norm[begin : min(line.end, begin + _DATE_LENGTH)])

    def _is_web_stamp(self, line: Line) -> bool:
        return _WEB_STAMP.search(self.norm, line.start, line.end) is not None

    def _is_stamped_chrome(self, line: Line) -> bool:
        """A line of the web page that tells when it went up: 发布日期: 2023-06-15 18:44 | 责任编辑: ….

        The years of a copyright line make no date.
        """
        if line.kind is not LineKind.CHROME or not self._is_web_stamp(line):
            return False
        return _first(self.norm[line.start : min(line.end, line.start + _STAMP_LENGTH)]) is not None

    def _is_issued(self, line: Line) -> bool:
        content = self._content(line)
        return (
            len(content) <= 80 and re.search(r"日 ?(?:印发?|整理)|^(?:19|20)\d\d-\d{1,2}-\d{1,2}", content) is not None
        )

    # --- the meeting -------------------------------------------------------------------------

    def held(self, chair: Chair, published: date | None) -> date | None:
        """The day of the meeting: label line, chair sentence, else the first day in the body that a meeting follows."""
        year = published.year if published else self._any_year
        return (
            self._held_by_label(_HELD_LABEL, year)
            or self._held_in(self._around_chair(chair), year, published)
            or self._held_by_label(_DAY_LABEL, year)
            or self._held_in(self._days_of_meeting(), year, published)
        )

    def under_title(self) -> date | None:
        """A date in brackets under the title: where the text tells no day of the meeting, this is it."""
        lines = (line for line in self._head if "(" in self.norm[line.start : line.end])
        return next((day for line in lines for day in self._days(line)), None)

    def _held_by_label(self, label: re.Pattern[str], year: int | None) -> date | None:
        for line in self._labels:
            content = self._content(line)
            if line.kind is LineKind.CHROME or self._is_web_stamp(line) or "签发" in content:
                continue
            if (match := label.search(content)) and (day := _first(content[match.end() :], year)) is not None:
                return day
        return None

    def _held_in(self, stretches: Iterable[Span], year: int | None, published: date | None) -> date | None:
        texts = (self.norm[stretch.start : stretch.end] for stretch in stretches)
        return next((day for text in texts if (day := _meeting_day(text, year, published)) is not None), None)

    def _around_chair(self, chair: Chair) -> Iterator[Span]:
        """The sentence that names the chair, and what stands before it in its line."""
        if chair.sentence is not None:
            presides = self.norm.find("主持", chair.sentence.start, chair.sentence.end)
            before = self.norm[chair.sentence.start : max(presides, chair.sentence.start)]
            days = [day for day in find_dates(before, self._any_year) if not day.repaired]
            if len(days) > 1:  # a page without line ends has that of its publication before it
                yield Span(chair.sentence.start + days[-1].start, chair.sentence.start + days[-1].end)
            yield chair.sentence
            line = next(line for line in self.layout.lines if line.start <= chair.sentence.start <= line.end)
            yield Span(line.content, chair.sentence.start)

    def _days_of_meeting(self) -> Iterator[Span]:
        """Days at the top of the body that a meeting follows."""
        shown = [line for line in self.layout.lines if line.kind in _OPENINGS]
        for line in shown[:4]:
            opening = Span(line.content, min(line.end, line.content + _OPENING))
            for day in find_dates(self.norm[opening.start : opening.end], self._any_year):
                end = opening.start + day.end
                if _MEETS.search(self.norm, end, min(end + _NEAR, opening.end)):
                    yield Span(opening.start + day.start, end)
        # 2月26日,县长带着县工信局的同志来到…: what begins with a day tells of that day
        for line in shown[:1]:
            days = find_dates(self.norm[line.content : min(line.end, line.content + _DATE_LENGTH)], self._any_year)
            if days and days[0].start == 0:
                yield Span(line.content, line.content + days[0].end)

    # --- lines -------------------------------------------------------------------------------

    @cached_property
    def _head(self) -> tuple[Line, ...]:
        """The lines before the body."""
        return tuple(_until_body(self.layout.lines))

    @cached_property
    def _labels(self) -> tuple[Line, ...]:
        """The lines of the head, and those of the roll, which may begin among them (时间:… 地点:… 出席:…)."""
        return tuple(_until_body(self.layout.lines, _HEAD | {LineKind.ROLL}))

    @cached_property
    def _tail(self) -> tuple[Line, ...]:
        return tuple(line for line in self.layout.lines if line.kind is LineKind.TAIL)

    @cached_property
    def _any_year(self) -> int | None:
        """A year to go by where the day has none: of the number, the title, or any date of shell and tail."""
        for kind in (LineKind.NUMBER, LineKind.TITLE, LineKind.FIELD, LineKind.TAIL):
            for line in self.layout.lines:
                if line.kind is kind and (match := re.search(r"(?:19|20)\d\d", self.norm[line.start : line.end])):
                    return int(match.group())
        return None

    def _days(self, line: Line) -> list[date]:
        return [found.date for found in find_dates(_tight(self.norm[line.start : line.end]))]

    def _content(self, line: Line) -> str:
        return self.norm[line.content : line.end].strip()


def _until_body(lines: Iterable[Line], kinds: Set[LineKind] = _HEAD) -> Iterator[Line]:
    for line in lines:
        if line.kind in kinds:
            yield line
        elif line.kind in (LineKind.BODY, LineKind.LEAD_IN, LineKind.HEADING):
            return


def _may_be_of_meeting(line: str) -> bool:
    return is_date_in_brackets(line) or any(label.search(line) for label in (_HELD_LABEL, _DAY_LABEL))


def _meeting_day(stretch: str, year: int | None, published: date | None) -> date | None:
    """The first day; one without a year lies before the publication (a meeting in December, a page in January)."""
    days = find_dates(_tight(stretch), year)
    alone = _DAY_ALONE.search(stretch) if published else None
    if days and not (alone and days[0].repaired):  # 28日 is rather a day than the 8th of February without its 月
        later = published is not None and year is not None and days[0].date > published
        return (_first(stretch, year - 1) if later and year else None) or days[0].date
    if published is None:
        return None
    if ago := _RELATIVE.search(stretch):
        return published - timedelta(days=_DAYS_AGO[ago.group(1)])
    return _last_such_day(int(alone["day"]), published) if alone else None


def _last_such_day(day: int, published: date) -> date | None:
    """24日 in a paper of the 25th is its month's, in one of the 2nd the month's before."""
    return next(
        (past for ago in range(31) if (past := published - timedelta(days=ago)).day == day),
        None,
    )


def _first(text: str, year: int | None = None) -> date | None:
    days = find_dates(_tight(text), year)
    return days[0].date if days else None


def _tight(text: str) -> str:
    return _LOOSE.sub("", text)
