"""What the clause classifier reads: pkuseg words, names replaced by their kind, and context marks.

A clause is classed by its make-up, not by who happens to be named in it, so each
mention becomes one placeholder: the classifier sees the same words for places it
never saw. Context marks tell where the clause stands and which introducer
(会议指出, 会议要求) governs it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol

from jiyao.agencies import is_group
from jiyao.labels import EntityLabel


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class _Labelled(_Span, Protocol):
    @property
    def label(self) -> EntityLabel: ...


_PLACEHOLDER = {
    EntityLabel.AGENCY: "«机构»",
    EntityLabel.PERSON: "«人名»",
    EntityLabel.DOCUMENT: "«文件»",
    EntityLabel.DEADLINE: "«时限»",
}
_GROUP = "«各单位»"
_NUMBER = re.compile(r"[\d.%]+$")
_INTRODUCER = re.compile(r"^(?:会议|大家|与会\S{0,4})?一?致?(?:还|并)?(指出|强调|要求|认为|明确|议定|决定|听取)")
_ENUMERATOR = re.compile(r"\(?(?:[一二三四五六七八九十]{1,3}|\d{1,3}|[①-⑳])[)、.]*|第[一二三四五六七八九十]{1,3}、")
_STOP = "。;!?"


def clause_words(
    norm: str, clauses: Sequence[_Span], mentions: Sequence[_Labelled], words: Sequence[tuple[int, int]]
) -> list[str]:
    """The words of each clause, joined by single spaces.

    ``norm`` is the normalised text; clauses, mentions and words are in the order
    of the text and refer to it by offset.
    """
    starts = [start for start, _ in words]
    mention_starts = [mention.start for mention in mentions]
    out: list[str] = []
    introducer, line_end = "", -1
    for number, clause in enumerate(clauses):
        if clause.start > line_end:
            introducer = ""
            found = norm.find("\n", clause.start)
            line_end = found if found >= 0 else len(norm)
        inner = mentions[bisect_left(mention_starts, clause.start) : bisect_left(mention_starts, clause.end)]
        tokens = _clause_tokens(norm, clause, inner, words, starts)
        introducer = _introducer(norm, clause, inner) or introducer
        before = norm[clauses[number - 1].end - 1] if number and clauses[number - 1].end > 0 else ""
        context = _context(norm, clause, before, introducer)
        out.append(" ".join([*context, *tokens]))
    return out


def _clause_tokens(
    norm: str,
    clause: _Span,
    mentions: Sequence[_Labelled],
    words: Sequence[tuple[int, int]],
    starts: Sequence[int],
) -> list[str]:
    tokens: list[str] = []
    remaining = [mention for mention in mentions if mention.label in _PLACEHOLDER]
    covered = -1
    for index in range(max(0, bisect_left(starts, clause.start) - 1), len(words)):
        start, end = words[index]
        if start >= clause.end:
            break
        start, end = max(start, clause.start), min(end, clause.end)
        while remaining and remaining[0].start < end:
            mention = remaining.pop(0)
            if start < mention.start:
                tokens.append(_word(norm[max(start, covered) : mention.start]))
            tokens.append(_placeholder(norm, mention))
            covered = mention.end
        if covered < end and start < end:
            tokens.append(_word(norm[max(start, covered) : end]))
    return [token for token in tokens if token]


def _placeholder(norm: str, mention: _Labelled) -> str:
    if mention.label is EntityLabel.AGENCY and is_group(norm[mention.start : mention.end]):
        return _GROUP
    return _PLACEHOLDER[mention.label]


def _word(text: str) -> str:
    text = re.sub(r"\s+", "", text)
    return "«数»" if _NUMBER.match(text) else text


def _introducer(norm: str, clause: _Span, mentions: Sequence[_Labelled]) -> str:
    """The introducer at the head of a clause: 会议要求, or a person's 强调."""
    head = clause.start
    if mentions and mentions[0].start == head and mentions[0].label is EntityLabel.PERSON:
        head = mentions[0].end
    match = _INTRODUCER.match(norm[head : head + 12])
    return match.group(1) if match else ""


def _context(norm: str, clause: _Span, before: str, introducer: str) -> list[str]:
    line_start = norm.rfind("\n", 0, clause.start) + 1
    context = [f"<引{introducer}>" if introducer else "<引无>"]
    opening = norm[line_start : clause.start].strip()
    if not opening or _ENUMERATOR.fullmatch(opening):
        # The first clause of its line, behind the indent or an enumerator.
        context.append("<行首>" if not opening else "<序号>")
        if line_start == clause.start:
            context.append("<顶格>")
    else:
        context.append(f"<承{before if before in _STOP else ','}>")
    last = norm[clause.end - 1 : clause.end]
    context.append(f"<止{last}>" if last in "。;!?:," else "<止无>")
    return context
