"""The chair sentence: who chaired, in what office, where and when.

Forms: 市长X主持召开…, X市长在Y主持…, 受市长X委托,副市长Y主持…, 会议由X主持, X同志主持.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from jiyao.structure.cues import bare, read_field_label
from jiyao.structure.name_forms import is_title, name_score
from jiyao.structure.numbering import skip_space
from jiyao.types import Layout, LineKind, Span

_CHAIRS = re.compile(r"主持(?!工作)(?:召开|并?讲话|会议|了)?")
#: In a line of the roll, where 主持人: may stand too.
_PRESIDES = re.compile(r"(?<![\s:])主持(?:召开|会议)?(?=[,。]|召开|会议)")
_CALLS = re.compile(r"(?:召集|召开)(?=[^,。;]{0,40}会)|召集(?=[^。;]{2,150}(?:会|研究|协调))")
_PLACE = re.compile(
    r"在(?P<place>[^,。;在]{2,40}?)(?:现场)?(?:共同|联合|紧急|现场办公并)?(?=主持|召开|召集|组织召开|以视频)"
)
_VENUE_WORD = re.compile(
    r"室|楼|厅|中心|大队|站|所|大厦|社区|小区|学校|码头|院|馆|堂|现场|办事处|宾馆|酒店|部|局|村|镇|乡|广场|基地|园区|会场|机关|指挥部|公司|工地|水库"
)
_NO_VENUE = re.compile(r"^(?:家|京|全|会上|会议|我|此|职|任|这|听取|.{0,6}领导下)")
_AFTER_NAME = re.compile(
    r"(?:同志)?(?P<title>[^,。;于在主受代]{0,12}?)(?:同志)?(?:(?:于|在|受|以|代表)[^。;]{0,60})?,?$"
)
_DAY = re.compile(r"^.*?(?:\d ?[日时点]|[上下中]午|晚上?|\d 上|\d 下)")
_BEFORE_TITLE = re.compile(r"(?:会议|例会|本次会议|此次会议)?(?:由|受)?")
#: 县长X率有关部门到工地调研,并主持召开…; 副区长X召集区建设局、区城管局开会: the first who is said to.
_GOES = re.compile("(?:同志)?(?:率|带领|带队|召集|受|赴|到|深入)")
#: Where no word says who chaired, it is whom the minutes begin with: 9月11日,副县长X在某水库现场办公, 区长X听取….
_BEGINS = re.compile("(?:同志)?(?:率|带|召集|受|赴|到|来到|深入|在|听取|主持|约谈|专题)")
_DATED = re.compile(r"[^,。]{0,20}?[\d〇一二三四五六七八九十] ?日")
_OPENING = 120
_WORD = 2
#: Adverbs that are no names: 随后主持召开….
_NO_NAME = re.compile("^(?:随后|会后|之后|共同|联合|并|亲自)")
#: 区政府召开会议: 区 is a surname, too.
_BODY = re.compile("(?:政府|党[委组]|[省市县区州旗镇乡]委|[局办]|指挥部)$")
_NAME_ENDS = re.compile(r"同志|于|在|,受|以视频")
_MAX_SENTENCE = 700
_CHAIR_LABELS = frozenset(("主持", "主持人", "会议主持", "会议主持人", "召集人"))
_PLACE_LABELS = frozenset(("地点", "会议地点", "开会地点"))
_DAY_AND_PLACE_LABELS = frozenset(("时间地点", "时间、地点", "时间及地点", "时间和地点"))
#: Labels that share a line: 时间:… 地点:… 主持:….
_LABEL_WITHIN = re.compile(r"(?:^|(?<=[\s(;。]))(?P<label>[\u4e00-\u9fff][\u4e00-\u9fff ]{0,6}[\u4e00-\u9fff]):")


@dataclass(frozen=True, slots=True)
class Chair:
    """What the chair sentence or the header's label lines say; unknown is ``None``.

    ``sentence`` is the chair sentence's span, for the date and the session's number.
    """

    name: str | None = None
    title: str | None = None
    place: str | None = None
    sentence: Span | None = None


def read_chair(text: str, norm: str, layout: Layout, persons: Sequence[Span]) -> Chair:
    """Read the chair; names and titles as written, names without padding.

    Where the chair stood in for somebody (受甲委托), the chair is who really presided.
    ``persons`` may be empty: then titles and surnames decide.
    """
    labelled = _from_labels(text, norm, layout, persons)
    sentence = _chair_sentence(norm, layout)
    if sentence is None:
        name, title = _who_begins(text, norm, layout, persons)
        return replace(labelled, name=labelled.name or name, title=labelled.title or title)
    verb = _CHAIRS.search(norm, sentence.start, sentence.end) or _CALLS.search(norm, sentence.start, sentence.end)
    name, title = _before_verb(text, norm, sentence, verb.start(), persons) if verb else (None, None)
    if name is None:
        name, title = _who_begins(text, norm, layout, persons)
    place = _place(text, norm, sentence)
    return Chair(labelled.name or name, labelled.title or title, labelled.place or place, sentence)


def _who_begins(text: str, norm: str, layout: Layout, persons: Sequence[Span]) -> tuple[str | None, str | None]:
    """Name and title of the person that the first sentence is about, if it begins with a day."""
    first = next((line for line in layout.lines if line.kind in (LineKind.BODY, LineKind.LEAD_IN)), None)
    if first is None or not _DATED.match(norm, first.content, first.end):
        return None, None
    reach = min(first.end, first.content + _OPENING)
    span = next((span for span in sorted(persons) if first.content <= span.start < reach), None)
    title = _title_before(text, norm, first.content, span.start) if span else None
    if span is None or title is None or not _BEGINS.match(norm, span.end):
        return None, None
    return _name(text, span), title


def news_lead(norm: str, layout: Layout) -> Span | None:
    """What a journalist says before the sentence that opens the meeting, in the first line of the body."""
    first = next((line for line in layout.lines if line.kind in (LineKind.BODY, LineKind.LEAD_IN)), None)
    sentence = _chair_sentence(norm, layout)
    if first is None or sentence is None or not first.content < sentence.start <= first.end:
        return None
    return Span(first.content, sentence.start) if _CHAIRS.search(norm, sentence.start, sentence.end) else None


def _chair_sentence(norm: str, layout: Layout) -> Span | None:
    """The first sentence of the body that says who chaired, or that opens the roll; else the title that does."""
    body, roll, field, title = (LineKind.BODY, LineKind.LEAD_IN), (LineKind.ROLL,), (LineKind.FIELD,), (LineKind.TITLE,)
    for kinds, verb in (
        (body, _CHAIRS),
        (roll, _PRESIDES),
        (field, _PRESIDES),
        (body, _CALLS),
        (roll, _CALLS),
        (title, _CHAIRS),
    ):
        for line in layout.lines:
            if line.kind not in kinds:
                continue
            stop = min(line.end, line.content + 4 * _MAX_SENTENCE)
            match = verb.search(norm, line.content, stop)
            if match is None:
                continue
            start = max(norm.rfind("。", line.content, match.start()) + 1, line.content)
            end = norm.find("。", match.end(), stop)
            return Span(start, end + 1 if end >= 0 else stop)
    return None


def _before_verb(
    text: str, norm: str, sentence: Span, verb: int, persons: Sequence[Span]
) -> tuple[str | None, str | None]:
    """Name and title before 主持: of the person nearest to it, with only titles, place and time between."""
    near = [
        span for span in persons if sentence.start <= span.start and span.end <= verb and not _title_alone(norm, span)
    ]
    for span in sorted(near, reverse=True):
        between = norm[span.end : verb]
        if between.startswith("委托"):  # 甲受乙委托主持: 甲 presides
            continue
        after = _AFTER_NAME.fullmatch(between)
        if after is None:
            continue
        if (first := _first_joined(norm, near, span)) is not span:  # 书记甲、县长乙主持: 甲 is named first
            return _name(text, first), _title_before(text, norm, sentence.start, first.start)
        title = after.group("title")
        if title and is_title(title):
            return _name(text, span), title
        return _name(text, span), _title_before(text, norm, sentence.start, span.start)
    for span in sorted(near):
        title = _title_before(text, norm, sentence.start, span.start)
        if title and _GOES.match(norm, span.end, verb + _WORD):
            return _name(text, span), title
    return _by_rule(text, norm, sentence, verb)


def _first_joined(norm: str, persons: Sequence[Span], last: Span) -> Span:
    """The first of the persons who are told in a row with ``last``."""
    for other in sorted(persons, reverse=True):
        if other.end <= last.start and _joined(norm, other, last):
            last = other
    return last


def _joined(norm: str, first: Span, second: Span) -> bool:
    """Whether nothing but 、 or 与 and a title stands between two persons."""
    between = norm[first.end : second.start]
    if between[:1] not in ("、", "和", "与"):
        return False
    return len(between) == 1 or is_title(between[1:].rsplit("、", 1)[-1])


def _title_alone(norm: str, span: Span) -> bool:
    """True of 代县长: 代 is a surname too."""
    return is_title(norm[span.start : span.end])


def _by_rule(text: str, norm: str, sentence: Span, verb: int) -> tuple[str | None, str | None]:
    """Without spans: a surname and one or two characters next to a title, before 主持."""
    before = norm[sentence.start : verb]
    cuts = {len(before), *(match.start() for match in _NAME_ENDS.finditer(before))}
    for cut in sorted(cuts, reverse=True):
        stretch = re.split(r"[,。;、由]", before[:cut])[-1]
        if not stretch or stretch.endswith("同志"):
            continue
        offset = sentence.start + cut - len(stretch)
        found = _title_and_name(stretch)
        if found is None:
            continue
        name, title = found
        span = Span(offset + name.start, offset + name.end)
        if title is None or title.start < name.start:
            return _name(text, span), _title_before(text, norm, sentence.start, span.start)
        return _name(text, span), text[offset + title.start : offset + title.end]
    return None, None


def _title_and_name(stretch: str) -> tuple[Span, Span | None] | None:
    """Name and title in 副市长陶望川 or 陶望川副市长, as spans of ``stretch``."""
    if _NO_NAME.match(stretch):
        return None
    for length in (3, 2, 4):
        left, right = stretch[:-length], stretch[-length:]
        if name_score(right) and _ends_with_title(left):
            return Span(len(left), len(stretch)), Span(0, len(left))
    for length in range(2, 8):  # names without surname: 才让多杰
        left = stretch[:-length]
        if _ends_with_title(left) and not is_title(stretch[-length:]):
            return Span(len(left), len(stretch)), Span(0, len(left))
    plain = _DAY.sub("", stretch)
    skipped = len(stretch) - len(plain)
    for length in (3, 2, 4):
        if name_score(plain[:length]) and is_title(plain[length:]):
            return Span(skipped, skipped + length), Span(skipped + length, len(stretch))
    if name_score(plain) and 2 <= len(plain) <= 4 and not is_title(plain) and not _BODY.search(plain):
        return Span(skipped, len(stretch)), None
    return None


def _ends_with_title(left: str) -> bool:
    return any(is_title(left[-length:]) for length in range(2, min(len(left), 20) + 1))


def _title_before(text: str, norm: str, begin: int, name: int) -> str | None:
    """The title before a name: back to the comma, the date or 由, if what stands there is a title."""
    start = max(norm.rfind(mark, begin, name) for mark in ",。;:") + 1
    start = max(start, begin)
    stretch = norm[start:name]
    day = _DAY.match(stretch)
    if day and day.end() < len(stretch):
        start += day.end()
    opening = _BEFORE_TITLE.match(norm, start, name)
    start = skip_space(norm, opening.end() if opening else start, name)
    title = text[start:name].strip()
    last = bare(norm[start:name]).rsplit("、", 1)[-1]
    return title if title and is_title(last) else None


def _place(text: str, norm: str, sentence: Span) -> str | None:
    for match in _PLACE.finditer(norm, sentence.start, min(sentence.end, sentence.start + 200)):
        place = match.group("place")
        if _VENUE_WORD.search(place) and not _NO_VENUE.match(place):
            return text[match.start("place") : match.end("place")].strip()
    return None


def _from_labels(text: str, norm: str, layout: Layout, persons: Sequence[Span]) -> Chair:
    """主持人: and 地点: of a header of label lines."""
    name = title = place = None
    for line in layout.lines:
        for label, value in _labels(norm, line.start, line.end) if line.kind is LineKind.FIELD else ():
            if label in _PLACE_LABELS:
                place = text[value.start : value.end] or None
            elif label in _DAY_AND_PLACE_LABELS:  # 2019年12月3日,管委会三楼会议室
                comma = re.search("[,;]", norm[value.start : value.end])
                place = text[value.start + comma.end() : value.end].strip() if comma else None
            elif label in _CHAIR_LABELS:
                name, title = _labelled_chair(text, norm, value, persons)
    return Chair(name, title, place)


def _labels(norm: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """The labels of a line and where the value of each stands."""
    found = list(_LABEL_WITHIN.finditer(norm, start, end))
    if not found and (alone := read_field_label(norm, start, end)):  # 【主持】…, 主 持 …
        yield alone[0], Span(alone[1], alone[1] + len(norm[alone[1] : end].rstrip()))
        return
    for match, following in zip_longest(found, found[1:]):
        stop = following.start() if following else end
        first = skip_space(norm, match.end(), stop)
        value = norm[first:stop].rstrip()
        if value.endswith(")") and "(" not in value:  # (时间:… 主持人:…)
            value = value[:-1].rstrip()
        yield bare(match["label"]), Span(first, first + len(value))


def _labelled_chair(text: str, norm: str, value: Span, persons: Sequence[Span]) -> tuple[str | None, str | None]:
    inside = [span for span in persons if value.start <= span.start and span.end <= value.end]
    if inside:
        span = min(inside)
        before, after = norm[value.start : span.start].strip(), norm[span.end : value.end].strip(" ()")
        title = before if before and is_title(before.rsplit("、", 1)[-1]) else after
        found = norm.find(title, value.start, value.end) if title else -1
        plausible = found >= 0 and is_title(bare(title).rsplit("、", 1)[-1])
        return _name(text, span), text[found : found + len(title)] if plausible else None
    stretch, bracket, aside = norm[value.start : value.end].partition("(")
    inner = aside.split(")")[0]
    pair = _title_and_name(bare(stretch)) if " " not in stretch.strip() else None
    if pair is None:
        return None, None
    if bracket and pair[1] is None and is_title(inner.rsplit("、", 1)[-1]):
        begin = value.start + len(stretch) + 1
        return _name(text, Span(value.start, begin - 1)), text[begin : begin + len(inner)]
    found_name, found_title = pair
    return _name(text, Span(value.start + found_name.start, value.start + found_name.end)), (
        text[value.start + found_title.start : value.start + found_title.end] if found_title else None
    )


def _name(text: str, span: Span) -> str:
    return bare(text[span.start : span.end])
