"""What is marked on the labelling screen: regions, relations and a genre, to and from the server's JSON.

The server checks almost nothing and is not trusted: :func:`read_marking` takes any JSON value and gives either
a marking or the reasons why it is none; :func:`check_marking` is held against our own markings before they are sent
and against those of others after they came.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from jiyao.labels import RELATION_CHINESE, ClauseLabel, EntityLabel, TaskRelation
from jiyao.review.labelling import CLAUSE, ENTITY, GENRE, GENRE_CHOICES, RELATION_OF, TARGETS, TEXT

#: No page has more; what has, was not marked by a person.
MAX_RESULTS = 20_000
_MAX_ID = 64
_ORIGINS = ("manual", "prediction", "prediction-changed")


@dataclass(frozen=True, slots=True)
class Region:
    """A labelled span. ``origin`` is the server's word for where it came from; ``score`` is in [0, 1]."""

    id: str
    start: int
    end: int
    label: EntityLabel | ClauseLabel
    score: float | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from the region of a clause to that of a mention, by their ids."""

    clause: str
    mention: str
    relation: TaskRelation


@dataclass(frozen=True, slots=True)
class Marking:
    """All that is marked on one document. ``genre`` is one of the choices on the screen."""

    regions: tuple[Region, ...] = ()
    links: tuple[Link, ...] = ()
    genre: str | None = None

    def entities(self) -> list[Region]:
        """The entity regions, in the order of the text."""
        return self._of(EntityLabel)

    def clauses(self) -> list[Region]:
        """The clause regions, in the order of the text."""
        return self._of(ClauseLabel)

    def _of(self, kind: type[EntityLabel] | type[ClauseLabel]) -> list[Region]:
        found = [region for region in self.regions if isinstance(region.label, kind)]
        return sorted(found, key=lambda region: (region.start, region.end))


def check_marking(marking: Marking, text: str) -> list[str]:
    """What is wrong with a marking of ``text``: offsets, overlaps, relation ends. Empty if nothing is."""
    found = []
    regions: dict[str, Region] = {}
    for region in marking.regions:
        if region.id in regions:
            found.append(f"two regions have the id {region.id!r}")
        regions[region.id] = region
        found += _check_region(region, text)
    for group in (marking.entities(), marking.clauses()):
        for one, two in pairwise(group):
            if two.start < one.end:
                found.append(f"{_say(one, text)} and {_say(two, text)} overlap")
    starts = [clause.start for clause in marking.clauses()]
    for region in marking.entities():
        if bisect_left(starts, region.end) > bisect_right(starts, region.start):
            found.append(f"{_say(region, text)} runs over the start of a clause")
    for link in marking.links:
        found += _check_link(link, regions, text)
    for link, count in _counted(marking.links).items():
        if count > 1:
            found.append(f"the relation {RELATION_CHINESE[link.relation]} is drawn {count} times between the same two")
    return found


def _check_region(region: Region, text: str) -> list[str]:
    if not 0 <= region.start < region.end <= len(text):
        return [f"region {region.id!r} stands at {region.start}-{region.end} of {len(text)} characters"]
    if region.score is not None and not 0 <= region.score <= 1:
        return [f"{_say(region, text)} has the score {region.score}"]
    content = text[region.start : region.end]
    if not content.strip():
        return [f"{_say(region, text)} holds nothing but white space"]
    if isinstance(region.label, EntityLabel) and "\n" in content:
        return [f"{_say(region, text)} runs over a line end"]
    return []


def _check_link(link: Link, regions: Mapping[str, Region], text: str) -> list[str]:
    clause, mention = regions.get(link.clause), regions.get(link.mention)
    shown = RELATION_CHINESE[link.relation]
    if clause is None or mention is None:
        return [f"a relation {shown} hangs in the air: one of its ends is not there"]
    if not isinstance(clause.label, ClauseLabel) or mention.label not in TARGETS[link.relation]:
        return [f"a relation {shown} leads from {_say(clause, text)} to {_say(mention, text)}"]
    return []


def _counted(links: Iterable[Link]) -> dict[Link, int]:
    counts: dict[Link, int] = {}
    for link in links:
        counts[link] = counts.get(link, 0) + 1
    return counts


def _say(region: Region, text: str) -> str:
    return f"{region.label.value} {text[region.start : region.end][:12]!r} at {region.start}"


# --- to the server ---------------------------------------------------------------------------


def write_marking(marking: Marking, text: str) -> list[dict[str, Any]]:
    """The results of a prediction, as the server stores them."""
    results: list[dict[str, Any]] = []
    for region in marking.regions:
        name = ENTITY if isinstance(region.label, EntityLabel) else CLAUSE
        content = {"start": region.start, "end": region.end, "text": text[region.start : region.end]}
        row: dict[str, Any] = {"id": region.id, "from_name": name, "to_name": TEXT, "type": "labels"}
        row["value"] = {**content, "labels": [region.label.value]}
        if region.score is not None:
            row["score"] = region.score
        if region.origin is not None:
            row["origin"] = region.origin
        results.append(row)
    for link in marking.links:
        ends = {"from_id": link.clause, "to_id": link.mention, "direction": "right"}
        results.append({"type": "relation", **ends, "labels": [RELATION_CHINESE[link.relation]]})
    if marking.genre is not None:
        choice = {"from_name": GENRE, "to_name": TEXT, "type": "choices", "value": {"choices": [marking.genre]}}
        results.append({"id": GENRE, **choice})
    return results


# --- from the server -------------------------------------------------------------------------


def read_marking(results: object, text: str) -> tuple[Marking, list[str]]:
    """The marking that the server's results stand for, and all that is wrong with them.

    A relation is taken from clause to mention whichever way it was drawn. Of the server's values only ids,
    offsets, labels, scores and origins are read; quoted text never is.
    """
    if not isinstance(results, list):
        return Marking(), ["the results are no list"]
    if len(results) > MAX_RESULTS:
        return Marking(), [f"{len(results)} results are more than {MAX_RESULTS}"]
    problems: list[str] = []
    regions: list[Region] = []
    relations: list[Mapping[str, Any]] = []
    genres: list[str] = []
    for row in results:
        kind = row.get("type") if isinstance(row, dict) else None
        if kind == "labels":
            region = _region(row)
            if isinstance(region, str):
                problems.append(region)
            else:
                regions.append(region)
        elif kind == "relation":
            relations.append(row)
        elif kind == "choices":
            genres += [genre] if (genre := _genre(row)) else []
            problems += [] if genre else ["a choice that is not on the screen"]
        else:
            problems.append(f"a result of the kind {_short(kind)}")
    if len(genres) > 1:
        problems.append("several genres are chosen")
    by_id = {region.id: region for region in regions}
    links = []
    for row in relations:
        link = _link(row, by_id)
        if isinstance(link, str):
            problems.append(link)
        else:
            links.append(link)
    marking = Marking(tuple(regions), tuple(links), genres[0] if genres else None)
    return marking, problems + check_marking(marking, text)


def _region(row: Mapping[str, Any]) -> Region | str:
    value, name = row.get("value"), row.get("from_name")
    labels = value.get("labels") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(labels, list) or len(labels) != 1 or row.get("to_name") != TEXT:
        return f"region {_short(row.get('id'))} has no label, or several"
    if name not in (ENTITY, CLAUSE):
        return f"a region of the unknown label set {_short(name)}"
    names: Sequence[str] = [label.value for label in (EntityLabel if name == ENTITY else ClauseLabel)]
    if labels[0] not in names:
        return f"a region with the unknown label {_short(labels[0])}"
    start, end, ident, score, origin = value.get("start"), value.get("end"), *map(row.get, ("id", "score", "origin"))
    if type(start) is not int or type(end) is not int:
        return f"region {_short(ident)} has no whole offsets"
    if not isinstance(ident, str) or not 0 < len(ident) <= _MAX_ID:
        return f"a region at {start} has no usable id"
    return Region(
        id=ident,
        start=start,
        end=end,
        label=EntityLabel(labels[0]) if name == ENTITY else ClauseLabel(labels[0]),
        score=float(score) if isinstance(score, int | float) and not isinstance(score, bool) else None,
        origin=origin if origin in _ORIGINS else None,
    )


def _link(row: Mapping[str, Any], regions: Mapping[str, Region]) -> Link | str:
    ends, labels = (row.get("from_id"), row.get("to_id")), row.get("labels")
    if not all(isinstance(end, str) and end in regions for end in ends):
        return "a relation hangs in the air: one of its ends is not there"
    if not isinstance(labels, list) or len(labels) != 1:
        where = regions[str(ends[0])].start
        return f"the relation drawn at {where} has no role, or several: choose one of {'、'.join(RELATION_OF)}"
    if not isinstance(labels[0], str) or labels[0] not in RELATION_OF:
        return f"a relation with the unknown role {_short(labels[0])}"
    first, second = str(ends[0]), str(ends[1])
    if isinstance(regions[first].label, EntityLabel) and isinstance(regions[second].label, ClauseLabel):
        first, second = second, first
    return Link(first, second, RELATION_OF[labels[0]])


def _genre(row: Mapping[str, Any]) -> str | None:
    value = row.get("value")
    choices = value.get("choices") if isinstance(value, dict) else None
    if isinstance(choices, list) and len(choices) == 1 and isinstance(choices[0], str):
        return choices[0] if row.get("from_name") == GENRE and choices[0] in GENRE_CHOICES else None
    return None


def _short(value: object) -> str:
    """A foreign value in a message: short, on one line, nothing that a terminal would obey."""
    return ascii(value)[:40] if not isinstance(value, str) else repr(value[:40])
