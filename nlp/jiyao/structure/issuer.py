"""Who issued the minutes: the fullest form of the body in source line, red head, print or signature line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jiyao.structure.cues import read_label
from jiyao.structure.name_forms import ends_like_agency
from jiyao.structure.shell import is_dated
from jiyao.structure.spans import inside
from jiyao.types import Layout, Line, LineKind, Span

_ISSUER_LABEL = re.compile(
    r"(?:发布机构|发布单位|发文机关|发文单位|制发机关|信息来源|文章来源|来源|稿源)"
    r"[】\]]?[: ]\s*(?P<value>[^\s|,;]{2,40})"
)
_MONTH_DAY = r"(?:(?:[\d一二〇○]+年)?[\d一二三四五六七八九十]+月[\d一二三四五六七八九十]+日)?"
_COMPILED = re.compile(rf"^\(?(?P<value>[^\s,;:()]{{3,40}}?) *{_MONTH_DAY} *(?:整理|印发?)")
_SECTION = re.compile(
    r"(?:秘书|综合|文电|文秘|督查|会务|信息|[一二三四五六七八九十\d])[\u4e00-\u9fff]{0,3}[一二三四五六七八九十\d]?[科处]$"
)
_BEFORE_DATE = re.compile(r"^(?P<value>[^\s,;:()\d]{3,40}?)(?:整理|编印|编|印)?\s+(?=\S{0,20}年|签发)")
_TITLE_BODY = re.compile(
    r"^(?:中共)?"
    r"(?P<value>[\u4e00-\u9fff]{1,24}?(?:(?:人民政府|政府|管委会|委员会)(?:办公[室厅])?|[局委厅]))"
    r"(?=.{0,20}(?:会|通知|纪要|召开|关于))"
)
#: Who reports on a meeting did not issue its minutes.
_MEDIA = re.compile("日报|晚报|报社|新闻|融媒|全媒体|电视台|广播|传媒|通讯社|客户端|公众号|记者站|网站|(?:报|网|发布)$")
#: Lines that end like a body's name and are none: 县政府召开专题会, 地点 三楼会议室.
_NO_BODY = re.compile(r"召开|会议室")
_LEVELS = frozenset("省市县区州旗盟镇乡局管")
_CALLED_BY = re.compile(r"[\u4e00-\u9fff·]{2,8}?主持召开")
_ORDINAL = re.compile(r"(?:第?[一二三四五六七八九十\d]+届)")


def read_issuer(text: str, norm: str, layout: Layout, agencies: Sequence[Span], title: Line | None) -> str | None:
    """The issuing body as written, in its fullest form; from the title only where no other line names it."""
    named = (_without_section(text[span.start : span.end]) for span in _candidates(norm, layout, agencies))
    found = [name for name in named if not (_MEDIA.search(name) or _NO_BODY.search(name))]
    if found:
        # 浣阳县某指挥部 is fuller than 县某指挥部办公室, though shorter: it has its place's name
        return max(found, key=lambda name: (name[:1] not in _LEVELS, len(name)))
    return _from_title(text, norm, agencies, title)


def _candidates(norm: str, layout: Layout, agencies: Sequence[Span]) -> Iterator[Span]:
    ordered = sorted(agencies)
    below = [*layout.lines[1:], None]
    following: Line | None = None
    stretches: list[Span | None] = []
    for line, after in zip(reversed(layout.lines), reversed(below), strict=True):
        following = after if after is not None and after.kind is not LineKind.BLANK else following
        stretches.append(_issuing_stretch(norm, line, following))
    for stretch in reversed(stretches):
        if stretch is None:
            continue
        known = inside(ordered, stretch)
        if known:
            yield known[0]
        elif ends_like_agency(norm[stretch.start : stretch.end]):
            yield stretch


def _issuing_stretch(norm: str, line: Line, below: Line | None) -> Span | None:
    """The part of a line that names who issued it, if it is such a line; ``below`` is the next one shown."""
    content = norm[line.start : min(line.end, line.start + 200)]
    pattern: re.Pattern[str] | None = None
    if line.kind is LineKind.FIELD:
        pattern = _ISSUER_LABEL if _ISSUER_LABEL.search(content) else _BEFORE_DATE
    elif line.kind is LineKind.TAIL:
        pattern = _COMPILED if re.search("整理|印", content) else _BEFORE_DATE
        if read_label(norm, line.start, line.end) is None and _is_signature(norm, line, below):
            return _stripped(norm, line)
    elif line.kind is LineKind.TITLE:
        span = _stripped(norm, line)
        plain = norm[span.start : span.end].removesuffix("文件")
        span = Span(span.start, span.start + len(plain))
        return span if ends_like_agency(plain) and len(plain) <= 24 and "、" not in plain else None
    match = pattern.search(content.lstrip()) if pattern else None
    if match is None:
        return None
    offset = line.start + len(content) - len(content.lstrip())
    return Span(offset + match.start("value"), offset + match.end("value"))


def _is_signature(norm: str, line: Line, below: Line | None) -> bool:
    """A line with nothing but a body, above a line with nothing but a date."""
    span = _stripped(norm, line)
    if not ends_like_agency(norm[span.start : span.end]) or re.search(r"[\s、,;:]", norm[span.start : span.end]):
        return False
    return below is not None and is_dated(norm[below.start : below.end].strip())


def _from_title(text: str, norm: str, agencies: Sequence[Span], title: Line | None) -> str | None:
    if title is None:
        return None
    known = inside(sorted(agencies), Span(title.start, title.end))
    if known:
        return text[known[0].start : known[0].end]
    called = _CALLED_BY.match(norm, title.content, title.end)
    start = called.end() if called else title.content
    match = _TITLE_BODY.match(_ORDINAL.sub(lambda found: "届" * len(found.group()), norm[start : title.end]))
    if match is None or "届" in match.group("value"):
        return None
    return text[start + match.start("value") : start + match.end("value")]


def _without_section(name: str) -> str:
    """市政府办公厅秘书一科 prints, 市政府办公厅 issues."""
    return _SECTION.sub("", name) if len(name) > 8 else name


def _stripped(norm: str, line: Line) -> Span:
    content = norm[line.start : line.end]
    start = line.start + len(content) - len(content.lstrip())
    return Span(start, start + len(content.strip()))
