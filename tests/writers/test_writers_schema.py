from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from minutes_records import HOSTILE, hand_made

from jiyao.errors import ReadError
from jiyao.types import MinutesRecord
from jiyao.writers.schema import from_dict, json_schema, to_dict

CONTRACT = {
    "": "schema id model source text meeting items clauses entities documents roll decisions tasks",
    "source": "path format encoding sha256 chars",
    "meeting": "title issuer number doc_number held_on published_on chair chair_title place recorder",
    "items": "path start end heading presenters",
    "clauses": "start end label score item",
    "entities": "start end label text canonical origin score",
    "documents": "title aliases stage start end",
    "roll": "role name agency title",
    "decisions": "start end item outcome documents",
    "tasks": "id item kind start end text lead lead_inferred lead_persons support actions object documents "
    "issuing_name next_step deadline urgent score flags",
}


def test_keys_are_those_of_the_contract_and_in_its_order(record: MinutesRecord) -> None:
    data = to_dict(record)
    for part, keys in CONTRACT.items():
        value = data[part] if part else data
        first = value[0] if isinstance(value, list) else value
        assert [key for key in first if key in keys.split()] == keys.split(), part


def test_values_are_plain_json(record: MinutesRecord) -> None:
    data = to_dict(record)
    assert data["meeting"]["held_on"] == "2023-05-09"
    assert data["tasks"][0]["score"] == 0.9346
    assert data["tasks"][0]["kind"] == "assignment"
    assert type(data["tasks"][0]["kind"]) is str
    assert data["tasks"][0]["next_step"] == {"body": "县委常委会", "act": "审议"}
    assert data["tasks"][1]["deadline"] is None
    assert json.loads(json.dumps(data)) == data


def test_there_and_back(records: tuple[MinutesRecord, ...]) -> None:
    for record in records:
        assert to_dict(from_dict(json.loads(json.dumps(to_dict(record))))) == to_dict(record)
    assert from_dict(to_dict(records[1])) == records[1]  # all its scores are whole


@given(st.text())
def test_any_string_comes_back_and_can_be_encoded(text: str) -> None:
    record = hand_made(text=text)
    line = json.dumps(to_dict(record), ensure_ascii=False).encode("utf-8")
    assert from_dict(json.loads(line)).text == text


def test_lone_surrogates_become_one_replacement_each() -> None:
    assert to_dict(hand_made(text="a\udcffb"))["text"] == "a\ufffdb"


def test_keys_of_a_later_version_are_left_aside(record: MinutesRecord) -> None:
    data = to_dict(record)
    data["later"] = data["meeting"]["later"] = 1
    assert to_dict(from_dict(data)) == to_dict(record)


def _set(data: Any, path: str, value: object) -> None:
    *way, last = path.split(".")
    for key in way:
        data = data[int(key)] if key.isdigit() else data[key]
    data[last] = value


@pytest.mark.parametrize(
    ("path", "value", "subject"),
    [
        ("schema", "jiyao.minutes/9", "schema"),
        ("text", 5, "record.text"),
        ("tasks", {}, "record.tasks"),
        ("tasks.0.score", "high", "record.tasks[0].score"),
        ("tasks.0.urgent", 1, "record.tasks[0].urgent"),
        ("tasks.0.start", True, "record.tasks[0].start"),
        ("tasks.0.kind", "wish", "record.tasks[0].kind"),
        ("tasks.0.deadline.date", "2023-02-30", "record.tasks[0].deadline.date"),
        ("meeting", None, "record.meeting"),
        ("roll.0", {"name": "柏思远"}, "record.roll[0]"),
    ],
)
def test_a_broken_record_is_named_with_its_key(record: MinutesRecord, path: str, value: object, subject: str) -> None:
    data = json.loads(json.dumps(to_dict(record)))
    if path == "roll.0":
        data["roll"][0] = value
    else:
        _set(data, path, value)
    with pytest.raises(ReadError) as caught:
        from_dict(data)
    assert caught.value.subject == subject


@pytest.mark.parametrize("data", [None, [], "x", 3, {}])
def test_no_record_at_all(data: object) -> None:
    with pytest.raises(ReadError):
        from_dict(data)


def test_the_schema_describes_the_records(records: tuple[MinutesRecord, ...], hostile: MinutesRecord) -> None:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for record in (*records, hostile):
        assert list(validator.iter_errors(to_dict(record))) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [("schema", "x"), ("tasks.0.kind", "wish"), ("tasks.0.lead", None), ("meeting.number", "12"), ("roll", {})],
)
def test_the_schema_refuses(record: MinutesRecord, path: str, value: object) -> None:
    data = to_dict(record)
    _set(data, path, value)
    assert not Draft202012Validator(json_schema()).is_valid(data)


def test_the_schema_is_self_contained_and_stable() -> None:
    text = json.dumps(json_schema())
    assert text == json.dumps(json_schema())
    assert json_schema()["properties"]["schema"] == {"const": "jiyao.minutes/1"}
    assert "MinutesRecord" not in json_schema()["$defs"]


def test_scores_are_rounded(record: MinutesRecord) -> None:
    task = replace(record.tasks[0], score=1 / 3)
    assert to_dict(hand_made(tasks=(task,), id=HOSTILE))["tasks"][0]["score"] == 0.3333
