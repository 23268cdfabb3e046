"""Targets: indicator and value with unit and approximation, as the text has them, are the record's object."""

from __future__ import annotations

import re
from dataclasses import replace

from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.rules.draft import Draft
from jiyao.rules.view import ClauseView, Page

#: Where the indicators end and who answers for them begins.
_ANSWERS = re.compile(
    r"[。;\n|]|[,(]?\s*(?:责任|牵头|主办|承办|配合|完成|落实)(?:单位|部门|领导|科室|人|时限|时间|主体)\s*[::]"
    r"|\((?=[^()]{0,80}(?:负责|牵头|责任)[^()]{0,30}\))|,(?=责任(?:落实|分解)到)"
)
_NUMERAL = r"(?:[0-9][0-9,.]*|[零一二两三四五六七八九十百千]+)"
#: 6%, 18万亩, 百分之八十, 七成, 1.9万农村贫困人口, 零发生, 地表水Ⅴ类.
_VALUE = re.compile(
    rf"百分之{_NUMERAL}|{_NUMERAL}(?:[万亿千百]+)?\s*(?:%|‰|个?百分点|[成倍]|[\u4e00-\u9fffA-Za-z])|零(?:发生|新增|事故|上访|死亡)|[ⅠⅡⅢⅣⅤ]类"
)
#: What only leads up to the indicators: 会议确定, 力争, 到2025年底,
_LEAD_UP = re.compile(
    r"(?:会议[\u4e00-\u9fff]{2}[,:]|(?:要)?(?:确保|力争|争取|实现(?=[^0-9])|努力)|(?:到|至)?20[0-9]{2}年[底末]?[,,]|[,、\s])+"
)


def target(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """What a TARGET clause asks for, the indicators that follow each other together."""
    if view.clause.label is not ClauseLabel.TARGET:
        return draft
    lead_up = _LEAD_UP.match(view.text)
    begin = lead_up.end() if lead_up else 0
    stop = _ANSWERS.search(view.text, begin)
    end = _last_value(view, begin, stop.start() if stop else len(view.text))
    if end - begin < 2:
        return draft
    start, end = view.start + begin, view.start + end
    return replace(draft, object=page.text[start:end]).with_span("object", "indicator-and-value", start, end)


def _last_value(view: ClauseView, begin: int, end: int) -> int:
    """The end of the last stretch between commas that holds a value; of the first, where none does."""
    pieces = [match.span() for match in re.finditer(r"[^,]+", view.text[:end]) if match.end() > begin]
    deadlines = {place - view.start for due in view.of(EntityLabel.DEADLINE) for place in range(due.start, due.end)}
    valued = [
        stop
        for start, stop in pieces
        if any(value.start() not in deadlines for value in _VALUE.finditer(view.text, max(start, begin), stop))
    ]
    last = valued[-1] if valued else pieces[0][1] if pieces else begin
    return begin + len(view.text[begin:last].rstrip(" ,、"))
