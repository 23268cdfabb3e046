"""What a page may have suffered before it came: how it is known, and how the page is read all the same.

A damage is a module that finds places in a text, and a line of :data:`DAMAGES`. Nothing is changed in the document: models
and rules read it mended, and its record is told in the offsets of the page as it came (:mod:`jiyao.damage.gaps`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jiyao.damage.columns import find_columns
from jiyao.damage.gaps import Gaps
from jiyao.damage.glosses import find_glosses
from jiyao.damage.lost_lines import find_lost_lines
from jiyao.damage.references import find_references
from jiyao.damage.running_lines import find_running_lines
from jiyao.damage.spacing import find_invisible, find_spacing
from jiyao.damage.wraps import find_wraps
from jiyao.normalise import normalise
from jiyao.types import MinutesRecord, Reading


def mend(reading: Reading) -> tuple[Reading, Callable[[MinutesRecord], MinutesRecord]]:
    """The document as it was meant, and what makes its record that of the document as it came."""
    layers: list[Gaps] = []
    for damage in DAMAGES:
        if (gaps := damage(reading)) is not None:
            layers.append(gaps)
            reading = gaps.without()

    def restore(record: MinutesRecord) -> MinutesRecord:
        for gaps in reversed(layers):
            record = gaps.restore(record)
        return record

    return reading, restore


def meant(text: str) -> str:
    """A stretch of a damaged page without what only the damage put there, and references as their characters."""
    references = find_references(text)
    left_out = {*find_invisible(text), *find_glosses(text), *find_running_lines(normalise(text))}
    left_out |= {place for start, (end, _) in references.items() for place in range(start + 1, end)}
    if not left_out:
        return text
    return "".join(
        references[place][1] if place in references else char
        for place, char in enumerate(text)
        if place not in left_out
    )


def _left_out(find: Callable[[str], Sequence[int]]) -> Callable[[Reading], Gaps | None]:
    def damage(reading: Reading) -> Gaps | None:
        places = find(normalise(reading.text))
        return Gaps(reading, places) if places else None

    return damage


def _invisible(reading: Reading) -> Gaps | None:
    places = find_invisible(reading.text)  # normalised, they would be blanks
    return Gaps(reading, places) if places else None


def _glosses(reading: Reading) -> Gaps | None:
    places = find_glosses(reading.text)  # normalised, tones may be lost
    return Gaps(reading, places) if places else None


def _references(reading: Reading) -> Gaps | None:
    found = find_references(reading.text)
    return Gaps(reading, instead=found) if found else None


def _lost_lines(reading: Reading) -> Gaps | None:
    places = find_lost_lines(normalise(reading.text))
    return Gaps(reading, instead={place: (place + 1, "\n") for place in places}) if places else None


def _columns(reading: Reading) -> Gaps | None:
    places = find_columns(reading.text)  # normalised, tabs would be blanks
    return Gaps(reading, instead={start: (end, "|") for start, end in places.items()}) if places else None


#: The known damages in the order in which they are mended: each makes the next visible.
DAMAGES: tuple[Callable[[Reading], Gaps | None], ...] = (
    _references,
    _invisible,
    _columns,
    _glosses,
    _left_out(find_spacing),
    _left_out(find_running_lines),
    _lost_lines,
    _left_out(find_wraps),
)
