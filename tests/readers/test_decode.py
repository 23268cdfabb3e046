import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiyao.errors import ReadError
from jiyao.readers import read_bytes
from jiyao.readers.decode import chinese_score, codec_of, decode, is_utf8

SIMPLIFIED = [
    "会议议定，",
    "由市财政局牵头，",
    "市发展改革委、",
    "各县（市、区）政府",
    "要在6月底前完成",
    "《实施方案》",
    "按程序报批。",
    "出席：",
    "林溪、",
    "陶望川、",
    "燮婧\n",
    "二〇二四年",
    "〔2024〕3号",
    "规上工业增加值",
    "镇农业综合服务中心",
    "原则同意。",
]
TRADITIONAL = [
    "會議議定，",
    "由縣財政局牽頭，",
    "縣發展改革局、",
    "各鄉鎮政府",
    "要在6月底前完成",
    "《實施方案》",
    "按程序報批。",
    "出席：",
    "林溪、",
    "陶望川、",
    "原則同意。",
    "負責環境保護工作",
]


def sentences(phrases: list[str]) -> st.SearchStrategy[str]:
    joined = st.lists(st.sampled_from(phrases), min_size=4, max_size=60).map("".join)
    return joined.filter(lambda text: len(text) >= 20)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
@given(text=sentences(SIMPLIFIED))
def test_simplified_text_comes_back(encoding: str, text: str) -> None:
    assert read_bytes(text.encode(encoding), "a.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "big5"])
@given(text=sentences(TRADITIONAL))
def test_traditional_text_comes_back(encoding: str, text: str) -> None:
    assert read_bytes(text.encode(encoding), "a.txt").text == text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("会议纪要".encode(), "utf-8"),
        (codecs.BOM_UTF8 + "会议纪要".encode(), "utf-8-sig"),
        ("会议纪要".encode("gbk"), "gb18030"),
        ("會議決定由縣財政局牽頭".encode("big5"), "big5"),
        ("会议决定由市财政局牵头".encode("utf-16-be"), "utf-16-be"),
        (b"plain", "utf-8"),
    ],
)
def test_encoding_is_named(data: bytes, encoding: str) -> None:
    assert decode(data, "a.txt").encoding == encoding


def test_a_long_head_of_ascii_does_not_hide_the_text() -> None:
    text = "<!-- " + "x" * 3_000_000 + " -->" + "会议决定由市财政局牵头" * 20
    assert decode(text.encode("gb18030"), "a.html").text == text


@pytest.mark.parametrize(
    ("data", "note"),
    [
        ("会议决定由市财政局牵头，市审计局配合".encode()[:-1], "the file ends inside a character: it may be cut off"),
        ("会议决定由市财政局牵头".encode("gb18030")[:-1], "the file ends inside a character: it may be cut off"),
        ("会议决定由市财政局牵头".encode("utf-16") + b"\x4e", "the file ends inside a character: it may be cut off"),
        ("会议决定".encode() + b"\xff" + "由市财政局牵头".encode(), "1 damaged character(s), shown as U+FFFD"),
        ("会议决定\0由市财政局\0牵头".encode() * 9, "18 NUL character(s)"),
    ],
)
def test_damage_is_noted(data: bytes, note: str) -> None:
    assert note in decode(data, "a.txt").notes


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bytes(range(256)) * 20, "binary"),
        (b"\xff\xfd\xfc" * 200, "no encoding"),
        ("Le secrétaire général a été élu à l'unanimité".encode("latin-1"), "no encoding"),
        ("Заседание правительства".encode("koi8-r"), "no encoding"),
    ],
)
def test_what_is_no_chinese_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        decode(data, "a.txt")


def test_text_decoded_rightly_scores_above_the_same_decoded_wrongly() -> None:
    data = "会议议定，由市财政局牵头".encode("gb18030")
    right, wrong = chinese_score(data.decode("gb18030")), chinese_score(data.decode("big5", "replace"))
    assert right > 0.8 > 0.2 > wrong


@pytest.mark.parametrize(
    ("label", "codec"),
    [("GB2312", "gb18030"), ("x-gbk", "gb18030"), ("UTF-8", "utf-8"), ("iso-8859-1", None), ("nonsense", None)],
)
def test_labels(label: str, codec: str | None) -> None:
    assert codec_of(label) == codec


def test_strict_utf8() -> None:
    assert is_utf8("会议".encode())
    assert not is_utf8("会议".encode("gbk"))
