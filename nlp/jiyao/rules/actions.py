"""What is done: the clause's verbs, what they act upon, and whether it is urgent."""

from __future__ import annotations

import re
from dataclasses import replace

from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.rules.cues import any_of, words
from jiyao.rules.draft import Draft
from jiyao.rules.roles import ACTING_SUPPORT, Role
from jiyao.rules.view import ClauseView, Page
from jiyao.types import Mention

_STOP = re.compile(r"[,。;、\n)]")
_DISPOSAL = re.compile(r"(?P<marker>把|将|对)(?P<object>[^,。;:把将]{2,30}?)$")
_OBJECT_END = re.compile(r"[,。;:!?、(\n]|并|后|由|报|以便|确保")
_LEFT = re.compile(r"^(?:了|好|完|对|出|到位|一批|一次|一份)?")


def actions(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """The clause's ACTION mentions in order, without the supporters' own acts."""
    helping = _helping_stretches(view, draft)
    found = tuple(
        mention
        for mention in view.of(EntityLabel.ACTION)
        if not any(start <= mention.start < end for start, end in helping)
    )
    return replace(draft, actions=found).with_evidence("actions", "mentions", *found)


def _helping_stretches(view: ClauseView, draft: Draft) -> list[tuple[int, int]]:
    """From each supporter that acts (乙配合做好…) to the next stop."""
    stretches = []
    for part in draft.parts:
        if part.role is Role.SUPPORT and part.rule in ACTING_SUPPORT:
            stop = _STOP.search(view.norm, part.mention.end, view.end)
            stretches.append((part.mention.end, stop.start() if stop else view.end))
    return stretches


def urgency(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """尽快, 抓紧, 立即: no date, but a mark."""
    found = any_of("urgent").search(view.text)
    if found is None:
        return draft
    return replace(draft, urgent=True).with_span(
        "urgent", "word-of-urgency", view.start + found.start(), view.start + found.end()
    )


def acted_upon(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """What the first main verb acts upon: 把X, a fronted topic, or what follows the verb."""
    main = main_verbs(view, draft) or list(draft.actions)
    if not main:
        return draft
    for rule, found in (
        ("object-before-verb", _disposed(view, main[0])),
        ("fronted-topic", _fronted(view, draft)),
        ("object-after-verb", _following(view, main[0])),
    ):
        if found and 2 <= len(found[0]) <= 40:
            text, start = found
            end = start + len(text)
            return replace(draft, object=page.text[start:end]).with_span("object", rule, start, end)
    return draft


def main_verbs(view: ClauseView, draft: Draft) -> list[Mention]:
    """The actions without 牵头 and 负责, which say who and not what."""
    return [mention for mention in draft.actions if view.plain(mention) not in words("leading_verb")]


def _disposed(view: ClauseView, verb: Mention) -> tuple[str, int] | None:
    match = _DISPOSAL.search(view.norm[view.start : verb.start])
    if not match or (match.group("marker") == "将" and view.clause.label is ClauseLabel.COMMITMENT):
        return None  # 市政府将按季通报: the future
    found = match.group("object")
    while adverb := next((word for word in words("before_verb") if found.endswith(word)), None):
        found = found.removesuffix(adverb)
    return found, view.start + match.start("object")


def _fronted(view: ClauseView, draft: Draft) -> tuple[str, int] | None:
    """前期经费由市财政局安排: the topic before 由."""
    match = re.match(r"(?P<topic>[^,。;:由]{2,20})由", view.text)
    if not match or not draft.lead or match.end() + view.start != draft.lead[0].start:
        return None
    return match.group("topic"), view.start


def _following(view: ClauseView, verb: Mention) -> tuple[str, int] | None:
    after = view.norm[verb.end : view.end]
    skip = _LEFT.match(after)
    begin = skip.end() if skip else 0
    end = _OBJECT_END.search(after, begin)
    text = after[begin : end.start() if end else len(after)]
    for mention in view.mentions:
        # Stop before the next verb or deadline.
        if mention.label in (EntityLabel.ACTION, EntityLabel.DEADLINE):
            edge = mention.start - verb.end - begin
            if 0 <= edge < len(text):
                text = text[:edge]
    return text.strip(), verb.end + begin
