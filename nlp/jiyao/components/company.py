"""A second look at each ACTION, beside the acts that the first look found likely.

In the first look a candidate knows the mentions of the recogniser around it, right or wrong. Here it knows what the first
look made of all candidates around it: acts taken back are gone, acts taken in are there, and of spans that overlap
the chances are compared. This is stacked sequential learning (Cohen and Carvalho 2005) over candidates.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from jiyao.components.acts_around import acts_around
from jiyao.components.candidates import Candidate
from jiyao.labels import EntityLabel
from jiyao.types import Clause

_LIKELY = 0.5
#: Candidates are at most this long, so those that overlap one begin at most so far before it.
_LONGEST = 24
_SUREST = 0.999


def in_company(
    norm: str, clauses: Sequence[Clause], found: Sequence[Candidate], chances: Sequence[float]
) -> Iterator[tuple[str, ...]]:
    """For each candidate what is observed of it beside the others, given the ``chances`` of all, with what was observed of it
    before; nothing for other labels than ACTION, and nothing outside of all clauses."""
    indexes = [i for i, candidate in enumerate(found) if candidate.mention.label is EntityLabel.ACTION]
    spans = [(found[i].mention.start, found[i].mention.end) for i in indexes]
    own = [chances[i] for i in indexes]
    likely = [span for span, chance in zip(spans, own, strict=True) if chance >= _LIKELY]
    starts = [clause.start for clause in clauses]
    for candidate, chance in zip(found, chances, strict=True):
        mention, by = candidate.mention, candidate.by
        at = bisect_right(starts, mention.start) - 1
        if mention.label is not EntityLabel.ACTION or at < 0 or mention.start >= clauses[at].end:
            yield ()
            continue
        clause = clauses[at]
        acts = likely[bisect_left(likely, (clause.start, 0)) : bisect_left(likely, (clause.end, 0))]
        rival = _rival(mention.start, mention.end, spans, own)
        odds = log_odds(chance)
        names = [
            *acts_around(norm, clause, mention.start, mention.end, acts, by),
            f"rival={rival}",
            f"by={by}|rival={rival}",
        ]
        yield (
            f"first-look={round(2 * odds)}",
            f"by={by}|first-look={round(2 * odds)}",
            f"rival={rival}|first-look={round(odds)}",
            *names,
            *candidate.observations,
        )


def _rival(start: int, end: int, spans: Sequence[tuple[int, int]], chances: Sequence[float]) -> str:
    """The chance, in thirds, of the likeliest other candidate that overlaps ``[start, end)``."""
    best = -1.0
    for index in range(bisect_left(spans, (start - _LONGEST, 0)), bisect_left(spans, (end, 0))):
        if spans[index] != (start, end) and spans[index][1] > start:
            best = max(best, chances[index])
    return "none" if best < 0 else str(round(3 * best))


def log_odds(chance: float) -> float:
    """Logarithm of the odds of a chance, kept within those of 0.1 and 99.9 %."""
    kept = min(max(chance, 1 - _SUREST), _SUREST)
    return math.log(kept / (1 - kept))
