"""The roll: who was present, who sat in, who was absent, who kept the record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from jiyao.labels import EntityLabel, Origin, RollRole
from jiyao.structure.clauses import hard_stops
from jiyao.structure.cues import bare, read_roll_label, role_of
from jiyao.structure.name_forms import is_name, is_title, represents
from jiyao.structure.names import Member, read_members
from jiyao.structure.numbering import skip_enumerators, skip_space
from jiyao.structure.pieces import Piece, pieces
from jiyao.structure.shell import ATTENDED, is_prose_roll, skip_dateline
from jiyao.structure.spans import Known
from jiyao.types import Layout, Line, LineKind, Mention, RollEntry, Span

_RULE = "roll"
_SUB_LABEL = re.compile(r"(?:领导|单位|部门|人员|机关|乡镇|街道|企业|同志|其他|方面)$")
_ATTENDS = re.compile(rf"(?:应邀|分别|也|一并|均)*(?P<verb>参加|出席|列席|参会){ATTENDED}")
_INLINE_CUE = re.compile(r"领导|应邀|列席|同志|负责人|参加会议|出席会议|参加了会议")
_CALLED = re.compile(
    r"(?:主持|召开)[^,。;]{0,60}会议?,(?:(?:(?:专题)?研究|听取|审议|讨论|传达|学习|部署|分析|通报|协调|专题)[^,。;]{1,80},)*"
)
#: The sentence that says who called the meeting, behind which lists of the present stand in a line.
_OPENS = re.compile("主持|召开")
_ATTENDED = re.compile(
    r"(?P<verb>出席|列席|参加|参会)(?:(?:本次|此次)?会议)?的(?:还)?(?:单位|人员|领导|同志|部门)?(?:分别)?(?:[有是为]:?|:)"
)
_ROLL_LABEL = re.compile(r"(?:出席|列席|参加|参会|与会|缺席|请假|记录)(?:会议|人员|单位|领导|同志|人)*:")
#: A piece that says of the meeting that it took place: 县政府第3次常务会议召开, 县长甲主持会议并讲话.
_HELD = re.compile("(?:召开|举行)$|主持(?:召开)?(?:了|本次|此次|这次)?会议|主持并讲话|讲话$")
_LONG_PIECE = 80
_LONGEST_GROUP = 16  # 有关单位主要负责人
#: What may stand between members of a list and is neither body nor name.
_LOOSE = re.compile("[和及与等代表副正的同志]|参加|列席|出席|领导|负责|[(),:。]")


@dataclass(frozen=True, slots=True)
class Roll:
    """The roll's entries in order, and the agencies and persons that its rules found."""

    entries: tuple[RollEntry, ...]
    mentions: tuple[Mention, ...]


def read_roll(text: str, norm: str, layout: Layout, persons: Sequence[Span], agencies: Sequence[Span]) -> Roll:
    """Read the roll's lines and the sentences that say who attended.

    ``persons`` and ``agencies`` are spans found so far; they may be empty. An agency with
    somebody unnamed (的代表, 负责人) is an entry ``representative`` with name ``None``; an agency alone
    keeps the label's role. Names lose their padding.
    """
    known = Known(persons, agencies)
    entries: dict[RollEntry, None] = {}  # in order, each once
    mentions: dict[Span, EntityLabel] = {}
    for role, stretch in _stretches(norm, layout.lines, known):
        for member in _members(norm, stretch, known):
            entries[_entry(text, role, member)] = None
            for span, label in ((member.agency, EntityLabel.AGENCY), (member.person, EntityLabel.PERSON)):
                if span is not None:
                    mentions[span] = label
    found = tuple(
        Mention(span.start, span.end, label, text[span.start : span.end], origin=Origin.RULE, rule=_RULE)
        for span, label in sorted(mentions.items())
    )
    return Roll(tuple(entries), found)


# --- where names stand -----------------------------------------------------------------------


