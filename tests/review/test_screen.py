"""Label Studio's own check beside ours: the screen is sound, and what ours sends passes."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from review_documents import outgoing

from jiyao.review.marking import Marking, check_marking
from jiyao.review.screen import screen_problems

PREDICTION = outgoing(1).prediction()
Spoil = Callable[[dict[str, Any]], object]


def test_what_is_sent_passes_on_the_screen() -> None:
    assert screen_problems(PREDICTION) == []
    assert screen_problems({**PREDICTION, "result": []}) == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda p: p["result"][0].update(from_name="nobody"),
        lambda p: p["result"][0]["value"].update(labels=["NOBODY"]),
        lambda p: p["result"][-1].update(to_id="nobody"),
        lambda p: p["result"][0].pop("value"),
        lambda p: p.update(score="x"),
    ],
)
def test_what_the_screen_would_not_show_is_told(spoil: Spoil) -> None:
    prediction = copy.deepcopy(PREDICTION)
    spoil(prediction)
    assert screen_problems(prediction)


def test_why_our_own_check_stays() -> None:
    """The SDK lets offsets behind the end of the text pass. Should this fail, look what else it has learnt."""
    document = outgoing(1)
    region = replace(document.marking.regions[0], start=9000, end=9001)
    assert screen_problems(replace(document, marking=Marking((region,))).prediction()) == []
    assert check_marking(Marking((region,)), document.text)
