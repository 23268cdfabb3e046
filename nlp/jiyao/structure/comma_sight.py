"""What is seen at a comma: observations for whoever judges whether a clause starts behind it.

The stretches between commas are *pieces*; what opens a piece and what acts in it, what the clause has said so
far, and what the rules of :mod:`jiyao.structure.welds` would do are named, one string an observation. All of
them look at bounded stretches, so that a sentence of a megabyte costs no more than its length.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from jiyao.types import Span

_OPENS = re.compile(
    "(?:并|但|同时|其中|再|也)?(?:由|请|责成|对|将|把|按|根据|经|待|如|凡|在|从|以|会议|要|不得|严禁|一律|所需|各|该|此)"
)
#: 下步各部门要…: the agency opens the piece.
_NEXT = re.compile("下一?步|下阶段|接下来")
_BOUND = re.compile("要|须|不得|必须|应|一律|严禁")
_MARKS = ",。;!?\n "
_HEAD = 15  # characters of a piece's head and tail that are looked at in pairs
_TAIL = 8
_FAR = 60  # of a clause's beginning, and of a long piece


class CommaJudge(Protocol):
    """Tells whether a clause starts at ``position``, behind a comma, by what is seen there."""

    def starts_clause(self, position: int, observations: Sequence[str]) -> bool:
        """Whether one starts there."""
        ...


@dataclass(frozen=True, slots=True)
class Comma:
    """A comma between ``before`` and ``after``, in a clause that began at ``begin``; ``behind`` is the piece after next.

    ``flags`` are what the clause has said (actor, decided …), ``pieces`` how many; ``ruled`` and ``ruled_next``
    whether a rule starts a clause here, and at the next comma.
    """

    begin: int
    before: Span
    after: Span
    behind: Span | None
    flags: Sequence[str]
    pieces: int
    ruled: bool
    ruled_next: bool


class Sight:
    """Sees commas of one text."""

    def __init__(self, norm: str, agencies: Sequence[int], actions: Sequence[int]) -> None:
        """``agencies`` and ``actions`` are where the mentions start, in order."""
        self._norm = norm
        self._agencies = agencies
        self._actions = actions

    def observations(self, comma: Comma) -> list[str]:
        """The names of all that holds at ``comma``."""
        norm, before, after = self._norm, comma.before, comma.after
        text = norm[after.start : min(after.end, after.start + _FAR)].rstrip(_MARKS)
        end = norm[max(after.start, after.end - _TAIL) : after.end].rstrip(_MARKS)
        left = norm[before.start : min(before.end, before.start + _FAR)].rstrip(",")
        left_end = norm[max(before.start, before.end - _TAIL - 1) : before.end].rstrip(",")
        opens, here, last = self._opens(after.start), self._sort(after), self._sort(before)
        clause = self._sort(Span(comma.begin, after.start))
        bound = _BOUND.search(text[:20])
        ruled, said = f"ruled={int(comma.ruled)}", "+".join(comma.flags)
        seen = [
            ruled,
            f"next={int(comma.ruled_next)}",
            f"{ruled}|next={int(comma.ruled_next)}",
            f"{ruled}|{clause}>{here}",
            f"said={said}",
            f"said={said}|{here}",
            f"pieces={min(comma.pieces, 4)}",
            f"here={here}",
            f"before={last}",
            f"clause={clause}",
            f"before={last}>{here}",
            f"clause={clause}>{here}",
            f"bound={bound and bound.group()}|{opens}",
            f"length={min((after.end - after.start) // 5, 6)}",
            f"length before={min((before.end - before.start) // 5, 6)}",
            f"length of clause={min((after.start - comma.begin) // 15, 6)}",
            f"ends with {norm[after.end - 1 : after.end]}",
            f"clause opens {norm[comma.begin : comma.begin + 2]}",
            f"clause opens {norm[comma.begin : comma.begin + 4]}",
            f"opens {norm[comma.begin : comma.begin + 2]}>{text[:2]}",
            f"turn {left_end[-1:]}>{text[:1]}",
            f"turn {left_end[-1:]}>{opens}",
            f"before opens {left[:1]}",
            f"before opens {left[:2]}",
        ]
        seen += [name for flag in comma.flags for name in (f"flag={flag}", f"flag={flag}|{opens}")]
        seen += [f"opens {text[:length]}" for length in (1, 2, 3, 4)]
        seen += [f"ends {end[-length:]}" for length in (1, 2)]
        seen += [f"before ends {left_end[-length:]}" for length in (1, 2, 3)]
        seen += [f"has {text[at : at + 2]}" for at in range(min(len(text), _HEAD) - 1)]
        seen += [f"before has {left_end[at : at + 2]}" for at in range(len(left_end) - 1)]
        if comma.behind is None:
            seen += ["last", f"last|{here}"]
        else:
            following = self._sort(comma.behind)
            opening = norm[comma.behind.start : min(comma.behind.end, comma.behind.start + 2)]
            seen += [f"behind={following}", f"behind={here}>{following}", f"behind opens {opening}"]
        return seen

    def _opens(self, start: int) -> str:
        """What opens a piece: an agency, an act, a word of ``_OPENS``, or anything else."""
        if following := _NEXT.match(self._norm, start):
            start = following.end()
        if _has(self._agencies, start, start + 1):
            return "agency"
        if _has(self._actions, start, start + 1):
            return "act"
        found = _OPENS.match(self._norm, start, start + 8)
        return found.group() if found else "other"

    def _sort(self, piece: Span) -> str:
        """What opens a piece, and whether an agency (A) and an act (V) stand in it."""
        agency = "A" if _has(self._agencies, piece.start, piece.end) else "-"
        act = "V" if _has(self._actions, piece.start, piece.end) else "-"
        return f"{self._opens(piece.start)}{agency}{act}"


def _has(starts: Sequence[int], begin: int, end: int) -> bool:
    index = bisect_left(starts, begin)
    return index < len(starts) and starts[index] < end
