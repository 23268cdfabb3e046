"""How a matter ended: the words of a clause against ``outcomes.jsonl``, negation first; else the votes."""

from __future__ import annotations

import re

from jiyao.dates import parse_chinese_number
from jiyao.labels import EntityLabel, Outcome
from jiyao.rules.cues import outcomes
from jiyao.rules.view import ClauseView
from jiyao.types import Mention

#: The longest qualification before a verb: 原则上.
_ADVERB = 3
_NUMBER = "[0-9零一二两三四五六七八九十百]{1,4}"
#: 同意9票, 9票赞成, 反对2票, 弃权1票.
_VOTES = re.compile(
    rf"(?P<side>不同意|不赞成|同意|赞成|反对|弃权|回避)的?(?P<count>{_NUMBER})票"
    rf"|(?P<counted>{_NUMBER})票(?P<sided>不同意|不赞成|同意|赞成|反对|弃权|回避)"
)
_FOR, _NEITHER = frozenset({"同意", "赞成"}), frozenset({"弃权", "回避"})


def outcome(view: ClauseView) -> Outcome | None:
    """How the matter of a clause ended: by its verbs, else by its words, else by its votes."""
    counted = {place for match in _VOTES.finditer(view.text) for place in range(*match.span())}
    verbs = [verb for verb in view.of(EntityLabel.ACTION) if verb.start - view.start not in counted]
    rest = "".join(_VOTES.sub("", view.text).split())
    return _outcome("、".join(_with_adverb(view, verb) for verb in verbs), rest) or _outcome(rest) or _voted(view.text)


def _voted(text: str) -> Outcome | None:
    """More votes for than against; abstentions count for neither."""
    sides = {True: 0, False: 0}
    for match in _VOTES.finditer(text):
        side = match["side"] or match["sided"]
        if side not in _NEITHER:
            sides[side in _FOR] += parse_chinese_number(match["count"] or match["counted"]) or 0
    if sides[True] == sides[False]:
        return None
    return Outcome.APPROVED if sides[True] > sides[False] else Outcome.REJECTED


def _with_adverb(view: ClauseView, verb: Mention) -> str:
    """A verb with what may qualify it: 原则上[同意], 未予[采纳]."""
    return view.norm[max(view.start, verb.start - _ADVERB) : verb.end]


def _outcome(said: str, whole: str = "") -> Outcome | None:
    return next(
        (found for found, pattern, anywhere in outcomes() if pattern.search(said) or anywhere.search(whole)), None
    )
