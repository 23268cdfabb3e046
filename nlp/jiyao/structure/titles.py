"""Documents that can be seen without a model: 《…》 with stage marks, numbers, defined aliases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from jiyao.labels import EntityLabel, Origin
from jiyao.lexicon import papers, stages
from jiyao.types import Layout, LineKind, Mention

_NUMBER = re.compile(r"[〔\[【(](?:19|20)\d{2}[〕\]】)]\s?(?:第\s?)?\d{1,4}\s?号")
#: The issuer's code before the bracket: 苏府, 国办发, 朔政常纪 …; words that lead up to it are none of it.
_NUMBER_PREFIX = re.compile(
    r"(?:根据|按照|依据|依照|参照|见|以|印发|下发|的|和|及|据|文件|通知|于|[^\u4e00-\u9fff]|^)(?P<code>[\u4e00-\u9fff]{0,8}?)$"
)
_ALIAS = re.compile(r"\((?:以下|下|本文)?(?:统|并)?简称[::]?[“\"]?(?P<alias>[\u4e00-\u9fff]{2,14})[”\"]?\)")
_LONGEST_TITLE = 200


@cache
def _stage() -> re.Pattern[str]:
    words = "|".join(sorted((re.escape(stage.text) for stage in stages()), key=len, reverse=True))
    return re.compile(
        rf"\s?\((?:\d{{4}}年)?(?:{words})(?:第?[一二三四五六七八九十\d]+[稿版])?\)|(?:送审稿|审议稿|讨论稿|征求意见稿)"
    )


@cache
def _papers() -> tuple[str, ...]:
    return tuple(paper.text for paper in papers())


def find_documents(norm: str, layout: Layout) -> tuple[Mention, ...]:
    """Every document mention that the page shows by its form, in order, without overlaps."""
    own = [(line.start, line.end) for line in layout.lines if line.kind in (LineKind.NUMBER, LineKind.TITLE)]
    spans: list[tuple[int, int, str]] = [(start, end, "book-title-marks") for start, end in _titles(norm)]
    taken = [(start, end) for start, end, _ in spans]
    for start, end in _numbers(norm):
        if not _within(start, own) and not _within(start, taken):
            spans.append((start, end, "document-number"))
    for start, end in _aliases(norm):
        if not _within(start, taken):
            spans.append((start, end, "alias"))
    return tuple(
        Mention(start, end, EntityLabel.DOCUMENT, norm[start:end], origin=Origin.RULE, rule=rule)
        for start, end, rule in _disjoint(sorted(spans))
    )


def _titles(norm: str) -> Iterator[tuple[int, int]]:
    """《…》, nested ones as one, stage marks behind them included; an unclosed one is left to the model."""
    position = 0
    while (start := norm.find("《", position)) >= 0:
        end = _closing(norm, start)
        if end is None:
            position = start + 1
            continue
        stage = _stage().match(norm, end)
        while stage:
            end = stage.end()
            stage = _stage().match(norm, end)
        yield start, end
        position = end


def _closing(norm: str, start: int) -> int | None:
    """Offset behind the 》 that closes the 《 at ``start``; ``None`` if its line or the longest title ends first."""
    depth = 0
    for position in range(start, min(len(norm), start + _LONGEST_TITLE)):
        char = norm[position]
        if char == "\n":
            return None
        depth += (char == "《") - (char == "》")
        if depth == 0:
            return position + 1
    # The inner title was not closed: take the first 》.
    first = norm.find("》", start, start + _LONGEST_TITLE)
    return first + 1 if first >= 0 and "\n" not in norm[start:first] else None


def _numbers(norm: str) -> Iterator[tuple[int, int]]:
    for match in _NUMBER.finditer(norm):
        before = norm[max(0, match.start() - 10) : match.start()]
        prefix = _NUMBER_PREFIX.search(before)
        yield match.start() - (len(prefix.group("code")) if prefix else 0), match.end()


def _aliases(norm: str) -> Iterator[tuple[int, int]]:
    """An alias without 《》, where 以下简称 defines it and wherever it stands afterwards."""
    for match in _ALIAS.finditer(norm):
        alias = match.group("alias")
        if not alias.endswith(_papers()):
            continue  # 以下简称“市局”: an agency
        yield match.start("alias"), match.end("alias")
        for later in re.finditer(re.escape(alias), norm[match.end() :]):
            yield match.end() + later.start(), match.end() + later.end()


def _within(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _disjoint(spans: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    last = 0
    for start, end, rule in spans:
        if start >= last:
            yield start, end, rule
            last = end
