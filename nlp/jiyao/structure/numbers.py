"""The minutes' own numbers: the session (第38次, 九届31次) and the document's number (〔2024〕7号, 第12期)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiyao.dates import parse_chinese_number
from jiyao.structure.cues import bare
from jiyao.types import Layout, Line, LineKind, Span

_FIGURE = r"(?:\d{1,4}|[一二三四五六七八九十百零〇○两]{1,6})"
_SESSION = re.compile(
    rf"(?:第 ?(?P<number>{_FIGURE})|(?<=[届年])(?P<bare>{_FIGURE})|(?<![\d第])(?P<plain>{_FIGURE})) ?次+"
)
_IS_SESSION = re.compile(r"(?:\(?扩大\)?)?[^,。;《》]{0,16}会")
_OWN_MEETING = re.compile(
    r"常务|办公|党组|主任|专题|局务|局长|区长|县长|市长|镇长|州长|旗长|行政|党委|政府|管委会|例会|委员会|领导小组|规委会|联席"
)
_CALLED = re.compile(r"(?:主持|召开)[^,。;]{2,60}会")
_FOREIGN = re.compile(r"全国|中央|省委|座谈会|代表大会|全会|学习会|普查")
_DOC_NUMBER = re.compile(
    r"(?:[\u4e00-\u9fff]{1,14}? ?)?[〔\[【(〈] ?(?:19|20)\d\d ?[〕\]】)〉] ?(?:第 ?)?\d{1,4} ?(?:号|期)"
)
#: At the start of a line of the head, beside other things: X政阅〔2018〕41号  签发人:….
_OPENS = re.compile(rf"(?![^〔\[【(〈]*(?:纪要|会议)){_DOC_NUMBER.pattern}")
_ISSUE = re.compile(
    r"(?:(?:19|20)\d\d ?年 ?|[一二][〇○零一二三四五六七八九]{3}年)?第 ?(?P<number>[\d一二三四五六七八九十百零〇○]{1,6}) ?[期号]"
)
#: The number of an issue as a word of its own beside other things: 某办公室编    第33期    2015年10月16日.
_ISSUE_WORD = re.compile(rf"(?:(?<=[\s(])|^|(?<=纪要)){_ISSUE.pattern}(?=[\s)(]|$)")
_TOLD = (LineKind.BODY, LineKind.LEAD_IN, LineKind.FIELD, LineKind.ROLL)
_HEAD = (LineKind.TITLE, LineKind.FIELD, LineKind.CHROME)
_ATTACHED = re.compile(r"[〔\[【] ?(?:19|20)\d\d ?[〕\]】] ?(?:第 ?)?\d{1,4} ?号")
#: Below the text, where a web page repeats the title: 图文解读:局长办公会议纪要【2021】第2号.
_REPEATED = re.compile(rf"纪要 ?(?P<value>{_DOC_NUMBER.pattern})")
_LABELLED = re.compile(
    r"(?:文号|发文字号|文件编号|编号)[】\]]?[: ]\s*(?P<value>[^\s|,;]{0,20}[〔\[【(]\d{4}[〕\]】)]\s*\d+\s*号)"
)


def read_session(norm: str, layout: Layout, sentence: Span | None, title: Line | None) -> int | None:
    """The session's number from title, number line, chair sentence or the first lines of the body."""
    for stretch, certain in _stretches(norm, layout, sentence, title):
        for match in _SESSION.finditer(norm, stretch.start, stretch.end):
            after = _IS_SESSION.match(norm, match.end(), min(match.end() + 24, len(norm)))
            if not certain and (after is None or not _OWN_MEETING.search(after.group())):
                continue
            context = norm[max(stretch.start, match.start() - 12) : after.end() if after else match.end()]
            if not _FOREIGN.search(context):
                digits = match.group("number") or match.group("bare") or match.group("plain")
                return parse_chinese_number(bare(digits))
    return None


def read_doc_number(text: str, norm: str, layout: Layout) -> str | None:
    """The document's number as written, without brackets around it; the issue's (第12期) where it has no other."""
    numbers = [line for line in layout.lines if line.kind is LineKind.NUMBER]
    for line in numbers:
        if match := _DOC_NUMBER.search(norm, line.start, line.end):
            return text[match.start() : match.end()].strip()
    for line in layout.lines:
        if line.kind in _HEAD and (match := _OPENS.match(norm, line.content, line.end)):
            return text[match.start() : match.end()].strip()
    for line in layout.lines:
        if line.kind is LineKind.FIELD and (match := _LABELLED.search(norm, line.start, line.end)):
            return text[match.start("value") : match.end("value")]
    for line in layout.lines:
        if line.kind is LineKind.TITLE and (match := _ATTACHED.search(norm, line.start, line.end)):
            return text[match.start() : match.end()]
    for line in layout.lines:
        if line.kind is LineKind.TAIL and (match := _REPEATED.search(norm, line.start, line.end)):
            return text[match.start("value") : match.end("value")]
    issue = _issue(norm, numbers, layout)
    return text[issue.start() : issue.end()] if issue else None


def _issue(norm: str, numbers: Sequence[Line], layout: Layout) -> re.Match[str] | None:
    """The number of an issue: 第12期."""
    alone = (_ISSUE.search(norm, line.start, line.end) for line in numbers)
    beside = (_ISSUE_WORD.search(norm, line.start, line.end) for line in layout.lines if line.kind in _HEAD)
    return next((match for match in (*alone, *beside) if match), None)


def _stretches(norm: str, layout: Layout, sentence: Span | None, title: Line | None) -> Iterator[tuple[Span, bool]]:
    """Where to look, in order; ``True`` where any number of a session will do."""
    if title is not None:
        yield Span(title.start, title.end), True
    for kind in (LineKind.TITLE, LineKind.NUMBER):
        yield from ((Span(line.start, line.end), True) for line in layout.lines if line.kind is kind)
    if sentence is not None:
        called = _CALLED.search(norm, sentence.start, sentence.end)
        if called:
            yield Span(called.start(), called.end()), True
        yield Span(sentence.start, min(sentence.end, sentence.start + 300)), False
    shown = [line for line in layout.lines if line.kind in _TOLD]
    yield from ((Span(line.start, min(line.end, line.start + 400)), False) for line in shown[:5])
