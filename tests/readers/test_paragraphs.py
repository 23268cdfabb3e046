import time
from collections.abc import Sequence

import pytest

from jiyao.readers.lines import glue, lines_of, spell
from jiyao.readers.paragraphs import compose
from jiyao.readers.sheet import Glyph, Line, Rule, Sheet

SIZE = 10.0
LEFT, WIDTH = 50.0, 20  # the column: twenty characters wide


def line(text: str, number: int, *, page: int = 0, indent: float = 0, size: float = SIZE, row: bool = False) -> Line:
    """A line of full-width characters, ``number`` lines from the top, ``indent`` characters from the margin."""
    left, top = LEFT + indent * SIZE, 100 + 20.0 * number
    return Line(page, left, left + size * len(text), top, top + size, text, row)


def page_of(texts: Sequence[str], page: int = 0) -> list[Line]:
    """Lines of a page; an ideographic space at the beginning is an indent of one character."""
    return [
        line(text.lstrip("\u3000"), number, page=page, indent=len(text) - len(text.lstrip("\u3000")))
        for number, text in enumerate(texts)
    ]


def glyphs(text: str, x: float, baseline: float, size: float = SIZE) -> list[Glyph]:
    return [Glyph(char, x + i * size, x + (i + 1) * size, baseline, size) for i, char in enumerate(text)]


FULL = "会议决定由市财政局牵头市审计局配合六月底"
assert len(FULL) == WIDTH
BODY = ["\u3000\u3000" + FULL[:-2], FULL, "前完成。", "\u3000\u3000" + FULL[:-2], "另行报告。"]


def test_a_broken_paragraph_is_one_line_again() -> None:
    assert compose([page_of(BODY)]) == f"　　{FULL[:-2]}{FULL}前完成。\n　　{FULL[:-2]}另行报告。"


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    text = compose([page_of([*BODY, "\u3000\u3000" + FULL[:-2]]), page_of(["前完成。", *BODY], 1)])
    assert f"　　{FULL[:-2]}前完成。\n" in text


def test_a_short_line_ends_its_paragraph() -> None:
    assert compose([page_of([FULL, "会议", FULL, "议定"])]) == f"{FULL}会议\n{FULL}议定"


@pytest.mark.parametrize("begin", ["二、其他事项", "（二）其他事项", "(2)其他事项", "2.其他事项", "第二条、其他事项"])
def test_a_number_begins_a_paragraph(begin: str) -> None:
    assert compose([page_of([FULL, FULL[:-1] + "。", begin, FULL])]).split("\n")[1].startswith(begin)


def test_a_number_inside_a_sentence_begins_none() -> None:
    assert f"{FULL}五、六月份" in compose([page_of([*BODY, "\u3000\u3000" + FULL[:-2], FULL, "五、六月份前完成。"])])
    assert f"{FULL}1.5亿元" in compose([page_of([FULL, FULL, "1.5亿元。"])])


def test_a_label_begins_a_paragraph() -> None:
    names = "出席:王立新 赵 铁 钱小芳 孙永贵 李大"
    assert "\n列席:周全" in compose([page_of([FULL, FULL, names, "列席:周全"])])


def test_names_under_a_label_are_one_list() -> None:
    hanging = [
        line(FULL[:-1] + "。", 0),
        line("出席:" + FULL[:-3], 1),
        line("赵铁、钱小芳", 2, indent=3),
        line(FULL, 3),
    ]
    assert "市审计局配合赵铁、钱小芳\n" in compose([hanging])


def test_another_size_is_another_paragraph() -> None:
    title = line("会议纪要会议纪要会议", 0, size=20)
    assert compose([[title, *(line(FULL, n + 2) for n in range(3))]]).startswith("会议纪要会议纪要会议\n")


def test_a_centred_title_has_no_indent() -> None:
    lines = [line("会议纪要", 0, indent=8), *(line(FULL, n) for n in (1, 2)), line("六月", 3, indent=15)]
    assert compose([lines]) == f"会议纪要\n{FULL}{FULL}\n　　六月"


def test_a_distance_parts_paragraphs() -> None:
    lines = [line(FULL, 0), line(FULL, 1), line(FULL, 2), line(FULL, 5)]
    assert compose([lines]) == f"{FULL * 3}\n{FULL}"


@pytest.mark.parametrize(
    "number", ["- {} -", "— {} —", "－{}－", "第{}页", "第{}页 共9页", "第 {} 页，共 9 页", "{}/9", "{}"]
)
def test_page_numbers_are_left_out(number: str) -> None:
    other = ["\u3000\u3000" + FULL[2:], FULL[2:], "后报告。"]
    pages = [page_of([*texts, "\u3000" * 9 + number.format(n + 1)], n) for n, texts in enumerate((BODY, other))]
    assert compose(pages) == compose([page_of(BODY), page_of(other, 1)])


