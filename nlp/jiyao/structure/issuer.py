"""Who issued the minutes: the fullest form of the body in source line, red head, print or signature line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiyao.structure.cues import read_label
from jiyao.structure.name_forms import ends_like_agency
from jiyao.structure.shell import is_dated
from jiyao.structure.spans import inside
from jiyao.structure.tables import is_pipe_row
from jiyao.types import Layout, Line, LineKind, Span

#: Lines of the page that may say where it comes from.
_SOURCES = frozenset({LineKind.FIELD, LineKind.TAIL, LineKind.TITLE, LineKind.CHROME, LineKind.NUMBER})
_LONGEST_LINE = 200
_LABEL = re.compile(
    r"(?:发布机构|发布单位|发文机关|发文单位|制发机关|印发机关|印发单位|整理单位|信息来源|文章来源|来源|稿源|供稿|整理|发布|编印|出处)"
    r"[】\]]?[:：]\s*"
)
_DAY = (
    r"(?:[\d〇○O零一二三四五六七八九十]{2,4} ?年)? ?[\d一二三四五六七八九十]{1,3} ?月 *[\d 一二三四五六七八九十]{0,4}日"
)
_PRINTED = r"(?:整理|编印|编发|编|印发|印制|印|供稿)"
#: What stands behind the body in the same word: 办公室2023年6月1日印, 办公厅整理.
_BEHIND = re.compile(rf"(?:{_DAY})?{_PRINTED}?\)?$")
#: What marks a line as one that says who issued the page, and when.
_MARKED = re.compile(rf"{_DAY}|\d{{4}}[-/.年]\d{{1,2}}|{_PRINTED}|签发|第\d+期|(?<!\d)(?:19|20)\d\d")
_WORD = re.compile(r"[^\s|｜,;、:()]+")
_SECTION = re.compile(
    r"(?:秘书|综合|文电|文秘|督查|会务|信息|[一二三四五六七八九十\d])[\u4e00-\u9fff]{0,3}[一二三四五六七八九十\d]?[科处]$"
)
_TITLE_BODY = re.compile(
    r"(?P<value>[\u4e00-\u9fff]{1,24}?"
    r"(?:(?:人民政府|政府|行政公署|行署|管委会|党工委|委员会|指挥部|领导小组|领导组)(?:办公[室厅])?"
    r"|(?:镇|(?<!城)乡)(?:人民政府|政府)?|街道(?:办事处|办|工作委员会|党工委)?|苏木|团场|[农林]场"
    r"|(?:中学|小学|学校|大学|学院|医院|公司|集团(?!有限|股份)|[局厅]|委(?!员?会))(?!长))"
    r"(?:党组|党委(?!办)|党工委)?)"
    r"(?=.{0,24}(?:会|通知|[纪记]要|召开|关于))"
)
#: A body that a township or a city has set up is named behind it: 某街道某领导小组.
_TITLE_COMMITTEE = re.compile(
    r"(?P<value>[\u4e00-\u9fff]{1,30}?(?:指挥部|领导小组|领导组)(?:办公室)?)(?=.{0,16}(?:会|通知|[纪记]要))"
)
_PARTY_BODY = re.compile("(?:党组|党委|工委|工作委员会)$")
#: Who reports on a meeting did not issue its minutes.
_MEDIA = re.compile(
    "日报|晚报|报社|新闻|融媒|全媒体|电视台|广播|传媒|通讯社|客户端|公众号|记者|报道组|宣传部|编辑部|网站|(?:报|网|发布)$"
)
#: Words that end like a body's name and are none: 县政府召开专题会, 地点 三楼会议室.
_NO_BODY = re.compile(
    r"召开|会议室|主持|举行|列入|^(?:出处|直属单位$|各|关于|返回|[-—])|(?:专题|常务|办公|调度|联席|协调|推进|座谈|现场)会$|[号〔]"
)
_LEVELS = frozenset("省市县区州旗盟镇乡局管")
_CALLED_BY = re.compile(
    r"[\u4e00-\u9fff·]{2,14}?(?:主持(?:召开|举行)|[省市县区旗州盟](?:召开|举行)(?=[省市县区旗州盟]?(?:人民政府|政府|委)))"
)


def read_issuer(text: str, norm: str, layout: Layout, agencies: Sequence[Span], title: Line | None) -> str | None:
    """The issuing body as written, in its fullest form; from the title only where no other line names it."""
    named = (_without_section(text[span.start : span.end]) for span in _candidates(norm, layout, agencies))
    found = [name for name in named if not (_MEDIA.search(name) or _NO_BODY.search(name))]
    if found:
        # 浣阳县某指挥部 is fuller than 县某指挥部办公室, though shorter: it has its place's name
        return max(found, key=lambda name: (name[:1] not in _LEVELS, len(name)))
    others = (line for line in layout.lines if line.kind is LineKind.TITLE and line is not title)
    lines = [*([title] if title else []), *others]
    titled = (_from_title(text, norm, agencies, line) for line in lines)
    return next((name for name in titled if name and not _NO_BODY.search(name)), None)


def _candidates(norm: str, layout: Layout, agencies: Sequence[Span]) -> Iterator[Span]:
    ordered = sorted(agencies)
    for line, below in zip(layout.lines, _next_shown(layout.lines), strict=True):
        for stretch in _issuing_stretches(norm, line, below):
            known = inside(ordered, stretch)
            if known:
                yield known[0]
            elif ends_like_agency(norm[stretch.start : stretch.end]):
                yield stretch


def _next_shown(lines: Sequence[Line]) -> list[Line | None]:
    """For each line the next one that is not blank."""
    following: Line | None = None
    found: list[Line | None] = []
    for line in reversed(lines):
        found.append(following)
        following = following if line.kind is LineKind.BLANK else line
    return found[::-1]


def _issuing_stretches(norm: str, line: Line, below: Line | None) -> Iterator[Span]:
    """The parts of a line that may name who issued the page; ``below`` is the next one shown."""
    if line.kind not in _SOURCES:
        return
    whole = _stripped(norm, line)
    content = norm[whole.start : min(whole.end, whole.start + _LONGEST_LINE)]
    label = _LABEL.search(content)
    if label is not None:
        value = _WORD.match(content, label.end())
        if value is not None:
            yield _body(norm, Span(whole.start + value.start(), whole.start + value.end()))
        return
    if line.kind is LineKind.TITLE:
        head = Span(whole.start, whole.start + len(content.removesuffix("文件")))
        if ends_like_agency(norm[head.start : head.end]) and head.end - head.start <= 24 and "、" not in content:
            yield head
            return
    signed = below is not None and line.kind is LineKind.TAIL and is_dated(norm[below.start : below.end].strip())
    if ">" in content or is_pipe_row(content) or not (signed or _MARKED.search(content)):
        return
    if read_label(norm, line.start, line.end) is not None and line.kind is LineKind.TAIL:
        return
    for word in _WORD.finditer(content):
        yield _body(norm, Span(whole.start + word.start(), whole.start + word.end()))


def _body(norm: str, word: Span) -> Span:
    """A word without the date and the 印发 behind it."""
    behind = _BEHIND.search(norm[word.start : word.end])
    return Span(word.start, word.start + behind.start()) if behind else word


def _from_title(text: str, norm: str, agencies: Sequence[Span], title: Line) -> str | None:
    known = inside(sorted(agencies), Span(title.start, title.end))
    if known:
        return text[known[0].start : known[0].end]
    called = _CALLED_BY.match(norm, title.content, title.end)
    start = called.end() if called else title.content
    party = norm.startswith("中共", start)
    body = start + 2 * party
    match = _TITLE_COMMITTEE.match(norm, body, title.end) or _TITLE_BODY.match(norm, body, title.end)
    if match is None:
        return None
    if party and _PARTY_BODY.search(match.group("value")):
        return text[start : match.end("value")]
    return text[match.start("value") : match.end("value")]


def _without_section(name: str) -> str:
    """市政府办公厅秘书一科 prints, 市政府办公厅 issues."""
    return _SECTION.sub("", name) if len(name) > 8 else name


def _stripped(norm: str, line: Line) -> Span:
    content = norm[line.start : line.end]
    start = line.start + len(content) - len(content.lstrip())
    return Span(start, start + len(content.strip()))
