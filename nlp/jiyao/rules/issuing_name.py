"""In whose name a paper is issued: 以X名义印发."""

from __future__ import annotations

import re
from dataclasses import replace

from jiyao.rules.draft import Draft
from jiyao.rules.part import Role
from jiyao.rules.view import ClauseView, Page

#: 以政府办文件印发, 以两办名义转发: an office without its place is no agency to a recogniser, but signs all the same.
_BARE_OFFICE = re.compile(
    "以(?P<body>(?:党委|党政|政府|县委|市委|区委)?(?:两办|办公[室厅]|办)|政府|党委|指挥部|领导小组)的?(?:文件|名义)(?:形式)?(?:联合)?(?:印发|下发|转发|行文|发文|公布|上报)"
)


def issuing_name(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """以X名义印发: X signs, X neither leads nor drafts."""
    for part in draft.parts:
        if part.role is Role.ISSUER:
            return replace(draft, issuing_name=part.mention.text).with_evidence("issuing_name", part.rule, part.mention)
    bare = _BARE_OFFICE.search(view.text)
    if bare is None:
        return draft
    start, end = view.start + bare.start("body"), view.start + bare.end("body")
    return replace(draft, issuing_name=page.text[start:end]).with_span("issuing_name", "bare-office", start, end)
