"""Inline marks: text with ``[A|市财政局]`` and ``{A}`` to text, spans and clauses, and back.

A clause starts at ``{X}`` and ends where the next starts; white space and enumerators
(一、 1.) between them belong to none. An entity is ``[X|…]``. A backslash before ``[ ] { }`` or itself makes
it plain text; other brackets need none (``[打印]`` and ``{1}`` are plain).
The way back gives the same text, and one spelling for one annotation.
"""

from __future__ import annotations

import re

from jiyao.corpus.model import GoldClause, GoldSpan
from jiyao.errors import CorpusError
from jiyao.labels import CLAUSE_LABELS, ENTITY_LABELS

#: An enumerator: 一、 (一) 1. (1) ① 第一、. Wide brackets are escaped.
_NUMERAL = (
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\d{1,3}(?:、|[.\uff0e](?!\d))|第[一二三四五六七八九十]{1,3}、|[①-⑳]"
    r"|[(\uff08](?:[一二三四五六七八九十]{1,3}|\d{1,2})[)\uff09]、?|\d{1,2}[)\uff09])"
)
#: The next clause's enumerator stands behind a stop or a line end.
_ENUMERATOR_BEHIND = re.compile(rf"(?<=[\s。;:,、\uff1b\uff1a\uff0c]){_NUMERAL}$|(?<=\n)[ \t\u3000]*\d{{1,3}}$")
_ENUMERATOR_AHEAD = re.compile(rf"{_NUMERAL}\s*(?=\S)")
_ENTITY_OF = {info.mark: label for label, info in ENTITY_LABELS.items()}
_CLAUSE_OF = {info.mark: label for label, info in CLAUSE_LABELS.items()}


def parse_marks(marked: str, name: str) -> tuple[str, tuple[GoldSpan, ...], tuple[GoldClause, ...]]:
    """Split marked text into plain text, entities and clauses.

    Raises:
        CorpusError: a mark that is not closed, nested or empty; text before the first clause.
    """
    out: list[str] = []
    entities: list[GoldSpan] = []
    starts: list[GoldClause] = []
    opened: tuple[int, str] | None = None
    line = 1
    position = 0

    def fail(reason: str, remedy: str) -> CorpusError:
        return CorpusError(f"{name}:{line}", reason, remedy)

    while position < len(marked):
        char = marked[position]
        following = marked[position + 1 : position + 3]
        if char == "\\" and following[:1] in ("[", "]", "{", "}", "\\"):
            out.append(following[0])
            position += 2
            continue
        if char == "[" and len(following) == 2 and following[1] == "|" and following[0] in _ENTITY_OF:
            if opened is not None:
                raise fail("a mark inside a mark", "entities are flat: keep one of the two")
            opened = (len(out), following[0])
            position += 3
            continue
        if char == "]" and opened is not None:
            start, letter = opened
            if start == len(out):
                raise fail("an empty mark", "remove it")
            entities.append(GoldSpan(start, len(out), _ENTITY_OF[letter]))
            opened = None
            position += 1
            continue
        if char == "{" and len(following) == 2 and following[1] == "}" and following[0] in _CLAUSE_OF:
            if opened is not None:
                raise fail("a clause starts inside an entity", "close the entity first")
            starts.append(GoldClause(len(out), len(out), _CLAUSE_OF[following[0]]))
            position += 3
            continue
        if char == "\n":
            if opened is not None:
                raise fail("an entity is not closed on its line", "add the missing ]")
            line += 1
        out.append(char)
        position += 1
    if opened is not None:
        raise fail("an entity is not closed", "add the missing ]")

    text = "".join(out)
    first = starts[0].start if starts else len(text)
    if text[:first].strip():
        raise CorpusError(f"{name}:1", "text before the first clause", "start it with a clause mark")
    starts = [_behind_enumerator(clause, text) for clause in starts]
    bounds = [clause.start for clause in starts[1:]] + [len(text)]
    clauses = []
    for clause, bound in zip(starts, bounds, strict=True):
        end = clause.start + len(_without_next(text[clause.start : bound]))
        if end == clause.start:
            where = text.count("\n", 0, clause.start) + 1
            raise CorpusError(f"{name}:{where}", "an empty clause", "remove its mark")
        clauses.append(GoldClause(clause.start, end, clause.label))
    return text, tuple(entities), tuple(clauses)


def _behind_enumerator(clause: GoldClause, text: str) -> GoldClause:
    """The clause without its enumerator, for authors who set the mark before it (``{M}一、审议``)."""
    start = clause.start + len(text[clause.start :]) - len(text[clause.start :].lstrip())
    match = _ENUMERATOR_AHEAD.match(text, start)
    return GoldClause(match.end(), match.end(), clause.label) if match else clause


def without_enumerator(text: str) -> str:
    """``text`` without an enumerator at its start."""
    match = _ENUMERATOR_AHEAD.match(text)
    return text[match.end() :] if match else text


def _without_next(text: str) -> str:
    """``text`` up to a clause start, without the white space and enumerator that lead up to it."""
    bare = text.rstrip()
    match = _ENUMERATOR_BEHIND.search(bare)
    return bare[: match.start()].rstrip() if match else bare


def write_marks(text: str, entities: tuple[GoldSpan, ...], clauses: tuple[GoldClause, ...]) -> str:
    """The inverse of :func:`parse_marks`."""
    opening = {span.start: ENTITY_LABELS[span.label].mark for span in entities}
    closing = {span.end for span in entities}
    clause_at = {clause.start: CLAUSE_LABELS[clause.label].mark for clause in clauses}
    out: list[str] = []
    inside = False
    for position in range(len(text) + 1):
        if position in closing:
            out.append("]")
            inside = False
        if position in clause_at:
            out.append("{" + clause_at[position] + "}")
        if position in opening:
            out.append(f"[{opening[position]}|")
            inside = True
        if position < len(text):
            if _needs_escape(text, position, inside):
                out.append("\\")
            out.append(text[position])
    return "".join(out)


def _needs_escape(text: str, position: int, inside: bool) -> bool:
    char = text[position]
    following = text[position + 1 : position + 3]
    if char == "\\":
        return True
    if char == "]":
        return inside
    if char == "[":
        return len(following) == 2 and following[1] == "|" and following[0] in _ENTITY_OF
    if char == "{":
        return len(following) == 2 and following[1] == "}" and following[0] in _CLAUSE_OF
    return False
