"""Where clauses start within a sentence: a logistic regression over what is seen at a comma.

The rules of :mod:`jiyao.structure.welds` find the turns that they have words for and miss a quarter of the others;
their verdict is one of the observations here. Fitted by ``jiyao.trainer.commas`` to annotated clauses, around
the mentions that models found which never saw the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jiyao.components.logistic import Logistic
from jiyao.components.packed_json import read_packed_json, write_packed_json

FILE = "commas.json.gz"
_EVEN = 0.5


class Commas:
    """Judges commas. Made by ``jiyao.trainer.commas`` or :meth:`from_disk`."""

    def __init__(self, weights: Logistic) -> None:
        self._weights = weights

    def starts_clause(self, position: int, observations: Sequence[str]) -> bool:
        """Whether a clause starts at ``position``; only what is seen there counts."""
        return self._weights.probability(observations) > _EVEN

    def to_disk(self, folder: Path) -> None:
        """Store the weights in the model's ``folder``."""
        write_packed_json(folder / FILE, self._weights.sorted())

    @classmethod
    def from_disk(cls, folder: Path) -> Commas:
        """Load what :meth:`to_disk` stored.

        Raises:
            OSError, ValueError: the file is missing or damaged.
        """
        stored = read_packed_json(folder / FILE)
        if not isinstance(stored, dict) or not all(isinstance(value, int | float) for value in stored.values()):
            raise ValueError(f"{FILE} holds no weights")
        return cls(Logistic({str(name): float(value) for name, value in stored.items()}))
