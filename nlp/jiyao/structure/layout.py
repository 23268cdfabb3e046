"""The page cut into lines: shell, headings, body; and the agenda items.

One pass from the top with three states. In the *head* a line is chrome, a label
line, a number or a title; the first numbered or running text opens the *body*;
roll, tail and closing chrome make the *end*, which running text may leave again
(minutes that name the roll first, pages with an advertisement in the middle).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from jiyao.structure.cues import any_of, bare, cues, read_label
from jiyao.structure.headings import is_agenda, is_bare_heading, is_heading, is_placeholder, run_in_end
from jiyao.structure.items import find_items, item_at
from jiyao.structure.name_forms import ends_like_agency
from jiyao.structure.names import read_members
from jiyao.structure.numbering import Enumerator, read_enumerator, skip_enumerators, skip_space
from jiyao.structure.shell import ends_page, is_dated, is_speech, own_kind
from jiyao.structure.tables import find_tables, is_pipe_row
from jiyao.types import Layout, Line, LineKind, Span

_SHELL_IN_BODY = (LineKind.CHROME, LineKind.ROLL, LineKind.TAIL, LineKind.LEAD_IN)
_PROSE = re.compile(r"[。;!]|[\u4e00-\u9fff]\.$|主持召开.{0,60},|,.{2,}[。:]$")
_ADDRESSEE = re.compile(r"^(?:各|[^,。]{2,20}(?:人民政府|委员会|办公室|部门|单位|公司)[、,]).{0,200}:$")
_NAME_LIST = re.compile(r"[\s、,;]|代表$|负责人$|负责同志$|参加$|列席$")
_MARKS = re.compile("[、,;。]")
_LONGEST_NAMED = 24  # 国家统计局某某调查队副队长某某某
#: A title and nothing else.
_IS_TITLE = re.compile("[^,。;:!?]{2,50}纪要(?:\\([^()]{1,12}\\))?")
_MEETS = re.compile("会议|主持|召开|研究|纪要")
_ABOVE_TITLE = 4
_TITLE_MAX = 90
_PROSE_MIN = 80
_SIBLING_ROWS = 12  # how far above an item the one before it is looked for
_TASK_LINES = 2  # from a task's heading to its first label


class _State(Enum):
    HEAD = 1
    BODY = 2
    END = 3
    CLOSED = 4  # after closing chrome: only the page's own clutter follows


@dataclass(frozen=True, slots=True)
class _Raw:
    """A line before it has a kind: ``start`` after the indent, ``end`` before trailing white space."""

    begin: int
    start: int
    end: int
    stop: int
    enumerator: Enumerator | None


def layout(text: str, norm: str, body: Span | None) -> Layout:
    """Classify every line of ``text`` and find the agenda items.

    ``norm`` is the normalised copy of equal length; ``body`` the document proper where the
    reader knows it. Lines outside ``body`` are chrome, but for title and label lines before it.
    """
    if len(norm) != len(text):
        raise ValueError(f"normalised text has {len(norm)} characters, the text {len(text)}")
    rows = _cut(norm)
    kinds = _classify(norm, rows, body)
    lines = tuple(_line(norm, row, kind) for row, kind in zip(rows, kinds, strict=True))
    items = find_items(text, norm, lines)
    placed = tuple(replace(line, item=item_at(items, line.start)) for line in lines)
    return Layout(placed, items)


def _cut(norm: str) -> list[_Raw]:
    rows: list[_Raw] = []
    begin = 0
    for piece in norm.split("\n"):
        stop = begin + len(piece)
        start = skip_space(norm, begin, stop)
        end = start + len(norm[start:stop].rstrip())
        rows.append(_Raw(begin, start, end, stop, read_enumerator(norm, start, end)))
        begin = stop + 1
    return rows


def _line(norm: str, row: _Raw, kind: LineKind) -> Line:
    content = skip_enumerators(norm, row.start, row.end)
    if content == row.end:  # a bare number: the enumerator is all there is
        content = row.start
    return Line(row.begin, row.stop, kind, content)


def _classify(norm: str, rows: Sequence[_Raw], body: Span | None) -> list[LineKind]:
    tables = find_tables([(norm[row.start : min(row.end, row.start + 40)]) for row in rows])
    kinds: list[LineKind] = []
    state = _State.HEAD
    for index, row in enumerate(rows):
        own = own_kind(norm, row.start, row.end)
        if own is LineKind.BLANK:
            kinds.append(own)
            continue
        if body is not None and row.end <= body.start:
            kinds.append(_outside(norm, row, own))
            continue
        if body is not None and row.start >= body.end:
            kinds.append(own if own in (LineKind.TAIL, LineKind.ROLL) else LineKind.CHROME)
            continue
        if tables[index] and state is not _State.CLOSED:
            kinds.append(LineKind.BODY)
            state = _State.BODY
            continue
        if state is _State.HEAD and (not _opens_body(norm, row, own) or _title_below(norm, rows, index)):
            kinds.append(_in_head(norm, rows, index, own, kinds))
            continue
        kind, state = _in_body(norm, rows, index, own, kinds, state)
        kinds.append(kind)
    return _settle_titles(norm, rows, kinds)


def _outside(norm: str, row: _Raw, own: LineKind | None) -> LineKind:
    """A line before the document proper: the title and the label lines often stand there."""
    if own in (LineKind.FIELD, LineKind.NUMBER):
        return own
    return LineKind.TITLE if own is None and _titular(norm[row.start : row.end]) else LineKind.CHROME


def _opens_body(norm: str, row: _Raw, own: LineKind | None) -> bool:
    if own is LineKind.LEAD_IN:
        return True
    if own is not None:
        return False
    line = norm[row.start : min(row.end, row.start + 400)]
    if row.enumerator is not None and row.enumerator.value == 1:
        return True
    if _ADDRESSEE.match(line):
        return False
    return len(line) > _PROSE_MIN or _PROSE.search(line) is not None


def _title_below(norm: str, rows: Sequence[_Raw], index: int) -> bool:
    """True of what a page says for itself (an advertisement) above the title of the minutes."""
    if _MEETS.search(norm, rows[index].start, rows[index].end):
        return False
    shown = [row for row in rows[index + 1 : index + 3 * _ABOVE_TITLE] if row.start < row.end][:_ABOVE_TITLE]
    return any(_IS_TITLE.fullmatch(norm, row.start, row.end) for row in shown)


def _in_head(norm: str, rows: Sequence[_Raw], index: int, own: LineKind | None, before: Sequence[LineKind]) -> LineKind:
    row = rows[index]
    line = norm[row.start : row.end]
    if own is LineKind.TAIL:  # the red head's line of issuer and date, 签发 and the like
        return LineKind.FIELD
    if own is not None:
        return own
    if _ADDRESSEE.match(line):
        return LineKind.FIELD
    last = _last_shown(before)
    if last is LineKind.ROLL and _is_names(line):
        return LineKind.ROLL
    return LineKind.TITLE if len(line) <= _TITLE_MAX else LineKind.CHROME


def _in_body(
    norm: str, rows: Sequence[_Raw], index: int, own: LineKind | None, before: Sequence[LineKind], state: _State
) -> tuple[LineKind, _State]:
    row = rows[index]
    line = norm[row.start : min(row.end, row.start + 2000)]
    if state is _State.CLOSED:
        return (own if own is LineKind.TAIL else LineKind.CHROME), state
    if own is LineKind.LEAD_IN:
        return own, _State.BODY
    if own is LineKind.CHROME and state is _State.BODY and _is_bare_duty(norm, row):
        own = None  # 承办: alone on its line asks for an office below it; a footer names its own beside it
    if own is LineKind.CHROME:
        return own, (_State.CLOSED if ends_page(line) and _only_clutter_follows(norm, rows, index) else state)
    if own in _SHELL_IN_BODY and own is not None and not _is_duty(norm, row):
        return own, _State.END
    if own in (LineKind.FIELD, LineKind.NUMBER) and state is _State.END:
        return LineKind.TAIL, state
    if own is LineKind.FIELD and not _more_body(norm, rows, index):
        return LineKind.TAIL, _State.END
    last = _last_shown(before)
    if state is _State.END and _is_of_task(norm, rows, index):
        state = _State.BODY  # a table of tasks behind the signature
    if state is _State.END:
        if last is LineKind.ROLL and _is_names(line):
            return LineKind.ROLL, state
        if row.enumerator is None and not (len(line) > _PROSE_MIN or _PROSE.search(line)):
            return LineKind.TAIL, state
        if last is LineKind.TAIL and _lists_attachments(norm, rows, index, before):
            return LineKind.TAIL, state
    if is_pipe_row(line):
        return LineKind.BODY, _State.BODY
    if row.enumerator is not None:
        content = norm[skip_enumerators(norm, row.start, row.end) : row.end]
        heading = is_heading(content) and not _has_duty_below(norm, rows, index)
        if heading and not (is_agenda(content) or is_placeholder(content)):
            # A slogan is a heading only of something, and not where the item before it is a sentence.
            heading = content[-1:] not in "。.!" or (
                _text_below(norm, rows, index) and not _follows_sentence(norm, rows, index, before)
            )
        return (LineKind.HEADING if heading else LineKind.BODY), _State.BODY
    if is_bare_heading(line) and _sentence_follows(norm, rows, index):
        return LineKind.HEADING, _State.BODY
    ends = is_dated(line) or (len(line) <= 40 and not _PROSE.search(line) and not _more_body(norm, rows, index))
    answers = index > 0 and _is_bare_duty(norm, rows[index - 1])
    if ends and not answers and not _is_of_task(norm, rows, index):
        return LineKind.TAIL, _State.END
    return LineKind.BODY, _State.BODY


def _is_duty(norm: str, row: _Raw) -> bool:
    labelled = read_label(norm, row.start, row.end)
    return labelled is not None and labelled[0] in cues("duty_label")


def _is_bare_duty(norm: str, row: _Raw) -> bool:
    labelled = read_label(norm, row.start, row.end)
    return labelled is not None and labelled[1] >= row.end and _is_duty(norm, row)


def _has_duty_below(norm: str, rows: Sequence[_Raw], index: int) -> bool:
    following = _next_shown(rows, index)
    return following is not None and _is_duty(norm, rows[following])


def _is_of_task(norm: str, rows: Sequence[_Raw], index: int) -> bool:
    """A label line of a task (责任单位:), or a line with one a few lines below it and no tail between."""
    following = [row for row in rows[index : index + 8] if row.start < row.end][: _TASK_LINES + 1]
    for row in following:
        if _is_duty(norm, row):
            return True
        if own_kind(norm, row.start, row.end) not in (None, LineKind.FIELD):
            return False
    return False


def _sentence_follows(norm: str, rows: Sequence[_Raw], index: int) -> bool:
    following = _next_shown(rows, index)
    if following is None:
        return False
    row = rows[following]
    return _PROSE.search(norm, row.start, min(row.end, row.start + 400)) is not None or row.enumerator is not None


def _text_below(norm: str, rows: Sequence[_Raw], index: int) -> bool:
    """True where a sentence without number, or with a number further in, stands below a numbered line."""
    own, following = rows[index].enumerator, _next_shown(rows, index)
    if own is None or following is None or not _sentence_follows(norm, rows, index):
        return False
    below = rows[following].enumerator
    return below is None or below.style > own.style


def _follows_sentence(norm: str, rows: Sequence[_Raw], index: int, before: Sequence[LineKind]) -> bool:
    """Whether the item before, with a number of the same style, is a sentence: 4.县财政局要…。 5.县监察局立案调查。"""
    own = rows[index].enumerator
    for place in range(index - 1, max(-1, index - _SIBLING_ROWS), -1):
        row = rows[place]
        if own is None or row.enumerator is None or row.enumerator.style > own.style:
            continue
        start = skip_enumerators(norm, row.start, row.end)
        same = row.enumerator.style == own.style
        return same and before[place] is LineKind.BODY and run_in_end(norm[start : row.end]) is None
    return False


def _more_body(norm: str, rows: Sequence[_Raw], index: int) -> bool:
    """True where running text follows within a few lines (far enough for table cells)."""
    for row in rows[index + 1 : index + 9]:
        if row.start < row.end:
            own = own_kind(norm, row.start, row.end)
            if own is None and (row.enumerator or _PROSE.search(norm, row.start, min(row.end, row.start + 400))):
                return True
            if own in (LineKind.ROLL, LineKind.TAIL, LineKind.CHROME):
                return False
    return False


def _only_clutter_follows(norm: str, rows: Sequence[_Raw], index: int) -> bool:
    """False where numbered text goes on below: a paging widget in the middle of the minutes."""
    return not any(
        row.enumerator is not None and row.end - row.start > 15 and own_kind(norm, row.start, row.end) is None
        for row in rows[index + 1 : index + 6]
    )


def _lists_attachments(norm: str, rows: Sequence[_Raw], index: int, kinds: Sequence[LineKind]) -> bool:
    """A numbered line right below 附件: is the title of an attachment."""
    for above in range(index - 1, max(-1, index - 12), -1):
        if kinds[above] is LineKind.TAIL and norm.startswith("附件", rows[above].start):
            return rows[index].end - rows[index].start <= _TITLE_MAX
        if kinds[above] not in (LineKind.TAIL, LineKind.BLANK):
            return False
    return False


def _is_names(line: str) -> bool:
    if "。" in line[:-1] or len(line) > 1500:
        return False
    if line.endswith(("。", ";")) and (is_speech(line) or max(map(len, _MARKS.split(line))) > _LONGEST_NAMED):
        return False
    if len(bare(line)) <= 4 or _NAME_LIST.search(line) is not None:
        return True
    start = line.find(":") + 1
    return any(member.person for member in read_members(line, Span(start, len(line))))


def _titular(line: str) -> bool:
    """A line with a title's words, or a red head: a body's name alone, with 文件 after it."""
    if len(line) > _TITLE_MAX:
        return False
    return any_of("title").search(bare(line)) is not None or ends_like_agency(line.removesuffix("文件"))


def _settle_titles(norm: str, rows: Sequence[_Raw], kinds: list[LineKind]) -> list[LineKind]:
    """Of the title candidates keep those with a title's words and their neighbours; the rest is debris."""
    candidates = [index for index, kind in enumerate(kinds) if kind is LineKind.TITLE]
    real = {index for index in candidates if _titular(norm[rows[index].start : rows[index].end])}
    if not real:
        return kinds
    shown = [index for index, kind in enumerate(kinds) if kind is not LineKind.BLANK]
    position = {index: place for place, index in enumerate(shown)}
    places = {position[index] + step for index in real for step in (-1, 1)}
    near = {shown[place] for place in places if 0 <= place < len(shown)}
    return [
        LineKind.CHROME if kind is LineKind.TITLE and index not in real and index not in near else kind
        for index, kind in enumerate(kinds)
    ]


def _last_shown(kinds: Sequence[LineKind]) -> LineKind | None:
    return next((kind for kind in reversed(kinds) if kind is not LineKind.BLANK), None)


def _next_shown(rows: Sequence[_Raw], index: int) -> int | None:
    return next((i for i in range(index + 1, len(rows)) if rows[i].start < rows[i].end), None)
