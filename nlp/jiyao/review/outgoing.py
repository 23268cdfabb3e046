"""From records to what is sent: marking, certainty, order, and the blind share."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiyao.corpus.marks import parse_marks, write_marks
from jiyao.corpus.model import GoldClause
from jiyao.errors import CorpusError, ReviewError
from jiyao.labels import ClauseLabel
from jiyao.normalise import normalise
from jiyao.review.marking import Link, Marking, Region, check_marking, write_marking
from jiyao.review.relations import ties
from jiyao.review.screen import screen_problems
from jiyao.rules.titles import read_titles
from jiyao.types import Meeting, MinutesRecord

_MODEL_DIGITS = 8
#: Score of what is sent as META only because nothing else is known of it.
_GUESS = 0.5
_PLACE = re.compile(
    r"^(?:中共|中国共产党)?(?!.{0,8}主持)(?P<place>[\u3400-\u9fff\U00020000-\U0003ffff·]{1,14}?"
    r"(?:自治[区州县旗]|高新区|开发区|新区|[省市州盟县縣区區旗镇鎮乡鄉]|街道))"
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A document on its way to the server. ``digest`` is the SHA-256 of its text, ``certainty`` in [0, 1]."""

    name: str
    text: str
    digest: str
    place: str
    title: str
    marking: Marking
    certainty: float
    model_version: str
    blind: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same task: name and text."""
        return self.name, self.digest

    def prediction(self) -> dict[str, Any]:
        """The model's marking as the server stores predictions."""
        result = write_marking(self.marking, self.text)
        return {"model_version": self.model_version, "score": self.certainty, "result": result}

    def task(self) -> dict[str, Any]:
        """The task; a blind one keeps the model's marking out of the reviewer's sight."""
        data: dict[str, Any] = {"text": self.text, "jiyao_id": self.name, "sha256": self.digest, "title": self.title}
        data |= {"place": self.place, "blind": self.blind}
        if self.blind:
            return {"data": data, "meta": {"jiyao": self.prediction()}}
        return {"data": {**data, "certainty": self.certainty}, "predictions": [self.prediction()]}


def text_digest(text: str) -> str:
    """SHA-256 of a text; two tasks of one name and digest are the same."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def outgoing(record: MinutesRecord, model_version: str, *, blind_share: float = 0.0) -> Outgoing:
    """What is sent of a record.

    Raises:
        ReviewError: the record's marking would not pass on the server's screen; nothing is sent then.
    """
    marking = marking_of(record)
    problems = check_marking(marking, record.text)
    if "\r" in record.text:
        problems.append("the text has carriage returns, which a browser drops")
    if problems:
        raise ReviewError(record.id, f"not sent: {'; '.join(problems[:3])}", "report it with the document")
    digest = text_digest(record.text)
    document = Outgoing(
        name=record.id,
        text=record.text,
        digest=digest,
        place=place_of(record.meeting) or record.id,
        title=record.meeting.title or record.id,
        marking=marking,
        certainty=certainty(record),
        model_version=model_version,
        blind=int(digest[:8], 16) < blind_share * 2**32,
    )
    if problems := screen_problems(document.prediction()):
        raise ReviewError(record.id, f"not sent: {'; '.join(problems[:3])}", "report it with the document")
    return document


def marking_of(record: MinutesRecord) -> Marking:
    """A record as regions and relations. A mention that no screen could show, for it runs over a line end or the start
    of a clause, is left for the reviewer to mark."""
    starts = {clause.start for clause in record.clauses}
    entities = [
        Region(f"e{m.start}-{m.end}", m.start, m.end, m.label, round(m.score, 4))
        for m in record.entities
        if "\n" not in record.text[m.start : m.end] and starts.isdisjoint(range(m.start + 1, m.end))
    ]
    shown = {region.id for region in entities}
    clauses = [Region(f"c{c.start}-{c.end}", c.start, c.end, c.label, round(c.score, 4)) for c in record.clauses]
    titles = read_titles(record.text, normalise(record.text), record.entities)
    links: dict[Link, None] = {}
    for task in record.tasks:
        for relation, span in ties(task, record.entities, titles):
            if f"e{span.start}-{span.end}" in shown:
                links[Link(f"c{task.start}-{task.end}", f"e{span.start}-{span.end}", relation)] = None
    return Marking((*clauses, *_left_over(record), *entities), tuple(links))


def _left_over(record: MinutesRecord) -> list[Region]:
    """Text that the record has in no clause (议题一 before a heading), as META: the corpus wants all text in one."""
    text = record.text
    drawn = [GoldClause(clause.start, clause.end, clause.label) for clause in record.clauses]
    first = len(text) - len(text.lstrip())
    if first < len(text) and (not drawn or first < drawn[0].start):
        drawn.insert(0, GoldClause(first, first, ClauseLabel.META))
    try:
        _, _, stored = parse_marks(write_marks(text, (), tuple(drawn)), record.id)
    except CorpusError:
        return []  # only enumerators before the first clause: they need none
    found = []
    for one, whole in zip(drawn, stored, strict=True):
        begin = whole.end - len(text[one.end : whole.end].lstrip())
        if begin < whole.end:
            found.append(Region(f"c{begin}-{whole.end}", begin, whole.end, ClauseLabel.META, _GUESS))
    return found


def certainty(record: MinutesRecord) -> float:
    """How sure the model is where it is least sure: the mean over the worst quarter of clauses and tasks.

    1.0 where nothing was to be decided.
    """
    scores = sorted(
        [c.score for c in record.clauses if c.label is not ClauseLabel.META] + [t.score for t in record.tasks]
    )
    worst = scores[: max(1, len(scores) // 4)]
    return round(sum(worst) / len(worst), 4) if worst else 1.0


def by_usefulness(documents: Iterable[Outgoing]) -> list[Outgoing]:
    """The least certain first, but one of each place before the second of any."""
    turn = Counter[str]()
    ranked = []
    for document in sorted(documents, key=lambda each: (each.certainty, each.name)):
        ranked.append((turn[document.place], document.certainty, document.name, document))
        turn[document.place] += 1
    return [row[-1] for row in sorted(ranked, key=lambda row: row[:3])]


def place_of(meeting: Meeting) -> str | None:
    """The place that a document comes from, by its issuer, else by its title: 青岚市 of 青岚市人民政府办公室."""
    for name in (meeting.issuer, meeting.title):
        if name and (match := _PLACE.match(name.strip())):
            return match["place"]
    return None


def level_of(meeting: Meeting, place: str) -> str:
    """The level of the issuing body, as the corpus names it."""
    if re.search(r"[局厅]$|委员会$|(?<![市县区])委$", meeting.issuer or "") and not place.endswith("管委会"):
        return "bureau"
    if re.search(r"高新区|开发区|新区$", place):
        return "zone"
    if re.search(r"省$|自治区$", place):
        return "province"
    if re.search(r"[镇乡]$|街道$", place):
        return "township"
    return "prefecture" if re.search(r"[市州盟]$", place) else "county"


def model_version(folder: Path, name: str) -> str:
    """Name, version and the first digits of a hash over the model's files: no two models share one."""
    digest = hashlib.sha256()
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode("utf-8"))
        digest.update(path.read_bytes())
    return f"{name} {digest.hexdigest()[:_MODEL_DIGITS]}"
