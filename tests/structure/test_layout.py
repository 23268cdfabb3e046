import pytest

from jiyao.normalise import normalise
from jiyao.structure.headings import is_heading, run_in_end
from jiyao.structure.layout import layout
from jiyao.types import Layout, LineKind, Span

MINUTES = """您当前的位置: 首页 > 政务公开 > 会议
棠溪县人民政府
常务会议纪要
棠政纪〔2023〕8号
发布时间:2023-05-12 来源:棠溪县人民政府办公室 阅读:12
[打印] [关闭]

    2023年5月8日,县长穆清主持召开县政府第19次常务会议,研究以下议题。
会议议定如下事项:
一、审议《棠溪县茶园改造方案》
(一)原则同意《棠溪县茶园改造方案》。由县农业农村局印发。
(二)各乡镇要抓好落实。
二、略
三、关于校舍加固
1.县教育局要排查隐患;
2.县住建局配合。
会议还研究了其他事项。

出 席:穆清 褚 良 鱼秋水
列席:县委办钟离白 县发改局柯岩
县气象局、县供电公司的代表
记录:桑晚
棠溪县人民政府办公室整理
(此件公开发布)
上一篇:我县开镰收麦
友情链接 县人大 县政协"""


def page(text: str, body: Span | None = None) -> Layout:
    return layout(text, normalise(text), body)


def kinds(text: str, body: Span | None = None) -> list[LineKind]:
    return [line.kind for line in page(text, body).lines]


def test_every_line_of_a_page() -> None:
    k = LineKind
    assert kinds(MINUTES) == [
        k.CHROME, k.TITLE, k.TITLE, k.NUMBER, k.FIELD, k.CHROME, k.BLANK,
        k.BODY, k.LEAD_IN, k.HEADING, k.BODY, k.BODY, k.HEADING, k.HEADING, k.BODY, k.BODY, k.BODY, k.BLANK,
        k.ROLL, k.ROLL, k.ROLL, k.ROLL, k.TAIL, k.TAIL, k.CHROME, k.CHROME,
    ]  # fmt: skip


def test_items_keep_placeholders_and_leave_out_the_closing_sentence() -> None:
    items = page(MINUTES).items
    assert [(item.path, item.heading) for item in items] == [
        ("一", "审议《棠溪县茶园改造方案》"),
        ("二", "略"),
        ("三", "关于校舍加固"),
    ]
    assert MINUTES[items[0].start : items[0].end].endswith("落实。\n")
    assert MINUTES[items[2].start : items[2].end].endswith("2.县住建局配合。")


def test_lines_know_their_item_and_where_their_content_starts() -> None:
    line = next(line for line in page(MINUTES).lines if MINUTES.startswith("(二)", line.start))
    assert line.item == "一"
    assert MINUTES[line.content :].startswith("各乡镇")


def test_topics_without_numbers_are_counted() -> None:
    text = (
        "5月8日,县长穆清主持召开县政府第19次常务会议。\n会议听取了县教育局关于招生工作的汇报。会议指出,情况良好。\n"
        "会议要求,县教育局要做好衔接。\n会议审议并通过《茶园改造方案》。\n会议还研究了其他事项。"
    )
    found = page(text)
    assert [item.path for item in found.items] == ["1", "2"]
    assert [line.item for line in found.lines] == [None, "1", "1", "2", None]


def test_sub_items_count_only_with_a_real_heading() -> None:
    text = "县政府常务会议纪要\n一、会议审议事项\n(一)关于供水管网\n同意改造。\n(二)关于公交线路\n同意延伸。\n二、会议要求\n(一)各乡镇要抓紧。"
    assert [(item.path, item.level) for item in page(text).items] == [
        ("一", 0), ("一.一", 1), ("一.二", 1), ("二", 0),
    ]  # fmt: skip


def test_a_heading_with_its_points_below_loses_the_colon() -> None:
    found = page("县政府常务会议纪要\n一、教育项目:\n1、县教育局要抓紧招标。\n二、由县水务局负责:\n1、修复堤防。")
    assert [item.heading for item in found.items] == ["教育项目", ""]


