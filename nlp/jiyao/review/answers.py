"""The server's tasks to reviews: every value checked, finished annotations only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from jiyao.review.client import Json
from jiyao.review.marking import Marking, read_marking
from jiyao.review.outgoing import text_digest
from jiyao.review.push import task_link
from jiyao.review.reviews import Review, good_name
from jiyao.review.transport import harmless

_SURROGATE = re.compile("[\ud800-\udfff]")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]{5,15}(?:Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at. ``held`` means that the document was not written because of it."""

    name: str
    link: str
    message: str
    held: bool = False

    def __str__(self) -> str:
        return f"{self.name}: {'held back: ' if self.held else ''}{self.message} ({self.link})"


@dataclass(frozen=True, slots=True)
class _Task:
    """What is common to the annotations of one task."""

    url: str
    project: int
    id: int
    name: str
    digest: str
    text: str
    blind: bool
    predictions: Mapping[int | None, tuple[Marking, str]]


def read_task(row: Json, url: str, project: int, users: Mapping[int, str]) -> tuple[list[Review], list[Finding]]:
    """The finished reviews of one task, and what is wrong with it. Cancelled annotations and drafts are left out."""
    annotations = row.get("annotations")
    finished = [each for each in annotations if _is_finished(each)] if isinstance(annotations, list) else []
    if not finished:
        return [], []
    link = task_link(url, project, int(row["id"]))
    task, problem = _task(row, url, project)
    if task is None:
        return [], [Finding(f"task {row['id']}", link, problem, held=True)]
    reviews, findings = [], []
    for annotation in finished:
        marking, problems = read_marking(annotation.get("result"), task.text)
        who = _who(annotation.get("completed_by"), users)
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            findings.append(Finding(task.name, link, f"{who}: {problems[0]}{more}", held=True))
            continue
        review = _review(annotation, task, who, marking)
        if review is None:
            findings.append(Finding(task.name, link, "an annotation without id or time", held=True))
        else:
            reviews.append(review)
    return reviews, findings


def _who(number: object, users: Mapping[int, str]) -> str:
    known = users.get(number) if type(number) is int else None
    return known or f"user {harmless(number, 20)}"


def _is_finished(annotation: object) -> bool:
    return isinstance(annotation, dict) and annotation.get("was_cancelled") is False


def _task(row: Json, url: str, project: int) -> tuple[_Task | None, str]:
    data = row.get("data")
    if not isinstance(data, dict) or not all(isinstance(data.get(key), str) for key in ("text", "jiyao_id", "sha256")):
        return None, "not pushed by jiyao: it has no text, name or hash"
    text, name, digest = data["text"], data["jiyao_id"], data["sha256"]
    if not good_name(name):
        return None, f"its name {harmless(name, 40)!r} may be no file name"
    if "\r" in text or _SURROGATE.search(text):
        return None, "its text has characters that no text file holds"
    if text_digest(text) != digest:
        return None, "its text is not the text that was pushed: the hash differs"
    blind = data.get("blind") is True
    hidden = row["meta"].get("jiyao") if blind and isinstance(row.get("meta"), dict) else None
    stored = row.get("predictions")
    seen: list[Any] = [hidden] if blind else stored if isinstance(stored, list) else []
    predictions: dict[int | None, tuple[Marking, str]] = {}
    for each in seen:
        if isinstance(each, dict):
            marking, problems = read_marking(each.get("result"), text)
            if not problems:
                number = each.get("id")
                predictions[number if type(number) is int else None] = (
                    marking,
                    harmless(each.get("model_version"), 80),
                )
    return _Task(url, project, int(row["id"]), name, digest, text, blind, predictions), ""


def _review(annotation: Mapping[str, Any], task: _Task, who: str, marking: Marking) -> Review | None:
    number, created, updated = (annotation.get(key) for key in ("id", "created_at", "updated_at"))
    if type(number) is not int or not _is_time(created) or not _is_time(updated):
        return None
    parent, seconds = annotation.get("parent_prediction"), annotation.get("lead_time")
    from_prediction = parent if type(parent) is int and parent in task.predictions else None
    fallback = max(task.predictions, key=lambda each: each or 0, default=None)
    predicted = task.predictions.get(from_prediction if from_prediction is not None else fallback)
    return Review(
        url=task.url,
        project=task.project,
        task=task.id,
        annotation=number,
        name=task.name,
        digest=task.digest,
        text=task.text,
        who=who,
        created=str(created),
        updated=str(updated),
        seconds=float(seconds) if isinstance(seconds, int | float) and not isinstance(seconds, bool) else None,
        prediction=from_prediction,
        model_version=predicted[1] if predicted else None,
        blind=task.blind,
        ground_truth=annotation.get("ground_truth") is True,
        marking=marking,
        predicted=predicted[0] if predicted else None,
    )


def _is_time(value: object) -> bool:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
