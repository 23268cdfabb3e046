"""The roll: who was there, with which body, and names run together with one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiyao.labels import EntityLabel, Origin, RollRole
from jiyao.normalise import normalise
from jiyao.structure.cues import bare
from jiyao.structure.layout import layout
from jiyao.structure.names import read_members
from jiyao.structure.roll import Roll, read_roll
from jiyao.types import RollEntry, Span

SPECS = Path(__file__).parents[1] / "specs" / "run_together.jsonl"
RUN_TOGETHER = [json.loads(line) for line in SPECS.read_text(encoding="utf-8").splitlines()]
HEAD = "县政府第3次常务会议纪要\n2024年5月6日,县长穆清主持召开会议。\n一、关于供水\n同意改造。\n"


def roll(text: str) -> Roll:
    norm = normalise(text)
    return read_roll(text, norm, layout(text, norm, None), [], [])


def entries_of_opening(
    sentence: str, persons: Sequence[str] = (), agencies: Sequence[str] = ()
) -> list[tuple[str, str | None, str | None]]:
    return entries_of(f"县政府会议纪要\n5月6日,县长穆清主持召开会议。{sentence}\n一、关于供水\n", persons, agencies)


def entries_of(text: str, persons: Sequence[str], agencies: Sequence[str]) -> list[tuple[str, str | None, str | None]]:
    """The roll of a text in which the ``persons`` and ``agencies``, once each, were found."""
    norm = normalise(text)
    places = [[Span(norm.index(name), norm.index(name) + len(name)) for name in each] for each in (persons, agencies)]
    found = read_roll(text, norm, layout(text, norm, None), *places)
    return [(entry.role.value, entry.name, entry.agency) for entry in found.entries]


def entries(lines: str) -> list[tuple[str, str | None, str | None]]:
    return [(entry.role.value, entry.name, entry.agency) for entry in roll(HEAD + lines).entries]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("出席:穆清 褚 良 鱼秋水", [("present", "穆清", None), ("present", "褚良", None), ("present", "鱼秋水", None)]),
        ("出　席:穆　清　　欧阳怀仁", [("present", "穆清", None), ("present", "欧阳怀仁", None)]),
        ("出席人员:穆清、褚良", [("present", "穆清", None), ("present", "褚良", None)]),
        ("列席:县发改局柯岩 县财政局简宁", [("observer", "柯岩", "县发改局"), ("observer", "简宁", "县财政局")]),
        ("列席:招商局仇 博、财政局卓玛", [("observer", "仇博", "招商局"), ("observer", "卓玛", "财政局")]),
        ("列席:章百川(县政协)", [("observer", "章百川", "县政协")]),
        ("列席:县教育局(王小虎)", [("observer", "王小虎", "县教育局")]),
        ("列席:县政府办来仁法、温少卿,县审计局邸云", [
            ("observer", "来仁法", "县政府办"), ("observer", "温少卿", "县政府办"), ("observer", "邸云", "县审计局"),
        ]),
        ("列席:江、峡、岭水务局", [("observer", None, "江、峡、岭水务局")]),
        ("列席:县统计局、江、峡、岭水务局,县文联", [
            ("observer", None, "县统计局"), ("observer", None, "江、峡、岭水务局"), ("observer", None, "县文联"),
        ]),
        ("列席:县公安局局长郎大勇", [("observer", "郎大勇", "县公安局")]),
        ("列席:县编办屠敏(代)", [("representative", "屠敏", "县编办")]),
        ("列席:县人大常委会、县供电公司的代表", [
            ("representative", None, "县人大常委会"), ("representative", None, "县供电公司"),
        ]),
        ("因公请假:糜守信(出国考察)", [("absent", "糜守信", None)]),
        ("缺席:占学军", [("absent", "占学军", None)]),
        ("记 录:桑晚", [("recorder", "桑晚", None)]),
        ("出席:穆清\n褚良 鱼秋水", [("present", "穆清", None), ("present", "褚良", None), ("present", "鱼秋水", None)]),
        ("参加会议的有:\n(1)县领导:穆清、褚良\n(2)单位:县水务局戈峰", [
            ("present", "穆清", None), ("present", "褚良", None), ("present", "戈峰", "县水务局"),
        ]),
        ("出席:穆清  列席:褚良", [("present", "穆清", None), ("observer", "褚良", None)]),
        ("县领导褚良、鱼秋水参加会议,县人大屈松年应邀列席。", [
            ("present", "褚良", None), ("present", "鱼秋水", None), ("observer", "屈松年", "县人大"),
        ]),
    ],
)  # fmt: skip
def test_lists(lines: str, wanted: list[tuple[str, str | None, str | None]]) -> None:
    assert entries(lines) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (
            "参加:褚良、鱼秋水;列席:县财政局简宁。",
            [("present", "褚良", None), ("present", "鱼秋水", None), ("observer", "简宁", "县财政局")],
        ),
        (
            "参加会议的有县财政局简宁、县发改局柯岩。",
            [("present", "简宁", "县财政局"), ("present", "柯岩", "县发改局")],
        ),
        ("列席会议的有县审计局邸云。", [("observer", "邸云", "县审计局")]),
        ("出席会议的人员有:褚良、鱼秋水。", [("present", "褚良", None), ("present", "鱼秋水", None)]),
    ],
)
def test_lists_behind_the_sentence_that_opens_the_meeting(
    said: str, wanted: list[tuple[str, str | None, str | None]]
) -> None:
    text = f"县政府第3次常务会议纪要\n2024年5月6日,县长穆清主持召开会议,研究供水问题。{said}纪要如下:\n一、同意改造。"
    assert [(entry.role.value, entry.name, entry.agency) for entry in roll(text).entries] == wanted


def test_labels_among_others() -> None:
    text = "县政府第3次常务会议纪要\n主持:穆清  出席:褚良、鱼秋水  记录:柯岩\n一、关于供水\n同意改造。"
    assert [(entry.role.value, entry.name) for entry in roll(text).entries] == [
        ("present", "褚良"),
        ("present", "鱼秋水"),
        ("recorder", "柯岩"),
    ]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("市领导鲍行、宣岚,市经信局、沙碶街道主要负责人参加会议。", [
            ("present", "鲍行", None), ("present", "宣岚", None),
            ("representative", None, "市经信局"), ("representative", None, "沙碶街道"),
        ]),
        ("县水利局、县气象局负责同志和各乡镇长参加会议。", [
            ("representative", None, "县水利局"), ("representative", None, "县气象局"),
        ]),
        ("县水利局、沙坪镇政府以及县供电公司负责人参加汇报会。", [
            ("representative", None, "县水利局"), ("representative", None, "沙坪镇政府"),
            ("representative", None, "县供电公司"),
        ]),
        ("市气象局、市应急局负责人参加(其余视频参会)。", [
            ("representative", None, "市气象局"), ("representative", None, "市应急局"),
        ]),
    ],
)  # fmt: skip
def test_whoever_is_said_to_have_taken_part(sentence: str, wanted: list[tuple[str, str | None, str | None]]) -> None:
    assert entries_of_opening(sentence) == wanted


@pytest.mark.parametrize(
    "opening",
    [
        "本报讯(记者 林小溪)昨日,县政府第3次常务会议召开,县长穆清主持会议并讲话,副县长沈丽、冯银参加。",
        "棠溪新闻网讯 5月6日,县政府第3次常务会议召开,副县长沈丽、冯银出席会议。",
        "5月6日下午,县政府第3次常务会议举行,副县长沈丽、冯银出席。",
    ],
)
def test_a_report_begins_with_no_names(opening: str) -> None:
    told = [(name, agency) for _, name, agency in entries_of(f"{opening}\n会议听取了汇报。\n", (), ())]
    assert told == [("沈丽", None), ("冯银", None)]


def test_known_names_before_the_verb_are_a_list_anywhere_in_the_opening() -> None:
    opening = "2024年5月6日,县长穆清召开专题会议,专门处理供水欠账,县水利局、县供电公司参加,费明宇、童佑民列席,会议认为"
    assert entries_of_opening(opening) == []  # rules alone do not know the names
    assert entries_of_opening(opening, persons=["费明宇", "童佑民"], agencies=["县水利局", "县供电公司"]) == [
        ("present", None, "县水利局"),
        ("present", None, "县供电公司"),
        ("observer", "费明宇", None),
        ("observer", "童佑民", None),
    ]
    task = HEAD + "由县财政局清算,县水利局、县供电公司参加。"
    assert entries_of(task, persons=[], agencies=["县财政局", "县水利局", "县供电公司"]) == []


def test_all_offices_before_a_name_are_its_title() -> None:
    found = roll(HEAD + "出席:县委常委、副县长、县总工会主席徐辉,副县长刘姝、左哲")
    assert [(entry.name, entry.agency, entry.title) for entry in found.entries] == [
        ("徐辉", None, "县委常委、副县长、县总工会主席"),
        ("刘姝", None, "副县长"),
        ("左哲", None, None),
    ]


def test_who_takes_part_in_a_task_is_no_roll() -> None:
    text = (
        HEAD + "二、演练\n县应急局组织演练。参加:县水利局、县公安局。\n三、培训\n同意召开培训会。参加的企业要派代表。"
    )
    assert roll(text).entries == ()


def test_titles_are_kept_and_leaders_have_no_agency() -> None:
    found = roll(HEAD + "出席:副县长褚良、鱼秋水副县长,县水务局局长戈峰").entries
    assert found == (
        RollEntry(RollRole.PRESENT, "褚良", None, "副县长"),
        RollEntry(RollRole.PRESENT, "鱼秋水", None, "副县长"),
        RollEntry(RollRole.PRESENT, "戈峰", "县水务局", "局长"),
    )


def test_mentions_have_offsets_of_the_text_with_padding() -> None:
    text = HEAD + "列席:县财政局简　宁"
    found = roll(text).mentions
    assert [(m.label, m.text, text[m.start : m.end]) for m in found] == [
        (EntityLabel.AGENCY, "县财政局", "县财政局"),
        (EntityLabel.PERSON, "简　宁", "简　宁"),
    ]
    assert all(m.origin is Origin.RULE for m in found)


def test_known_spans_are_preferred() -> None:
    text = HEAD + "列席:云港卜算子"
    norm = normalise(text)
    start = text.index("云港")
    found = read_roll(text, norm, layout(text, norm, None), [Span(start + 2, start + 5)], [Span(start, start + 2)])
    assert found.entries == (RollEntry(RollRole.OBSERVER, "卜算子", "云港"),)


def test_tasks_in_the_body_are_no_roll() -> None:
    assert entries("会议要求,各镇主要负责人参加会议。") == []


def test_names_run_together_are_cut() -> None:
    names = "呼延峥鞠洪涛谭敏"
    members = read_members(names, Span(0, len(names)))
    assert [names[m.person.start : m.person.end] for m in members if m.person] == ["呼延峥", "鞠洪涛", "谭敏"]


@pytest.mark.parametrize("spec", RUN_TOGETHER, ids=lambda spec: spec["text"][:20])
def test_agency_and_name_run_together(spec: dict[str, Any]) -> None:
    norm = normalise(spec["text"])
    members = read_members(norm, Span(0, len(norm)))
    pairs = [
        (bare(norm[m.agency.start : m.agency.end]), bare(norm[m.person.start : m.person.end]))
        for m in members
        if m.agency and m.person
    ]
    assert pairs == ([(spec["agency"], spec["person"])] if spec["agency"] else [])


@given(st.text(alphabet="市县区局委办财政教育林海涛王李关有于、()·各有关部门 团中共主任长", max_size=60))
def test_members_of_any_piece_stand_in_it(text: str) -> None:
    for member in read_members(text, Span(0, len(text))):
        for span in (member.agency, member.person):
            assert span is None or 0 <= span.start < span.end <= len(text)
