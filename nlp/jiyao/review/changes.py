"""What a person made of a prediction: kept, changed, added, deleted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from jiyao.labels import EntityLabel
from jiyao.review.marking import Marking, Region


@dataclass(frozen=True, slots=True)
class Changes:
    """Counts over regions, by label of the prediction (of the person, for what was added), and over relations.

    ``changed`` is a region that the person moved or gave another label: predicted and corrected overlap.
    """

    kept: Counter[str]
    changed: Counter[str]
    added: Counter[str]
    deleted: Counter[str]

    def __add__(self, other: Changes) -> Changes:
        return Changes(
            self.kept + other.kept,
            self.changed + other.changed,
            self.added + other.added,
            self.deleted + other.deleted,
        )

    def as_dict(self) -> dict[str, dict[str, int]]:
        """For reports."""
        named = (("kept", self.kept), ("changed", self.changed), ("added", self.added), ("deleted", self.deleted))
        return {name: dict(sorted(counts.items())) for name, counts in named}


NO_CHANGES = Changes(Counter(), Counter(), Counter(), Counter())


def changes(predicted: Marking, corrected: Marking) -> Changes:
    """Compare a prediction with what a person left of it."""
    total = NO_CHANGES
    for before, after in (
        (predicted.entities(), corrected.entities()),
        (predicted.clauses(), corrected.clauses()),
    ):
        total += _regions(before, after)
    return total + _links(predicted, corrected)


def _regions(before: list[Region], after: list[Region]) -> Changes:
    there = {_what(region): region for region in after}
    kept = [region for region in before if there.pop(_what(region), None)]
    same = {_what(region) for region in kept}
    rest = list(there.values())
    changed, deleted = Counter[str](), Counter[str]()
    for region in before:
        if _what(region) in same:
            continue
        partner = max(rest, key=lambda other: _shared(region, other), default=None)
        if partner is not None and _shared(region, partner) > 0:
            rest.remove(partner)
            changed[_name(region)] += 1
        else:
            deleted[_name(region)] += 1
    return Changes(Counter(map(_name, kept)), changed, Counter(map(_name, rest)), deleted)


def _links(before: Marking, after: Marking) -> Changes:
    one, two = _drawn(before), _drawn(after)
    kept, added, deleted = (Counter(link[-1] for link in links) for links in (one & two, two - one, one - two))
    return Changes(kept, Counter(), added, deleted)


def _drawn(marking: Marking) -> set[tuple[int, int, int, str]]:
    """Relations by where they start and end: ids change from marking to marking."""
    at = {region.id: region for region in marking.regions}
    return {
        (at[link.clause].start, at[link.mention].start, at[link.mention].end, f"relation {link.relation.value}")
        for link in marking.links
    }


def _what(region: Region) -> tuple[int, int, str]:
    return region.start, region.end, region.label.value


def _name(region: Region) -> str:
    return f"{'entity' if isinstance(region.label, EntityLabel) else 'clause'} {region.label.value}"


def _shared(one: Region, two: Region) -> int:
    return min(one.end, two.end) - max(one.start, two.start)
