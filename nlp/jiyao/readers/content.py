"""What a format's reader takes and gives, and how a format is described."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jiyao.types import Span


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file: newlines are ``\\n``. The rest as in :class:`jiyao.types.Reading`."""

    text: str
    encoding: str | None
    body: Span | None = None
    notes: tuple[str, ...] = ()


#: Takes the bytes of a file and its name for errors; raises ``ReadError``.
Reader = Callable[[bytes, str], Content]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how to know it, and how to read it.

    ``sniff`` tells by the bytes alone. ``suffixes`` (lower case, with the point) are a hint
    for bytes that tell nothing. ``read`` is ``None`` for a format that is known but not read:
    then ``description`` and ``remedy`` go into the error.
    """

    description: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Reader | None = None
    remedy: str = ""
