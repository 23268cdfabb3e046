"""What is done: the clause's verbs, what they act upon, and whether it is urgent."""

from __future__ import annotations

import re
from dataclasses import replace

from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.rules.cues import any_of, words
from jiyao.rules.draft import Draft
from jiyao.rules.part import Role
from jiyao.rules.roles import ACTING_SUPPORT
from jiyao.rules.view import ClauseView, Page
from jiyao.types import Mention

_STOP = re.compile(r"[,。;、|\n)]")
_DISPOSAL = re.compile(r"(?P<marker>把|将|对)(?P<object>[^,。;:把将]{2,30}?)$")
_OBJECT_END = re.compile(
    r"[,。;:!?(|\n]|并(?!购|轨|网|联)|后(?![勤续方备期])|由|(?<![申预通汇填快简海周日年月公])报(?!告|表|名|警|废|销|批|建|道)|以便|确保"
)
_LEFT = re.compile(
    r"^(?:了|好|完|毕|齐(?!全)|清(?![理单障查零运淤扫洗])|足(?!额)|牢(?!固)|对|出|到位|一批|一次|一份|一轮|一遍|一套)?"
)


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
        ("object-before-verb", _disposed(view, main[0], "把将")),
        # 对逾期的下达复垦通知书: the verb has an object of its own; 对设施进行改造: it has none
        ("object-after-verb", None if view.plain(main[0]) in words("light_verb") else _following(view, main[0])),
        ("object-before-verb", _disposed(view, main[0], "对")),
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


def _disposed(view: ClauseView, verb: Mention, markers: str) -> tuple[str, int] | None:
    match = _DISPOSAL.search(view.norm[view.start : verb.start])
    if (
        not match
        or match.group("marker") not in markers
        or (match.group("marker") == "将" and view.clause.label is ClauseLabel.COMMITMENT)
    ):
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
        # Stop before the next verb or deadline; a body only stops it behind 、, where it is another actor.
        edge = mention.start - verb.end - begin
        if not 0 <= edge < len(text):
            continue
        if mention.label in (EntityLabel.ACTION, EntityLabel.DEADLINE) or (
            mention.label is EntityLabel.AGENCY and text[:edge].endswith("、")
        ):
            text = text[:edge]
    text = text.strip(" 、")
    while adverb := next((word for word in words("before_verb") if text.endswith(word)), None):
        text = text.removesuffix(adverb)
    return text, verb.end + begin
