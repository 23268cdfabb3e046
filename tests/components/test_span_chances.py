"""Chances of spans by the recogniser: the same entities as spaCy's own parser, and odds that mean what they say."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from jiyao.components.annotator import Annotator, shipped_model
from jiyao.components.span_chances import LabelledSpan, SpanChances
from jiyao.corpus.splits import load_part
from jiyao.normalise import normalise

CORPUS = Path(__file__).parents[2] / "annotations"


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator.load(shipped_model())


def chances_of(annotator: Annotator, text: str) -> SpanChances:
    return SpanChances(annotator.entities.get_pipe("ner"), annotator.entities.make_doc(text))


def test_the_entities_are_those_of_spacy(annotator: Annotator) -> None:
    compared = 0
    for document in list(load_part(CORPUS, "dev"))[:8]:
        text = normalise(document.text)
        found = {(span.start, span.end, span.label) for span in chances_of(annotator, text).best()}
        assert found == {(ent.start, ent.end, ent.label_) for ent in annotator.entities(text).ents}
        compared += len(found)
    assert compared > 500


@pytest.mark.parametrize("text", ["", "由", "\n", "由市水利局", "市水利局\n"])
def test_short_texts(annotator: Annotator, text: str) -> None:
    found = [(span.start, span.end) for span in chances_of(annotator, text).best()]
    assert found == [(ent.start, ent.end) for ent in annotator.entities(text).ents]


def test_odds_of_what_is_taken_and_of_what_is_not(annotator: Annotator) -> None:
    text = "会议要求,由市水利局牵头,10月底前完成险段排查。"
    chances = chances_of(annotator, text)
    taken = list(chances.best())
    assert [text[span.start : span.end] for span in taken] == ["市水利局", "牵头", "10月底前", "完成"]
    shifted = [LabelledSpan(span.start - 1, span.end, span.label) for span in taken]
    other = [LabelledSpan(span.start, span.end, "PERSON") for span in taken]
    odds = chances.log_odds([*taken, *shifted, *other])
    assert min(odds[:4]) > 0 > max(odds[4:])
    assert all(odds[index] == pytest.approx(chances.log_odds([span])[0], abs=1e-3) for index, span in enumerate(taken))


def test_chances_to_start_sum_to_less_than_one(annotator: Annotator) -> None:
    text = normalise(next(load_part(CORPUS, "dev")).text)
    chances = chances_of(annotator, text)
    total = sum(chances.starts(label) for label in chances.labels)
    assert total.max() <= 1.0001 and total.min() >= 0
    assert max(total[place] for place, character in enumerate(text) if character == "\n") < 1e-6
    spans = sorted((span.start, span.end) for span in chances.best())
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
