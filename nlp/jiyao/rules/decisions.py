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
#: Words before a verb of decision that name no matter, and those for a paper.
_FORMAL = re.compile(
    "会议|会上|与会人员|党[委组]|常务会|例会|指挥部|管委会|经|集体|充分|认真|现场|记名|投票|票决|表决|举手|讨论|研究|审议|协商|决定|议定|明确|一致|认为"
    "|原则上?|基本|最后|最终|因此|故|拟|该|此|本|件|项|议题|文件|方案|办法|草案|[稿案,:暂不未予缓没有被再作也还均都]"
)
#: A part of a paper: 草案第十九条, 购房补贴条款, 配套资金部分.
_OF_PAPER = re.compile(
    "条款|条文|第[一二三四五六七八九十百]+条|内容|表述|一条|一节|[草方]案中|部分(?:(?:会议)?[暂不未]|$)"
)
_SHORTEST_MATTER = 4
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


def _has_matter(before: str) -> bool:
    """Whether what stands before the verb says what is decided on: 对企业免租要求,会议[不予同意]; but not 经表决,会议."""
    if re.search("对[^,。;]{3,}", before):
        return True
    return _OF_PAPER.search(before) is None and len(_FORMAL.sub("", before)) >= _SHORTEST_MATTER


def _elided(view: ClauseView) -> bool:
    """Whether the decision has no object of its own: 会议原则同意, 会议不同意现阶段印发."""
    verbs = view.of(EntityLabel.ACTION)
    if view.norm[max(0, view.start - 3) : view.start].rstrip().endswith(",") and _REFUSES.match(view.text):
        return False  # …的请求理由不足,不予采纳: the request before the comma is meant, not a paper
    if not verbs or _has_matter(view.norm[view.start : verbs[0].start]):
        return False
    return len(view.norm[verbs[0].end : view.end].strip(" ,。;了")) <= _SHORT_REST
