"""How a matter ended: the words of a clause against ``outcomes.jsonl``, negation first."""

from __future__ import annotations

from jiyao.labels import EntityLabel, Outcome
from jiyao.rules.cues import outcomes
from jiyao.rules.view import ClauseView
from jiyao.types import Mention

#: The longest qualification before a verb: 原则上.
_ADVERB = 3


def outcome(view: ClauseView) -> Outcome | None:
    """How the matter of a clause ended: by its verbs, else by its words."""
    verbs = "、".join(_with_adverb(view, verb) for verb in view.of(EntityLabel.ACTION))
    return _outcome(verbs) or _outcome(view.text)


def _with_adverb(view: ClauseView, verb: Mention) -> str:
    """A verb with what may qualify it: 原则上[同意], 未予[采纳]."""
    return view.norm[max(view.start, verb.start - _ADVERB) : verb.end]


def _outcome(text: str) -> Outcome | None:
    return next((found for found, pattern in outcomes() if pattern.search(text)), None)
