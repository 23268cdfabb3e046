"""A clean copy of a text, character for character: what matching and the model read.

``len(normalise(text)) == len(text)``, and offset *i* of one is offset *i* of the
other, so a span found in the copy is the span of the original. The copy is for
reading by machine only: 乾县 becomes 干县 and the surname 於 becomes 于, which does
no harm as long as what is shown to people is cut from the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import cycle

from jiyao.errors import DependencyError
from jiyao.lexicon import parse_rows

# The table ends behind the last compatibility ideograph; what lies beyond is kept as it is.
_TABLE_END = 0x2FA20
_SPACE = ord(" ")
_NEWLINE = ord("\n")
#: Characters that show nothing although Unicode calls them letters, marks or private:
#: Hangul fillers, the Braille blank, variation selectors, and U+E5E5, GBK's spare ideographic space.
_BLANKS = frozenset({0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0, 0xE5E5, *range(0xFE00, 0xFE10)})
_BLANK_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
#: Radicals, compatibility ideographs, vertical, small, full- and half-width forms. Compatibility
#: mappings are used in these blocks only: elsewhere they would lose ① or ㎡.
_COMPATIBILITY = (
    range(0x2329, 0x232B),
    range(0x2E80, 0x2FE0),
    range(0xF900, 0xFB00),
    range(0xFE10, 0xFE70),
    range(0xFF00, 0xFFF0),
    range(0x2F800, 0x2FA20),
)
#: O and 0 for 〇, only inside a number in Chinese figures: 二OO九年, 二〇二0年.
_ZERO = re.compile(r"(?<=[一二三四五六七八九〇])[Oo0ΟОοо]{1,2}(?=[一二三四五六七八九〇年])")
#: A full stop typed as a point: …的汇报.今年…; no 一. and no 3.5.
TYPED_STOP = re.compile(
    r"(?<=[\u4e00-\u9fff)》”%])(?<![一二三四五六七八九十])\.(?=[\s\u4e00-\u9fff(《“]|\d{1,4}[年月]|$)"
)
_LEAST_TYPED = 3
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_SAMPLE = 20_000
_TRADITIONAL_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class CharacterVariants:
    """A row of ``characters.jsonl``: ``variants``, a string, are all written as the one character ``to``."""

    to: str
    variants: str
    note: str = ""

    def __post_init__(self) -> None:
        """Check that lengths stay."""
        if len(self.to) != 1:
            raise ValueError("to is not one character")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A row of ``vocabulary.jsonl``: a word as converters to traditional script put it, in
    simplified characters, and the mainland word of equal length. A word that stands for itself
    is protected: 显著 stays, although 著 alone becomes 着."""

    word: str
    to: str
    note: str = ""

    def __post_init__(self) -> None:
        """Check that lengths stay."""
        if len(self.word) != len(self.to):
            raise ValueError("word and to differ in length")


def normalise(text: str) -> str:
    """Copy ``text`` with one form for each character; same length, same offsets.

    Spaces and invisible characters but ``\\n`` become a space, full-width forms half-width,
    traditional characters simplified, quotation marks “” and ‘’, dashes — or -, and on a page
    that ends its sentences with points those are full stops. Words of
    machine-made traditional text (程式 for 程序) are put back if :func:`is_traditional`;
    therefore call this once for a document, not clause by clause.

    >>> normalise("會議\\u3000決定，由縣財政局牽頭，按程式報審。")
    '会议 决定,由县财政局牵头,按程序报审。'
    """
    norm = _ZERO.sub(lambda zeros: "〇" * len(zeros[0]), text.translate(_table()))
    norm = _pair_quotes(norm)
    if is_traditional(text):
        words = _vocabulary()
        norm = _vocabulary_pattern().sub(lambda word: words[word[0]], norm)
    return _full_stops(norm)


