"""Corrections back: finished reviews to files of the corpus, with where each came from.

A folder of pulled documents holds ``minutes/*.minutes.txt``, ``reviews.jsonl`` (every state of every review),
``provenance.jsonl`` (every file ever written, with who, when and from which prediction) and ``findings.jsonl``
(what a person should look at). Each is written whole or not at all, in this order: reviews, provenance,
documents, findings; so a pull that broke off is mended by the next one.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from jiyao.corpus.format import SUFFIX, dump_document
from jiyao.errors import ReviewError
from jiyao.review.answers import Finding, read_task
from jiyao.review.changes import changes
from jiyao.review.client import Server
from jiyao.review.corrected import ContradictionError, corrected, is_excluded
from jiyao.review.files import read_rows, write_rows, write_whole
from jiyao.review.push import find_project
from jiyao.review.reviews import Review, add_reviews

MINUTES = "minutes"
PROVENANCE = "provenance.jsonl"
FINDINGS = "findings.jsonl"

Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Pulled:
    """What a pull did: files written anew or again, files that were right already, documents not written."""

    reviews: int = 0
    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    excluded: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def held(self) -> int:
        """How many documents were not written because of a finding."""
        return len({finding.name for finding in self.findings if finding.held})


@dataclass(frozen=True, slots=True)
class _File:
    """A document ready to be written."""

    name: str
    content: str
    review: Review

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content.encode("utf-8")).hexdigest()


def pull(server: Server, title: str, folder: Path, progress: Progress) -> Pulled:
    """Bring all finished reviews of the project into ``folder``.

    Raises:
        ReviewError: the server fails, or there is no such project.
        WriteError: the folder cannot be written.
    """
    project = find_project(server, title)
    users = server.users()
    done = Pulled()
    reviews: list[Review] = []
    begun = []
    for number, (row, total) in enumerate(server.short_tasks(project), 1):
        if row.get("annotations_ids") != "":
            begun.append(int(row["id"]))
        progress("looking for reviews", number, total)
    for number, row in enumerate(server.tasks(project, begun), 1):
        found, findings = read_task(row, server.url, project, users)
        reviews += found
        done.findings += findings
        progress("pulling", number, len(begun))
    held = {finding.name for finding in done.findings}
    files = [file for file in _files(reviews, done) if file.name not in held]
    add_reviews(folder, reviews)
    done.reviews = len(reviews)
    known = _note_provenance(folder, files)
    for file in files:
        _write(folder, file, known[file.name], done)
    write_rows(folder / FINDINGS, map(asdict, done.findings))
    return done


def _files(reviews: Sequence[Review], done: Pulled) -> Iterator[_File]:
    """One file for each document that its reviewers agree on."""
    by_name: dict[str, list[Review]] = defaultdict(list)
    for review in reviews:
        by_name[review.name].append(review)
    for name, given in sorted(by_name.items()):
        if len({review.digest for review in given}) > 1:
            links = ", ".join(sorted({review.link for review in given}))
            done.findings.append(Finding(name, links, "two texts go by this name", held=True))
            continue
        starred = [review for review in given if review.ground_truth]
        last = _last_of_each_person(starred or given, done)
        try:
            files = [file for review in last if (file := _file(review, done))]
        except ContradictionError as problem:
            done.findings.append(Finding(name, last[0].link, f"{problem.reason}; {problem.remedy}", held=True))
            continue
        if not files:
            done.excluded += 1
        elif len(files) < len(last) or len({_without_reader(file) for file in files}) > 1:
            who = ", ".join(sorted(review.who for review in last))
            remedy = "settle it and mark the right one as ground truth"
            done.findings.append(Finding(name, last[0].link, f"{who} do not agree; {remedy}", held=True))
        else:
            yield files[-1]


def _last_of_each_person(reviews: Sequence[Review], done: Pulled) -> list[Review]:
    last: dict[str, Review] = {}
    for review in sorted(reviews, key=lambda each: each.updated):
        if review.who in last:
            message = f"{review.who} reviewed it more than once; the last one counts"
            done.findings.append(Finding(review.name, review.link, message))
        last[review.who] = review
    return sorted(last.values(), key=lambda each: each.updated)


def _file(review: Review, done: Pulled) -> _File | None:
    """The document of a review; none if the person said that it does not belong in the corpus."""
    if is_excluded(review.marking):
        return None
    result = corrected(review.name, review.text, review.marking, second=review.who)
    done.findings += [Finding(review.name, review.link, doubt) for doubt in result.doubts]
    return _File(review.name, dump_document(result.document), review)


def _without_reader(file: _File) -> str:
    """The content, but for who read it."""
    _, _, rest = file.content.rpartition("\n{\n")
    about, _, block = rest.partition("\n")
    return file.content[: -len(rest)] + about.rpartition('"second"')[0] + block


# --- writing ---------------------------------------------------------------------------------


def _note_provenance(folder: Path, files: Sequence[_File]) -> Mapping[str, set[str]]:
    """Add what is about to be written to ``provenance.jsonl``; the hashes of all that was ever written, by name."""
    rows = read_rows(folder / PROVENANCE)
    known: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        known[str(row.get("name"))].add(str(row.get("file_sha256")))
    fresh = [_provenance(file) for file in files if file.digest not in known[file.name]]
    if fresh:
        write_rows(folder / PROVENANCE, [*rows, *fresh])
    return known


def _provenance(file: _File) -> dict[str, Any]:
    review = file.review
    return {
        "name": file.name,
        "file_sha256": file.digest,
        "text_sha256": review.digest,
        "reviewer": review.who,
        "created": review.created,
        "updated": review.updated,
        "seconds": review.seconds,
        "model_version": review.model_version,
        "prediction": review.prediction,
        "blind": review.blind,
        "changes": changes(review.predicted, review.marking).as_dict() if review.predicted else None,
        "link": review.link,
        "annotation": review.annotation,
    }


def _write(folder: Path, file: _File, known: set[str], done: Pulled) -> None:
    path = folder / MINUTES / f"{file.name}{SUFFIX}"
    if path.is_symlink() or not path.resolve().is_relative_to(folder.resolve()):
        raise ReviewError(str(path), "leads out of the folder", "remove it")
    if path.is_file():
        there = hashlib.sha256(path.read_bytes()).hexdigest()
        if there == file.digest:
            done.unchanged += 1
            return
        if there not in known:
            message = f"{path.name} was changed by hand since it was pulled, and is left as it is"
            done.findings.append(Finding(file.name, file.review.link, message, held=True))
            return
    write_whole(path, file.content)
    done.written.append(file.name)
