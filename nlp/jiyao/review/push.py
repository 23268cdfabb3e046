"""Predictions out: a project, its tasks, each once, whatever broke off before."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from jiyao.errors import ReviewError
from jiyao.review.client import Json, Server
from jiyao.review.labelling import labelling_config
from jiyao.review.outgoing import Outgoing, by_usefulness

#: Tasks in one request; the server stores each request as a whole or not at all.
BATCH = 25
_BATCH_BYTES = 8 * 1024 * 1024

Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """A progress callback that shows nothing."""


@dataclass(slots=True)
class Pushed:
    """What a push did. ``links`` are addresses of tasks that a person should look at; ``before`` is how many tasks
    there were, doubles left out."""

    project: int
    before: int = 0
    created: int = 0
    known: int = 0
    predictions: int = 0
    blind: int = 0
    doubles_removed: int = 0
    links: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Known:
    """A task that is on the server already."""

    id: int
    key: tuple[str, str]
    versions: frozenset[str]
    touched: bool
    blind: bool


def find_project(server: Server, title: str) -> int:
    """The project of that title.

    Raises:
        ReviewError: there is none, or more than one.
    """
    found = server.projects(title)
    if len(found) != 1:
        reason = "there is no such project" if not found else f"{len(found)} projects have this title"
        raise ReviewError(f"{server.url} {title!r}", reason, "push first, or give another --project")
    return _number(found[0].get("id"), server)


def ensure_project(server: Server, title: str) -> int:
    """The project of that title, made if it is not there, with the labelling screen as it is now."""
    config = labelling_config()
    if not server.projects(title):
        settings = {"show_collab_predictions": True, "sampling": "Sequential sampling", "enable_empty_annotation": True}
        return _number(server.create_project({"title": title, "label_config": config, **settings}).get("id"), server)
    project = find_project(server, title)
    stored = next(row for row in server.projects(title)).get("label_config")
    if not _same_xml(stored, config):
        server.update_project(project, {"label_config": config})
    return project


def push(server: Server, title: str, documents: Sequence[Outgoing], progress: Progress = silent) -> Pushed:
    """Send what is not there yet; the rerun after any failure sends just the rest.

    Raises:
        ReviewError: the server fails, or stores less than it was sent.
    """
    by_key = {document.key: document for document in documents}
    done = Pushed(project=ensure_project(server, title))
    there = _sweep(server, done, progress)
    done.known = sum(key in there for key in by_key)
    fresh = by_usefulness(document for key, document in by_key.items() if key not in there)
    for batch in _batches(fresh):
        answer = server.import_tasks(done.project, [document.task() for document in batch])
        seen = sum(not document.blind for document in batch)
        if answer.get("task_count") != len(batch) or answer.get("prediction_count") != seen:
            raise ReviewError(server.url, "stored less than it was sent", "look at the project, then push again")
        done.created += len(batch)
        done.predictions += seen
        done.blind += len(batch) - seen
        progress("sending", done.created, len(fresh))
    _renew_predictions(server, done, by_key, there, progress)
    if documents:
        server.update_project(done.project, {"model_version": documents[0].model_version})
    if fresh and server.count_tasks(done.project) != done.before + done.created:
        # A request that broke off earlier was stored after all, while this push was looking or sending.
        _sweep(server, done, progress)
    return done


def _renew_predictions(
    server: Server,
    done: Pushed,
    by_key: dict[tuple[str, str], Outgoing],
    there: dict[tuple[str, str], Known],
    progress: Progress,
) -> None:
    """A newer model's predictions for tasks that nobody has begun."""
    stale = [
        (there[key].id, document)
        for key, document in by_key.items()
        if (known := there.get(key))
        and not (known.touched or known.blind)
        and document.model_version not in known.versions
    ]
    for start in range(0, len(stale), BATCH):
        batch = stale[start : start + BATCH]
        answer = server.import_predictions(done.project, [{"task": task, **each.prediction()} for task, each in batch])
        if answer.get("created") != len(batch):
            raise ReviewError(server.url, "stored fewer predictions than it was sent", "push again")
        done.predictions += len(batch)
        progress("new predictions", min(start + BATCH, len(stale)), len(stale))


def _sweep(server: Server, done: Pushed, progress: Progress) -> dict[tuple[str, str], Known]:
    """The tasks that are there, by name and text. A request that broke off may have been stored all the same,
    and sent again: of tasks twice there, those that nobody has touched go."""
    found: dict[tuple[str, str], list[Known]] = defaultdict(list)
    removed = done.doubles_removed
    number = 0
    for number, (row, total) in enumerate(server.short_tasks(done.project), 1):
        progress("looking at what is there", number, total)
        known = _known(row)
        if known:
            found[known.key].append(known)
    kept = {}
    for key, same in found.items():
        first, *others = sorted(same, key=lambda task: (not task.touched, task.id))
        kept[key] = first
        for other in others:
            if other.touched:
                done.links.append(f"{task_link(server.url, done.project, other.id)} (twice reviewed: {key[0]})")
            else:
                server.delete_task(other.id)
                done.doubles_removed += 1
    done.before = number - (done.doubles_removed - removed)
    return kept


def _known(row: Json) -> Known | None:
    data = row.get("data")
    if not isinstance(data, dict):
        return None
    name, digest = data.get("jiyao_id"), data.get("sha256")
    if not isinstance(name, str) or not isinstance(digest, str):
        return None
    versions = frozenset(each.strip() for each in str(row.get("predictions_model_versions", "")).split(","))
    # Whatever is not plainly empty counts as touched: such a task is never deleted.
    touched = row.get("annotations_ids") != "" or row.get("draft_exists") is not False
    return Known(int(row["id"]), (name, digest), versions, touched, data.get("blind") is True)


def task_link(url: str, project: int, task: int) -> str:
    """Where a person sees the task."""
    return f"{url}/projects/{project}/data?task={task}"


def _batches(documents: Sequence[Outgoing]) -> Iterator[list[Outgoing]]:
    batch: list[Outgoing] = []
    size = 0
    for document in documents:
        weight = len(json.dumps(document.task(), ensure_ascii=False).encode("utf-8", "replace"))
        if batch and (len(batch) == BATCH or size + weight > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += weight
    if batch:
        yield batch


def _same_xml(one: object, two: str) -> bool:
    try:
        return isinstance(one, str) and ET.canonicalize(one, strip_text=True) == ET.canonicalize(two, strip_text=True)
    except ET.ParseError:
        return False


def _number(value: object, server: Server) -> int:
    if type(value) is not int:
        raise ReviewError(
            server.url, "answered without the id of the project", "check that it is a Label Studio server"
        )
    return value