def _stretches(norm: str, lines: Sequence[Line], known: Known) -> Iterator[tuple[RollRole, Span]]:
    """Stretches of names with their role: labelled lines, lines that continue them, sentences."""
    role: RollRole | None = None
    for line in lines:
        if line.kind is LineKind.ROLL:
            start = skip_space(norm, line.start, line.end)
            if is_prose_roll(norm[start : line.end].strip()):
                yield from _sentences(norm, skip_dateline(norm, start, line.end), line.end)
                continue
            for found, stretch in _labelled(norm, line, role):
                role = found
                if found is not None and stretch.end > stretch.start:
                    yield found, stretch
        elif line.kind in (LineKind.BODY, LineKind.LEAD_IN):
            yield from _inline(norm, line, known)
        elif line.kind in (LineKind.FIELD, LineKind.CHROME):
            yield from _among_labels(norm, line)
        if line.kind not in (LineKind.ROLL, LineKind.BLANK):
            role = None


def _labelled(norm: str, line: Line, role: RollRole | None) -> Iterator[tuple[RollRole | None, Span]]:
    """The stretches of a line of the roll: 出席:甲 乙  列席:丙 has two, (1)市领导: keeps the role."""
    start = skip_enumerators(norm, line.start, line.end)
    first = read_roll_label(norm, start, line.end)
    if first is not None:
        role, start = first
    begin = start
    position = start
    while (colon := norm.find(":", position, line.end)) >= 0:
        word = _word_before(norm, begin, colon)
        other = role_of(bare(norm[word:colon]))
        if other is not None or not _SUB_LABEL.search(norm, word, colon):
            yield role, Span(begin, word)
            role = other
        else:
            yield role, Span(begin, word)
        begin = position = colon + 1
    yield role, Span(begin, line.end)


def _among_labels(norm: str, line: Line) -> Iterator[tuple[RollRole, Span]]:
    """主持:甲 出席:乙、丙 记录:丁: labels of the roll among others."""
    if _ROLL_LABEL.search(norm, line.start, line.end):
        yield from ((role, stretch) for role, stretch in _labelled(norm, line, None) if role is not None)


def _word_before(norm: str, begin: int, colon: int) -> int:
    """Where the label that ends at ``colon`` begins: after the last separator or gap before it."""
    position = colon
    while position > begin and not (norm[position - 1].isspace() or norm[position - 1] in "、,;。)"):
        position -= 1
    if colon - position == 1 and position > begin:  # a padded label: 记 录:
        position = _word_before(norm, begin, skip_back(norm, begin, position))
    return position


def skip_back(norm: str, begin: int, position: int) -> int:
    """The offset after the last character before ``position`` that is no white space."""
    while position > begin and norm[position - 1].isspace():
        position -= 1
    return position


def _inline(norm: str, line: Line, known: Known) -> Iterator[tuple[RollRole, Span]]:
    start = skip_dateline(norm, line.content, line.end)
    opens = _OPENS.search(norm, start, line.end) is not None
    for stop in (*hard_stops(norm, start, line.end), line.end):
        called = _CALLED.search(norm, start, min(stop, start + 300))
        start = called.end() if called else start
        labelled = _opening_label(norm, start, stop) if opens else None
        if labelled is not None:
            yield labelled
            start = stop
            continue
        sentence = norm[start : min(stop, start + 500)].strip()
        if stop - start <= 420 and _INLINE_CUE.search(sentence) and is_prose_roll(sentence):
            yield from _sentences(norm, start, stop)
        elif opens or line.item is None:  # within an item 县财政局、县审计局参加 is a task
            yield from _attended(norm, start, stop, known)
        start = stop


def _attended(norm: str, start: int, stop: int, known: Known) -> Iterator[tuple[RollRole, Span]]:
    """…召开会议,甲局、乙局负责人参加,会议…: before the verb nothing but a list of known names and bodies."""
    for verb in _ATTENDS.finditer(norm, start, stop):
        begin = verb.start()
        whole = True
        for piece in reversed(pieces(norm, Span(start, verb.start()), known)):
            whole = _is_of_list(norm, piece.span, known)
            if not whole:
                break
            begin = piece.span.start
        listed = Span(begin, verb.start())
        names = len(known.persons(listed)) + len(known.agencies(listed))
        if names > 1 or (names and whole):
            yield _role_of_verb(verb["verb"]), listed
        start = verb.end()


