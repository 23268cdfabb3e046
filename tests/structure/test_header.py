from datetime import date

import pytest

from jiyao.normalise import normalise
from jiyao.structure.header import read_meeting
from jiyao.structure.layout import layout
from jiyao.types import Meeting, Span


def meeting(text: str, persons: tuple[str, ...] = ()) -> Meeting:
    norm = normalise(text)
    spans = [Span(text.index(name), text.index(name) + len(name)) for name in persons]
    return read_meeting(text, norm, layout(text, norm, None), spans, [])


def test_all_fields() -> None:
    text = (
        "棠溪县人民政府\n常务会议纪要\n棠政纪〔2023〕8号\n来源:县政府办公室 发布时间:2023-05-12 09:10\n"
        "5月8日上午,受县委副书记、县长卢照委托,县委常委、常务副县长穆清在县行政中心三楼会议室主持召开县政府第十九次常务会议。\n"
        "一、关于供水\n同意改造。\n出席:穆清\n记录:桑 晚\n棠溪县人民政府办公室整理"
    )
    assert meeting(text) == Meeting(
        title="常务会议纪要",
        issuer="棠溪县人民政府办公室",
        number=19,
        doc_number="棠政纪〔2023〕8号",
        held_on=date(2023, 5, 8),
        published_on=date(2023, 5, 12),
        chair="穆清",
        chair_title="县委常委、常务副县长",
        place="县行政中心三楼会议室",
        recorder="桑晚",
    )
    assert meeting(text, ("卢照", "穆清")) == meeting(text)


@pytest.mark.parametrize(
    ("sentence", "chair", "title"),
    [
        ("2024年3月1日,县长穆清主持召开县政府常务会议。", "穆清", "县长"),
        ("2024年3月1日上午,穆清县长主持召开县政府常务会议。", "穆清", "县长"),
        ("2024年3月1日,县政府召开常务会议,会议由代县长穆清主持。", "穆清", "代县长"),
        ("县长穆清同志于2024年3月1日主持召开县政府常务会议。", "穆清", "县长"),
        ("2024年3月1日,代县长主持召开县政府常务会议。", None, None),
        ("2024年3月1日,州委副书记、州长才让多杰主持召开州政府常务会议。", "才让多杰", "州委副书记、州长"),
        ("2024年3月1日,县政府召开常务会议。", None, None),
        ("2024年3月1日,区委、区政府召开现场办公会。", None, None),
    ],
)
def test_chair(sentence: str, chair: str | None, title: str | None) -> None:
    found = meeting(f"常务会议纪要\n{sentence}\n一、关于供水\n同意改造。")
    assert (found.chair, found.chair_title) == (chair, title)
    assert found.held_on == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("sentence", "persons", "chair", "title"),
    [
        ("3月1日,常务副县长穆清受县长卢照委托,主持召开专题会议。", ("穆清", "卢照"), "穆清", None),
        ("3月1日,穆清副县长受县长卢照委托主持召开专题会议。", ("穆清", "卢照"), "穆清", "副县长"),
        ("3月1日,副县长穆清、卢照在二楼会议室共同主持召开专题会议。", ("穆清", "卢照"), "穆清", "副县长"),
        ("3月1日,县长卢照召集有关部门,副县长穆清主持召开专题会议。", ("卢照", "穆清"), "穆清", "副县长"),
        ("3月1日,县委书记穆清、县长卢照在二楼会议室主持召开专题会议。", ("穆清", "卢照"), "穆清", "县委书记"),
        ("3月1日,镇党委书记穆清与镇长卢照共同主持召开联席会议。", ("穆清", "卢照"), "穆清", "镇党委书记"),
        ("3月1日,副县长(主持工作)穆清主持召开专题会议。", ("穆清",), "穆清", None),
        ("3月1日,副县长穆清在青石水库现场办公,解决移民安置问题。", ("穆清",), "穆清", "副县长"),
        ("3月1日,局长穆清率有关科室到北山林场,查看防火道。", ("穆清",), "穆清", "局长"),
    ],
)
def test_chair_of_several(sentence: str, persons: tuple[str, ...], chair: str, title: str | None) -> None:
    found = meeting(f"棠溪县人民政府专题会议纪要\n{sentence}", persons)
    assert found.chair == chair
    assert title is None or found.chair_title == title


