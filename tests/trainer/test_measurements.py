"""Measurements under training/: parts by place, tables, causes of errors, agreement of an annotation with itself."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import spacy

import jiyao
from jiyao.components.annotator import shipped_model
from jiyao.corpus.splits import load_part
from jiyao.labels import EntityLabel
from jiyao.normalise import normalise
from jiyao.trainer.augment import create_changer
from jiyao.trainer.folds import deal, deal_hands, resplit
from jiyao.trainer.segmenter import train_segmenter

ROOT = Path(__file__).parents[2]


def load(name: str) -> ModuleType:
    """A script of training/, which may import its neighbours."""
    if str(ROOT / "training") not in sys.path:
        sys.path.insert(0, str(ROOT / "training"))
    spec = importlib.util.spec_from_file_location(name, ROOT / "training" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_resplit_holds_the_named_places_and_no_other(tmp_path: Path) -> None:
    places = sorted({document.about.place for document in load_part(ROOT / "annotations", "dev")})[:4]
    corpus = resplit(
        ROOT / "annotations", tmp_path / "corpus", {"train": places[:2], "dev": places[2:3], "test": places[3:]}
    )
    assert {d.about.place for d in load_part(corpus, "train")} == set(places[:2])
    assert {d.about.place for d in load_part(corpus, "all")} == set(places)


def test_every_place_is_dealt_once_and_always_the_same() -> None:
    groups = deal(["甲", "乙", "丙", "丁", "戊"], 2)
    assert sorted(place for group in groups for place in group) == sorted("甲乙丙丁戊")
    assert groups == deal(["戊", "丁", "丙", "乙", "甲"], 2)


def test_tables_show_mean_and_spread() -> None:
    ablation = load("ablation")
    runs = [
        {"variant": "as shipped", "seed": seed, "steps": 9, "scores": {"ACTION": value}}
        for seed, value in ((1, 0.9), (2, 0.92))
    ]
    runs.append({"variant": "linear", "seed": 1, "steps": 9, "scores": {"macro F1": 0.5}})
    lines = list(ablation.tables({"documents": 7, "runs": runs, "note": "An older corpus."}))
    assert "Trained from 7 documents." in lines and "An older corpus." in lines
    assert "| as shipped | 9 | 2 | 91.0 ± 1.4 |" in lines and "| linear | 9 | 1 | 50.0 |" in lines


def test_a_joint_run_stands_in_both_tables() -> None:
    ablation = load("ablation")
    scores = {"ACTION": 0.9, "macro F1": 0.5}
    lines = list(
        ablation.tables({"documents": 7, "runs": [{"variant": "joint", "seed": 1, "steps": 9, "scores": scores}]})
    )
    assert "| joint | 9 | 1 | 90.0 |" in lines and "| joint | 9 | 1 | 50.0 |" in lines


def test_what_is_left_out_is_scored_by_group() -> None:
    leave = load("leave_one_out")
    nothing = dict.fromkeys((label.value for label in EntityLabel), (0, 0, 0))
    done = {"a": {**nothing, "ACTION": [1, 2, 2]}, "b": {**nothing, "ACTION": [4, 4, 4]}}
    results = {"hand": {"setting": {"documents": 9}, "groups": done}}
    (row,) = [line for line in leave.table(results) if line.startswith("| one ")]
    assert row.startswith("| one hand | 2 | 9 |") and "83.3" in row and row.endswith("| 50.0 (a) |")
    every = {document.about.place for document in load_part(ROOT / "annotations", "train")}
    (name, documents), *_ = leave.groups("hand").items()
    assert {document.about.author for document in documents} == {name}
    assert {document.about.place for document in documents} < every
    left, right = leave.halves("place")
    assert set(left) | set(right) == every and abs(len(left) - len(right)) <= 1 and not set(left) & set(right)


class Remembering:
    """A learner that remembers what it learnt, and all of it."""

    def __init__(self) -> None:
        self.known: list[str] = []
        self.cost = 0

    def learn(self, groups: Sequence[str], learnt: Sequence[str]) -> None:
        assert list(learnt) == self.known
        self.known += groups
        self.cost += len(groups)

    def state(self) -> list[str]:
        return list(self.known)

    def restore(self, state: list[str]) -> None:
        self.known = list(state)


def test_tree_cv_reads_each_group_with_all_others_learnt_and_not_this_one() -> None:
    names = [f"place {number}" for number in range(37)]
    learner = Remembering()
    order = []
    for left_out in load("tree_cv").leave_one_out(learner, names):
        assert sorted(learner.known) == sorted(set(names) - {left_out})
        order.append(left_out)
    assert order == names
    # 37 trainings from the start would learn 37 * 36 places.
    assert learner.cost <= 37 * 6


def test_the_recogniser_goes_on_learning_and_goes_back(tmp_path: Path) -> None:
    documents = list(load_part(ROOT / "annotations", "train"))[:6]
    places = sorted({document.about.place for document in documents})
    corpus = resplit(ROOT / "annotations", tmp_path / "corpus", {"train": places, "dev": places[:0]})
    train_segmenter(documents, tmp_path / "segmenter", iterations=1)
    learner = load("recogniser_learner").RecogniserLearner(
        corpus, tmp_path / "segmenter", load("leave_one_out").width(16), passes=1, rehearsal=0.5
    )
    learner.learn([documents[:2]], [])
    state = learner.state()
    learner.learn([documents[2:4]], [documents[:2]])
    after = learner.state()
    learner.restore(state)
    assert same(learner.state(), state) and not same(state, after)
    learner.learn([documents[2:4]], [documents[:2]])
    assert same(learner.state(), after)
    assert sum(score.gold for score in learner.read(documents[4:]).values()) == sum(
        len(document.entities) for document in documents[4:]
    )


def same(one: Any, other: Any) -> bool:
    """Whether two states of a learner hold the same numbers."""
    tables = [(one.weights, other.weights), *((one.memory[name], other.memory[name]) for name in one.memory)]
    return all(a.keys() == b.keys() and all(np.array_equal(a[key], b[key]) for key in a) for a, b in tables)


def test_all_places_of_a_hand_are_left_out_together() -> None:
    documents = list(load_part(ROOT / "annotations", "train"))
    groups = deal_hands(documents, 3)
    assert sorted(place for group in groups for place in group) == sorted({d.about.place for d in documents})
    pairs = Counter(place for place, _ in {(d.about.place, d.about.author) for d in documents})
    shared = {place for place, hands in pairs.items() if hands > 1}
    # A place of two hands can only be in one group: it goes with the hand that wrote more of it.
    hands = [
        {d.about.author for d in documents if d.about.place in group and d.about.place not in shared}
        for group in groups
    ]
    assert not hands[0] & hands[1] and not hands[0] & hands[2] and not hands[1] & hands[2]
    strays = [
        d.name
        for group, own in zip(groups, hands, strict=True)
        for d in documents
        if d.about.place in group and d.about.author not in own
    ]
    assert len(strays) <= 2
    sizes = [sum(d.about.place in group for d in documents) for group in groups]
    assert max(sizes) - min(sizes) < 20
    assert groups == deal_hands(reversed(documents), 3)


def test_places_are_dealt_where_hands_are_too_few() -> None:
    documents = [d for d in load_part(ROOT / "annotations", "train") if d.about.author == "t"]
    groups = deal_hands(documents, 2)
    assert [len(group) > 0 for group in groups] == [True, True]


def test_clauses_move_along_with_augmented_text() -> None:
    joint = load("ablation_joint")
    change = create_changer(names=1.0, name_share=1.0, damage=1.0, script=0.5)
    changed = 0
    for document in list(load_part(ROOT / "annotations", "dev"))[:8]:
        norm = normalise(document.text)
        spans = joint.with_edges(document.entities, document.clauses)
        assert joint.without_edges(spans, document.clauses) == (document.entities, document.clauses)
        text, moved = change(norm, spans)
        entities, clauses = joint.without_edges(moved, document.clauses)
        changed += text != norm
        assert [span.label for span in entities] == [span.label for span in document.entities]
        assert len(clauses) == len(document.clauses)
        for old, new in zip(document.clauses, clauses, strict=True):
            # Verbs are never changed but by script: each clause keeps its own.
            verbs = [e for e in document.entities if e.label == "ACTION" and old.start <= e.start < old.end]
            new_verbs = [e for e in entities if e.label == "ACTION" and new.start <= e.start < new.end]
            assert [e.end - e.start for e in new_verbs] == [e.end - e.start for e in verbs]
            assert all(old.start <= e.start and e.end <= old.end for e in verbs)
    assert changed == 8


def test_words_as_tokens_cover_every_character() -> None:
    words = load("ablation_words")
    nlp = spacy.blank("xx")
    doc = words.WordTokenizer(nlp, str(shipped_model() / "entities" / "tokenizer"))(" 由市财政局 牵头。\n")
    assert doc.text == " 由市财政局 牵头。\n" and any(token.text == "牵头" for token in doc)


def test_errors_name_their_cause() -> None:
    errors = load("errors")
    document = next(load_part(ROOT / "annotations", "dev"))
    record = jiyao.load().extract(document.text)
    lost = replace(record, entities=(), tasks=())
    causes = {error.cause for error in errors.entity_errors(document, lost, frozenset())}
    assert causes == {"missed, never seen in training", "missed, its clause cut or classed otherwise"}
    assert {error.cause for error in errors.record_errors(document, lost)} == {"missed"}


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
