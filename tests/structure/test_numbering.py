import pytest

from jiyao.structure.numbering import Style, read_enumerator, skip_enumerators


@pytest.mark.parametrize(
    ("text", "style", "label", "value", "length"),
    [
        ("一、审议", Style.CHINESE, "一", 1, 2),
        ("十二、其他", Style.CHINESE, "十二", 12, 3),
        ("二十一、甲", Style.CHINESE, "二十一", 21, 4),
        ("第三、甲", Style.ORDINAL, "三", 3, 3),
        ("(四) 甲", Style.CHINESE_BRACKET, "四", 4, 4),
        ("五)甲", Style.CHINESE_BRACKET, "五", 5, 2),
        ("㈡甲", Style.CHINESE_BRACKET, "㈡", 2, 1),
        ("6.甲", Style.ARABIC, "6", 6, 2),
        ("7、甲", Style.ARABIC, "7", 7, 2),
        ("2.6月底前", Style.ARABIC, "2", 2, 2),
        ("3.48户搬迁", Style.ARABIC, "3", 3, 2),
        ("1.110千伏线路", Style.ARABIC, "1", 1, 2),
        ("4.2027年起", Style.ARABIC, "4", 4, 2),
        ("6.2020—2021采暖期", Style.ARABIC, "6", 6, 2),
        ("4 提供备选地块", Style.ARABIC, "4", 4, 2),
        ("(8)甲", Style.ARABIC_BRACKET, "8", 8, 3),
        ("9)甲", Style.ARABIC_BRACKET, "9", 9, 2),
        ("③甲", Style.CIRCLED, "③", 3, 1),
        ("议题二:甲", Style.TOPIC, "二", 2, 4),
    ],
)
def test_styles(text: str, style: Style, label: str, value: int, length: int) -> None:
    found = read_enumerator(text, 0, len(text))
    assert found is not None
    assert (found.style, found.label, found.value, found.end) == (style, label, value, length)


@pytest.mark.parametrize(
    "text",
    [
        "1.5万元",
        "4 月5日",
        "3 万元",
        "12 2023",
        "2.5个百分点",
        "3.5年",
        "1.6公里",
        "2.8%",
        "2024年",
        "(2024)甲",
        "一届二次",
        "1-2个",
        "10:30",
        "一是",
        "三农",
        "",
    ],
)
def test_no_enumerator(text: str) -> None:
    assert read_enumerator(text, 0, len(text)) is None


def test_enumerators_in_a_row_are_skipped() -> None:
    assert skip_enumerators("  二、(一) 甲", 0, 9) == 8
