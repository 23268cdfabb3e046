"""The day of the meeting and the day of publication, by what tells them."""

from __future__ import annotations

from datetime import date

import pytest

from jiyao.normalise import normalise
from jiyao.structure.header import read_meeting
from jiyao.structure.layout import layout

BODY = "\n一、关于供水\n同意改造。"
CHAIR = "3月8日,县长穆清主持召开县政府常务会议。"


def days(text: str) -> tuple[date | None, date | None]:
    norm = normalise(text)
    found = read_meeting(text, norm, layout(text, norm, None), [], [])
    return found.held_on, found.published_on


@pytest.mark.parametrize(
    ("head", "held", "published"),
    [
        # A date in brackets under the title: of publication where the chair sentence has another day,
        (f"县政府常务会议纪要\n(2023年3月10日)\n{CHAIR}", date(2023, 3, 8), date(2023, 3, 10)),
        # else of the meeting.
        (f"县政府常务会议纪要\n(2023年3月8日)\n{CHAIR}", date(2023, 3, 8), None),
        ("关于水厂的会议纪要\n(二○二三年三月八日)", date(2023, 3, 8), None),
        ("县政府专题会议纪要\n第3次(2023年3月8日)", date(2023, 3, 8), None),
        # Labels, with a colon or without, padded, among others.
        ("局长办公会议纪要\n时  间  2023年3月8日下午", date(2023, 3, 8), None),
        ("局长办公会议纪要\n地点:三楼会议室  时间:2023年3月8日9:30", date(2023, 3, 8), None),
        ("会商纪要\n会商时间:2023年3月8日20时", date(2023, 3, 8), None),
        # 日期 is the meeting's, unless the chair sentence tells another.
        ("局务会纪要\n日期:2023年3月8日", date(2023, 3, 8), None),
        (f"县政府常务会议纪要\n日期:2023年3月10日\n{CHAIR}", date(2023, 3, 8), date(2023, 3, 10)),
        # News: yesterday of the paper's day, or the day of its month.
        (
            "县长穆清主持召开会议\n发布日期:2023-03-09 08:10\n本报讯 昨日,县长穆清主持召开县政府第3次常务会议。",
            date(2023, 3, 8),
            date(2023, 3, 9),
        ),
        (
            "县长穆清主持召开会议\n发布日期:2023-03-02 08:10\n本报讯 28日,县长穆清主持召开县政府第3次常务会议。",
            date(2023, 2, 28),
            date(2023, 3, 2),
        ),
        # Blanks in damaged dates, and figures among Chinese numerals.
        ("局务会纪要\n日期:2023年3月1 8日", date(2023, 3, 18), None),
        ("局务会纪要\n(二00八年三月八日)", date(2008, 3, 8), None),
        # No chair, only a meeting.
        (
            "专题会议纪要\n2023年3月8日,副县长穆清在水厂召集有关单位,就管网问题进行研究。",
            date(2023, 3, 8),
            None,
        ),
    ],
)
def test_days(head: str, held: date | None, published: date | None) -> None:
    assert days(head + BODY) == (held, published)


@pytest.mark.parametrize(
    "line", ["棠溪日报  2023-03-09  第01版", "2023年3月9日  棠溪县政府办公室编印", "发布于 2023/03/09 | 字数:小 中 大"]
)
def test_the_day_of_publication_in_a_line_of_the_head(line: str) -> None:
    assert days(f"县政府常务会议纪要\n{line}\n{CHAIR}{BODY}") == (date(2023, 3, 8), date(2023, 3, 9))


def test_a_day_that_no_month_has_is_none() -> None:
    text = "县长穆清主持召开会议\n发布日期:2023-03-05 08:10\n本报讯 昨日县长穆清主持召开会议。"
    assert days(text + BODY)[0] == date(2023, 3, 4)
    assert days("县政府常务会议纪要\n县长穆清主持召开会议。" + BODY) == (None, None)