def test_running_headers_and_footers_are_left_out() -> None:
    bodies = ["甲事项", "乙事项", "丙事项"]
    pages = [
        page_of(["洧平市人民政府公报 2023年第3期", *BODY[:2], body, f"公报办公室编 {n + 7}"], n)
        for n, body in enumerate(bodies)
    ]
    text = compose(pages)
    assert "公报" not in text
    assert all(body in text for body in bodies)


def test_what_one_page_has_at_its_top_stays() -> None:
    pages = [page_of([top, *BODY], n) for n, top in enumerate(["会议纪要", "一、甲事项", "二、乙事项"])]
    assert all(top in compose(pages) for top in ("会议纪要", "一、甲事项", "二、乙事项"))


def test_a_table_head_on_every_page_is_kept_once() -> None:
    pages = [[line("序号 | 事项", 0, page=n, row=True), line(f"{n} | 甲", 1, page=n, row=True)] for n in range(3)]
    assert compose(pages) == "序号 | 事项\n0 | 甲\n1 | 甲\n2 | 甲"


def test_no_lines_no_text() -> None:
    assert compose([]) == compose([[], []]) == ""


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("会议", "决定", "会议决定"),
        ("Label", "Studio", "Label Studio"),
        ("2023", "年", "2023年"),
        ("20", "23", "2023"),
        ("5.", "1%", "5.1%"),
        ("e-", "mail", "e-mail"),
        ("", "会", "会"),
    ],
)
def test_what_stands_between_joined_lines(above: str, below: str, whole: str) -> None:
    assert glue(above, below) == whole


def test_quotes_that_were_drawn_last_go_to_their_places() -> None:
    drawn = glyphs("研究", 0, 50) + glyphs("三夏", 30, 50) + glyphs("生产", 60, 50)
    late = [Glyph("“", 20, 30, 50, SIZE), Glyph("”", 50, 60, 50, SIZE)]
    assert [found.text for found in lines_of(Sheet((*drawn, *late)), 0)] == ["研究“三夏”生产"]


def test_gaps_between_names_stay_and_spread_lines_have_none() -> None:
    assert spell(glyphs("王立新", 0, 0) + glyphs("赵铁", 50, 0)) == "王立新    赵铁"
    spread = [Glyph(char, 15.0 * n, 15.0 * n + 10, 0, SIZE) for n, char in enumerate("会议纪要专刊")]
    assert spell(spread) == "会议纪要专刊"
    lost = [*glyphs("市财政局屈艳红", 0, 0), *glyphs("市司法局", 73, 0)]  # a space that was never drawn
    assert spell(lost) == "市财政局屈艳红 市司法局"


def test_bold_by_printing_twice_is_read_once() -> None:
    twice = sorted(glyphs("人民", 0, 0) + glyphs("人民", 0.3, 0), key=lambda glyph: glyph.left)
    assert spell(twice) == "人民"


def test_superscripts_stay_in_their_line() -> None:
    found = lines_of(Sheet((*glyphs("三百", 0, 100), *glyphs("m", 20, 100), *glyphs("2", 30, 96, 6))), 0)
    assert [one.text for one in found] == ["三百m2"]


def test_ruled_cells_become_rows() -> None:
    grid = [Rule(0, y, 200, y) for y in (0, 20, 60, 80)] + [Rule(x, 0, x, 80) for x in (0, 40, 120, 200)]
    drawn = [
        *glyphs("序号", 5, 15) + glyphs("事项", 45, 15) + glyphs("单位", 125, 15),
        *glyphs("一", 5, 45) + glyphs("编制三年", 45, 35) + glyphs("规划", 45, 55) + glyphs("市财政局", 125, 45),
        *glyphs("二", 5, 75) + glyphs("市司法局", 125, 75),
        *glyphs("会议结束", 5, 110),
    ]
    texts = [found.text for found in lines_of(Sheet(tuple(drawn), tuple(grid)), 0)]
    assert texts == ["序号 | 事项 | 单位", "一 | 编制三年规划 | 市财政局", "二 | | 市司法局", "会议结束"]
    boxes = [
        Rule(x, y, x + w, y + h) for y, h in ((0, 20), (20, 40), (60, 20)) for x, w in ((0, 40), (40, 80), (120, 80))
    ]
    assert [found.text for found in lines_of(Sheet(tuple(drawn), tuple(boxes)), 0)] == texts


def test_a_frame_is_no_table() -> None:
    assert [found.text for found in lines_of(Sheet(tuple(glyphs("会议", 5, 15)), (Rule(0, 0, 90, 90),)), 0)] == ["会议"]


def test_many_lines_take_no_more_than_their_time() -> None:
    lines = [[line(FULL, n, page=page) for n in range(40)] for page in range(500)]
    start = time.process_time()
    assert len(compose(lines)) >= 500 * 36 * WIDTH
    drawn = Sheet(tuple(Glyph("会", float(n % 97), float(n % 97) + 1, n / 10, 10) for n in range(100_000)))
    lines_of(drawn, 0)
    lines_of(Sheet(drawn.glyphs, tuple(Rule(n, 0, n, 9e4) for n in range(20_000))), 0)
    assert time.process_time() - start < 10
