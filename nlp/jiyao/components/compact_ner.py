"""spaCy's entity recogniser, stored in half precision: the fourth digit of a weight decides nothing, and takes half the space.

The numbers that are computed with are 32-bit ones as ever; only the file is smaller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from thinc.api import Model

_MODEL = "model"


class CompactEntityRecognizer(EntityRecognizer):  # type: ignore[misc]
    """An ``EntityRecognizer`` whose weights are stored as 16-bit numbers."""

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:
        """Store as spaCy does, the weights rounded to half precision."""
        super().to_disk(path, exclude=exclude)
        file = Path(path) / _MODEL
        stored = srsly.msgpack_loads(file.read_bytes())
        for node in stored["params"]:
            node.update((name, _cast(value, np.float32, np.float16)) for name, value in node.items())
        file.write_bytes(srsly.msgpack_dumps(stored))

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> CompactEntityRecognizer:
        """Load what :meth:`to_disk` stored."""
        super().from_disk(path, exclude=exclude)
        for node in self.model.walk():
            for name in node.param_names:
                if node.has_param(name):
                    node.set_param(name, _cast(node.get_param(name), np.float16, np.float32))
        return self


def _cast(value: Any, of: type, to: type) -> Any:
    return value.astype(to) if isinstance(value, np.ndarray) and value.dtype == of else value


def create_compact_ner(
    nlp: Language,
    name: str,
    model: Model[Any, Any],
    moves: Any,
    update_with_oracle_cut_size: int,
    incorrect_spans_key: str | None,
    scorer: Callable[..., dict[str, Any]] | None,
) -> CompactEntityRecognizer:
    """``jiyao_ner``: spaCy's ``ner`` with the same settings, stored in half precision."""
    return CompactEntityRecognizer(
        nlp.vocab,
        model,
        name,
        moves=moves,
        update_with_oracle_cut_size=update_with_oracle_cut_size,
        incorrect_spans_key=incorrect_spans_key,
        scorer=scorer,
    )


Language.factory(
    "jiyao_ner",
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={
        "moves": None,
        "update_with_oracle_cut_size": 100,
        "incorrect_spans_key": None,
        "scorer": {"@scorers": "spacy.ner_scorer.v1"},
    },
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
    func=create_compact_ner,
)
