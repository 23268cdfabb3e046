"""The whole way: any text gives a record whose every offset is right."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jiyao
from jiyao.errors import ReadError
from jiyao.readers import read_bytes, read_text
from jiyao.types import MinutesRecord
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
