"""In whose name a paper is issued: 以X名义印发."""

from __future__ import annotations

from dataclasses import replace

from jiyao.rules.draft import Draft
from jiyao.rules.part import Role
from jiyao.rules.view import ClauseView, Page


def issuing_name(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """以X名义印发: X signs, X neither leads nor drafts."""
    for part in draft.parts:
        if part.role is Role.ISSUER:
            return replace(draft, issuing_name=part.mention.text).with_evidence("issuing_name", part.rule, part.mention)
    return draft
