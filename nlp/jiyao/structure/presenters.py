"""Who presented an agenda item: X in 听取了X关于…的汇报, X汇报, X作说明."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from jiyao.types import Span

_HEARD = re.compile(r"听取(?:并[^,。]{1,6})?了?(?:和?审议了?)?")
_OFFICE = r"(?:党组|党委)?[\u4e00-\u9fff]{0,6}(?:长|主任|书记|主席|经理|负责人|负责同志)(?:同志)?[\u4e00-\u9fff·]{0,5}"
_LINK = re.compile(rf"(?:[、和及与]|以及|等(?:有关|相关)?(?:部门|单位)?|{_OFFICE}|分别|代表)*")
_REPORTS = re.compile(
    r"[^。;,]{0,6}?(?:就[^。;]{1,60})?(?:分别|先后|代表[^,。]{1,12})?(?:汇报了?|作了?[^,。;]{0,12}(?:汇报|说明|介绍|报告|补充)|介绍了|通报了|提出)"
)
_SUBMITTED = re.compile(
    r"(?:等(?:部门|单位)?)?(?:牵头)?(?:对[^。;,《]{1,45}后)?"
    r"(?:提交|报送|提请|起草|草拟|拟草|提出|上报|呈报|编制|拟定|拟订|制定|制订|修订|代拟|汇报|申请|送审|报审|报请)(?:审议|研究)?(?:并经[^。;,《]{1,12})?的"
)
#: 原则同意X关于…的意见: whose the paper is, if it is put to the meeting and does not come from above.
_PUT = re.compile(r"(?:同意|批准|审议|审定|研究|讨论|审核)(?:通过)?了?$")
_PAPER_ABOUT = re.compile(r"关于[^。;,]{2,60}的(?:意见|建议|请示|汇报|报告|方案|申请)")
_SENTENCE = re.compile(r"[。;\n]")


def presenters(text: str, norm: str, item: Span, agencies: Sequence[Span]) -> tuple[str, ...]:
    """Names, as written, in order and once each, of the agencies that presented the item in ``item``."""
    return tuple(dict.fromkeys(text[span.start : span.end] for span in presenting(norm, item, agencies)))


def presenting(norm: str, item: Span, agencies: Sequence[Span]) -> list[Span]:
    """The agencies that presented what ``item`` (an agenda item, or a clause of it) is about, in order.

    Those of a report heard come first; where none was heard, the bodies that 汇报, 作说明
    or whose paper it is (X提交的《…》). Empty where nobody is named.
    """
    inside = [span for span in sorted(agencies) if item.start <= span.start and span.end <= item.end]
    starts = [span.start for span in inside]
    heard = [
        span
        for match in _HEARD.finditer(norm, item.start, item.end)
        for span in _coordinated(norm, inside, starts, match.end())
    ]
    return heard or list(_reporting(norm, item, inside, starts))


def _coordinated(norm: str, spans: Sequence[Span], starts: Sequence[int], offset: int) -> Iterator[Span]:
    """The agencies joined by 、 and 和 from ``offset`` on; titles and names may stand between them."""
    index = bisect_left(starts, offset)
    while index < len(spans):
        between = norm[offset : spans[index].start]
        if len(between) > 24 or not _LINK.fullmatch(between):
            return
        yield spans[index]
        offset = spans[index].end
        index += 1


def _reporting(norm: str, item: Span, spans: Sequence[Span], starts: Sequence[int]) -> Iterator[Span]:
    """Agencies at the start of a sentence that report, and those whose paper is discussed."""
    begin = item.start
    bounds = [match.end() for match in _SENTENCE.finditer(norm, item.start, item.end)]
    for end in [*bounds, item.end]:
        index = bisect_left(starts, begin)
        group: list[Span] = []
        while index < len(spans) and spans[index].end <= end:
            previous = group[-1].end if group else begin
            if group and not _LINK.fullmatch(norm[previous : min(spans[index].start, previous + 24)]):
                break
            group.append(spans[index])
            index += 1
        if group:
            after = group[-1].end
            opens = norm[begin : group[0].start].strip(" \t\u3000") in ("", "会上,", "会议,")
            put = _PUT.search(norm[begin : group[0].start]) and _PAPER_ABOUT.match(norm, after, end)
            if put or (opens and _REPORTS.match(norm, after, end)) or _SUBMITTED.match(norm, after, end):
                yield from group
        begin = end
