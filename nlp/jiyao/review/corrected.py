"""A marking to a document of the corpus: spans as marked, records from the relations and, beyond them, by the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiyao.corpus.check import check_document
from jiyao.corpus.draft import draft_document
from jiyao.corpus.format import dump_document, parse_document
from jiyao.corpus.marks import parse_marks, write_marks
from jiyao.corpus.model import About, CorpusDocument, GoldClause, GoldSpan
from jiyao.errors import CorpusError, JiyaoError
from jiyao.labels import ClauseLabel, EntityLabel, Genre
from jiyao.review.labelling import EXCLUDE
from jiyao.review.marking import Marking
from jiyao.review.outgoing import level_of, place_of
from jiyao.review.relations import Tie, ties, with_ties
from jiyao.types import Span

_UNKNOWN = "unknown"


class ContradictionError(JiyaoError):
    """A marking that the corpus cannot hold: a person has to mend it on the screen."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document, and what about it wants a second look."""

    document: CorpusDocument
    doubts: tuple[str, ...]


def corrected(name: str, text: str, marking: Marking, *, second: str | None = None) -> Corrected:
    """The document that a sound ``marking`` of ``text`` stands for.

    Raises:
        ContradictionError: text in no clause, or marks that the format cannot hold.
    """
    entities = tuple(GoldSpan(r.start, r.end, r.label) for r in marking.entities() if isinstance(r.label, EntityLabel))
    drawn = [GoldClause(r.start, r.end, r.label) for r in marking.clauses() if isinstance(r.label, ClauseLabel)]
    clauses = _as_stored(name, text, entities, drawn)
    doubts = _moved(text, drawn, clauses)
    about = About(_UNKNOWN, _UNKNOWN, _genre(marking), _UNKNOWN, second)
    drafted = draft_document(name, text, about, entities, clauses)
    document = drafted.document
    if marking.links:
        document, partings = with_ties(drafted, _ties_by_clause(marking, clauses))
        doubts += partings
    elif any(ties(record, drafted.mentions, drafted.titles) for record in drafted.records):
        doubts.append("no relation is drawn: its records are the rules' own")
    place = place_of(document.meeting) or _UNKNOWN
    about = replace(about, place=place, level=level_of(document.meeting, place))
    document = replace(document, about=about)
    _check_spelling(document)
    doubts += [str(finding) for finding in check_document(document) if finding.serious]
    return Corrected(document, tuple(doubts))


def is_excluded(marking: Marking) -> bool:
    """Whether the person said that the page does not belong in the corpus."""
    return marking.genre == EXCLUDE


def _genre(marking: Marking) -> str:
    return marking.genre if marking.genre not in (None, EXCLUDE) and marking.genre else Genre.MINUTES.value


def _as_stored(
    name: str, text: str, entities: tuple[GoldSpan, ...], drawn: Sequence[GoldClause]
) -> tuple[GoldClause, ...]:
    """The clauses as the corpus format gives them back."""
    try:
        again, same, clauses = parse_marks(write_marks(text, entities, tuple(drawn)), name)
    except CorpusError as error:
        raise ContradictionError(name, error.reason, error.remedy) from None
    if again != text or same != entities or [c.label for c in clauses] != [c.label for c in drawn]:
        raise ContradictionError(name, "its marks cannot be stored as they are", "look for marks that touch or nest")
    for one, stored in zip(drawn, clauses, strict=True):
        if stored.end > one.end:
            lost = " ".join(text[one.end : stored.end].split())
            raise ContradictionError(
                name, f"{lost[:20]!r} at {one.end} stands in no clause", "mark it, or widen a clause"
            )
        if stored.start < one.start:
            raise ContradictionError(name, f"the clause at {one.start} cannot start there", "move its start")
    return clauses


def _moved(text: str, drawn: Sequence[GoldClause], stored: Sequence[GoldClause]) -> list[str]:
    """Clauses that the format cuts: white space and enumerators at their ends belong to none."""
    return [
        f"clause {text[one.start : one.end][:10]!r} at {one.start} is kept as {two.start}-{two.end} of {one.start}-{one.end}"
        for one, two in zip(drawn, stored, strict=True)
        if (one.start, one.end) != (two.start, two.end)
    ]


def _ties_by_clause(marking: Marking, clauses: Sequence[GoldClause]) -> dict[int, list[Tie]]:
    regions = {region.id: region for region in marking.regions}
    start_of = {region.id: clause.start for region, clause in zip(marking.clauses(), clauses, strict=True)}
    found: dict[int, list[Tie]] = defaultdict(list)
    for link in marking.links:
        mention = regions[link.mention]
        found[start_of[link.clause]].append((link.relation, Span(mention.start, mention.end)))
    return found


def _check_spelling(document: CorpusDocument) -> None:
    """The file gives back just this document, or is not written."""
    try:
        same = parse_document(dump_document(document), document.name) == document
    except CorpusError as error:
        raise ContradictionError(document.name, error.reason, error.remedy) from None
    if not same:
        raise ContradictionError(
            document.name, "its records cannot be stored as they are", "report it with the document"
        )
