"""What was decided: the outcome of a DECISION clause, its polarity, its papers."""

from __future__ import annotations

import re

from jiyao.labels import ClauseLabel, EntityLabel, Outcome
from jiyao.rules.cues import outcomes
from jiyao.rules.documents import anaphor_documents, item_start, named_documents, papers_in_hand
from jiyao.rules.view import ClauseView, Page
from jiyao.types import Decision, Mention

#: A request is 不予采纳, a paper 不予通过.
_REFUSES = re.compile("(?:会议)?(?:不予|未予|暂不|不(?!予))(?!通过|同意.{0,4}印发)")
#: The longest rest behind the verb that still is no object of its own: 暂缓实施, 原则通过了方案.
_SHORT_REST = 6
#: The longest qualification before a verb: 原则上.
_ADVERB = 3


def read_decision(view: ClauseView, page: Page) -> Decision | None:
    """The decision of a clause; ``None`` for a clause of another class."""
    if view.clause.label is not ClauseLabel.DECISION:
        return None
    papers = named_documents(view, page) or anaphor_documents(view, page)
    if not papers and _elided(view):
        papers = papers_in_hand(view, page, item_start(view, page))
    return Decision(view.start, view.end, view.clause.item, outcome(view) or Outcome.OTHER, papers)


def outcome(view: ClauseView) -> Outcome | None:
    """How the matter of a clause ended: by its verbs, else by its words."""
    verbs = "、".join(_with_adverb(view, verb) for verb in view.of(EntityLabel.ACTION))
    return _outcome(verbs) or _outcome(view.text)


def _elided(view: ClauseView) -> bool:
    """Whether the decision has no object of its own: 会议原则同意, 会议不同意现阶段印发."""
    verbs = view.of(EntityLabel.ACTION)
    if view.norm[max(0, view.start - 3) : view.start].rstrip().endswith(",") and _REFUSES.match(view.text):
        return False  # …的请求理由不足,不予采纳: the request before the comma is meant, not a paper
    if not verbs or re.search(r"对[^,。;]{3,}", view.norm[view.start : verbs[0].start]):
        return False
    return len(view.norm[verbs[0].end : view.end].strip(" ,。;了")) <= _SHORT_REST


def _with_adverb(view: ClauseView, verb: Mention) -> str:
    """A verb with what may qualify it: 原则上[同意], 未予[采纳]."""
    return view.norm[max(view.start, verb.start - _ADVERB) : verb.end]


def _outcome(text: str) -> Outcome | None:
    return next((found for found, pattern in outcomes() if pattern.search(text)), None)
