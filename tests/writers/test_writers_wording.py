from __future__ import annotations

import json
from pathlib import Path

import pytest
from minutes_records import hand_made

from jiyao.labels import DeadlineKind, Kind
from jiyao.types import AgencyRef, Deadline, Item, MinutesRecord, TaskRecord
from jiyao.writers.wording import Headings, terminal_safe, titles, work_text, xml_safe
from jiyao.writers.words import flag_advice, flag_chinese

SPECS = Path(__file__).parents[1] / "specs" / "work_text.jsonl"
FLAGS = (
    "subject carried over",
    "lead inferred",
    "date repaired",
    "date inconsistent with weekday",
    "name missing",
    "alias undefined",
    "text damaged",
    "low confidence",
    "several deadlines",
    "soft deadline",
    "lead unknown",
)


def _specs() -> list[dict[str, str]]:
    return [json.loads(line) for line in SPECS.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("spec", _specs(), ids=lambda spec: spec["text"][:12])
def test_work_text(spec: dict[str, str]) -> None:
    text, start = spec["text"], 100

    def refs(names: str) -> tuple[AgencyRef, ...]:
        found = ((name, start + text.index(name)) for name in names.split("、") if name)
        return tuple(AgencyRef(name, None, at, at + len(name)) for name, at in found)

    task = TaskRecord(
        "t",
        None,
        Kind.ASSIGNMENT,
        start,
        start + len(text),
        text,
        lead=refs(spec.get("lead", "")),
        support=refs(spec.get("support", "")),
    )
    assert work_text(task) == spec["work"]


def test_damaged_sentences() -> None:
    def work(text: str, body: str, written: str) -> str:
        at = text.index(written)
        lead = (AgencyRef(body, None, at, at + len(written)),)
        return work_text(TaskRecord("t", None, Kind.ASSIGNMENT, 0, len(text), text, lead=lead))

    assert work("由县水\n务局负责清淤。", "县水务局", "县水\n务局") == "负责清淤"
    apart = " ".join("会议要求,由县水务局负责清淤,5月底前完成。")
    assert work(apart, "县水务局", "县 水 务 局") == "负责清淤,5月底前完成"
    hidden = "请县水\u200b务局建好&ldquo;四好&rdquo;路,\n- 3 -\n5月底前通车。"
    assert work(hidden, "县水务局", "县水\u200b务局") == "建好“四好”路, 5月底前通车"


def test_a_subject_carried_over_stands_outside_the_sentence() -> None:
    task = TaskRecord(
        "t", None, Kind.ASSIGNMENT, 50, 60, "按月报送进度情况。", lead=(AgencyRef("县水务局", None, 3, 7),)
    )
    assert work_text(task) == "按月报送进度情况"


@pytest.mark.parametrize("flag", FLAGS)
def test_every_flag_speaks_chinese(flag: str) -> None:
    assert not flag_chinese(flag).isascii()
    assert flag_advice(flag)


def test_flags_with_a_value_and_unknown_ones() -> None:
    assert flag_chinese("gate: 县法制办 审查") == "须先经县法制办审查"
    assert flag_chinese("text damaged: 第3行") == "原文残损（第3行）"
    assert flag_chinese("something new: x") == "something new: x"
    assert flag_advice("something new") == ""


def test_titles() -> None:
    assert titles(["岚川县防汛预案", "岚政发〔2020〕3号"]) == "《岚川县防汛预案》、岚政发〔2020〕3号"


def test_headings_where_numbers_start_again(record: MinutesRecord) -> None:
    items = (Item("一", 0, 50, "甲"), Item("二", 50, 90, "乙"), Item("一", 90, 150, "丙"))
    headings = Headings(hand_made(items=items))
    assert [headings.of("一", place) for place in (0, 60, 90, 120)] == ["甲", "甲", "丙", "丙"]
    assert headings.of("三", 10) is None
    assert headings.of(None, 10) is None


def test_safe_texts() -> None:
    assert xml_safe("a\x00\x0b\ud800\ufffe\tb\n\U00020000") == "a\tb\n\U00020000"
    assert terminal_safe("a\x1b[2Jb\u202ec\n d") == "a [2Jb c d"


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("清淤三公里|县水利局、棠溪镇|6月底前", "清淤三公里"),
        ("清淤三公里\t县水利局\t棠溪镇\t6月底前", "清淤三公里"),
        ("清淤三公里\n责任单位：县水利局\n责任领导：林溪\n完成时限：6月底前", "清淤三公里"),
        ("清淤三公里\u3000\u3000县水利局(牵头)、棠溪镇  6月底前", "清淤三公里"),
        ("清淤三公里\u3000县水利局\u30006月底前", "清淤三公里"),
        ("清淤三公里|县水利局|6月底前|每周通报", "清淤三公里|县水利局|6月底前|每周通报"),
        ("清淤三公里,6月底前完成。", "清淤三公里,6月底前完成"),
        ("县水利局\n6月底前", "县水利局"),
    ],
)
def test_cells_that_only_say_who_and_when(text: str, work: str) -> None:
    def refs(name: str) -> tuple[AgencyRef, ...]:
        at = text.find(name)
        return (AgencyRef(name, None, at, at + len(name)),) if at >= 0 else ()

    due = text.find("6月底前")
    task = TaskRecord(
        "t",
        None,
        Kind.ASSIGNMENT,
        0,
        len(text),
        text,
        lead=refs("县水利局"),
        lead_persons=("林溪",),
        support=refs("棠溪镇"),
        deadline=Deadline("6月底前", due, due + 4, DeadlineKind.DATE, None),
    )
    assert work_text(task) == work
