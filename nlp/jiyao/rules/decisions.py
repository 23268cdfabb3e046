"""What was decided: the outcome of a DECISION clause, its polarity, its papers."""

from __future__ import annotations

import re

from jiyao.labels import ClauseLabel, EntityLabel, Outcome
from jiyao.rules.documents import anaphor_documents, item_start, named_documents, papers_in_hand
from jiyao.rules.outcome import outcome
from jiyao.rules.view import ClauseView, Page
from jiyao.types import Decision

#: A request is 不予采纳, a paper 不予通过.
_REFUSES = re.compile("(?:会议)?(?:不予|未予|暂不|不(?!予))(?!通过|同意.{0,4}印发)")
#: The longest rest behind the verb that still is no object of its own: 暂缓实施, 原则通过了方案.
_SHORT_REST = 6


def read_decision(view: ClauseView, page: Page) -> Decision | None:
    """The decision of a clause; ``None`` for a clause of another class."""
    if view.clause.label is not ClauseLabel.DECISION:
        return None
    papers = named_documents(view, page) or anaphor_documents(view, page)
    if not papers and _elided(view):
        papers = papers_in_hand(view, page, item_start(view, page))
    return Decision(view.start, view.end, view.clause.item, outcome(view) or Outcome.OTHER, papers)


def _elided(view: ClauseView) -> bool:
    """Whether the decision has no object of its own: 会议原则同意, 会议不同意现阶段印发."""
    verbs = view.of(EntityLabel.ACTION)
    if view.norm[max(0, view.start - 3) : view.start].rstrip().endswith(",") and _REFUSES.match(view.text):
        return False  # …的请求理由不足,不予采纳: the request before the comma is meant, not a paper
    if not verbs or re.search(r"对[^,。;]{3,}", view.norm[view.start : verbs[0].start]):
        return False
    return len(view.norm[verbs[0].end : view.end].strip(" ,。;了")) <= _SHORT_REST
