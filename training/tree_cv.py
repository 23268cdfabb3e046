"""Leave-one-out cross-validation in the time of a few trainings: TreeCV.

A learner that can go on learning need not start anew for each group that is left out. It is grown down a
binary tree: at a node it has learnt all groups but those of the node; to come to one half of these it
learns the other half, and at a leaf it has learnt all groups but one. Of n groups each is read by
a model that learnt all others, at the cost of log2(n) passes over them instead of n trainings
(Joulani, György and Szepesvári, "Fast Cross-Validation for Incremental Learning", IJCAI 2015).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
Group = TypeVar("Group", contravariant=True)


class Learner(Protocol[Group]):
    """What can go on learning, and go back to what it was."""

    def learn(self, groups: Sequence[Group], learnt: Sequence[Group]) -> None:
        """Learn ``groups`` after ``learnt``, of which some may be rehearsed."""

    def state(self) -> Any:
        """All that learning changes."""

    def restore(self, state: Any) -> None:
        """Be again what :meth:`state` told."""


def leave_one_out(learner: Learner[T], held: Sequence[T], learnt: Sequence[T] = ()) -> Iterator[T]:
    """Each group of ``held`` in order, at the moment when ``learner`` has learnt all others and not this one.

    ``learnt`` is what the learner knows already; the learner must not have seen anything of ``held``.
    """
    if len(held) == 1:
        yield held[0]
        return
    state = learner.state()
    middle = len(held) // 2
    for mine, others in ((held[:middle], held[middle:]), (held[middle:], held[:middle])):
        learner.restore(state)
        learner.learn(others, learnt)
        yield from leave_one_out(learner, mine, [*learnt, *others])
