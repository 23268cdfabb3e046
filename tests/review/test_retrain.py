"""Retraining: what goes in, and when the old model stays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jiyao.corpus.format import dump_document, parse_document, read_document
from jiyao.corpus.splits import load_part
from jiyao.errors import CorpusError
from jiyao.review import retrain as module
from jiyao.review.retrain import is_better, merge, retrain
from jiyao.trainer.build import Plan

BLOCK = '{"about": {"place": "%s", "level": "county", "genre": "minutes", "author": "x"}}'


def write(folder: Path, name: str, place: str, text: str) -> None:
    (folder / "minutes").mkdir(parents=True, exist_ok=True)
    document = parse_document(f"{{M}}{text}\n=====\n{BLOCK % place}\n", name)
    (folder / "minutes" / f"{name}.minutes.txt").write_text(dump_document(document), encoding="utf-8")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for name, place in (("a", "甲县"), ("b", "乙县"), ("c", "丙县")):
        write(folder, name, place, f"{place}纪要")
    parts = {"train": ["甲县"], "dev": ["乙县"], "test": ["丙县"]}
    (folder / "splits.json").write_text(json.dumps(parts), encoding="utf-8")
    return folder


def test_new_places_train_and_test_places_do_not(corpus: Path, tmp_path: Path) -> None:
    pulled = tmp_path / "pulled"
    write(pulled, "new", "丁县", "丁县纪要")
    write(pulled, "more", "甲县", "甲县另一份纪要")
    write(pulled, "tested", "丙县", "丙县另一份纪要")
    write(pulled, "same", "unknown", "甲县纪要")  # a document of the corpus, reviewed
    write(pulled, "leak", "unknown", "丙县纪要")  # a test document, whatever place is read from it
    merged = merge(corpus, pulled, tmp_path / "merged")
    assert merged.added == ("more", "new") and merged.replaced == ("same",) and merged.left_out == ("leak", "tested")
    train = {document.name for document in load_part(tmp_path / "merged", "train")}
    assert train == {"new", "more", "a"}
    assert [document.name for document in load_part(tmp_path / "merged", "test")] == ["c"]
    assert len(list((corpus / "minutes").iterdir())) == 3  # the corpus itself is left alone


def test_nothing_to_train_on_is_said(corpus: Path, tmp_path: Path) -> None:
    write(tmp_path / "pulled", "tested", "丙县", "丙县另一份纪要")
    with pytest.raises(CorpusError, match="no pulled document"):
        merge(corpus, tmp_path / "pulled", tmp_path / "merged")


def test_complete_records_decide_then_entities() -> None:
    old = {"tasks_complete": 0.5, "entities": 0.9}
    assert is_better({"tasks_complete": 0.51, "entities": 0.1}, old)
    assert is_better({"tasks_complete": 0.5, "entities": 0.91}, old)
    assert not is_better({"tasks_complete": 0.5, "entities": 0.9}, old)
    assert not is_better({"tasks_complete": 0.49, "entities": 1.0}, old)


def scores(tasks: float) -> dict[str, Any]:
    return {"tasks_complete": {"f": tasks}, "entities_micro": {"f": 0.9}}


@pytest.mark.parametrize(("new", "better"), [(0.6, True), (0.5, False), (0.4, False)])
def test_the_old_model_stays_unless_the_new_one_is_better(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new: float, better: bool
) -> None:
    write(tmp_path / "pulled", "new", "丁县", "丁县纪要")
    old, output = tmp_path / "old", tmp_path / "out" / "model"
    output.mkdir(parents=True)
    (output / "meta.json").write_text('{"name": "before"}', encoding="utf-8")

    def build(plan: Plan, folder: Path) -> dict[str, Any]:
        assert {d.name for d in load_part(plan.corpus, "train")} == {"a", "new"}
        folder.mkdir()
        return {"name": "after"}

    def score(folder: Path, where: Path, part: str) -> dict[str, Any]:
        assert (where, part) == (corpus, "test")
        return scores(0.5 if folder == old else new)

    monkeypatch.setattr(module, "build", build)
    monkeypatch.setattr(module, "score_part", score)
    result = retrain(Plan(corpus=corpus), tmp_path / "pulled", old, output)
    assert result.better is better
    meta = json.loads((output / "meta.json").read_text(encoding="utf-8"))
    assert meta["name"] == ("after" if better else "before")
    assert meta.get("reviewed") == ({"added": 1, "replaced": 0} if better else None)
    assert [path.name for path in output.parent.iterdir()] == ["model"]


def test_a_replaced_document_keeps_the_part_of_the_corpus(corpus: Path, tmp_path: Path) -> None:
    write(tmp_path / "pulled", "same", "丙县", "甲县纪要")  # its place reads like a test place
    merge(corpus, tmp_path / "pulled", tmp_path / "merged")
    parts = {part: [d.name for d in load_part(tmp_path / "merged", part)] for part in ("train", "test")}
    assert parts == {"train": ["a"], "test": ["c"]}
    assert read_document(tmp_path / "merged" / "minutes" / "a.minutes.txt").about.place == "甲县"
