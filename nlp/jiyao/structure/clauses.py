"""The text cut into clauses (guideline, sections 2 and 4).

Shell lines are one clause each. Running text is cut at hard stops (。 ; ! ?) that stand
outside titles, quotes and brackets, then at the commas where a new speech act begins
(:mod:`jiyao.structure.welds`). Label lines (责任单位:), table cells and 此项工作由X负责
are joined to the clause before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiyao.normalise import TYPED_STOP
from jiyao.structure.comma_sight import CommaJudge
from jiyao.structure.cues import cues, read_label
from jiyao.structure.headings import bracket_heading_end, is_agenda, run_in_end
from jiyao.structure.name_forms import ends_like_agency
from jiyao.structure.numbering import Style, read_enumerator, skip_enumerators, skip_space
from jiyao.structure.shell import is_prose_roll, skip_dateline
from jiyao.structure.tables import Cell, find_tables, is_pipe_row
from jiyao.structure.welds import Welds
from jiyao.types import Layout, Line, LineKind, Span

_PAIRS = dict(zip("《〈“‘「『([〔【", "》〉”’」』)]〕】", strict=True))
_CLOSERS = frozenset(_PAIRS.values())
_STOPS = frozenset("。;!?")
_NUMBER_CELL = re.compile(r"\|\s*\d{1,3}\s*\|\s*")
_RESPONSIBLE = re.compile(
    r"(?:此|该|这|上述|以上)(?:一|些)?[项件]?(?:工作|任务|事项|事宜|事|项目)?,?(?:具体)?由[^,。;]{1,30}"
    r"(?:负责|牵头|牵头负责|落实|抓落实|具体负责|牵头落实|督办|协调|跟进|总负责)(?:落实|实施|协调|督办|推进|办理)?[。;]?"
)
#: 以上事项由县政府督查室督办。 on a line of its own is said of all that stands above.
_OF_ALL = re.compile("上述|以上|这些")
_AGREED = re.compile("(?:原则上?|一致|会议)(?:同意|通过|批准)|审议(?:并|后)?(?:原则|一致)?通过")
_DUTY_WORD = re.compile("责任|牵头|负责|配合|落实|时限|完成|首位|第一")
_BRACKETED_DUTY = re.compile(r"\((?:[^()]|\([^()]{0,30}\)){0,200}\)")
_LONG_DUTY = 400


def split_clauses(
    text: str,
    norm: str,
    layout: Layout,
    agencies: Sequence[Span],
    actions: Sequence[Span] = (),
    judge: CommaJudge | None = None,
) -> tuple[Span, ...]:
    """The clauses of a document, in order, without indent, enumerator and trailing white space.

    ``agencies`` are the AGENCY spans known so far, ``actions`` the ACTION spans; with them a comma
    before a new named actor with an act of its own starts a clause. A ``judge`` decides at commas in
    the place of the rules. Every character outside
    white space and enumerators belongs to exactly one clause, but for bare row numbers of tables.
    """
    if len(norm) != len(text):
        raise ValueError(f"normalised text has {len(norm)} characters, the text {len(text)}")
    welds = Welds(norm, agencies, actions, judge)
    out: list[Span] = []
    owner = False  # may the next label line join the last clause?
    asked = False  # did the last one end with a label whose value stands on the next line?
    cells = find_tables([norm[line.start : min(line.end, line.start + 40)].strip() for line in layout.lines])
    for line, cell in zip(layout.lines, cells, strict=True):
        if line.kind is LineKind.BLANK:
            continue
        start, end = _trim(norm, _start(norm, line), line.end)
        if start >= end:
            continue
        if line.kind is not LineKind.BODY:
            out.extend(_shell(norm, line, start, end))
            owner, asked = line.kind is LineKind.HEADING, False
            continue
        if cell is not None:
            owner, asked = _add_cell(out, Span(start, end), cell, owner), False
            continue
        asked = asked and start == skip_space(norm, line.start, line.end)  # a numbered line is no value
        for part in _sentences(norm, line, start, end):
            piece = norm[part.start : part.end]
            if owner and (asked or _joins(norm, part, piece, out[-1])):
                out[-1] = Span(out[-1].start, part.end)
                asked = not asked and _is_bare_label(norm, part)
                continue
            whole = is_prose_roll(piece) or is_pipe_row(piece)
            out.extend([part] if whole else welds.split(part))
            owner, asked = True, False
    return tuple(out)


def _start(norm: str, line: Line) -> int:
    """Where the line's first clause starts: behind the enumerator, but 议题一: names what follows and belongs to it.

    A row's number between bars is no part of it.
    """
    start = skip_space(norm, line.start, line.end)
    if row := _NUMBER_CELL.match(norm, start, line.end):
        return row.end()
    enumerator = read_enumerator(norm, start, line.end)
    return start if enumerator is not None and enumerator.style is Style.TOPIC else line.content


def _shell(norm: str, line: Line, start: int, end: int) -> Iterator[Span]:
    """A shell line is one clause; a roll in sentences has one for each."""
    if line.kind is LineKind.ROLL:
        for stop in hard_stops(norm, start, end):
            if norm[stop - 1] == "。":
                yield Span(start, stop)
                start = skip_space(norm, stop, end)
    if start < end:
        yield Span(start, end)


def _joins(norm: str, part: Span, piece: str, before: Span) -> bool:
    """True of a label line, a bracketed duty or a sentence that only names who answers for the task ``before``.

    What was only agreed to is no task: then the sentence that names who answers for it is one, and so is one about all
    that stands above.
    """
    labelled = read_label(norm, part.start, part.end)
    if labelled is not None and labelled[0].lstrip("(") in cues("duty_label"):
        return True
    if len(piece) > _LONG_DUTY:
        return False
    if _RESPONSIBLE.fullmatch(piece):
        of_all = _OF_ALL.match(piece) is not None and norm[: part.start].rstrip(" ").endswith("\n")
        return not of_all and _AGREED.search(norm, before.start, before.end) is None
    return _is_bracketed_duty(norm, part)


def _is_bare_label(norm: str, part: Span) -> bool:
    labelled = read_label(norm, part.start, part.end)
    return labelled is not None and labelled[1] >= part.end


def _is_bracketed_duty(norm: str, part: Span) -> bool:
    """(县交通局), (甲牵头,各镇(街道)按职责分工负责), (列首位的为牵头单位)."""
    end = part.end - (norm[part.end - 1] in _STOPS)
    if norm[part.start] != "(" or norm[end - 1] != ")":
        return False
    inner = norm[part.start + 1 : end - 1]
    return 0 not in _depths(norm, part.start, end)[:-1] and bool(_DUTY_WORD.search(inner) or ends_like_agency(inner))


def _sentences(norm: str, line: Line, start: int, end: int) -> Iterator[Span]:
    """The parts of a body line between hard stops, a run-in heading first."""
    if line.content > skip_space(norm, line.start, line.end):
        length = run_in_end(norm[start : min(end, start + 400)])
        if length and is_agenda(norm[start : min(end, start + 40)]):
            yield Span(start, start + len(norm[start : start + length].rstrip()))
            start = skip_enumerators(norm, start + length, end)
    if bracketed := bracket_heading_end(norm[start:end]):
        yield Span(start, start + bracketed)
        start = skip_space(norm, start + bracketed, end)
    told = skip_dateline(norm, start, end)
    if start < told < end:
        yield Span(start, told)
        start = skip_space(norm, told, end)
    if is_pipe_row(norm[start:end]):
        yield Span(start, end)
        return
    begin = start
    for stop in hard_stops(norm, start, end):
        duty = _BRACKETED_DUTY.match(norm, begin, stop)
        if duty and duty.end() < stop and _DUTY_WORD.search(duty.group()):  # …更新。(责任单位:甲)推进…
            yield Span(begin, duty.end())
            begin = skip_enumerators(norm, duty.end(), stop)
        if stop > begin:
            yield Span(begin, stop)
        begin = skip_enumerators(norm, stop, end)
    if begin < end:
        yield Span(begin, end)


def hard_stops(norm: str, start: int, end: int) -> Iterator[int]:
    """Offsets after each hard stop of ``[start, end)``, closing quotes and brackets after it included.

    A stop inside a pair of brackets, quotes or title marks does not count, but for the full stop
    right before a closing quote (“……。”), which ends the sentence where a sentence follows.
    Marks without a partner are ignored.
    """
    depth_at = _depths(norm, start, end)
    position = start
    while position < end:
        if norm[position] not in _STOPS and not (norm[position] == "." and TYPED_STOP.match(norm, position, end)):
            position += 1
            continue
        after = position + 1
        while after < end and norm[after] in _STOPS:
            after += 1
        depth = depth_at[position - start]
        if depth:
            closed = after
            while closed < end and norm[closed] in "”’" and depth_at[closed - start]:
                closed += 1
            sentence_ends = (
                closed > after and norm[position] in "。!?" and (closed == end or not depth_at[closed - start])
            )
            if not sentence_ends or (closed < end and norm[closed] in "，,、。;的等和及是为)"):
                position = after
                continue
            after = closed
        yield after
        position = after


def _depths(norm: str, start: int, end: int) -> list[int]:
    """How many pairs of brackets each character stands in, the marks themselves included."""
    change = [0] * (end - start + 1)
    open_at: list[int] = []
    waiting: dict[str, int] = {}
    for position in range(start, end):
        char = norm[position]
        if char in _PAIRS:
            open_at.append(position)
            waiting[_PAIRS[char]] = waiting.get(_PAIRS[char], 0) + 1
        elif char in _CLOSERS and waiting.get(char):
            while open_at:
                opener = open_at.pop()
                closer = _PAIRS[norm[opener]]
                waiting[closer] -= 1
                if closer == char:
                    change[opener - start] += 1
                    change[position - start + 1] -= 1
                    break
    depths, depth = [], 0
    for step in change:
        depth += step
        depths.append(depth)
    return depths


def _trim(norm: str, start: int, end: int) -> tuple[int, int]:
    start = skip_space(norm, start, end)
    return start, start + len(norm[start:end].rstrip())


def _add_cell(out: list[Span], span: Span, cell: Cell, owner: bool) -> bool:
    """Join a cell to its row's clause; a row number closes the row before. Returns whether the next cell joins."""
    if cell is Cell.NUMBER:
        return False
    if cell is Cell.INNER and owner:
        out[-1] = Span(out[-1].start, span.end)
    else:
        out.append(span)
    return cell is not Cell.HEAD
