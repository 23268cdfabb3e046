"""A clause that binds has a verb: where a model found none, the first official act of the lexicon is taken."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from functools import cache
from itertools import chain

from jiyao import lexicon
from jiyao.labels import ClauseLabel, EntityLabel, Origin
from jiyao.lexicon import ActionRole
from jiyao.rules.silent_frames import silent_frames
from jiyao.types import Clause, Mention

RULE = "act-of-lexicon"
_BINDING = frozenset({ClauseLabel.ASSIGNMENT, ClauseLabel.REQUIREMENT, ClauseLabel.PROCEDURE, ClauseLabel.COMMITMENT})
#: What stands right before a predicate, bodies and deadlines aside: 要, adverbs, 把X, 对X.
_PREDICATE = re.compile(
    r"(?:要|应当?|必?须|务必|再|并|先|就|即|抓紧|尽快|立即|及时|认真|切实|逐[\u4e00-\u9fff]|统一|全面|依法|共同|分别|进一步|继续|积极|主动|严格|负责"
    r"|[把将对][^,。;把将对]{2,20})$"
)
#: A verb that only describes: 申报[的], 汇总[表].
_DESCRIBES = re.compile("的|[表书单员费率量额款工作品]")


def with_actions(norm: str, clauses: Sequence[Clause], mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """``mentions`` in order, with an ACTION for each binding clause that had none."""
    ordered = sorted(mentions, key=lambda mention: mention.start)
    starts = [mention.start for mention in ordered]
    found: list[Mention] = []
    silent = frozenset(chain.from_iterable(silent_frames(norm)))
    for clause in clauses:
        if clause.label not in _BINDING:
            continue
        inside = ordered[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        if any(mention.label is EntityLabel.ACTION for mention in inside):
            continue
        span = _first_act(norm, clause, inside, silent)
        if span is not None:
            start, end = span
            found.append(Mention(start, end, EntityLabel.ACTION, norm[start:end], origin=Origin.RULE, rule=RULE))
    return tuple(sorted((*ordered, *found), key=lambda mention: mention.start))


def _first_act(norm: str, clause: Clause, inside: Sequence[Mention], silent: Container[int]) -> tuple[int, int] | None:
    ends = {mention.end for mention in inside}
    taken = {place for mention in inside for place in range(mention.start, mention.end)}
    for match in _acts().finditer(norm, clause.start, clause.end):
        if not taken.isdisjoint(range(*match.span())):
            continue
        if _DESCRIBES.match(norm, match.end()) or match.start() in silent:
            continue
        if match.start() in ends or _PREDICATE.search(norm, clause.start, match.start()):
            return match.span()
    return None


@cache
def _acts() -> re.Pattern[str]:
    """Verbs of two characters and more, without those of the meeting's own proceedings."""
    verbs = (verb.text for verb in lexicon.actions() if len(verb.text) > 1 and verb.role is not ActionRole.PROCEEDING)
    return re.compile("|".join(re.escape(verb) for verb in sorted(verbs, key=len, reverse=True)))
