"""A second look at each ACTION, beside the acts that the first look found likely.

In the first look a candidate knows the mentions of the recogniser around it, right or wrong. Here it knows what the first
look made of all candidates around it: acts taken back are gone, acts taken in are there, and of spans that overlap
the chances are compared. This is stacked sequential learning (Cohen and Carvalho 2005) over candidates.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from jiyao.components.acts_around import acts_around
from jiyao.components.candidates import Candidate
from jiyao.labels import EntityLabel

_LIKELY = 0.5
#: Longer ACTIONs are not met, so a rival of one begins at most so far before it.
_LONGEST = 24
_SUREST = 0.999


def in_company(norm: str, found: Sequence[Candidate], chances: Sequence[float]) -> Iterator[tuple[str, ...]]:
    """For each candidate of a page what is observed of it beside the others, given the ``chances`` of all, with what was
    observed of it before; nothing for other labels than ACTION, and nothing outside of all clauses."""
    acts = [
        (candidate.mention.start, candidate.mention.end, chance)
        for candidate, chance in zip(found, chances, strict=True)
        if candidate.mention.label is EntityLabel.ACTION
    ]
    likely = [(start, end) for start, end, chance in acts if chance >= _LIKELY]
    for candidate, chance in zip(found, chances, strict=True):
        mention, clause, by = candidate.mention, candidate.clause, candidate.by
        if mention.label is not EntityLabel.ACTION or clause is None:
            yield ()
            continue
        beside = likely[bisect_left(likely, (clause.start, 0)) : bisect_left(likely, (clause.end, 0))]
        rival, odds = _rival(mention.start, mention.end, acts), _log_odds(chance)
        yield (
            f"first-look={round(2 * odds)}",
            f"by={by}|first-look={round(2 * odds)}",
            f"rival={rival}|first-look={round(odds)}",
            *acts_around(norm, clause, mention.start, mention.end, beside, by),
            f"rival={rival}",
            f"by={by}|rival={rival}",
            *candidate.observations,
        )


def _rival(start: int, end: int, acts: Sequence[tuple[int, int, float]]) -> str:
    """The chance, in thirds, of the likeliest other candidate that overlaps ``[start, end)``."""
    near = acts[bisect_left(acts, (start - _LONGEST,)) : bisect_left(acts, (end,))]
    rivals = [chance for left, right, chance in near if (left, right) != (start, end) and right > start]
    return str(round(3 * max(rivals))) if rivals else "none"


def _log_odds(chance: float) -> float:
    """Logarithm of the odds of a chance, kept within those of 0.1 and 99.9 %."""
    kept = min(max(chance, 1 - _SUREST), _SUREST)
    return math.log(kept / (1 - kept))
