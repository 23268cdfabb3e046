"""Training end to end on a few documents and a few steps: it learns, and the same input gives the same bytes."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jiyao.components.annotator import CLAUSES, ENTITIES, META
from jiyao.components.commas import FILE as COMMAS
from jiyao.components.confidence import FILE
from jiyao.corpus.format import SUFFIX
from jiyao.corpus.splits import load_part
from jiyao.trainer.build import build
from jiyao.trainer.segmenter import silver_lines, thinned, train_segmenter
from jiyao.trainer.steps import Plan

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of four training documents, one of dev and one of test."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "minutes").mkdir()
    places: dict[str, list[str]] = {}
    for part, number in (("train", 4), ("dev", 1), ("test", 1)):
        documents = list(load_part(ROOT / "annotations", part))[:number]
        places[part] = sorted({document.about.place for document in documents})
        for document in documents:
            shutil.copy(ROOT / "annotations" / "minutes" / f"{document.name}{SUFFIX}", folder / "minutes")
    (folder / "splits.json").write_text(json.dumps(places), encoding="utf-8")
    return folder


def test_silver_words_end_where_entities_end(small: Path) -> None:
    for document in load_part(small, "train"):
        lines = "\n".join(silver_lines([document]))
        for span in document.entities:
            name = document.text[span.start : span.end]
            if name.isalnum():
                assert name in lines.replace(" ", "")


def test_the_segmenter_is_deterministic(small: Path, tmp_path: Path) -> None:
    documents = list(load_part(small, "train"))
    for name in ("one", "two"):
        train_segmenter(documents, tmp_path / name, iterations=2)
    files = sorted(file.name for file in (tmp_path / "one").iterdir())
    assert files and all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)


def test_a_few_steps_make_a_model(small: Path, tmp_path: Path) -> None:
    plan = Plan(
        corpus=small,
        configs={ENTITIES: ROOT / "configs" / "entities.cfg", CLAUSES: ROOT / "configs" / "clauses.cfg"},
        segmenter_iterations=1,
        overrides={
            ENTITIES: {"training.max_steps": 12, "training.eval_frequency": 6},
            CLAUSES: {"training.max_steps": 60, "training.eval_frequency": 30},
        },
        folds=2,
        fold_steps=6,
    )
    one = build(plan, tmp_path / "one")
    two = build(replace(plan, workers=2), tmp_path / "two")
    assert one == two
    assert one["scores"]["dev"]["documents"] == 1 and one["scores"]["dev"]["clause_spans"]["f"] > 0.5
    validation = one["cross_validation"]
    assert validation["folds"] == 2 and validation["documents"] == 4
    assert set(validation["places"]) == {document.about.place for document in load_part(small, "train")}
    assert json.loads((tmp_path / "one" / META).read_text(encoding="utf-8")) == one
    for weights in (
        f"{ENTITIES}/ner/model",
        f"{ENTITIES}/tokenizer/weights.npz",
        f"{CLAUSES}/textcat/weights.npz",
        FILE,
        COMMAS,
    ):
        assert (tmp_path / "one" / weights).read_bytes() == (tmp_path / "two" / weights).read_bytes()
    for config in (tmp_path / "one").rglob("config.cfg"):
        assert str(tmp_path) not in config.read_text(encoding="utf-8")
        assert config.read_bytes() == (tmp_path / "two" / config.relative_to(tmp_path / "one")).read_bytes()


@pytest.mark.parametrize(
    ("most", "expected"), [(10, [0, 1, 2, 3, 4]), (5, [0, 1, 2, 3, 4]), (2, [0, 2]), (3, [0, 1, 3])]
)
def test_the_segmenter_learns_of_documents_at_even_distances(most: int, expected: list[int]) -> None:
    assert thinned(range(5), most) == expected