def test_numbered_sentences_are_body_and_items() -> None:
    text = "县政府常务会议纪要\n会议议定:\n一、原则同意《甲办法》。由县财政局印发。\n二、会议听取了县水务局的汇报。"
    found = page(text)
    assert [line.kind for line in found.lines][2:] == [LineKind.BODY, LineKind.BODY]
    assert [(item.path, item.heading) for item in found.items] == [("一", ""), ("二", "")]


def test_a_short_sentence_among_sentences_is_no_slogan() -> None:
    text = (
        "县政府专题会议纪要\n会议议定:\n1.县财政局要在月底前拨付第一批资金。\n2.县监察局对虚报进度的乡镇立案调查。\n"
        "会议要求,各乡镇要服从调度。\n一、夯实责任。\n各乡镇要把责任落到村。"
    )
    k = LineKind
    assert kinds(text) == [k.TITLE, k.LEAD_IN, k.BODY, k.BODY, k.BODY, k.HEADING, k.BODY]


def test_what_leads_in_and_what_tells_first() -> None:
    for line in ("会议议定如下:", "经研究,会议明确如下:", "会议研究了以下事项:"):
        assert kinds(f"县政府会议纪要\n{line}\n一、同意拨款。")[1] is LineKind.LEAD_IN
    for line in ("会议听取了县水利局的汇报,议定如下:", "会议就防汛工作进行了研究,现纪要如下:"):
        assert kinds(f"县政府会议纪要\n{line}\n一、同意拨款。")[1] is LineKind.BODY


def test_what_stands_outside_the_body_is_chrome() -> None:
    text = "网站导航 新闻 政务\n县政府第3次常务会议纪要\n会议要求,县水务局要清淤。\n相关推荐 某地开会"
    start = text.index("会议要求")
    assert kinds(text, Span(start, text.index("\n相关"))) == [
        LineKind.CHROME,
        LineKind.TITLE,
        LineKind.BODY,
        LineKind.CHROME,
    ]


def test_a_roll_in_the_head_and_text_after_an_advertisement() -> None:
    text = "局长办公会议纪要\n时 间:2015年6月9日\n主持人:晋宝\n参加人:晋宝、储玉\n\n一、会议听取了用地科的汇报。\n扫描二维码下载APP\n二、同意减免申请。"
    k = LineKind
    assert kinds(text) == [k.TITLE, k.FIELD, k.FIELD, k.ROLL, k.BLANK, k.BODY, k.CHROME, k.BODY]


@pytest.mark.parametrize(
    ("content", "heading"),
    [
        ("审议《甲方案》(送审稿)", True),
        ("关于供热价格有关问题", True),
        ("高度重视,夯实责任。", True),
        ("经济发展主要指标", True),
        ("略", True),
        ("审议通过《甲方案》,按程序印发。", False),
        ("关于减免租金的请示,不予同意。", False),
        ("关于供热价格的请示。", True),
        ("原则同意《甲方案》。", False),
        ("传达学习了全省会议精神。", False),
        ("由县财政局牵头拨付资金。", False),
        ("会议听取了汇报", False),
        ("县卫生局提出的事项不予同意。", False),
        ("要压实责任", False),
        ("关于甲。会议同意乙。", False),
        ("试点歇业制度,打消顾虑(市司法局、市税务局,9月底前)", False),
        ("疏浚主渠8公里,6月30日前", False),
        ("三季度经营分析", True),
        ("换届前财务清理", True),
    ],
)
def test_heading_or_sentence(content: str, heading: bool) -> None:
    assert is_heading(content) is heading


def test_run_in_headings() -> None:
    assert run_in_end("关于供热价格。会议同意上调。") == 7
    assert run_in_end("关于供热价格 会议同意上调。") == 6
    assert run_in_end("原则同意上调。由物价局发文。") is None


def test_the_content_of_any_line_begins_behind_its_number() -> None:
    text = MINUTES.replace("出 席:", "(1)出 席:").replace("列席:", "(2)列席:")
    page = layout(text, normalise(text), None)
    rolls = [text[line.content : line.end] for line in page.lines if line.kind is LineKind.ROLL]
    assert rolls[0].startswith("出 席:") and rolls[1].startswith("列席:")
