"""Weights that make every hand count the same, and what they do to the two classifiers that take them."""

from __future__ import annotations

import pytest
import spacy
from spacy.training import Example

from jiyao.components.linear_textcat import WEIGHT
from jiyao.components.logistic import Logistic
from jiyao.corpus.balance import equal_shares


def test_each_hand_has_the_same_sum_and_a_case_weighs_1_on_average() -> None:
    hands = ["a", "b", "b", "b", "c", "c"]
    weights = equal_shares(hands)
    assert sum(weights) == pytest.approx(len(hands))
    sums = {hand: sum(w for w, h in zip(weights, hands, strict=True) if h == hand) for hand in "abc"}
    assert list(sums.values()) == pytest.approx([2.0, 2.0, 2.0])
    assert equal_shares([]) == []


def test_a_row_that_counts_more_pulls_harder() -> None:
    rows = [(("x",), True)] * 30 + [(("x",), False)] * 30
    even = Logistic.fit(rows, penalty=1.0).probability(["x"])
    pulled = Logistic.fit(rows, penalty=1.0, weights=[9.0] * 30 + [1.0] * 30).probability(["x"])
    assert even == pytest.approx(0.5, abs=0.01) and pulled > 0.8


@pytest.mark.parametrize(("weight", "winner"), [(1.0, "often"), (50.0, "seldom")])
def test_a_clause_that_counts_more_pulls_harder(weight: float, winner: str) -> None:
    nlp = spacy.blank("xx")
    textcat = nlp.add_pipe(
        "jiyao_linear_textcat", config={"ngram_size": 1, "min_count": 1, "penalty": 1.0, "balanced": False}
    )
    examples = []
    for label, number in (("often", 12), ("seldom", 4)):
        for _ in range(number):
            reference = nlp.make_doc("同 样 的 词")
            reference.cats = {"often": float(label == "often"), "seldom": float(label == "seldom")}
            if label == "seldom":
                reference.user_data[WEIGHT] = weight
            examples.append(Example(nlp.make_doc(reference.text), reference))
    textcat.initialize(lambda: examples)
    cats = nlp("同 样 的 词").cats
    assert max(cats, key=lambda name: cats[name]) == winner
