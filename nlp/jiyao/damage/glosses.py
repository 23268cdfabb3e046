"""Pronunciations that a web page's program wrote behind single characters: 常務(wù)會(huì)議."""

from __future__ import annotations

import re
import unicodedata

_HAN = "\u4e00-\u9fff"
#: A syllable of pinyin with its tone, in brackets behind one character. A tone may be a character of its own.
_GLOSS = re.compile(rf"(?<=[{_HAN}])[(\uff08][ \u00a0]?([a-zü\u00e0-\u01dc\u0300-\u030c]{{1,8}})[ \u00a0]?[)\uff09]")
_TONES = frozenset("\u0300\u0301\u0304\u030c")
_SYLLABLE = re.compile(
    "(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?(?:[aeiouü]|ai|ei|ao|ou|an|en|ang|eng|ong|er|ia|ie|iao|iu|ian|in|iang|ing|iong|"
    "ua|uo|uai|ui|uan|un|uang|ue|üe|üan|ün)|ng?|m"
)
#: So many syllables with a tone show that those without one, 了(le), are pronunciations, too.
_LEAST = 3


def find_glosses(text: str) -> list[int]:
    """Where the characters of pronunciations stand: of all that have a tone, of others on a page of such ones."""
    found = []
    for match in _GLOSS.finditer(text):
        letters = unicodedata.normalize("NFD", match[1]).replace("u\u0308", "ü")
        bare = "".join(char for char in letters if char not in _TONES)
        if _SYLLABLE.fullmatch(bare):
            found.append((match, len(letters) > len(bare)))
    many = sum(toned for _, toned in found) >= _LEAST
    return [place for match, toned in found if toned or many for place in range(*match.span())]
