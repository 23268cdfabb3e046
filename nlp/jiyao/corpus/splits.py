"""Which part of the corpus a document belongs to: by place, never by sentence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from jiyao.corpus.format import dump_document, load_corpus
from jiyao.corpus.model import CorpusDocument
from jiyao.errors import CorpusError

PARTS = ("train", "dev", "test")


def load_splits(path: Path) -> dict[str, str]:
    """Place to part, from ``splits.json`` (part to list of places).

    Raises:
        CorpusError: a place stands in two parts.
    """
    data: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    part_of: dict[str, str] = {}
    for part in PARTS:
        for place in data.get(part, []):
            if place in part_of:
                raise CorpusError(str(path), f"{place} is in {part_of[place]} and {part}", "keep it in one part")
            part_of[place] = part
    return part_of


def load_part(folder: Path, part: str) -> Iterator[CorpusDocument]:
    """The documents of one part of the corpus in ``folder`` (``train``, ``dev``, ``test``; ``all`` for every one).

    Raises:
        CorpusError: a document's place is in no part, or the part has no document.
    """
    found = False
    part_of = load_splits(folder / "splits.json")
    for document in load_corpus(folder / "minutes"):
        place = document.about.place
        if place not in part_of:
            raise CorpusError(document.name, f"its place {place} is in no part", "add it to splits.json")
        if part in ("all", part_of[place]):
            found = True
            yield document
    if not found:
        raise CorpusError(str(folder), f"no document in the part {part!r}", "see splits.json")


def part_hash(folder: Path, part: str) -> str:
    """SHA-256 over names and annotation of the documents of a part; ``frozen.json`` keeps that of the test part."""
    digest = hashlib.sha256()
    for document in load_part(folder, part):
        digest.update(document.name.encode("utf-8"))
        digest.update(dump_document(document).encode("utf-8"))
    return digest.hexdigest()
