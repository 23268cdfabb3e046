"""Interpretation and resolution of deadlines: specs as data, laws, and every annotated deadline."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiyao.corpus.splits import load_part
from jiyao.dates import interpret, resolve
from jiyao.dates.values import Lapse
from jiyao.labels import DeadlineKind

ROOT = Path(__file__).parents[2]
SPECS = [json.loads(line) for line in (ROOT / "tests/specs/deadlines.jsonl").read_text(encoding="utf-8").splitlines()]
NO_DEADLINES = [
    "",
    "前",
    "内",
    "目前",
    "此前",
    "日前",
    "之前",
    "从前",
    "年前后的",
    "市财政局",
    "方案",
    "会议",
    "。前",
    "前" * 100,
]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: f"{spec['text']}@{spec['meeting']}")
def test_spec(spec: dict[str, Any]) -> None:
    interpretation = interpret(spec["text"])
    assert interpretation is not None
    resolved = resolve(interpretation, day(spec["meeting"]))
    assert (resolved.kind.value, resolved.date, list(resolved.flags)) == (
        spec["kind"],
        day(spec["date"]),
        spec["flags"],
    )


@pytest.mark.parametrize("text", NO_DEADLINES)
def test_no_deadline(text: str) -> None:
    assert interpret(text) is None


def test_annotated_deadlines_of_the_training_part() -> None:
    """Never dev or test: these measure, they do not steer."""
    differences, total = [], 0
    for document in load_part(ROOT / "annotations", "train"):
        for deadline in (task.deadline for task in document.tasks if task.deadline is not None):
            interpretation = interpret(deadline.text)
            found = interpretation and resolve(interpretation, document.meeting.held_on)
            # A lapse (2小时内) may be counted from an event that stands outside the annotated span.
            if interpretation and isinstance(interpretation.value, Lapse) and deadline.kind is DeadlineKind.EVENT:
                continue
            total += 1
            if found is None or (found.kind, found.date) != (deadline.kind, deadline.date):
                differences.append(f"{document.name}: {deadline} read as {found}")
    assert len(differences) <= 0.02 * total, "\n".join(differences)


@given(meeting=st.dates(), days=st.integers(0, 9999))
def test_days_are_counted_from_the_meeting(meeting: date, days: int) -> None:
    interpretation = interpret(f"{days}日内")
    assert interpretation is not None
    resolved = resolve(interpretation, meeting)
    try:
        assert resolved.date == meeting + timedelta(days=days)
    except OverflowError:
        assert resolved.date is None and resolved.flags == ("no such date",)


@given(meeting=st.dates(date(1950, 1, 1), date(9998, 12, 31)), due=st.dates())
def test_a_date_without_year_is_never_long_past(meeting: date, due: date) -> None:
    interpretation = interpret(f"{due.month}月{due.day}日前")
    assert interpretation is not None
    resolved = resolve(interpretation, meeting)
    if resolved.date:
        assert (resolved.date.month, resolved.date.day) == (due.month, due.day)
        assert -185 <= (resolved.date - meeting).days <= 366


@given(
    text=st.text(
        alphabet="年月日前内之0123456789十一二三○〇季度末底旬上中下本每国庆节周小时个半至()星期五 \n", max_size=80
    ),
    meeting=st.dates(),
)
def test_any_text_gives_an_answer(text: str, meeting: date) -> None:
    interpretation = interpret(text)
    if interpretation:
        resolved = resolve(interpretation, meeting)
        assert resolved.kind is DeadlineKind.DATE or resolved.date is None
        assert resolve(interpretation, None).kind is resolved.kind
