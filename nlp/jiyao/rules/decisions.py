"""What was decided: the outcome of a DECISION clause, its polarity, its papers."""

from __future__ import annotations

import re

from jiyao.labels import ClauseLabel, EntityLabel, Outcome
from jiyao.rules.documents import anaphor_document, item_start, named_documents, papers_in_hand
from jiyao.rules.view import ClauseView, Page
from jiyao.types import Decision

#: Tried in order: negation and delay before any approval.
_OUTCOMES: tuple[tuple[Outcome, re.Pattern[str]], ...] = (
    (
        Outcome.DEFERRED,
        re.compile("暂缓|缓议|再议|暂不|下次会议|择期|另行研究|搁置|延期|暂停|待.{0,12}后再|不宜上会|提交下次"),
    ),
    (
        Outcome.REJECTED,
        re.compile(
            "未(?:获|予|能)?(?:通过|同意|批准)|不(?:予)?(?:同意|通过|批准|采纳|支持|认可|核准|审议)|否决|不予|退回|驳回"
        ),
    ),
    (Outcome.APPROVED_IN_PRINCIPLE, re.compile("原则(?:上)?(?:同意|通过|审议通过|赞成|确定)|基本同意|原则性同意")),
    (Outcome.ESTABLISHED, re.compile("成立|设立|组建|新设|增设|设(?=[一二三四五六七八九十两])")),
    (Outcome.NAMED, re.compile("命名|授予|评定为|认定为|评选为|表彰|表扬|确定为.{0,8}(?:单位|先进|示范)|记功")),
    (Outcome.AUTHORISED, re.compile("授权|委托")),
    (Outcome.APPROVED, re.compile("同意|审议通过|通过|批准|审定|核准|赞成|准予|认可")),
)
_REFUSES = re.compile("(?:会议)?(?:不予|未予|暂不|不)")
#: The longest rest behind the verb that still is no object of its own: 暂缓实施, 原则通过了方案.
_SHORT_REST = 6


def read_decision(view: ClauseView, page: Page) -> Decision | None:
    """The decision of a clause; ``None`` for a clause of another class."""
    if view.clause.label is not ClauseLabel.DECISION:
        return None
    verbs = "、".join(mention.text for mention in view.of(EntityLabel.ACTION))
    outcome = _outcome(verbs) or _outcome(view.text) or Outcome.OTHER
    papers = named_documents(view, page)
    if not papers and (title := anaphor_document(view, page)):
        papers = (title,)
    if not papers and _elided(view):
        papers = papers_in_hand(view, page, item_start(view, page))
    return Decision(view.start, view.end, view.clause.item, outcome, papers)


def _elided(view: ClauseView) -> bool:
    """Whether the decision has no object of its own: 会议原则同意, 会议不同意现阶段印发."""
    verbs = view.of(EntityLabel.ACTION)
    if view.norm[max(0, view.start - 3) : view.start].rstrip().endswith(",") and _REFUSES.match(view.text):
        return False  # …的请求理由不足,不予采纳: the request before the comma is meant, not a paper
    if not verbs or re.search(r"对[^,。;]{3,}", view.norm[view.start : verbs[0].start]):
        return False
    return len(view.norm[verbs[0].end : view.end].strip(" ,。;了")) <= _SHORT_REST


def _outcome(text: str) -> Outcome | None:
    return next((outcome for outcome, pattern in _OUTCOMES if pattern.search(text)), None)
