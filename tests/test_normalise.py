import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiyao import normalise as module
from jiyao.errors import DependencyError
from jiyao.normalise import CharacterVariants, Vocabulary, is_traditional, normalise

SPECS = [
    json.loads(line)
    for line in Path(__file__).with_name("specs").joinpath("normalise.jsonl").read_text(encoding="utf-8").splitlines()
]
ANY_TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from('"○O〇0二年\n\r\t\u3000\ufeff著名程式網路會議透過渗‧《≪「』\ud800\U0002f800\U000e0100'),
    )
)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec["why"])
def test_normal_form(spec: dict[str, str]) -> None:
    assert normalise(spec["text"]) == spec["norm"]
    assert len(spec["text"]) == len(spec["norm"])


@given(ANY_TEXT)
def test_length_and_newlines_stay(text: str) -> None:
    norm = normalise(text)
    assert len(norm) == len(text)
    assert [i for i, c in enumerate(norm) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


def test_every_character_alone_keeps_its_length() -> None:
    every = "".join(map(chr, range(0x110000)))
    assert len(normalise(every)) == 0x110000


@given(st.text(st.characters(exclude_characters='"')))
def test_a_normal_text_stays_as_it_is(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@pytest.mark.parametrize(
    ("text", "traditional"),
    [
        ("會議決定由縣財政局牽頭", True),
        ("会议决定由县财政局牵头", False),
        ("会议决定由县财政局牵头，按程式报县政府审批，由蔣某某负责，于6月底前公布", False),
        ("乾县人民政府、於潜镇人民政府", False),  # in the simplified standard too
        ("2024", False),
        ("", False),
    ],
)
def test_script(text: str, traditional: bool) -> None:
    assert is_traditional(text) is traditional


def test_speed_on_one_line_of_a_million_characters() -> None:
    line = "会议议定，由市财政局牵头，" * 80_000
    normalise(line[:100])  # builds the table
    start = time.process_time()
    normalise(line)
    assert time.process_time() - start < 0.5  # 0.04 s on a quiet machine


@pytest.mark.parametrize("line", ['"' * 1_000_000, "二" + "O" * 1_000_000, "著" * 1_000_000, "會" * 1_000_000])
def test_no_line_is_slow(line: str) -> None:
    start = time.process_time()
    normalise(line)
    assert time.process_time() - start < 2


def test_another_package_of_the_same_name_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "files", lambda _: tmp_path)
    with pytest.raises(DependencyError, match="opencc-python-reimplemented"):
        module._simplified.__wrapped__()


def test_rows_that_would_change_the_length_are_refused() -> None:
    with pytest.raises(ValueError, match="length"):
        Vocabulary("网际网路", "互联网")
    with pytest.raises(ValueError, match="one character"):
        CharacterVariants("……", "…")


def test_points_that_end_sentences_are_full_stops() -> None:
    page = "一.关于供水\n会议听取了汇报.2016年投入3.5亿元.由县财政局拨付(另行通知).\n二.关于“四好公路”.同意."
    assert normalise(page) == (
        "一.关于供水\n会议听取了汇报。2016年投入3.5亿元。由县财政局拨付(另行通知)。\n二.关于“四好公路”。同意。"
    )


def test_points_on_a_page_with_full_stops_stay() -> None:
    page = "会议听取了汇报。由县财政局拨付。参加:阿不都.克里木、买买提.艾山、居马.别克。同意。"
    assert normalise(page) == page
