"""The second stage learns from judged pages, and each look from pages that the look before was not fitted to."""

from __future__ import annotations

import pytest

from jiyao.components.candidates import Candidate
from jiyao.components.observations import Source
from jiyao.components.word_counts import WordCounts
from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.trainer.stacking import JudgedPage, fit_confidence
from jiyao.types import Clause, Mention

TEXT = "核查险段、报送方案。"
COUNTS = WordCounts({})
CLAUSE = Clause(0, len(TEXT), ClauseLabel.ASSIGNMENT, 0.9)


def page(hand: str, right: tuple[bool, ...] = (True, False, True)) -> JudgedPage:
    found = tuple(
        Candidate(
            Mention(TEXT.index(text), TEXT.index(text) + 2, EntityLabel.ACTION, text),
            Source.MODEL,
            CLAUSE,
            (f"ACTION|text={text}",),
        )
        for text in ("核查", "险段", "报送")
    )
    return JudgedPage(TEXT, found, right, hand)


@pytest.mark.parametrize("folds", [1, 3])
def test_what_is_right_becomes_likely(folds: int) -> None:
    pages = [page("ab"[number % 2]) for number in range(12)]
    confidence = fit_confidence([pages[index::folds] for index in range(folds)], COUNTS)
    checked, noun, sent = confidence.probabilities(TEXT, pages[0].found)
    assert checked > 0.8 and sent > 0.8 and noun < 0.2


def test_the_second_look_learns_from_chances_on_pages_not_fitted_to() -> None:
    """The first look knows each fold's habit from that fold alone, so on the others it is wrong, and the second look must
    have seen it wrong: then it does not trust it."""
    fold, other = [page("a")] * 8, [page("b", (False, True, False))] * 8
    confidence = fit_confidence([fold, other], COUNTS)
    weights = confidence.company.weights
    surest = [
        weights[name] for name in weights if name.startswith("first-look=") and not name.startswith("first-look=-")
    ]
    assert surest and max(surest) < 0  # sure of the wrong thing, every time


def test_pages_of_one_kind_teach_nothing() -> None:
    confidence = fit_confidence([[page("a", (True, True, True))] * 3], COUNTS)
    assert confidence.probabilities(TEXT, page("a").found) == [0.5, 0.5, 0.5]
