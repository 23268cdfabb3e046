"""Bytes to text: byte order mark, strict UTF-8, then the encoding whose text reads most like Chinese."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jiyao.errors import ReadError
from jiyao.lexicon import parse_rows
from jiyao.normalise import normalise

REPLACEMENT = "\ufffd"
# UTF-32 before UTF-16: its little-endian mark begins with the other's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
#: In order of likelihood; of two that score the same the first wins. gb18030 contains gbk and gb2312.
_CANDIDATES = ("utf-8", "gb18030", "big5", "cp950", "utf-16-le", "utf-16-be")
_SAMPLE_BYTES = 1 << 20
_SAMPLE_CHARS = 100_000
_HIGH = re.compile(rb"[\x80-\xff]")
#: What a score is made of: only characters beyond ASCII, and control characters.
_TELLING = re.compile("[^\t\n\x0b\x0c\r -~]+")
_ODD = frozenset({"Cc", "Cn", "Co", "Cs"})
_READABLE = 0.1
_BINARY_SHARE = 0.02
#: All bytes but control characters; white space, end of file and escape are usual in old text files.
_NOT_CONTROL = bytes({*range(0x20, 0x100), *b"\t\n\x0b\x0c\r\x1a\x1b"} - {0x7F})
_REMEDY = "open it in a word processor and save it as plain text in UTF-8"


@dataclass(frozen=True, slots=True)
class CommonCharacters:
    """A row of ``common_characters.jsonl``: characters that make up most of any Chinese text."""

    characters: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text, newlines as they were, and what was damaged in it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(data: bytes, name: str, declared: str | None = None) -> Decoded:
    """Decode ``data``; ``declared`` is the encoding that the file itself claims, if any.

    A claim only breaks ties: pages saved by a browser often keep the claim of the server.

    Raises:
        ReadError: binary data, or no known encoding gives Chinese text.
    """
    for mark, encoding, codec in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, codec)
    if b"\0" not in data and is_utf8(data):
        return Decoded(data.decode("utf-8"), "utf-8")
    sample = _sample(data)
    scores = {codec: chinese_score(sample.decode(codec, "replace")) for codec in _candidates(declared)}
    best = max(scores, key=lambda codec: scores[codec])
    if scores[best] < _READABLE and not (best == "utf-8" and is_utf8(data) and not _is_binary(data)):
        if _is_binary(data):
            raise ReadError(name, "holds binary data, not text", "give the document itself, as text or HTML")
        raise ReadError(name, "is in no encoding that gives Chinese text", _REMEDY)
    return _decoded(data, best, best)


def is_utf8(data: bytes) -> bool:
    """Whether ``data`` is valid UTF-8 from end to end."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def chinese_score(text: str) -> float:
    """How much ``text`` reads like Chinese: from -1 (debris) over 0 (rare ideographs) to 1.

    The mean over all characters beyond ASCII: common ideographs and Chinese punctuation count 1,
    other ideographs and symbols 0, letters of other scripts -0.5, unassigned, private, control
    and replacement characters -1. Text decoded wrongly gives rare ideographs and debris.
    """
    counts = Counter("".join(_TELLING.findall(text))[:_SAMPLE_CHARS])
    total = counts.total()
    return sum(_weight(char) * count for char, count in counts.items()) / total if total else 0.0


def codec_of(label: str) -> str | None:
    """The codec for an encoding's label as found in files (``gb2312``, ``x-gbk`` …); ``None`` if unknown."""
    try:
        codec = codecs.lookup(label.strip().lower().removeprefix("x-")).name
    except (LookupError, ValueError):
        return None
    if codec in {"gb2312", "gbk", "hz"}:
        return "gb18030"
    return codec if codec in _CANDIDATES or codec == "big5hkscs" else None


def _candidates(declared: str | None) -> tuple[str, ...]:
    return (declared, *_CANDIDATES) if declared else _CANDIDATES


def _sample(data: bytes) -> bytes:
    """A stretch that begins with the first byte beyond ASCII, on an even offset for the sake of UTF-16."""
    if len(data) <= _SAMPLE_BYTES:
        return data
    first = _HIGH.search(data)
    start = first.start() & ~1 if first else 0
    return data[start : start + _SAMPLE_BYTES]


def _decoded(data: bytes, encoding: str, codec: str) -> Decoded:
    text = data.decode(codec, "replace")
    return Decoded(text, encoding, damage(text))


def damage(text: str) -> tuple[str, ...]:
    """Notes on characters that were lost before or while decoding."""
    notes = []
    if lost := text.count(REPLACEMENT):
        notes.append(f"{lost} damaged character(s), shown as U+FFFD")
    if text.endswith(REPLACEMENT):
        notes.append("the file ends inside a character: it may be cut off")
    if nulls := text.count("\0"):
        notes.append(f"{nulls} NUL character(s)")
    return tuple(notes)


def _is_binary(data: bytes) -> bool:
    """Whether control bytes other than white space are more than a stray few."""
    return len(data.translate(None, delete=_NOT_CONTROL)) > _BINARY_SHARE * len(data)


def _weight(char: str) -> float:
    category = unicodedata.category(char)
    if char == REPLACEMENT or category in _ODD:
        return -1.0
    if char in _common():
        return 1.0
    if category[0] == "L" and not unicodedata.name(char, "").startswith("CJK"):
        return -0.5
    return 0.0


@cache
def _common() -> frozenset[str]:
    """The common characters in both scripts, with the punctuation of Chinese text."""
    lines = files("jiyao").joinpath("lexicons", "common_characters.jsonl").read_text(encoding="utf-8").splitlines()
    rows = parse_rows(lines, "common_characters.jsonl", CommonCharacters)
    simplified = frozenset("".join(row.characters for row in rows))
    ideographs = "".join(map(chr, range(0x4E00, 0xA000)))
    either = (char for char, form in zip(ideographs, normalise(ideographs), strict=True) if form in simplified)
    return simplified | frozenset(either) | frozenset(map(chr, range(0xFF01, 0xFF5F)))
