"""The encoder with spread windows: what it sees, that it learns, and that texts do not see each other."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.util import registry
from thinc.api import NumpyOps, expand_window

from jiyao.components.dilated_encoder import create_dilated_encoder, dilated_window


def _rows(length: int, width: int = 2) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(length, width)).astype("float32")


@pytest.mark.parametrize("length", [0, 1, 2, 3, 9, 40])
def test_a_dilation_of_one_is_spacys_window(length: int) -> None:
    rows = _rows(length)
    ours, ours_back = dilated_window(2, 1)(rows, True)
    spacys, spacys_back = expand_window(window_size=2)(rows, True)
    assert np.array_equal(ours, spacys)
    gradient = _rows(length, 10)
    assert np.allclose(ours_back(gradient), spacys_back(gradient), atol=1e-6)


def test_a_window_of_every_second_row() -> None:
    rows = np.arange(1, 6, dtype="float32").reshape(5, 1)
    seen = dilated_window(1, 2).predict(rows)
    assert seen.tolist() == [[0, 1, 3], [0, 2, 4], [1, 3, 5], [2, 4, 0], [3, 5, 0]]


@pytest.mark.parametrize("length", [1, 3, 7, 30])
def test_the_gradient_is_the_transpose_of_the_window(length: int) -> None:
    rows, gradient = _rows(length, 3), _rows(length, 15)
    seen, backprop = dilated_window(2, 4)(rows, True)
    assert np.vdot(seen, gradient) == pytest.approx(np.vdot(rows, backprop(gradient)), rel=1e-4)


def test_the_view_is_as_wide_as_the_dilations_say_and_no_wider() -> None:
    encoder = create_dilated_encoder(4, 2, 2, [1, 1, 2, 4])
    rows = _rows(60, 4)
    encoder.initialize([rows], [rows])
    changed = rows.copy()
    changed[30] += 1
    moved = np.abs(encoder.predict([rows])[0] - encoder.predict([changed])[0]).max(axis=1) > 0
    assert np.flatnonzero(moved).min() >= 14 and np.flatnonzero(moved).max() <= 46
    assert moved[20] or moved[18]  # beyond the eight characters of the plain encoder


def test_texts_do_not_see_each_other() -> None:
    encoder = create_dilated_encoder(4, 2, 2, [1, 2])
    first, second, other = _rows(9, 4), _rows(5, 4), _rows(7, 4) * 3
    encoder.initialize([first], [first])
    assert np.allclose(encoder.predict([first, second])[1], encoder.predict([other, second])[1], atol=1e-6)


def test_a_model_file_can_name_it() -> None:
    assert registry.architectures.get("jiyao.DilatedWindowEncoder.v1") is create_dilated_encoder
    assert isinstance(create_dilated_encoder(4, 1, 2, [1]).ops, NumpyOps)


@pytest.mark.parametrize("dilations", [[], [0], [1, -1]])
def test_dilations_that_cannot_be(dilations: list[int]) -> None:
    with pytest.raises(ValueError, match="dilations"):
        create_dilated_encoder(4, 2, 2, dilations)