def is_traditional(text: str) -> bool:
    """Whether ``text``, judged by its first 20 000 characters, is written in traditional characters.

    A tenth of the ideographs is enough: many characters are the same in both scripts, and a
    simplified text has hardly any traditional ones beyond a name.
    """
    sample = text[:_SAMPLE]
    signs = _traditional_signs()
    traditional = sum(char in signs for char in sample)
    return traditional > 0 and traditional >= _TRADITIONAL_SHARE * count_han(sample)


def count_han(text: str) -> int:
    """Number of ideographs of the Basic Multilingual Plane, without 〇."""
    return sum(map(len, _HAN.findall(text)))


@cache
def _table() -> list[int]:
    """Code point to code point; a list, because ``str.translate`` reads it twice as fast as a dict."""
    table = list(range(_TABLE_END))
    for code in range(_TABLE_END):
        if unicodedata.category(chr(code)) in _BLANK_CATEGORIES or code in _BLANKS:
            table[code] = _SPACE
    table[_NEWLINE] = _NEWLINE
    for block in _COMPATIBILITY:
        for code in block:
            form = unicodedata.normalize("NFKC", chr(code))
            if len(form) == 1 and table[code] == code:
                table[code] = ord(form)
    later = {ord(old): ord(new) for old, new in {**_variants(), **_simplified()}.items()}
    return [later.get(code, code) for code in table]


@cache
def _variants() -> dict[str, str]:
    rows = parse_rows(_lexicon_lines("characters.jsonl"), "characters.jsonl", CharacterVariants)
    return {variant: row.to for row in rows for variant in row.variants}


@cache
def _simplified() -> dict[str, str]:
    """Traditional to simplified characters, one to one: OpenCC's table, the first choice of each row.

    Raises:
        DependencyError: the package that has the table is missing, or another of the same name.
    """
    try:
        table = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8")
    except (ModuleNotFoundError, FileNotFoundError):
        raise DependencyError(
            "opencc-python-reimplemented",
            "its table of traditional characters is not there",
            "install it: pip install --force-reinstall opencc-python-reimplemented",
        ) from None
    pairs = (line.split()[:2] for line in table.splitlines() if line.strip())
    return {old: new for old, new in pairs if len(old) == len(new) == 1}


@cache
def _traditional_signs() -> frozenset[str]:
    """Characters that only traditional text has: GB 2312, the simplified standard, has 乾 and 於 too."""
    return frozenset(char for char in _simplified() if not char.encode("gb2312", "ignore"))


@cache
def _vocabulary() -> dict[str, str]:
    rows = parse_rows(_lexicon_lines("vocabulary.jsonl"), "vocabulary.jsonl", Vocabulary)
    return {row.word: row.to for row in rows}


def converter_words() -> tuple[tuple[str, str], ...]:
    """Mainland words and what converters to traditional script make of them, in simplified characters:
    ``("程序", "程式")``. The longest first; protected words are left out."""
    pairs = ((right, wrong) for wrong, right in _vocabulary().items() if wrong != right)
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@cache
def _vocabulary_pattern() -> re.Pattern[str]:
    """All words, the longest first, so that 著名 is protected before 著 is met."""
    return re.compile("|".join(sorted(map(re.escape, _vocabulary()), key=len, reverse=True)))


def _lexicon_lines(file: str) -> list[str]:
    return files("jiyao").joinpath("lexicons", file).read_text(encoding="utf-8").splitlines()


def _full_stops(norm: str) -> str:
    """Points at the ends of sentences as 。, if most sentences of the page end so."""
    typed = len(TYPED_STOP.findall(norm)) if "." in norm else 0
    return TYPED_STOP.sub("。", norm) if typed >= max(_LEAST_TYPED, norm.count("。")) else norm


def _pair_quotes(text: str) -> str:
    """Straight double quotes to “ and ” in turn, on lines where their number is even."""
    if '"' not in text:
        return text
    return "\n".join(map(_pair_quotes_of_line, text.split("\n")))


def _pair_quotes_of_line(line: str) -> str:
    first, *rest = line.split('"')
    if len(rest) % 2:
        return line
    return first + "".join(mark + part for mark, part in zip(cycle("“”"), rest, strict=False))
