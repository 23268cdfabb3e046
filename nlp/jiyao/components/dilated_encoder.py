"""A window encoder whose upper layers look further: the same weights and the same time, a wider view.

spaCy's ``MaxoutWindowEncoder`` widens its view by ``window_size`` characters a layer: four layers of two see eight
characters on each side, about half a clause. A clause of minutes often names its body at the start and its act
twenty characters later. With the windows of the upper layers spread out (every second, every fourth character) the
same four layers see sixteen.

Source of the method: F. Yu, V. Koltun, "Multi-Scale Context Aggregation by Dilated Convolutions" (2016); for entities:
E. Strubell et al., "Fast and Accurate Entity Recognition with Iterated Dilated Convolutions" (2017).
"""

from __future__ import annotations

from collections.abc import Callable

from thinc.api import Maxout, Model, chain, residual, with_array
from thinc.types import Floats2d


def create_dilated_encoder(
    width: int, window_size: int, maxout_pieces: int, dilations: list[int]
) -> Model[list[Floats2d], list[Floats2d]]:
    """``jiyao.DilatedWindowEncoder.v1``: windows with maxout, layer normalisation and residual connections.

    Args:
        width: Numbers per character, in and out.
        window_size: Neighbours a layer looks at on each side.
        maxout_pieces: Pieces of each maxout.
        dilations: Per layer, from the lowest: how many characters lie between one neighbour and the next
            (1: the neighbours themselves, as in spaCy's encoder).

    Raises:
        ValueError: A dilation is below 1, or there is no layer.
    """
    if not dilations or min(dilations) < 1:
        raise ValueError(f"dilations are whole numbers of 1 or more, one per layer: {dilations!r}")
    layers = [
        residual(
            chain(
                dilated_window(window_size, dilation),
                Maxout(nO=width, nI=width * (2 * window_size + 1), nP=maxout_pieces, dropout=0.0, normalize=True),
            )
        )
        for dilation in dilations
    ]
    encoder = layers[0] if len(layers) == 1 else chain(*layers)
    encoder.set_dim("nO", width)
    # Between two texts lie as many empty rows as the view is wide: no text sees its neighbour.
    return with_array(encoder, pad=window_size * sum(dilations))


def dilated_window(window_size: int, dilation: int) -> Model[Floats2d, Floats2d]:
    """Each row with the ``window_size`` rows before and after it, ``dilation`` apart; zeros beyond the ends.

    Rows of ``width`` numbers become rows of ``width * (2 * window_size + 1)``.
    """
    return Model("dilated_window", _forward, attrs={"window_size": window_size, "dilation": dilation})


def _forward(
    model: Model[Floats2d, Floats2d], rows: Floats2d, is_train: bool
) -> tuple[Floats2d, Callable[[Floats2d], Floats2d]]:
    length, width = rows.shape
    pieces = _pieces(length, model.attrs["window_size"], model.attrs["dilation"])
    seen = model.ops.alloc2f(length, width * len(pieces))
    for number, (at, source) in enumerate(pieces):
        seen[at, number * width : (number + 1) * width] = rows[source]

    def backprop(gradient: Floats2d) -> Floats2d:
        into = model.ops.alloc2f(length, width)
        for number, (at, source) in enumerate(pieces):
            into[source] += gradient[at, number * width : (number + 1) * width]
        return into

    return seen, backprop


def _pieces(length: int, window_size: int, dilation: int) -> list[tuple[slice, slice]]:
    """Per neighbour: the rows that have it, and where it lies."""
    pieces = []
    for neighbour in range(-window_size, window_size + 1):
        step = neighbour * dilation
        count = max(0, length - abs(step))
        at, source = max(0, -step), max(0, step)
        pieces.append((slice(at, at + count), slice(source, source + count)))
    return pieces
