"""Scores by hand-counted examples."""

from __future__ import annotations

import pytest

from jiyao.scoring import Score, calibration_error, macro_f1, overlap, reliability, strict


def test_strict_counts_exact_matches() -> None:
    score = strict([(0, 4), (6, 8)], [(0, 4), (6, 9), (10, 12)])
    assert (score.hits, score.found, score.gold) == (1, 2, 3)
    assert (score.precision, round(score.recall, 4), score.f1) == (0.5, 0.3333, 0.4)


def test_overlap_takes_each_gold_span_once() -> None:
    assert overlap([(0, 3), (3, 5)], [(0, 5)]) == Score(1, 2, 1)


def test_nothing_found_where_nothing_is_right_is_perfect() -> None:
    assert strict([], []).f1 == 1.0
    assert strict([(0, 1)], []).f1 == 0.0


def test_macro_leaves_out_classes_without_gold() -> None:
    assert macro_f1({"a": Score(1, 1, 1), "b": Score(0, 1, 1), "c": Score(0, 3, 0)}) == 0.5


def test_scores_add_up() -> None:
    assert Score(1, 2, 3) + Score(4, 5, 6) == Score(5, 7, 9)


def test_calibration_error_is_the_gap_of_score_and_truth() -> None:
    sure = [(0.95, True)] * 9 + [(0.95, False)]
    bins = reliability([*sure, (1.0, True), (0.1, False)])
    assert [group.count for group in bins] == [1, 11]
    assert calibration_error(reliability(sure)) == pytest.approx(0.05)
    assert calibration_error([]) == 0.0
