"""Who checks on the way: 经X审核后. A gate neither leads nor is the next step; it is a flag."""

from __future__ import annotations

import re

from jiyao.normalise import normalise
from jiyao.rules.draft import Draft
from jiyao.rules.part import Role
from jiyao.rules.view import ClauseView, Page

#: 送X审核通过后再提请Y审议: X stands on the way to Y.
_PASSED = re.compile(r"(?:审核|审查|审定|初审|审阅|会签|把关|审议|复核|研究)?(?:通过|同意)?后")
_ACT = r"(?P<act>审核把关|合法性审[查核]|审核|审查|审定|研究同意|同意|批准|初审|审阅|会签|把关|审议|复核|研究|验收)"
_GATE = re.compile(rf"经(?P<body>[^,。;、经]{{2,14}}?)(?:会议|进行|集体)?{_ACT}(?:通过|同意|把关)?后")
_CHECKS = re.compile(rf"(?:等(?:部门|单位))?(?:会议|进行|集体|作)?{_ACT}")


def gates(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """经X审核后: X checks on the way; kept as a flag."""
    for match in _GATE.finditer(view.text):
        draft = draft.with_flag(f"gate: {match.group('body')} {match.group('act')}")
    recipients = [part for part in draft.parts if part.role is Role.RECIPIENT]
    passed = [
        part
        for part in recipients
        if part.group != recipients[-1].group and _PASSED.match(view.norm, part.mention.end, view.end)
    ]
    following = normalise(draft.next_step.body) if draft.next_step else ""
    for part in (*passed, *(part for part in draft.parts if part.role is Role.GATE)):
        body = view.plain(part.mention)
        if body == following:
            continue  # 提请甲研究后,提交乙审议: 甲 is the next step itself
        if not any(body in flag for flag in draft.flags):
            last = max(other.mention.end for other in draft.parts if other.group == part.group)
            act = _CHECKS.match(view.norm, last, view.end)
            draft = draft.with_flag(f"gate: {body} {act.group('act')}" if act else f"gate: {body}")
    return draft
