"""The model that ships: fresh, small, and what its card says."""

from __future__ import annotations

import json
from pathlib import Path

from jiyao.components.annotator import META, shipped_model
from jiyao.trainer.build import hash_corpus, hash_feature_words, hash_file, score_part
from jiyao.trainer.steps import CONFIGS

ROOT = Path(__file__).parents[2]
META_DATA = json.loads((shipped_model() / META).read_text(encoding="utf-8"))


def test_the_model_was_trained_from_this_corpus_and_these_configs() -> None:
    assert META_DATA["corpus"] == hash_corpus(ROOT / "annotations"), "the corpus has changed: run `make train`"
    assert META_DATA["configs"] == {file: hash_file(ROOT / "configs" / file) for file in CONFIGS.values()}, (
        "a configuration has changed: run `make train`"
    )
    assert META_DATA["lexicons"] == hash_feature_words(), "feature words of the lexicons have changed: run `make train`"


def test_the_model_is_at_most_20_mb() -> None:
    size = sum(file.stat().st_size for file in shipped_model().rglob("*") if file.is_file())
    assert size <= 20_000_000


def test_the_scores_are_those_of_these_rules() -> None:
    """Rules change without training: `make scores` measures anew. Half a point is left for other processors."""
    told = META_DATA["scores"]["dev"]
    found = score_part(shipped_model(), ROOT / "annotations", "dev")
    for name in ("entities_micro", "clause_spans", "roll", "decisions", "tasks_complete"):
        assert abs(found[name]["f"] - told[name]["f"]) <= 0.005, f"{name}: run `make scores`"
