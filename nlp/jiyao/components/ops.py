"""Pin the numerical back end, so that the same seed gives the same bytes and the page is read fast.

thinc's default (blis) picks a slow generic kernel on many processors; plain numpy
with a single BLAS thread is two to five times as fast at these sizes. Other ops
or thread counts give other weights in training: both are fixed here.
"""

from __future__ import annotations

from thinc.api import NumpyOps, set_current_ops
from threadpoolctl import threadpool_limits


def pin_ops() -> None:
    """Use numpy's BLAS with one thread from here on, in this process."""
    threadpool_limits(limits=1)
    set_current_ops(NumpyOps(use_blis=False))
