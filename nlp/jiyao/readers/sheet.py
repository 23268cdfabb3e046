"""What stands on a page of paper: characters and ruled lines at places, and the lines of text made of them.

All coordinates are points (1/72 inch) from the page's top left corner, x to the right, y down.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

#: Beyond this no paper goes: a coordinate further out is damage, or meant to harm.
_FAR = 100_000.0
_MAX_SIZE = 2_000.0
#: A close-printed page has some five thousand characters.
MAX_SHEET_GLYPHS = 100_000


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: its advance box from ``left`` to ``right``, its baseline, its font's size."""

    char: str
    left: float
    right: float
    baseline: float
    size: float

    @property
    def middle(self) -> float:
        """Halfway between ``left`` and ``right``."""
        return (self.left + self.right) / 2

    def is_sound(self) -> bool:
        """Whether it stands anywhere near a page, in a size that can be seen (NaN and infinity do not)."""
        # Comparisons with NaN are false, so each must be stated as what is wanted.
        return -_FAR < self.left <= self.right < _FAR and abs(self.baseline) < _FAR and 0 < self.size < _MAX_SIZE


@dataclass(frozen=True, slots=True)
class Rule:
    """The bounding box of something drawn: a ruled line if it is thin, else the frame of a cell or table."""

    left: float
    top: float
    right: float
    bottom: float

    def is_sound(self) -> bool:
        """As :meth:`Glyph.is_sound`."""
        return all(math.isfinite(edge) and abs(edge) < _FAR for edge in (self.left, self.top, self.right, self.bottom))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page. ``pictured`` says that something other than text is on it, so that it may be a scan.

    ``faceless`` counts pieces of text that were lost because no font on this machine has their characters.
    ``cut`` says that it has more glyphs than are read (``MAX_SHEET_GLYPHS``).
    """

    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...] = ()
    pictured: bool = False
    cut: bool = False
    faceless: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. ``page`` counts from 0; ``row`` says that it is a table's row, with `` | `` between cells."""

    page: int
    left: float
    right: float
    top: float
    bottom: float
    text: str
    row: bool = False

    @property
    def size(self) -> float:
        """The size of its font; of a table's row that of the row."""
        return self.bottom - self.top
