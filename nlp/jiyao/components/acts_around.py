"""The acts around a candidate in its clause: what stands between it and the nearest act on each side.

Acts come in chains (制定方案、组织实施并报告), and what joins two of them is short and of few kinds; behind a 的 or within
an object no second act begins. So the stretch between two acts says much about both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jiyao.types import Clause

_JOINTS = "、的并和及与后再"
_STOPS = frozenset(",;:")
_NONE = "none"


def acts_around(
    norm: str, clause: Clause, start: int, end: int, acts: Sequence[tuple[int, int]], by: str
) -> Iterator[str]:
    """Observations of ``[start, end)`` beside ``acts``: spans in the clause, in order; those that overlap it do not count."""
    before = [act for act in acts if act[1] <= start]
    behind = [act for act in acts if act[0] >= end]
    last, first = (before[-1] if before else None), (behind[0] if behind else None)
    left = _NONE if last is None else stretch(norm[last[1] : start])
    right = _NONE if first is None else stretch(norm[end : first[0]])
    yield f"act-before={left}"
    yield f"act-behind={right}"
    yield f"by={by}|act-before={left}"
    yield f"by={by}|act-behind={right}"
    yield f"act-before={left}|act-behind={right}"
    if last is not None:
        yield f"act-before={norm[slice(*last)]}|{left}"
    yield f"by={by}|class={clause.label}|first-act={last is None}"
    yield f"class={clause.label}|acts-before={min(len(before), 3)}|acts-behind={min(len(behind), 3)}"
    yield f"class={clause.label}|place={min((start - clause.start) // 4, 6)}"


def stretch(text: str) -> str:
    """What joins two acts, in short: the stops and joints that are in it, and its length in threes of characters."""
    if not text:
        return "nothing"
    stop = "," if not _STOPS.isdisjoint(text) else ""
    return f"{stop}{''.join(joint for joint in _JOINTS if joint in text)}{min(len(text) // 3, 4)}"