@pytest.mark.parametrize(
    "line",
    [
        "时间:2024年3月1日 地点:局会议室 主持:穆清",
        "(会议时间:2024年3月1日 地点:局会议室 主持人:县长穆清)",
        "召集人:县长穆清\n时间:2024年3月1日\n地点:局会议室",
        "主持人:穆清(副县长) 时间:2024年3月1日 地点:局会议室",
        "时 间 2024年3月1日14:30\n地 点 局会议室\n主 持 人 穆清",
        "会议时间 2024年3月1日\n会议地点 局会议室\n会议主持 县长穆清",
        "时间地点:2024年3月1日,局会议室\n主持人:穆清",
        "时间:2024年3月1日。会议由县长穆清在局会议室主持召开。",
    ],
)
def test_labels_that_share_a_line(line: str) -> None:
    found = meeting(f"棠溪县人民政府专题会议纪要\n{line}\n一、关于供水\n同意改造。", ("穆清",))
    assert (found.chair, found.place, found.held_on) == ("穆清", "局会议室", date(2024, 3, 1))


def test_label_lines() -> None:
    found = meeting(
        "某局局长办公会议纪要\n时  间:2015年6月9日下午2:30\n地  点:局四楼小会议室\n主持人:穆清局长\n参加人:穆清、褚良\n一、同意减免。"
    )
    assert (found.held_on, found.place, found.chair, found.chair_title) == (
        date(2015, 6, 9), "局四楼小会议室", "穆清", "局长",
    )  # fmt: skip


def test_what_a_page_says_for_itself_opens_no_minutes() -> None:
    page = (
        "公文写作神器!立即了解\n\n\n现场办公会纪要\n\n2021年1月8日,县长穆清召开现场办公会。\n一、关于供水\n同意改造。"
    )
    assert (meeting(page).title, meeting(page).chair) == ("现场办公会纪要", "穆清")


def test_the_session_of_a_report_is_its_own() -> None:
    report = (
        "□记者 林小溪 报道\n5月6日,县政府第三次常务会议召开,副县长沈丽出席会议。\n"
        "会议听取了第一次书记办公会议落实情况的汇报。\n"
    )
    assert (meeting(report).number, meeting(report).title) == (3, None)


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("县政府第57次常务会议纪要", 57),
        ("区政府九届31次常务会议纪要", 31),
        ("县十五届人民政府第二十二次常务会议纪要", 22),
        ("市政府106次常务会议纪要", 106),
        ("经开区2023年第6次主任办公会议纪要", 6),
        ("县政府常务会议纪要", None),
    ],
)
def test_session_number(title: str, number: int | None) -> None:
    assert meeting(f"{title}\n一、传达学习第二十次全国代表大会精神\n会议传达了精神。").number == number


def test_document_number_repeated_below_the_text() -> None:
    page = "局长办公会议纪要\n一、关于供水\n同意改造。\n图文解读:局长办公会议纪要【2021】第2号\n县水务局办公室 2021年8月16日印"
    assert meeting(page).doc_number == "【2021】第2号"


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("棠政纪〔2023〕8号", "棠政纪〔2023〕8号"),
        ("([2025]39号)", "[2025]39号"),
        ("〔2023〕 1 号", "〔2023〕 1 号"),
        ("第12期", "第12期"),
        ("第63次", None),
    ],
)
def test_document_number(line: str, number: str | None) -> None:
    assert meeting(f"常务会议纪要\n{line}\n一、关于供水\n同意改造。").doc_number == number


def test_a_day_without_year_lies_before_the_page() -> None:
    text = "发布日期:2024-01-05\n常务会议纪要\n12月28日,县长穆清主持召开县政府常务会议。"
    assert meeting(text).held_on == date(2023, 12, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # A line of the roll: it goes on with who came.
        (
            "党政联席会会议纪要\n2012年8月20日上午,柳坡镇召开第8次党政联席会,镇长穆清主持,副镇长沈丽、冯银出席,林溪列席。",
            date(2012, 8, 20),
        ),
        ("现场办公会纪要\n2026年3月19日,镇长穆清率镇水利站到排洪渠边,当场议定以下事项。", date(2026, 3, 19)),
        ("来源:棠溪县融媒体中心 2026-02-28 09:12\n2月26日,县长穆清带着县水务局的同志走进三家企业。", date(2026, 2, 26)),
        ("院长办公会纪要\n(时间:2018年8月6日;地点:一楼)\n同意购置设备。", date(2018, 8, 6)),
    ],
)
def test_the_day_in_other_words(text: str, day: date) -> None:
    assert meeting(text).held_on == day


def test_the_day_of_the_table_is_not_that_of_the_meeting() -> None:
    head = "议定事项分解表\n(县政府第54次常务会议,2020年6月18日)\n制表:督查科 制表日期:2020年6月22日"
    assert meeting(f"{head}\n1.更换闸门。").held_on == date(2020, 6, 18)


