"""Who supports: 会同Y, Y配合, 配合单位:Y."""

from __future__ import annotations

from dataclasses import replace

from jiyao.labels import EntityLabel
from jiyao.rules.draft import Draft
from jiyao.rules.part import Role
from jiyao.rules.view import ClauseView, Page


def support(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """The agencies that help the leads of the clause."""
    found = [part for part in draft.parts if part.role is Role.SUPPORT and part.mention.label is EntityLabel.AGENCY]
    mentions = {part.mention.text: part.mention for part in reversed(found)}
    draft = replace(draft, support=tuple(reversed(mentions.values())))
    for part in found:
        draft = draft.with_evidence("support", part.rule, part.mention)
    return draft
