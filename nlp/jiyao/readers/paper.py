"""What the formats made for paper have in common: sheets to text, and what to say of scans and lost characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from jiyao.errors import ReadError
from jiyao.readers.content import Content
from jiyao.readers.decode import REPLACEMENT, damage
from jiyao.readers.lines import lines_of
from jiyao.readers.paragraphs import compose
from jiyao.readers.sheet import Glyph, Line, Sheet

#: A volume of minutes has some hundred pages, and half a million characters.
MAX_PAGES = 500
MAX_GLYPHS = 500_000
_LOST = frozenset({"Cn", "Co", "Cs"})
_MAX_LOST = 0.2
_FONTS = "install a Chinese font (Noto CJK, for example), or save it again with its fonts embedded"
_OCR = "recognise its text with an OCR program, and save that as plain text (UTF-8)"


@dataclass(slots=True)
class _Count:
    """What was met on the way through the pages."""

    glyphs: int = 0
    stray: int = 0
    lost: int = 0
    faceless: int = 0
    scans: list[int] = field(default_factory=list)


def read_paper(sheets: Iterable[Sheet], pages: int, name: str) -> Content:
    """The text of ``sheets``, of which the document has ``pages``; they are taken one at a time, up to the limits.

    Raises:
        ReadError: no text on any page, or fonts that do not tell which characters they show.
    """
    count = _Count()
    notes: list[str] = []
    lines: list[list[Line]] = []
    for number, sheet in enumerate(sheets):
        if number == MAX_PAGES or count.glyphs > MAX_GLYPHS:
            notes.append(f"only the first {number} of {pages} pages were read: no minutes are that long")
            break
        if sheet.cut:
            notes.append(f"page {number + 1} was read only in part: no page of minutes has so much text")
        glyphs = tuple(_sound(sheet.glyphs, count))
        count.faceless += sheet.faceless
        if sheet.pictured and not glyphs:
            count.scans.append(number + 1)
        lines.append(lines_of(Sheet(glyphs, sheet.rules), number))
    _refuse_unreadable(count, name)
    text = compose(lines)
    if count.scans:
        listed = ", ".join(map(str, count.scans[:10])) + (" …" if len(count.scans) > 10 else "")
        notes.append(f"{len(count.scans)} of {pages} page(s) have no text, they may be scans: {listed}")
    if count.faceless:
        notes.append(
            f"{count.faceless} piece(s) of text may be missing: their fonts are neither in the file nor on this machine"
        )
    if count.stray:
        notes.append(f"{count.stray} character(s) far outside the page were left out")
    return Content(text, None, notes=(*notes, *damage(text)))


def _sound(glyphs: Iterable[Glyph], count: _Count) -> Iterable[Glyph]:
    """Those of ``glyphs`` that stand on paper; characters without a meaning become U+FFFD."""
    for glyph in glyphs:
        count.glyphs += 1
        if not glyph.is_sound():
            count.stray += 1
        elif glyph.char == REPLACEMENT or unicodedata.category(glyph.char) in _LOST:
            count.lost += 1
            yield Glyph(REPLACEMENT, glyph.left, glyph.right, glyph.baseline, glyph.size)
        elif unicodedata.category(glyph.char) not in ("Cc", "Zl", "Zp"):
            yield glyph


def _refuse_unreadable(count: _Count, name: str) -> None:
    if count.glyphs == count.stray and count.faceless:
        raise ReadError(name, "has text only in fonts that are neither in the file nor on this machine", _FONTS)
    if count.glyphs == count.stray:
        reason = "has no text, only pictures of it (a scan)" if count.scans else "has no text on any page"
        raise ReadError(name, reason, _OCR if count.scans else "check that it is the right file")
    if count.lost > _MAX_LOST * count.glyphs:
        reason = f"has fonts that do not tell their characters: {count.lost} of {count.glyphs} are unknown"
        raise ReadError(name, reason, _OCR)
