"""Clauses of annotated sentences: ``|`` stands at each boundary, ``[…]`` marks an agency."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiyao.normalise import normalise
from jiyao.structure.clauses import hard_stops, split_clauses
from jiyao.structure.layout import layout
from jiyao.structure.numbering import skip_enumerators
from jiyao.types import Layout, Line, LineKind, Span

SPECS = Path(__file__).parents[1] / "specs" / "clauses.jsonl"


def specs() -> list[dict[str, str]]:
    return [json.loads(line) for line in SPECS.read_text(encoding="utf-8").splitlines()]


def read_marks(marked: str) -> tuple[str, list[Span], list[str]]:
    """Plain text, agencies, and the wanted clauses without indent and enumerator."""
    agencies: list[Span] = []
    text = ""
    for piece in re.split(r"(\[[^\]]*\])", marked.replace("|", "")):
        plain = piece.strip("[]") if piece.startswith("[") else piece
        if piece.startswith("["):
            agencies.append(Span(len(text), len(text) + len(plain)))
        text += plain
    wanted = [re.sub(r"[\[\]]", "", part).strip() for part in marked.split("|")]
    return text, agencies, [part[skip_enumerators(normalise(part), 0, len(part)) :] for part in wanted]


def body(text: str) -> Layout:
    """Every line is running text."""
    lines, start = [], 0
    for piece in text.split("\n"):
        content = skip_enumerators(normalise(text), start, start + len(piece))
        lines.append(Line(start, start + len(piece), LineKind.BODY if piece.strip() else LineKind.BLANK, content))
        start += len(piece) + 1
    return Layout(tuple(lines), ())


@pytest.mark.parametrize("spec", specs(), ids=lambda spec: spec["why"])
def test_sentence(spec: dict[str, str]) -> None:
    text, agencies, wanted = read_marks(spec["text"])
    found = split_clauses(text, normalise(text), body(text), agencies)
    assert [text[span.start : span.end] for span in found] == wanted


def test_actions_decide_whether_an_agency_acts() -> None:
    text = "市财政局要筹措资金,市审计局全程在场。"
    agencies = [Span(0, 4), Span(10, 14)]
    norm = normalise(text)
    assert len(split_clauses(text, norm, body(text), agencies)) == 2
    assert len(split_clauses(text, norm, body(text), agencies, [Span(5, 7)])) == 1


def test_shell_lines_are_one_clause_each() -> None:
    text = "县政府第3次常务会议纪要\n2024年5月6日,县长韩某主持召开会议。现纪要如下:\n一、审议《甲方案》\n原则同意。\n出席:韩某;李某\n县政府办整理"
    norm = normalise(text)
    page = layout(text, norm, None)
    found = [text[span.start : span.end] for span in split_clauses(text, norm, page, [])]
    assert found[0] == "县政府第3次常务会议纪要"
    assert found[3:] == ["审议《甲方案》", "原则同意。", "出席:韩某;李某", "县政府办整理"]


def test_table_rows_are_one_clause_each() -> None:
    text = "序号\n工作任务\n责任单位\n完成时限\n1\n疏通北渠\n水利局\n6月底前\n2\n改造粮库\n粮食局\n年内"
    norm = normalise(text)
    found = [text[span.start : span.end] for span in split_clauses(text, norm, layout(text, norm, None), [])]
    assert found == ["序号", "工作任务", "责任单位", "完成时限", "疏通北渠\n水利局\n6月底前", "改造粮库\n粮食局\n年内"]


def test_marks_without_partner_do_not_swallow_stops() -> None:
    text = "《甲。乙)。丙“丁。"
    assert list(hard_stops(text, 0, len(text))) == [3, 6, 10]


def test_texts_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="characters"):
        split_clauses("甲乙", "甲", body("甲乙"), [])


PAGE = st.text(alphabet="一二1.、(),。;:《》“”市财政局由请要会议同意责任单位出席附件 \n\u3000张三", max_size=120)


@given(PAGE)
def test_clauses_are_ordered_disjoint_and_trimmed(text: str) -> None:
    norm = normalise(text)
    agencies = [Span(match.start(), match.end()) for match in re.finditer("市财政局", norm)]
    found = split_clauses(text, norm, layout(text, norm, None), agencies)
    for before, after in pairwise(found):
        assert before.end <= after.start
    for span in found:
        clause = text[span.start : span.end]
        assert clause == clause.strip() != ""


@given(PAGE)
def test_no_letter_is_lost(text: str) -> None:
    norm = normalise(text)
    page = layout(text, norm, None)
    covered = {place for span in split_clauses(text, norm, page, []) for place in range(span.start, span.end)}
    for line in page.lines:
        if line.kind is LineKind.TITLE:
            assert covered.issuperset(p for p in range(line.start, line.end) if not norm[p].isspace())


def _clauses_of_page(text: str) -> list[str]:
    norm = normalise(text)
    return [text[span.start : span.end] for span in split_clauses(text, norm, layout(text, norm, None), [])]


@pytest.mark.parametrize(
    ("page", "clauses"),
    [
        (
            "榆县人民政府常务会议纪要\n\n会议听取了水务局的汇报。\n\n议题一：渠道清淤\n会议同意清淤。\n",
            ["会议听取了水务局的汇报。", "议题一：渠道清淤", "会议同意清淤。"],
        ),
        (
            "榆县人民政府常务会议纪要\n\n会议听取了汇报.今年共有3.5万亩待灌.县水务局要清淤.\n",
            ["会议听取了汇报.", "今年共有3.5万亩待灌.", "县水务局要清淤."],
        ),
        (
            "榆县人民政府常务会议纪要\n\n会议议定如下事项，请遵照执行。\n\n办理要求：修缮校舍，更换门窗。\n承办：\n教育科\n协办：\n财政所\n时限：\n9月底前\n",
            ["办理要求：修缮校舍，更换门窗。\n承办：\n教育科\n协办：\n财政所\n时限：\n9月底前"],
        ),
        (
            "榆县人民政府常务会议纪要\n\n会议研究了渠道清淤，议定事项见附件。\n\n榆县人民政府办公室\n2016年4月1日\n\n附件：责任分解表\n\n"
            "1．清理东干渠，加固堤坡。\n责任单位：县水务局\n完成时限：4月底\n",
            ["清理东干渠，加固堤坡。\n责任单位：县水务局\n完成时限：4月底"],
        ),
        (
            "榆县人民政府常务会议纪要\n\n会议议定事项分解如下，请抓好落实。\n\n| 序号 | 事项 | 责任单位 | 时限 |\n| 1 | 清理东干渠 | 县水务局 | 4月底前 |\n"
            "| 2 | 加固堤坡 | 县水务局 | 5月底前 |\n",
            ["清理东干渠 | 县水务局 | 4月底前 |", "加固堤坡 | 县水务局 | 5月底前 |"],
        ),
        (
            "榆镇党政联席会议议定事项责任清单\n\n会议议定如下事项，请遵照执行：\n\n事项一：秋粮收购\n粮管所开放三个收购点，每日公布收购价\n责任领导：姚永平\n责任单位：粮管所\n",
            ["事项一：秋粮收购", "粮管所开放三个收购点，每日公布收购价\n责任领导：姚永平\n责任单位：粮管所"],
        ),
    ],
)
def test_pages_of_clerks_who_set_tasks_apart(page: str, clauses: list[str]) -> None:
    found = _clauses_of_page(page)
    assert [clause for clause in found if clause in clauses] == clauses


def test_an_empty_label_takes_neither_a_numbered_line_nor_what_stands_behind_a_heading() -> None:
    page = (
        "榆县人民政府常务会议纪要\n\n会议议定如下事项，请遵照执行。\n\n1．修缮校舍，更换门窗。\n责任单位：县教育局\n备注：\n"
        "2．清理东干渠，加固堤坡。\n责任单位：县水务局\n备注：\n\n二、关于供水\n会议同意新建水厂。\n"
    )
    assert [clause.split("\n")[0] for clause in _clauses_of_page(page)][2:] == [
        "修缮校舍，更换门窗。",
        "清理东干渠，加固堤坡。",
        "关于供水",
        "会议同意新建水厂。",
    ]


def test_a_footer_that_names_its_own_office_is_chrome_still() -> None:
    text = "榆县人民政府常务会议纪要\n\n会议听取了水务局关于清淤的汇报，同意实施。\n\n主办：榆县人民政府办公室 承办：榆县信息中心\n"
    norm = normalise(text)
    assert layout(text, norm, None).lines[-2].kind is LineKind.CHROME
