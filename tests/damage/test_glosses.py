"""Pronunciations behind single characters are passed over."""

from __future__ import annotations

import pytest

import jiyao
from jiyao.damage.glosses import find_glosses


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("县长(zhǎng)主持召開(kāi)會(huì)議", "县长主持召開會議"),
        ("常务（wù）会(hui\u0300)议", "常务会议"),  # full-width brackets, the tone a character of its own
        ("召开(kāi)了(le)会(huì)议(yì)", "召开了会议"),
        ("会(huì )议、部门( mén)", "会议、部门"),
        ("绿(lǜ)化女(nǚ)工", "绿化女工"),
        ("召开了(le)会议", "召开了(le)会议"),  # one without a tone may be anything
        ("政务服务(app)、水温(ph)、会(huì)议(yì)室(shì)、接入网(ipv)", "政务服务(app)、水温(ph)、会议室、接入网(ipv)"),
        ("大气(PM)和《条例》(à propos)", "大气(PM)和《条例》(à propos)"),
    ],
)
def test_without_pronunciations(text: str, plain: str) -> None:
    gone = set(find_glosses(text))
    assert "".join(char for place, char in enumerate(text) if place not in gone) == plain


def test_the_record_is_told_by_the_page_as_it_came() -> None:
    page = "5月6日,县长(zhǎng)穆清主持召开(kāi)会(huì)议。\n由县财政局会(huì)同县水务(wù)局在5月底前拨付资金。\n"
    record = jiyao.load().extract(page)
    assert record.text == page
    assert record.meeting.chair == "穆清"
    (task,) = record.tasks
    assert page[task.start : task.end] == "由县财政局会(huì)同县水务(wù)局在5月底前拨付资金。"
    assert [agency.name for agency in (*task.lead, *task.support)] == ["县财政局", "县水务局"]
