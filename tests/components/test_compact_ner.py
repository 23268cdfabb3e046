"""The recogniser that is stored in eight bits computes with 32, and finds the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.pipeline import EntityRecognizer

from jiyao.components.annotator import shipped_model
from jiyao.components.compact_ner import CompactEntityRecognizer, pack, unpack

TEXT = "会议要求,由市水利局牵头,市财政局配合,10月底前完成险段排查,报市政府审定。"


def recogniser() -> Language:
    return spacy.load(shipped_model() / "entities")


def weights(recogniser: EntityRecognizer) -> list[np.ndarray]:
    return [
        node.get_param(name) for node in recogniser.model.walk() for name in node.param_names if node.has_param(name)
    ]


def test_stored_and_loaded_it_finds_the_same(tmp_path: Path) -> None:
    nlp = recogniser()
    before = nlp.get_pipe("ner")
    assert isinstance(before, CompactEntityRecognizer)
    nlp.to_disk(tmp_path / "once")
    again = spacy.load(tmp_path / "once")
    assert {array.dtype for array in weights(again.get_pipe("ner"))} == {np.dtype("float32")}
    assert [str(ent) for ent in again(TEXT).ents] == [str(ent) for ent in nlp(TEXT).ents]
    # Rounded once, nothing is lost any more.
    again.to_disk(tmp_path / "twice")
    assert (tmp_path / "twice/ner/model").read_bytes() == (tmp_path / "once/ner/model").read_bytes()


def test_the_file_is_a_quarter_as_large() -> None:
    stored = (shipped_model() / "entities/ner/model").stat().st_size
    assert stored < 0.3 * sum(array.nbytes for array in weights(recogniser().get_pipe("ner")))


def test_a_weight_is_off_by_half_a_step_at_most() -> None:
    rows = np.random.default_rng(0).normal(size=(50, 64)).astype(np.float32)
    rows[3] = 0
    rows[4] *= 1e-6  # a row of small weights has small steps
    off = np.abs(unpack(pack(rows)) - rows).max(axis=1)
    assert (off <= 0.501 * np.abs(rows).max(axis=1) / 127).all()


def test_packed_twice_is_packed_once() -> None:
    once = unpack(pack(np.random.default_rng(1).normal(size=(20, 3, 40)).astype(np.float32)))
    assert (unpack(pack(once)) == once).all()


def test_short_rows_and_other_things_are_no_steps() -> None:
    assert pack(np.ones((4, 3), dtype=np.float32)).dtype == np.float16
    assert pack(np.ones(64, dtype=np.float32)).dtype == np.float16
    assert pack(None) is None
