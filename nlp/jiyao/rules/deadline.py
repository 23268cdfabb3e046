"""By when: the clause's deadline, resolved against the meeting date."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from jiyao.dates import Event, Interpretation, Lapse, Unit, interpret, resolve
from jiyao.labels import DeadlineKind, EntityLabel
from jiyao.rules.cues import alternatives, words
from jiyao.rules.draft import Draft
from jiyao.rules.view import ClauseView, Page
from jiyao.types import Deadline, Mention


@cache
def _soft() -> re.Pattern[str]:
    """力争, 争取 right before a deadline; 争取资金 is another word."""
    return re.compile(rf"(?:{alternatives(words('soft'))})(?:在|于)?$")


@cache
def _event_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives(words('counted_from'))})$")


@cache
def _occasion() -> re.Pattern[str]:
    return re.compile(alternatives(words("occasions")))


@cache
def _answer(hours: bool) -> re.Pattern[str]:
    """Answers and services; whether 5个工作日内答复 runs from a question or from the meeting nobody can tell."""
    verbs = words("services") | (words("answers") if hours else frozenset())
    return re.compile(rf"(?:必须|一律|书面|要|须|及时)?(?:{alternatives(verbs)})")


#: 会后十日内: after this meeting, which the days run from anyway; 例会后, 评审会后: after another.
_AFTER_MEETING = re.compile("(?<![例审谈约商研讨晨展年班])会后$")
_SAME_DAY = re.compile("当[日天]内?")
_HOURS_A_DAY = 24


def _counts_from_event(view: ClauseView, mention: Mention, meant: Interpretation | None) -> bool:
    """开挖后[7日内], 投诉[2小时内]反馈, 有争议的[15日内]答复: counted from what stands before it, not from the meeting.

    So are 当日, hours of less than a day, and the few days within which a service is done or something that comes up
    (投诉, 发现…) is dealt with; weeks and months run from the meeting.
    """
    if meant is None or not isinstance(meant.value, Lapse):
        return False
    lapse = meant.value
    if _SAME_DAY.fullmatch(view.norm, mention.start, mention.end):
        return True
    if view.just_before(_AFTER_MEETING, mention.start):
        return False
    if view.just_before(_event_before(), mention.start):
        return True
    if lapse.unit is Unit.HOUR and lapse.amount < _HOURS_A_DAY:
        return True
    if lapse.unit not in (Unit.HOUR, Unit.DAY, Unit.WORKING_DAY):
        return False
    answered = _answer(lapse.unit is Unit.HOUR).match(view.norm, mention.end) is not None
    return answered or _occasion().search(view.norm, view.start, mention.start) is not None


def deadline(view: ClauseView, page: Page, draft: Draft) -> Draft:
    """The first DEADLINE mention; a second one is flagged, none is ever taken from another clause."""
    found = view.of(EntityLabel.DEADLINE)
    if not found:
        return draft
    first = found[0]
    text = page.text[first.start : first.end]
    interpretation = interpret(page.norm[first.start : first.end])
    if _counts_from_event(view, first, interpretation):
        interpretation = Interpretation(Event())
    if interpretation is None:
        due = Deadline(text, first.start, first.end, DeadlineKind.VAGUE, None)
    else:
        resolved = resolve(interpretation, page.meeting.held_on)
        due = Deadline(text, first.start, first.end, resolved.kind, resolved.date)
        for flag in resolved.flags:
            draft = draft.with_flag(flag)
    if view.just_before(_soft(), first.start):
        draft = draft.with_flag("soft deadline")
    if len(found) > 1:
        draft = draft.with_flag("several deadlines")
    return replace(draft, deadline=due).with_evidence("deadline", "first-deadline", first)
