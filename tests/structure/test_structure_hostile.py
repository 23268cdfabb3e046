"""Damaged and hostile pages: always an answer, and no more than linear work."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiyao.damage import mend
from jiyao.damage.lost_lines import find_lost_lines
from jiyao.damage.running_lines import find_running_lines
from jiyao.damage.spacing import find_spacing
from jiyao.damage.wraps import find_wraps
from jiyao.normalise import normalise
from jiyao.readers import read_text
from jiyao.structure.answerers import find_answerers
from jiyao.structure.clauses import split_clauses
from jiyao.structure.header import read_meeting
from jiyao.structure.layout import layout
from jiyao.structure.presenters import presenters
from jiyao.structure.roll import read_roll
from jiyao.types import Item, LineKind, Reading, Span

SIZE = 100_000
SOURCE = read_text("会议听取了汇报。", "case").source


def structure(text: str) -> tuple[Item, ...]:
    norm = normalise(text)
    page = layout(text, norm, None)
    assert [text[line.start : line.end] for line in page.lines] == text.split("\n")
    for find in (find_wraps, find_spacing, find_lost_lines, find_running_lines):
        places = find(norm)
        assert places == sorted(set(places)) and all(0 <= place < len(norm) for place in places)
    mended, _ = mend(Reading(text, SOURCE))
    assert len(mended.text) <= len(text)
    assert all(line.start <= line.content <= line.end for line in page.lines)
    roll = read_roll(text, norm, page, [], [])
    assert all(text[m.start : m.end] == m.text for m in roll.mentions)
    assert all(text[m.start : m.end] == m.text for m in find_answerers(text, norm, page))
    read_meeting(text, norm, page, [], [])
    split_clauses(text, norm, page, [])
    presenters(text, norm, Span(0, len(text)), [])
    return page.items


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    structure(text)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "一、关于供水",
                "一、略",
                "(一)原则同意《甲》。",
                "出席:穆 清 褚良",
                "列席:",
                "县财政局简宁(代)、",
                "责任单位:县财政局",
                "1",
                "序号|任务|责任领导|责任单位",
                "1|疏浚东支渠|林溪|县水利局",
                "县水利局要在三月底前把险段的块石备足,",
                "序号",
                "工作任务",
                "责任单位",
                "上一篇:甲",
                "首页 > 乙",
                "会议听取了县水务局的汇报。",
                "〔2024〕7号",
                "附件:1.丙",
                "2024年13月45日",
                "主持人:",
                "记录",
                "会议议定:",
                "第次常务会议纪要",
                "由同志牵头,、具体对接。",
                "— 3 —",
                "&ldquo;四好&rdquo;&#10;路",
                "由县财政局牵头, 县水利局配合。 ",
                "县\u200b水\u200b利局",
                "",
                "县政府办公室",
                "二〇二四年五月六日",
                "抄送:县委",
            ]
        ),
        max_size=14,
    )
)
def test_any_order_of_lines(lines: list[str]) -> None:
    items = structure("\n".join(lines))
    assert all(item.start <= item.end for item in items)
    assert [item.start for item in items] == sorted(item.start for item in items)


@pytest.mark.parametrize(
    "unit",
    ["市财政局要在6月底前完成,", "《", "(", "。", "出席:张 三 ", "一、\n", "1.", "首页>", "主持", "在", "甲乙政府\n", "序号\n任务\n责任单位\n1\n",
     "出席:张三\n", "县水利局要在三月底前把险段备足,堤顶由棠溪镇\n", "序号|责任领导|任务|时限\n1|林溪|清淤|月底\n", "会 议 听 取 了 ", "县水利局要把险段备足,堤顶\n- 3 -\n", "请假:", "记录:李四;", "第一次", "2024年1月1日", "由请", "会议听取了", "附件\n", "张三丰",
     "&ldquo;", "一、甲 ", "出  席: 甲 ", "县水利局, ", "\u200b"],
)  # fmt: skip
def test_work_grows_with_the_length_only(unit: str) -> None:
    _in_time(unit * (SIZE // len(unit)))


@pytest.mark.parametrize("label", ["地点:", "时间:", "日期:", "第3次("])
def test_blanks_behind_a_label_of_the_head(label: str) -> None:
    _in_time(f"县政府会议纪要\n{label}{' ' * SIZE}x\n一、关于供水\n同意改造。")


def _in_time(text: str) -> None:
    normalise("")  # the tables are loaded once
    begun = time.process_time()
    structure(text)
    assert time.process_time() - begun < 8, "100 kB took as long as quadratic work would"


def test_damaged_numbers_and_dates_give_nothing_rather_than_an_error() -> None:
    text = "第次常务会议纪要\n413日,县长主持召开县政府第次常务会议。\n〔20〕号\n出席:"
    norm = normalise(text)
    meeting = read_meeting(text, norm, layout(text, norm, None), [], [])
    assert (meeting.number, meeting.held_on, meeting.doc_number, meeting.chair) == (None, None, None, None)


def test_an_empty_page() -> None:
    page = layout("", "", None)
    assert [line.kind for line in page.lines] == [LineKind.BLANK]
    assert page.items == ()
