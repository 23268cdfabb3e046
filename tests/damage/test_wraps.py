"""Sentences that a page's width broke into lines are put together; lists, tables and prose stay as they are."""

from __future__ import annotations

from pathlib import Path

from jiyao.corpus.splits import load_part
from jiyao.damage.wraps import find_wraps
from jiyao.normalise import normalise

CORPUS = Path(__file__).parents[2] / "annotations"
WRAPPED = """
棠溪县人民政府专题会议纪要
    3月1日,副县长穆清主持召开专题会议,研究堤
防加固和移民安置有关问题。
    一、县水利局3月底前把三处险段的块石备足,
堤顶路面由棠溪镇修补,超限车辆不得上堤,县公
安局派员值守。
    二、请县移民局核对四百户的补偿清册,报县政府
审定后兑现,不得由村组代领。
    三、会议同意从预备费中安排二十万元,由县财政
局拨付县水利局,专款专用。
"""


def join_wraps(page: str) -> str:
    joined = list(page)
    for place in find_wraps(page):
        joined[place] = " "
    return "".join(joined)


def test_broken_sentences_are_joined_in_place() -> None:
    joined = join_wraps(WRAPPED)
    assert len(joined) == len(WRAPPED)
    assert [line.strip()[:4] for line in joined.strip().split("\n")] == [
        "棠溪县人",
        "3月1日",
        "一、县水",
        "二、请县",
        "三、会议",
    ]
    assert "县公 安局派员值守。" in joined


def test_numbers_labels_blank_lines_and_indents_begin_anew() -> None:
    page = (
        WRAPPED.replace("审定后兑现", "1.审定后兑现")
        .replace("局拨付县水利局", "责任单位:县水利局")
        .replace("防加固", "\n防加固")
    )
    lines = [line.strip() for line in join_wraps(page).split("\n")]
    assert {"1.审定后兑现,不得由村组代领。", "责任单位:县水利局,专款专用。", "防加固和移民安置有关问题。"} <= set(lines)


def test_a_list_of_short_tasks_stays() -> None:
    tasks = ["疏浚东支渠三公里", "修复水闸两座启闭机", "改造泵站一座配电房", "更换堤顶照明灯杆", "补栽护堤林两百亩"]
    page = "议定事项\n" + "\n".join(tasks * 3)
    assert join_wraps(page) == page


def test_rows_between_bars_stay() -> None:
    rows = [
        f"{number}|疏浚{name}渠三公里,清理淤泥|县水利局|年底前" for number, name in enumerate("东西南北中上下左右前")
    ]
    page = "序号|任务|责任单位|时限\n" + "\n".join(rows)
    assert join_wraps(page) == page


def test_what_is_joined_in_the_corpus_stands_within_its_clauses() -> None:
    """A list or a table that were taken for broken prose would have their breaks between clauses."""
    for part in ("train", "dev", "test"):
        for document in load_part(CORPUS, part):
            breaks = find_wraps(normalise(document.text))
            within = [place for place in breaks if any(c.start < place < c.end for c in document.clauses)]
            assert len(within) >= 0.8 * len(breaks), document.name