def test_two_line_title() -> None:
    text = "关于印发县政府第3次常务会议任务分解\n清单的通知\n各乡镇人民政府:\n一、修复水渠。"
    assert meeting(text).title == "关于印发县政府第3次常务会议任务分解清单的通知"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("县 长 办 公 会 议 纪 要\n第5号\n专题研究农桥建设有关问题", "县 长 办 公 会 议 纪 要"),
        (
            "棠溪县政府召开第3次常务会议\n县政府网站 > 常务会议 发布时间:2016年11月25日 浏览次数:36",
            "棠溪县政府召开第3次常务会议",
        ),
        ("棠溪县水务局党组会议记录摘要\n会议主要内容:", "棠溪县水务局党组会议记录摘要"),
        ("棠溪县人民政府常务会议\n纪 要", "棠溪县人民政府常务会议"),
    ],
)
def test_what_the_page_says_of_itself_is_no_title(head: str, title: str) -> None:
    assert meeting(f"{head}\n一、关于供水\n会议同意改造。").title == title


def test_brackets_under_the_title_are_none() -> None:
    text = "棠溪县常务会议议定事项责任分解表\n(县政府第33次常务会议,2015年5月19日)\n一、修复水渠。"
    assert meeting(text).title == "棠溪县常务会议议定事项责任分解表"


def test_the_chair_in_a_line_of_the_roll() -> None:
    found = meeting(
        "调度会纪要\n2016年11月16日,调度会在县交警大队共同召开,副县长穆清主持。县公安局、县安监局负责人参加。"
    )
    assert (found.chair, found.chair_title, found.place) == ("穆清", "副县长", "县交警大队")


def test_nothing_known() -> None:
    assert meeting("今天天气很好。") == Meeting()


@pytest.mark.parametrize(
    ("head", "doc_number", "number"),
    [
        ("县政府常务会议纪要\n棠政阅〔2018〕41号    签发人:穆清", "棠政阅〔2018〕41号", None),
        ("县政府常务会议纪要\n棠政纪【2018】14号  2018-09-17", "棠政纪【2018】14号", None),
        # A number of the issue counts papers, no sessions.
        ("县政府常务会议纪要\n2016年第11号", "2016年第11号", None),
        ("县政府常务会议纪要\n(第12期)", "第12期", None),
        ("县政府第9次常务会议纪要\n二○一六年第11期", "二○一六年第11期", 9),
        ("县政府常务会议纪要\n棠溪县人民政府办公室编    第33期    2015年10月16日", "第33期", None),
        ("县政府常务会议纪要(2024年第5期)", "2024年第5期", None),
    ],
)
def test_numbers(head: str, doc_number: str, number: int | None) -> None:
    found = meeting(f"{head}\n一、关于供水\n同意改造。")
    assert (found.doc_number, found.number) == (doc_number, number)


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        (
            "棠溪县人民政府门户网站\n县政府第9次常务会议召开\n来源:棠溪县人民政府办公室 发布时间:2023-05-12",
            "棠溪县人民政府办公室",
        ),
        ("棠溪县人民政府\n常务会议纪要\n地  点  三楼会议室", "棠溪县人民政府"),
        ("中共柳坡镇委员会 柳坡镇人民政府\n联席会议纪要", "中共柳坡镇委员会 柳坡镇人民政府"),
        ("县政府专题会议纪要\n棠溪县人民政府办公室整理", "棠溪县人民政府办公室"),
        ("专题会议纪要\n第9期　棠溪县人民政府办公室编　2023年5月12日", "棠溪县人民政府办公室"),
        ("常务会议纪要\n签发:穆清　　棠溪县人民政府办公室2023年5月12日印", "棠溪县人民政府办公室"),
        ("棠溪县人民政府专题会议纪要\n〔2023〕9号\n关于供水的会议纪要", "棠溪县人民政府"),
        ("棠溪县第十七届人民政府第9次常务会议纪要", "棠溪县第十七届人民政府"),
        ("柳坡镇党政联席会议纪要\n(第3期)", "柳坡镇"),
        ("棠溪县城乡规划委员会会议纪要", "棠溪县城乡规划委员会"),
        ("柳坡街道防汛领导小组会议纪要", "柳坡街道防汛领导小组"),
        ("中共棠溪县水务局党组会议纪要", "中共棠溪县水务局党组"),
        ("棠溪县召开县政府第9次常务会议", "县政府"),
        ("棠溪县举行县政府第9次常务会议", "县政府"),
        ("棠溪县人民政府专题会议纪要\n棠府纪〔2023〕11号\n关于进一步优化义务教育学校布局的会议纪要", "棠溪县人民政府"),
        ("棠溪县人民政府常务会议纪要\n供稿:棠溪县融媒体中心 2023-05-12", "棠溪县人民政府"),
    ],
)
def test_issuer(head: str, issuer: str) -> None:
    assert meeting(f"{head}\n一、关于供水\n同意改造。").issuer == issuer
