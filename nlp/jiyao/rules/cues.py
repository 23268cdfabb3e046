"""The words that rules go by: cues of a mention's part, sets of verbs and nouns, outcomes.

All of them are data: ``lexicons/cues.jsonl``, ``rule_words.jsonl`` and ``outcomes.jsonl``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jiyao.labels import Outcome
from jiyao.lexicon import TitleKind, titles
from jiyao.lexicon.parse import Row, parse_rows


@dataclass(frozen=True, slots=True)
class Cue:
    """A mention has ``role`` where a word of ``before`` ends the text before it and a word of ``after``
    stands at most ``gap`` characters behind it. Rows are tried in the order of the file."""

    name: str
    role: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    gap: int | None = None

    def __post_init__(self) -> None:
        if not (self.before or self.after):
            raise ValueError("neither before nor after")


@dataclass(frozen=True, slots=True)
class WordSet:
    """Words that a rule treats alike."""

    set: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """What says that a matter ended with ``outcome``: plain words, and regular expressions where words vary.

    They are looked for in the verbs of a clause, those of ``whole`` in all of it.
    Rows are tried in the order of the file: negation and delay stand before any approval.
    """

    outcome: Outcome
    words: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for pattern in (*self.patterns, *self.whole):
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression: {error}") from None


@cache
def cues() -> tuple[Cue, ...]:
    """All cues, in order."""
    return _read("cues.jsonl", Cue)


@cache
def outcomes() -> tuple[tuple[Outcome, re.Pattern[str], re.Pattern[str]], ...]:
    """Outcomes with what says so in a verb and in a whole clause, in order."""
    rows = _read("outcomes.jsonl", OutcomeWords)
    return tuple(
        (
            row.outcome,
            re.compile("|".join((*row.patterns, alternatives(row.words)))),
            re.compile("|".join(row.whole) or "(?!)"),
        )
        for row in rows
    )


@cache
def words(name: str) -> frozenset[str]:
    """One set of words; an unknown set is a mistake in the program (``KeyError``)."""
    return {row.set: frozenset(row.words) for row in _read("rule_words.jsonl", WordSet)}[name]


@cache
def any_of(*names: str) -> re.Pattern[str]:
    """A pattern for any word of the sets; a word of one character (报) must be the whole text."""
    found = frozenset().union(*map(words, names))
    longer = alternatives(word for word in found if len(word) > 1)
    whole = "".join(rf"|^{re.escape(word)}$" for word in sorted(found) if len(word) == 1)
    return re.compile(f"{longer}{whole}")


@cache
def office() -> str:
    """A person's office (副市长, 党组书记) as alternatives of a regular expression."""
    return alternatives(title.text for title in titles() if title.kind is not TitleKind.ADDRESS)


def alternatives(of: Iterable[str]) -> str:
    """``of`` as alternatives of a regular expression, the longest first."""
    return "|".join(re.escape(word) for word in sorted(of, key=lambda word: (-len(word), word)))


def _read(file: str, row_type: type[Row]) -> tuple[Row, ...]:
    content = files("jiyao").joinpath("lexicons", file).read_text(encoding="utf-8")
    return parse_rows(content.splitlines(), file, row_type)
