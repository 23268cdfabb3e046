"""A list of names cut into its pieces: at 、 , and white space, padded names and shared heads kept whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jiyao.structure.cues import bare
from jiyao.structure.name_forms import ends_like_agency
from jiyao.structure.spans import Known
from jiyao.types import Span

#: 以及 joins, and so does 和 behind those who stand for bodies: 县财政局负责人和各乡镇长.
_SEPARATOR = re.compile(r"[、,;。]|[\s]+|以及|(?:(?<=负责人)|(?<=负责同志)|(?<=代表))[和及与]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece between separators; ``gap`` is the mark before it, empty for white space."""

    span: Span
    gap: str

    def text_in(self, norm: str) -> str:
        """The piece's text without white space."""
        return bare(norm[self.span.start : self.span.end])


def pieces(norm: str, stretch: Span, known: Known) -> list[Piece]:
    """The pieces between separators outside brackets; padded names stay whole (林 溪)."""
    tokens: list[Piece] = []
    depth, begin, position = 0, stretch.start, stretch.start
    gap = ""
    while position <= stretch.end:
        char = norm[position] if position < stretch.end else ""
        depth = max(0, depth + (char == "(") - (char == ")"))
        match = _SEPARATOR.match(norm, position, stretch.end) if depth == 0 and char else None
        if char and (match is None or known.holds(position)):
            position += 1
            continue
        if norm[begin:position].strip():
            tokens.append(Piece(Span(begin, position), gap))
            gap = ""
        gap += match.group().strip() if match else ""
        begin = position = match.end() if match else stretch.end + 1
    return _with_shared_heads(norm, _without_padding(norm, tokens))


def _with_shared_heads(norm: str, tokens: Sequence[Piece]) -> list[Piece]:
    """江、峡、岭水务局: counties by one character each share the body's head; no name has one character."""
    out: list[Piece] = []
    for token in tokens:
        run = len(out)
        while run and _is_single(norm, out[run - 1]) and (out[run].gap if run < len(out) else token.gap) == "、":
            run -= 1
        if run < len(out) and len(token.text_in(norm)) > 2 and ends_like_agency(token.text_in(norm)):
            token = Piece(Span(out[run].span.start, token.span.end), out[run].gap)
            del out[run:]
        out.append(token)
    return out


def _is_single(norm: str, piece: Piece) -> bool:
    return len(piece.text_in(norm)) == 1


def _without_padding(norm: str, tokens: Sequence[Piece]) -> list[Piece]:
    """Put padded names together: of a run of single characters an even number are pairs (林 溪);
    of an odd number the first belongs to the piece before it (招商局仇 博)."""
    out: list[Piece] = []
    index = 0
    while index < len(tokens):
        run = _single_run(norm, tokens, index)
        first = tokens[index]
        if run % 2 and out and not first.gap:
            out[-1] = Piece(Span(out[-1].span.start, first.span.end), out[-1].gap)
            index += 1
        elif run % 2 or run == 0:
            out.append(first)
            index += 1
        for _ in range(run // 2):
            first, second = tokens[index], tokens[index + 1]
            out.append(Piece(Span(first.span.start, second.span.end), first.gap))
            index += 2
    return out


def _single_run(norm: str, tokens: Sequence[Piece], index: int) -> int:
    """How many single characters with only white space between them stand from ``index`` on."""
    run = 0
    while index + run < len(tokens):
        token = tokens[index + run]
        opening = norm[token.span.start : min(token.span.end, token.span.start + 2)]
        if len(opening.rstrip("(")) != 1 or (run and token.gap):
            break
        run += 1
    return run
