"""Acts that are marked although they are not the task's own: those of the next body, those of a gate, those of goals and
prohibitions (``silent_frames``), and set phrases.

The guideline leaves them unmarked (sections 1 and 3), and their form is plain: 报县政府[公布], 经市司法局[复核]后, [接]下来.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from jiyao.labels import EntityLabel
from jiyao.rules.condition import REDACTED
from jiyao.rules.cues import alternatives, words
from jiyao.rules.next_step import next_act
from jiyao.rules.silent_frames import silent_frames
from jiyao.types import Mention

#: What sends a paper to the body behind it.
_SENDS = re.compile("(?:报请|报经|呈报|提请|提交|报送|报|送|呈)$")
_LONGEST_SENDER = 3
#: 经X复核后, 经公示后; 经 within a name (经信局) is told by the mention that covers it.
_GATE = re.compile("(?<![已财神曾])经(?![济过营费常历])[^,。;:\\n经]{2,25}?后")


def without_foreign_acts(norm: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, in order, without the ACTIONs of the body that a paper goes to, of those whom it passes, in goals and
    prohibitions, in set phrases that only lead on, and where characters were blacked out."""
    ordered = sorted(mentions, key=lambda mention: mention.start)
    silent = chain.from_iterable(silent_frames(norm))
    foreign = {
        *_of_recipients(norm, ordered),
        *_in_gates(norm, ordered),
        *_in_set_phrases(norm),
        *_blacked_out(norm),
        *silent,
    }
    return tuple(m for m in ordered if not (m.label is EntityLabel.ACTION and m.start in foreign))


@cache
def _set_phrase() -> re.Pattern[str]:
    return re.compile(alternatives(words("set_phrase")))


def _in_set_phrases(norm: str) -> Iterator[int]:
    for phrase in _set_phrase().finditer(norm):
        yield from range(*phrase.span())


def _blacked_out(norm: str) -> Iterator[int]:
    """XXX, ×××: a name, never a verb."""
    for stretch in REDACTED.finditer(norm):
        yield from range(*stretch.span())


def _of_recipients(norm: str, mentions: Sequence[Mention]) -> Iterator[int]:
    for mention in mentions:
        before = norm[max(0, mention.start - _LONGEST_SENDER) : mention.start]
        if mention.label is EntityLabel.AGENCY and _SENDS.search(before):
            act = next_act().match(norm, mention.end)
            yield act.start("act") if act else mention.end


def _in_gates(norm: str, mentions: Sequence[Mention]) -> Iterator[int]:
    for gate in _GATE.finditer(norm):
        index = bisect_right(mentions, gate.start(), key=lambda mention: mention.start) - 1
        if index < 0 or mentions[index].end <= gate.start():
            yield from range(*gate.span())