def _is_of_list(norm: str, piece: Span, known: Known) -> bool:
    persons, agencies = known.persons(piece), known.agencies(piece)
    if persons or agencies:
        return _covers(norm, piece, persons, agencies)
    text = bare(norm[piece.start : piece.end])
    return is_title(text) or (represents(text) and len(text) <= _LONGEST_GROUP)


def _opening_label(norm: str, start: int, stop: int) -> tuple[RollRole, Span] | None:
    """Behind …召开会议。 a list: 参加:甲、乙; 列席:丙; 参加会议的有甲局、乙局负责人。"""
    start = skip_space(norm, start, stop)
    said = _ATTENDED.match(norm, start, stop)
    if said is not None:
        return _role_of_verb(said["verb"]), Span(said.end(), stop)
    labelled = read_roll_label(norm, start, stop) if _ROLL_LABEL.match(norm, start, stop) else None
    return (labelled[0], Span(labelled[1], stop)) if labelled is not None else None


def _role_of_verb(verb: str) -> RollRole:
    return RollRole.OBSERVER if verb == "列席" else RollRole.PRESENT


def _sentences(norm: str, start: int, end: int) -> Iterator[tuple[RollRole, Span]]:
    """甲、乙参加会议,丙应邀列席。: what stands before each verb."""
    for match in _ATTENDS.finditer(norm, start, end):
        role = _role_of_verb(match["verb"])
        if match.start() > start:
            yield role, Span(start, match.start())
        start = match.end()


# --- who stands in a stretch -----------------------------------------------------------------


def _members(norm: str, stretch: Span, known: Known) -> list[Member]:
    found = [piece for piece in pieces(norm, stretch, known) if not _HELD.search(piece.text_in(norm))]
    lists = {piece.gap for piece in found[1:]} != {"、"}  # else 、 stands between agencies too
    out: list[Member] = []
    last: Span | None = None
    for piece, member in _read_all(norm, found, known):
        alone = member.person is not None and member.agency is None and not member.title
        if alone and not piece.gap and out and _is_bare_body(out[-1]):
            # 县水利局 甲  县财政局 乙
            member = replace(member, agency=out.pop().agency)
        elif alone and lists and piece.gap in ("", "、"):
            # 县府办甲、乙,县财政局丙: the agency holds for the names joined to the first
            member = replace(member, agency=last)
        if member.unnamed and member.person is None:
            _represent(out)
        # ... but not one in brackets: 甲(市政协)、乙
        last = member.agency if member.person and member.agency and member.agency < member.person else None
        out.append(member)
    return out


def _read_all(norm: str, found: Sequence[Piece], known: Known) -> Iterator[tuple[Piece, Member]]:
    """The members of all pieces; offices that stand before an office and a name (县委常委、副县长甲) are that name's."""
    offices: list[Piece] = []
    for piece, following in zip_longest(found, found[1:]):
        if following is not None and following.gap == "、" and _is_office(piece.text_in(norm)):
            offices.append(piece)
            continue
        members = _read(norm, piece.span, known)
        if offices and members and members[0].person is not None and members[0].title:
            members[0] = _with_offices(norm, members[0], [office.text_in(norm) for office in offices])
        else:
            yield from ((office, member) for office in offices for member in _read(norm, office.span, known))
        offices = []
        yield from ((piece, member) for member in members)


def _is_office(piece: str) -> bool:
    return is_title(piece) and not piece.startswith("会议")


def _with_offices(norm: str, member: Member, offices: Sequence[str]) -> Member:
    """Of an office in a body (县总工会主席) the body belongs to the title where other offices stand before it."""
    body = norm[member.agency.start : member.agency.end] if member.agency is not None else ""
    return replace(member, agency=None, title="、".join((*offices, body + (member.title or ""))))


