"""The experiments' bookkeeping: parts by place, tables, agreement of an annotation with itself."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from jiyao.corpus.splits import load_part

ROOT = Path(__file__).parents[2]


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "training" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_resplit_holds_the_named_places_and_no_other(tmp_path: Path) -> None:
    experiments = load("experiments")
    train, dev = experiments.places("train")[:3], experiments.places("dev")[:1]
    corpus = experiments.resplit(tmp_path / "corpus", {"train": train[:2], "dev": train[2:], "test": dev})
    assert {d.about.place for d in load_part(corpus, "train")} == set(train[:2])
    assert {d.about.place for d in load_part(corpus, "all")} == {*train, *dev}


def test_tables_show_mean_and_spread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    experiments = load("experiments")
    monkeypatch.setattr(experiments, "METRICS", tmp_path)
    experiments.write("x", "Title", {"as shipped": [{"AGENCY": 0.9}, {"AGENCY": 0.92}]})
    assert "| as shipped | 91.0 ± 1.4 |" in (tmp_path / "x.md").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))["as shipped"][1] == {"AGENCY": 0.92}


def test_an_annotation_agrees_with_itself() -> None:
    agreement = load("agreement")
    documents = list(load_part(ROOT / "annotations", "dev"))[:2]
    result = agreement.compare(zip(documents, documents, strict=True))
    assert result["clause_kappa"] == 1.0 and result["tasks_complete"]["f"] == 1.0
    assert result["entities"]["ACTION"]["f"] == 1.0 and result["documents"] == 2


def test_report_counts_what_training_never_saw() -> None:
    report = load("corpus_report")
    documents = list(load_part(ROOT / "annotations", "dev"))[:2]
    from jiyao.labels import EntityLabel

    assert report.unseen(documents, documents, EntityLabel.AGENCY) == 0.0
    assert report.unseen([], documents, EntityLabel.AGENCY) == 1.0
    assert report.distinct(["甲乙甲乙"], 2) == pytest.approx(2 / 3)
    assert report.reused([documents[0], documents[0]])[0] > 0


def test_peers_read_words_in_order() -> None:
    baselines = load("baselines")
    from jiyao.labels import EntityLabel

    pairs = iter([("由", "p"), ("市局", "ORG"), ("请", "v"), ("市局", "ORG")])
    found = baselines.from_words(pairs, "由市局,请市局", {"ORG": EntityLabel.AGENCY})
    assert [(start, end) for start, end, _ in found] == [(1, 3), (5, 7)]
    assert baselines.regex("由市财政局牵头")[0][1] == 5
