"""What state the clause's text is in: damaged, redacted, cut off, repaired. Only flags; nothing is filled in."""

from __future__ import annotations

import re

from jiyao.dates import find_lost_periods
from jiyao.rules.draft import Draft
from jiyao.rules.view import ClauseView, Page

_DAMAGED = re.compile(r"[\ufffd□]|\?{2,}|(?<!\*)\*(?!\*)")
#: What was blacked out or left out: ×××, ***, XX, (略).
REDACTED = re.compile(
    r"\*{2,}|[×╳]{2,}|(?<![A-Za-z0-9])[xX]{2,}(?![A-Za-z])|\(略\)|(?<=[\u4e00-\u9fff])[○〇]{2,}(?=[\u4e00-\u9fff])"
)
#: A line that stops where no sentence can: …由, …以及, …,
_CUT_OFF = re.compile(r"(?:[,、]|…+|\.{3,}|[由请向对把将在于以和及与并或的被经]|以及|根据|按照|关于|为了|通过)$")


def condition(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """Flags for what a reader has to check against the original."""
    if _DAMAGED.search(view.text):
        draft = draft.with_flag("text damaged")
    if REDACTED.search(view.text):
        draft = draft.with_flag("text redacted")
    ends_line = view.end == len(view.norm) or view.norm[view.end] == "\n"
    if ends_line and _CUT_OFF.search(view.text.rstrip()) and not _goes_on(view, page):
        draft = draft.with_flag("text cut off")
    for period in find_lost_periods(view.text):
        draft = draft.with_flag(f"period repaired: {period.first}—{period.last}年")
    return draft


def _goes_on(view: ClauseView, page: Page) -> bool:
    """Whether the next clause continues the sentence on the next line, as pages with hard line ends do."""
    following = page.views[view.index + 1] if view.index + 1 < len(page.views) else None
    return following is not None and view.text.rstrip().endswith((",", "、")) and following.item == view.item
