"""Line ends that became blanks are told from blanks within a line."""

from __future__ import annotations

import re
from pathlib import Path

from jiyao.corpus.splits import load_part
from jiyao.damage.lost_lines import find_lost_lines
from jiyao.normalise import normalise

CORPUS = Path(__file__).parents[2] / "annotations"
PAGE = """棠溪县人民政府专题会议纪要
〔2024〕7号
棠溪县人民政府办公室
2024年5月9日
2024年5月6日,县长穆清主持召开专题会议。现纪要如下:
会议听取了县水利局关于险段的汇报。
一、关于险段除险
(一)由县财政局在5月底前拨付资金20万元。(县水利局牵头)
(二)5 月 20 日前县住建局要搬离 3 户。
二、关于供水管网
由县水务局改造管网,县公安局做好疏导;费用由县财政局解决。
出  席:穆 清、褚 良
列席:县发改局柯 岩、县财政局简宁
记录:桑晚
送:县委办公室
棠溪县人民政府办公室 2024年5月9日印发"""


def _read(text: str) -> str:
    places = set(find_lost_lines(text))
    return "".join("\n" if place in places else char for place, char in enumerate(text))


def test_the_lines_come_back() -> None:
    assert _read(PAGE.replace("\n", " ")).split("\n") == PAGE.split("\n")


def test_more_than_one_blank_is_one_line_end() -> None:
    assert len(find_lost_lines(PAGE.replace("\n", "   "))) == PAGE.count("\n")


def test_a_label_without_value_ends_before_the_opening_sentence() -> None:
    page = PAGE.replace("棠溪县人民政府办公室\n2024年5月9日\n", "分享到:\n", 1).replace("\n", " ")
    assert "分享到:\n2024年5月6日,县长穆清" in _read(page)


def test_pages_with_lines_stay() -> None:
    assert find_lost_lines(PAGE) == []
    assert find_lost_lines(PAGE.replace("\n", "")) == []  # nothing stands where lines ended
    long = "由县财政局拨付资金20万元。" * 40
    assert find_lost_lines(f"纪 要\n{long} {long}") == []


def test_no_page_of_the_corpus_lost_its_lines() -> None:
    for part in ("train", "dev", "test"):
        for document in load_part(CORPUS, part):
            assert find_lost_lines(normalise(document.text)) == [], document.name


def test_a_page_of_blanks_and_numbers_takes_no_longer_than_its_length() -> None:
    page = "一、 出  席: 甲。 " * 20_000
    assert len(find_lost_lines(page)) > 20_000
    assert re.sub(r"\s", "", _read(page)) == re.sub(r"\s", "", page)
