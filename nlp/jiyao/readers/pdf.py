"""PDF: characters with their places, by pdfium."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from jiyao.errors import ReadError
from jiyao.readers.content import Content
from jiyao.readers.decode import REPLACEMENT
from jiyao.readers.paper import read_paper
from jiyao.readers.pdf_streams import is_bomb
from jiyao.readers.sheet import MAX_SHEET_GLYPHS, Glyph, Rule, Sheet

#: What is drawn on a page beyond this number is a picture made of strokes.
_MAX_OBJECTS = 20_000
#: Texts without a shape are taken for spaces up to this share of a page's texts.
_MAX_SPACES = 0.1
#: Degrees by which a line of text may lean.
_LEAN = 5.0
_UNLOCK = "open it with the password, and print or save it as a PDF without one"
_REDUCE = "give the minutes alone; if it is no more than that, do not trust it"
_REPAIR = "open it in a PDF viewer and print it as a PDF again, or get the file anew"


@dataclass(frozen=True, slots=True)
class _Placed:
    """A character as pdfium gives it: y up, ``turn`` the direction of writing in degrees, anticlockwise."""

    char: str
    x: float
    y: float
    advance: float
    size: float
    turn: float


def read_pdf_unguarded(data: bytes, name: str) -> Content:
    """Read the text of a PDF, for as long as it takes.

    Raises:
        ReadError: locked by a password, damaged, a scan without text, or fonts without characters.
    """
    # Loads a library of several megabytes, which reading other formats need not wait for.
    import pypdfium2 as pdfium

    if is_bomb(data):
        raise ReadError(name, "is a PDF that unpacks to far too much", _REDUCE)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refusal(pdfium.raw, error.err_code, name) from None
    try:
        pages = len(document)
        if pages == 0:
            raise ReadError(name, "is a PDF without pages", _REPAIR)
        return read_paper(_sheets(pdfium, document, pages), pages, name)
    except pdfium.PdfiumError:
        raise ReadError(name, "is a damaged PDF: a page cannot be read", _REPAIR) from None
    finally:
        document.close()


def _refusal(raw: ModuleType, code: int | None, name: str) -> ReadError:
    if code == raw.FPDF_ERR_PASSWORD:
        return ReadError(name, "is a PDF locked by a password", _UNLOCK)
    if code == raw.FPDF_ERR_SECURITY:
        return ReadError(name, "is a PDF locked in a way that is not known", _UNLOCK)
    return ReadError(name, "is no PDF that can be opened: it is damaged or cut off", _REPAIR)


def _sheets(pdfium: ModuleType, document: Any, pages: int) -> Iterator[Sheet]:
    for number in range(pages):
        page = document[number]
        text = page.get_textpage()
        try:
            yield _sheet(pdfium.raw, page, text)
        finally:
            text.close()
            page.close()


def _sheet(raw: ModuleType, page: Any, text: Any) -> Sheet:
    placed = list(_characters(raw, text))
    turn = _usual_turn(placed)
    height = page.get_height()
    upright = (char for char in placed if abs((char.turn - turn + 180) % 360 - 180) <= _LEAN)
    rules, pictured, faceless = _drawn(raw, page, turn, height)
    glyphs = tuple(_glyph(char, turn, height) for char in upright)
    cut = raw.FPDFText_CountChars(text) > MAX_SHEET_GLYPHS
    return Sheet(glyphs, tuple(rules), pictured, cut, faceless)


def _characters(raw: ModuleType, text: Any) -> Iterator[_Placed]:
    """The characters that the page draws, without the spaces and line ends that pdfium guesses."""
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    for index in range(min(raw.FPDFText_CountChars(text), MAX_SHEET_GLYPHS)):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetMatrix(text, index, matrix)
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        turn = math.degrees(math.atan2(matrix.b, matrix.a))
        lies = abs(matrix.a) < abs(matrix.b)
        advance = box.top - box.bottom if lies else box.right - box.left
        yield _Placed(_char(raw.FPDFText_GetUnicode(text, index)), x.value, y.value, advance, size, turn)


def _char(code: int) -> str:
    """The character of ``code``; U+FFFD if the font does not tell. pdfium says 0 then, or the last code of a plane."""
    return chr(code) if 0 < code < 0x110000 and code & 0xFFFE != 0xFFFE else REPLACEMENT


def _usual_turn(placed: list[_Placed]) -> float:
    """The quarter turn in which most of a page's text is written: pages may lie on their side."""
    turns = Counter(round(char.turn / 90) % 4 for char in placed if math.isfinite(char.turn))
    return 90.0 * max(turns, key=lambda turn: turns[turn], default=0)


def _turned(x: float, y: float, turn: float, height: float) -> tuple[float, float]:
    """The point, y down, after the page is turned so that text at ``turn`` is upright."""
    return {0.0: (x, height - y), 90.0: (y, x), 180.0: (-x, y)}.get(turn, (-y, -x))


def _glyph(char: _Placed, turn: float, height: float) -> Glyph:
    left, baseline = _turned(char.x, char.y, turn, height)
    return Glyph(char.char, left, left + max(char.advance, 0.0), baseline, char.size)


def _drawn(raw: ModuleType, page: Any, turn: float, height: float) -> tuple[list[Rule], bool, int]:
    """The places of lines and frames, whether anything but text is on the page, and how many texts have no face."""
    rules: list[Rule] = []
    pictured = False
    texts = faceless = 0
    edges = tuple(ctypes.c_float() for _ in range(4))
    for index in range(min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        drawn = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(drawn)
        pictured = pictured or kind != raw.FPDF_PAGEOBJ_TEXT
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            texts += 1
            faceless += _is_faceless(raw, drawn, edges)
        if kind == raw.FPDF_PAGEOBJ_PATH and raw.FPDFPageObj_GetBounds(drawn, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            (x1, y1), (x2, y2) = _turned(left, bottom, turn, height), _turned(right, top, turn, height)
            rule = Rule(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
            rules += [rule] if rule.is_sound() else []
    # Spaces have no face either, and may be pieces of their own.
    return rules, pictured, faceless if faceless > _MAX_SPACES * texts else 0


def _is_faceless(raw: ModuleType, drawn: Any, edges: Sequence[Any]) -> bool:
    """Whether pdfium leaves a text out: that is what it does with one character that has no shape.

    Fonts in the file have shapes for what they show, so only others are to be feared for.
    """
    raw.FPDFPageObj_GetBounds(drawn, *edges)
    left, _, right, _ = (edge.value for edge in edges)
    return bool(left == right and raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(drawn)) == 0)
