"""Merge what the model found with what rules found; each mention keeps where it came from.

A rule speaks up only where form decides (《…》, a document number, a roll entry), so
where the two overlap the rule wins; a model mention that a rule mention with the
same span and label confirms stays one mention, of the rule's origin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jiyao.types import Mention


def reconcile(model: Sequence[Mention], rules: Iterable[Mention]) -> tuple[Mention, ...]:
    """All mentions in order, without overlaps."""
    kept: list[Mention] = []
    for mention in sorted(rules, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    covered = [False] * (max((m.end for m in (*model, *kept)), default=0) + 1)
    for mention in kept:
        covered[mention.start : mention.end] = [True] * (mention.end - mention.start)
    kept += [mention for mention in model if not any(covered[mention.start : mention.end])]
    return tuple(sorted(kept, key=lambda mention: mention.start))
