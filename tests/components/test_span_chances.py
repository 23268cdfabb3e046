"""Chances of spans by the recogniser: the same entities as spaCy's own parser, and odds that mean what they say."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from jiyao.components.annotator import Annotator, shipped_model
from jiyao.components.logistic import logistic
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


def test_likely_spans(annotator: Annotator) -> None:
    text = normalise(next(load_part(CORPUS, "dev")).text)
    chances = chances_of(annotator, text)
    for label in chances.labels:
        likely = chances.likely(label, 0.05, 12)
        assert likely == sorted(likely, key=lambda span: (span.start, span.end))
        short = {span for span in chances.best() if span.label == label and span.end - span.start <= 12}
        sure = {span for span, odds in zip(short, chances.log_odds(list(short)), strict=True) if odds > 0}
        assert sure <= set(likely)
        assert all(
            span.end - span.start <= 12 and "\n" not in (text[span.start], text[span.end - 1]) for span in likely
        )
        # Of spans that begin together not more than one in all is likely.
        by_start: dict[int, list[LabelledSpan]] = {}
        for span in likely:
            by_start.setdefault(span.start, []).append(span)
        for spans in by_start.values():
            assert sum(logistic(odds) for odds in chances.log_odds(spans)) <= 1.001
    assert len(chances.likely("ACTION", 0.01, 8)) > len(chances.likely("ACTION", 0.2, 8))


def test_what_is_taken_does_not_overlap(annotator: Annotator) -> None:
    text = normalise(next(load_part(CORPUS, "dev")).text)
    spans = list(chances_of(annotator, text).best())
    assert len(spans) > 50
    assert all(left.end <= right.start for left, right in pairwise(spans))
