"""TextObject of OFD: characters whose places are given by offsets, a matrix and a box. All in millimetres."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import islice
from xml.etree.ElementTree import Element

from jiyao.readers.package import local_name
from jiyao.readers.sheet import Glyph

BOX = (0.0, 0.0, 0.0, 0.0)
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_DEFAULT_SIZE = 4.23  # twelve points
#: The slope of a line of text that still counts as level; a watermark's is steeper.
_MAX_SLOPE = 0.09
#: In ems.
_NARROW = 0.5
_TOUCHING = 1.3


def numbers(text: str, default: Sequence[float]) -> tuple[float, ...]:
    """As many numbers as ``default`` has, separated by white space; ``default`` if ``text`` does not have them."""
    values = tuple(map(_number, text.split(maxsplit=len(default))[: len(default)]))
    return values if len(values) == len(default) else tuple(default)


def place_text(element: Element) -> Iterator[Glyph]:
    """The glyphs of a ``TextObject``; none if it is not written level, as watermarks are."""
    size = _number(element.get("Size", "")) or _DEFAULT_SIZE
    left, top, _, _ = numbers(element.get("Boundary", ""), BOX)
    a, b, c, d, e, f = numbers(element.get("CTM", ""), _IDENTITY)
    if not a > 0 or abs(b) > _MAX_SLOPE * a or (element.get("ReadDirection") or "0").strip() not in ("", "0"):
        return
    x = y = 0.0
    for code in element:
        if local_name(code) != "TextCode" or not code.text:
            continue
        x, y = _number(code.get("X", ""), x), _number(code.get("Y", ""), y)
        for char, dx, dy, width in _steps(code, size):
            start, end = a * dx, a * (dx + width)
            place = left + a * x + c * (y + dy) + e
            yield Glyph(char, place + start, place + end, top + b * (x + dx) + d * (y + dy) + f, abs(d) * size)


def _steps(code: Element, size: float) -> Iterator[tuple[str, float, float, float]]:
    """Each character of a ``TextCode`` with its offsets from the first one, and its width."""
    text = _content(code)
    across = _deltas(code.get("DeltaX", ""), len(text))
    down = _deltas(code.get("DeltaY", ""), len(text))
    dx = dy = 0.0
    for index, char in enumerate(text):
        width = size * (_NARROW if ord(char) < 0x2E80 else 1.0)
        # Without a number for it, a character is as wide as its kind usually is.
        step = across[index] if index < len(across) else (0.0 if down else width)
        # Where the next one is near, it touches: the font knows better how wide a letter is.
        yield char, dx, dy, step if 0 < step < _TOUCHING * size else width
        dx += step
        dy += down[index] if index < len(down) else 0.0


def _content(code: Element) -> str:
    """The text as placed: line ends and indents of the XML are no characters of it."""
    text = code.text or ""
    return text.strip("\r\n\t") if "\n" not in text else "".join(text.split("\n")).strip()


def _deltas(text: str, most: int) -> list[float]:
    """The numbers of ``DeltaX``, in which ``g n d`` stands for ``n`` times ``d``; ``most`` of them at most."""
    words = iter(text.split())
    deltas: list[float] = []
    for word in words:
        if len(deltas) >= most:
            break
        if word.lower() == "g":
            times, delta = (*islice(words, 2), "", "")[:2]
            deltas += [_number(delta)] * min(int(_number(times)), most - len(deltas))
        else:
            deltas.append(_number(word))
    return deltas


def _number(text: str, default: float = 0.0) -> float:
    try:
        value = float(text)
    except ValueError:
        return default
    return value if math.isfinite(value) else default
