"""The whole way: any text gives a record whose every offset is right."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jiyao
from jiyao.components.confidence import Judged
from jiyao.errors import ReadError
from jiyao.labels import EntityLabel
from jiyao.readers import read_bytes, read_text
from jiyao.types import Mention, MinutesRecord
from jiyao.writers.schema import from_dict, to_dict

ALPHABET = "市政府财局由请会同要。；，;,()（）《》〔〕一二、1.2024年3月底前 　\n:出席：责任单位负牵头审议通过张三"


@pytest.fixture(scope="module")
def pipeline() -> jiyao.MinutesPipeline:
    return jiyao.load()


def consistent(record: MinutesRecord) -> None:
    text = record.text
    for mention in record.entities:
        assert text[mention.start : mention.end] == mention.text
    for first, second in zip(record.clauses, record.clauses[1:], strict=False):
        assert first.end <= second.start
    for task in record.tasks:
        assert text[task.start : task.end] == task.text
        for part in (*task.lead, *task.support):
            assert text[part.start : part.end] == part.name
        for action in task.actions:
            assert text[action.start : action.end] == action.text
        if task.object is not None:
            assert task.object in text
        if task.deadline:
            assert text[task.deadline.start : task.deadline.end] == task.deadline.text
    assert from_dict(to_dict(record)) == record


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(ALPHABET, min_size=30, max_size=400))
def test_any_text(pipeline: jiyao.MinutesPipeline, text: str) -> None:
    try:
        reading = read_text(text, "any")
    except ReadError:
        return
    consistent(pipeline.extract_reading(reading))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_any_bytes(pipeline: jiyao.MinutesPipeline, data: bytes) -> None:
    try:
        reading = read_bytes(data, "any")
    except ReadError:
        return
    consistent(pipeline.extract_reading(reading))


def test_original_offsets_survive_wide_traditional_and_astral_characters(pipeline: jiyao.MinutesPipeline) -> None:
    text = "青岚縣政府常務會議紀要\n\n會議決定，由縣財政局牽頭，𠮷安路改造方案６月底前報縣政府審批。\u3000由縣水利局負責清淤。\n"
    record = pipeline.extract(text)
    consistent(record)
    assert record.text == text


def test_the_same_input_gives_the_same_record(pipeline: jiyao.MinutesPipeline) -> None:
    text = "市政府第3次常务会议纪要\n会议决定，由市财政局牵头，市审计局配合，6月底前完成清算。\n" * 3
    assert pipeline.extract(text) == pipeline.extract(text)


def test_a_record_is_less_sure_where_an_act_may_have_been_missed(
    pipeline: jiyao.MinutesPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "会议纪要\n  由市水利局核查险段，6月底前报送结果。\n  市财政局要拨付资金，会同审计局查账。\n"
    sure = pipeline.extract(text).tasks
    judge = pipeline.annotator.judge

    def doubtful(*page: Any) -> Judged:
        judged = judge(*page)
        doubt = Mention(text.index("查账"), text.index("查账") + 2, EntityLabel.ACTION, "查账", score=0.4)
        return Judged(judged.mentions, (*judged.passed_over, doubt))

    monkeypatch.setattr(pipeline.annotator, "judge", doubtful)
    unsure = pipeline.extract(text).tasks
    assert len(sure) == len(unsure) == 2
    assert sure[0].score == unsure[0].score and sure[1].score > unsure[1].score
