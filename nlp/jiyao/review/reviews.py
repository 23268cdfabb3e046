"""One person's finished review of one document, and how it is kept on disk.

``reviews.jsonl`` in the folder of pulled documents has a row for each state of each annotation that was
ever pulled; rows are added, never changed. Agreement and its course over time are read from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from jiyao.errors import WriteError
from jiyao.review.files import read_rows, write_rows
from jiyao.review.marking import Marking, read_marking, write_marking

REVIEWS = "reviews.jsonl"
_NAME = re.compile(r"\w[\w.()\uff08\uff09〔〕 -]{0,150}")


@dataclass(frozen=True, slots=True)
class Review:
    """A submitted annotation: who, when, of which text, from which prediction.

    ``predicted`` is the model's marking of the same text, ``None`` where the server has none; in a blind review the
    person did not see it. ``prediction`` is its id if the person started from it. Times are ISO, as the server says.
    """

    url: str
    project: int
    task: int
    annotation: int
    name: str
    digest: str
    text: str
    who: str
    created: str
    updated: str
    seconds: float | None
    prediction: int | None
    model_version: str | None
    blind: bool
    ground_truth: bool
    marking: Marking
    predicted: Marking | None

    @property
    def link(self) -> str:
        """Where the review can be seen."""
        return f"{self.url}/projects/{self.project}/data?task={self.task}"

    @property
    def state(self) -> tuple[str, int, int, str]:
        """What makes it this state of this annotation."""
        return self.url, self.project, self.annotation, self.updated


def good_name(name: str) -> bool:
    """Whether a name that a server gave may become a file name."""
    return _NAME.fullmatch(name) is not None and ".." not in name and name == name.strip(". ")


def to_row(review: Review) -> dict[str, Any]:
    """A review as a row of ``reviews.jsonl``."""
    names = [field.name for field in fields(review)]
    row = {name: getattr(review, name) for name in names if name not in ("marking", "predicted")}
    row["marking"] = write_marking(review.marking, review.text)
    row["predicted"] = write_marking(review.predicted, review.text) if review.predicted else None
    return row


def from_row(row: Mapping[str, Any]) -> Review:
    """The inverse of :func:`to_row`.

    Raises:
        WriteError: the row was damaged.
    """
    values = dict(row)
    try:
        text = str(values["text"])
        marking, problems = read_marking(values.pop("marking"), text)
        stored = values.pop("predicted")
        predicted, more = read_marking(stored, text) if stored is not None else (None, [])
        if problems or more:
            raise ValueError((problems + more)[0])
        return Review(**values, marking=marking, predicted=predicted)
    except (KeyError, TypeError, ValueError) as error:
        raise WriteError(REVIEWS, f"has a damaged row ({error})", "remove that row and pull again") from None


def load_reviews(folder: Path) -> list[Review]:
    """All states of all reviews in ``folder``, oldest first."""
    return [from_row(row) for row in read_rows(folder / REVIEWS)]


def latest(reviews: Iterable[Review]) -> list[Review]:
    """The last state of each annotation, by document and time."""
    last: dict[tuple[str, int, int], Review] = {}
    for review in sorted(reviews, key=lambda each: each.updated):
        last[review.url, review.project, review.annotation] = review
    return sorted(last.values(), key=lambda each: (each.name, each.updated))


def add_reviews(folder: Path, reviews: Sequence[Review]) -> int:
    """Add the states that are new to ``reviews.jsonl``; how many were."""
    rows = read_rows(folder / REVIEWS)
    there = {(row.get("url"), row.get("project"), row.get("annotation"), row.get("updated")) for row in rows}
    fresh = [review for review in reviews if review.state not in there]
    if fresh:
        ordered = sorted(fresh, key=lambda each: (each.updated, each.annotation))
        write_rows(folder / REVIEWS, [*rows, *map(to_row, ordered)])
    return len(fresh)
