"""How well model and persons agree, from what was pulled; no server is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any

from jiyao.agreement import compare
from jiyao.corpus.model import CorpusDocument
from jiyao.review.changes import NO_CHANGES, changes
from jiyao.review.corrected import ContradictionError, corrected, is_excluded
from jiyao.review.marking import Marking
from jiyao.review.reviews import Review, latest

Pair = tuple[CorpusDocument, CorpusDocument]


def measure(reviews: Iterable[Review]) -> dict[str, Any]:
    """All agreement over the last state of each review.

    ``blind`` is what the person marked without seeing the model's marking: the honest figure; ``assisted`` the rest,
    which is too high, for who corrects a prediction leaves what looks plausible. In ``persons`` the one who was first counts as gold.
    """
    last = [review for review in latest(reviews) if not is_excluded(review.marking)]
    return {
        "reviews": len(last),
        "documents": len({(review.name, review.digest) for review in last}),
        "reviewers": sorted({review.who for review in last}),
        "model_against_person": {
            "blind": _model(review for review in last if review.blind),
            "assisted": _model(review for review in last if not review.blind),
        },
        "person_against_person": _compared(list(_person_pairs(last))),
        "by_model": _grouped(last, lambda review: review.model_version or "none"),
        "by_week": _grouped(last, _week),
        "by_reviewer": _grouped(last, lambda review: review.who),
    }


def _model(reviews: Iterable[Review]) -> dict[str, Any]:
    """The person's marking counts as gold."""
    given = [review for review in reviews if review.predicted is not None]
    total = NO_CHANGES
    for review in given:
        total += changes(review.predicted or Marking(), review.marking)
    return {**_compared(list(_model_pairs(given))), "changes": total.as_dict()}


def _compared(pairs: list[Pair]) -> dict[str, Any]:
    """The measures, or only that there is nothing to measure: no agreement is no perfect agreement."""
    return compare(pairs) if pairs else {"documents": 0}


def _model_pairs(reviews: Sequence[Review]) -> Iterable[Pair]:
    for review in reviews:
        person, model = _document(review, review.marking), _document(review, review.predicted)
        if person and model:
            yield person, model


def _person_pairs(reviews: Sequence[Review]) -> Iterable[Pair]:
    by_text: dict[tuple[str, str], dict[str, Review]] = defaultdict(dict)
    for review in reviews:
        by_text[review.name, review.digest][review.who] = review
    for persons in by_text.values():
        for one, two in combinations(sorted(persons.values(), key=lambda each: each.created), 2):
            first, second = _document(one, one.marking), _document(two, two.marking)
            if first and second:
                yield first, second


def _document(review: Review, marking: Marking | None) -> CorpusDocument | None:
    """The document of a marking; none if the corpus cannot hold it (a pull reports that)."""
    try:
        return corrected(review.name, review.text, marking).document if marking else None
    except ContradictionError:
        return None


def _grouped(reviews: Sequence[Review], key: Callable[[Review], str]) -> dict[str, Any]:
    groups: dict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        groups[key(review)].append(review)
    return {
        name: {
            "reviews": len(given),
            "minutes_a_document": _pace(given),
            "blind": _figures(_model(review for review in given if review.blind)),
            "assisted": _figures(_model(review for review in given if not review.blind)),
        }
        for name, given in sorted(groups.items())
    }


def _figures(scores: dict[str, Any]) -> dict[str, Any]:
    """The few figures by which groups are compared."""
    if not scores["documents"]:
        return {"documents": 0}
    return {
        "documents": scores["documents"],
        "entities": scores["entities_micro"]["f"],
        "clause_kappa": scores["clause_kappa"],
        "tasks_complete": scores["tasks_complete"]["f"],
    }


def _pace(reviews: Sequence[Review]) -> float | None:
    times = [review.seconds for review in reviews if review.seconds]
    return round(sum(times) / len(times) / 60, 1) if times else None


def _week(review: Review) -> str:
    year, week, _ = datetime.fromisoformat(review.updated).isocalendar()
    return f"{year}-W{week:02}"
