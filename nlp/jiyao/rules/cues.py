"""The cue words that tell a mention's part in its clause (``lexicons/cues.jsonl``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jiyao.lexicon import parse_rows

_FILE = "cues.jsonl"


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


@cache
def cues() -> tuple[Cue, ...]:
    """All cues, in order."""
    content = files("jiyao").joinpath("lexicons", _FILE).read_text(encoding="utf-8")
    return parse_rows(content.splitlines(), _FILE, Cue)