def _is_bare_body(member: Member) -> bool:
    return member.person is None and not member.unnamed


def _represent(members: list[Member]) -> None:
    """甲、乙、丙的代表: what is said of the last body holds for those right before it."""
    for index in range(len(members) - 1, -1, -1):
        if not _is_bare_body(members[index]):
            return
        members[index] = replace(members[index], unnamed=True)


def _read(norm: str, piece: Span, known: Known) -> list[Member]:
    """The members of a piece: by the model's spans where it has persons there, else by rules."""
    persons = known.persons(piece)
    agencies = known.agencies(piece)
    rest = norm[piece.start : piece.end]
    if persons and not _covers(norm, piece, persons, agencies):
        # The model's spans leave part of the piece unread; a reading by rules that does not is better.
        by_rule = read_members(norm, piece)
        if len(rest) <= _LONG_PIECE and any(member.person and member.agency for member in by_rule):
            return by_rule
    if persons:
        unnamed = [span for span in agencies if span.start > persons[-1].end and represents(rest)]
        return [*_pair(norm, piece, persons, agencies), *(Member(agency=span, unnamed=True) for span in unnamed)]
    if len(rest) > _LONG_PIECE:
        return []
    by_rule = read_members(norm, piece)
    if not agencies or any(member.person and member.agency in agencies for member in by_rule):
        return by_rule
    if "、" in rest and [member.agency for member in by_rule] == [piece]:
        return by_rule  # 江、峡、岭水务局, of which a model sees the last
    last = agencies[-1]
    if is_name(norm[last.end : piece.end].strip("() ")):
        return [replace(member, agency=last) for member in read_members(norm, Span(last.end, piece.end))]
    return [Member(agency=agency, unnamed=represents(rest)) for agency in agencies]


def _covers(norm: str, piece: Span, persons: Sequence[Span], agencies: Sequence[Span]) -> bool:
    """Whether persons, agencies, titles and punctuation make up the whole piece, no two of a kind run together."""
    spans = sorted((*persons, *agencies))
    if any(
        before.end == after.start and (before in persons) == (after in persons) for before, after in pairwise(spans)
    ):
        return False
    edges = [piece.start, *(edge for span in spans for edge in (span.start, span.end)), piece.end]
    gaps = (bare(norm[start:end]).strip("、,;()") for start, end in zip(edges[::2], edges[1::2], strict=True))
    return all(not gap or is_title(gap) or _LOOSE.search(gap) for gap in gaps)


def _pair(norm: str, piece: Span, persons: Sequence[Span], agencies: Sequence[Span]) -> Iterator[Member]:
    """Each person with the agency right before, or in brackets right after."""
    begin = piece.start
    for index, person in enumerate(persons):
        until = persons[index + 1].start if index + 1 < len(persons) else piece.end
        before = [span for span in agencies if begin <= span.start < person.start]
        after = norm[person.end : until]
        behind = [span for span in agencies if person.end <= span.start < until]
        bracketed = [span for span in behind if "(" in norm[person.end : span.start]]
        agency = before[-1] if before else bracketed[0] if bracketed else None
        between = bare(norm[(before[-1].end if before else begin) : person.start]).strip("、,;()")
        title = between if is_title(between) else None
        if title is None:
            following = re.match(r"[^()、,;\s]{2,12}", after)
            title = following.group() if following and is_title(following.group()) else None
        acting = re.match(r"\s*\(代(?:表|会)?\)", after) is not None
        yield Member(person, agency, title, acting)
        begin = bracketed[0].end if bracketed and not before else person.end


def _entry(text: str, role: RollRole, member: Member) -> RollEntry:
    name = bare(text[member.person.start : member.person.end]) if member.person else None
    agency = text[member.agency.start : member.agency.end] if member.agency else None
    if member.unnamed and role in (RollRole.PRESENT, RollRole.OBSERVER, RollRole.REPRESENTATIVE):
        role = RollRole.REPRESENTATIVE
    return RollEntry(role, name, agency, member.title)
