"""What is fitted to documents that a model never read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jiyao.components.annotator import Annotator, shipped_model
from jiyao.components.linear_textcat import LinearTextCategorizer
from jiyao.corpus.model import CorpusDocument
from jiyao.corpus.splits import load_part
from jiyao.labels import ClauseLabel
from jiyao.trainer.calibrate import fit_offsets

CORPUS = Path(__file__).parents[2] / "annotations"


@pytest.fixture(scope="module")
def documents() -> list[CorpusDocument]:
    return list(load_part(CORPUS, "dev"))[:6]


def as_assignments(document: CorpusDocument) -> CorpusDocument:
    return replace(
        document,
        clauses=tuple(
            replace(clause, label=ClauseLabel.ASSIGNMENT) if clause.label is ClauseLabel.REQUIREMENT else clause
            for clause in document.clauses
        ),
    )


def test_offsets_follow_the_hand(documents: list[CorpusDocument]) -> None:
    as_it_is = fit_offsets(shipped_model(), documents)
    other_hand = fit_offsets(shipped_model(), map(as_assignments, documents))
    assert set(as_it_is) == {label.value for label in ClauseLabel}
    assert other_hand["ASSIGNMENT"] > as_it_is["ASSIGNMENT"] + 0.5
    assert other_hand["REQUIREMENT"] < as_it_is["REQUIREMENT"] - 0.5


def test_without_documents_nothing_moves() -> None:
    assert fit_offsets(shipped_model(), []) == {}


def test_an_offset_moves_the_odds_by_just_that() -> None:
    clauses = Annotator.load(shipped_model()).clauses
    component = clauses.get_pipe("textcat")
    assert isinstance(component, LinearTextCategorizer)
    before = clauses("AGENCY 要 加强 值班").cats
    component.shift({"REQUIREMENT": 0.7})
    after = clauses("AGENCY 要 加强 值班").cats
    ratio = (after["REQUIREMENT"] / after["ASSIGNMENT"]) / (before["REQUIREMENT"] / before["ASSIGNMENT"])
    assert ratio == pytest.approx(2.718281828**0.7, rel=1e-3)
    assert after["META"] / after["BACKGROUND"] == pytest.approx(before["META"] / before["BACKGROUND"], rel=1e-3)
