"""Classes that the form of a clause settles, whatever a classifier guessed."""

from __future__ import annotations

import pytest

from jiyao.corpus.marks import parse_marks
from jiyao.labels import ClauseLabel
from jiyao.normalise import normalise
from jiyao.rules.found_classes import open_classes, with_classes
from jiyao.structure.chair import news_lead
from jiyao.structure.layout import layout
from jiyao.types import Clause, Mention, Span

#: Marked text, what was guessed, what it is.
CASES = [
    ("由[A|县发改局][V|完善]后[V|印发]。", "PROCEDURE", "ASSIGNMENT"),
    ("会后,请[A|县司法局]按程序[V|报备]。", "PROCEDURE", "ASSIGNMENT"),
    ("[V|修改完善]后按程序[V|印发]。", "PROCEDURE", "PROCEDURE"),
    ("按程序[V|提请][A|县委]审定。", "PROCEDURE", "PROCEDURE"),
    ("由会议[V|印发]。", "PROCEDURE", "PROCEDURE"),
    ("[V|打通]两条乡道,共28公里。(责任单位:[A|交通局])", "TARGET", "ASSIGNMENT"),
    ("绿化率达到40%。(责任单位:[A|园林局])", "TARGET", "TARGET"),
    ("[V|打通]两条乡道,共28公里。", "TARGET", "TARGET"),
    ("[T|5月底前][V|打通]两条乡道,共28公里([A|交通局]、[A|财政局])。", "TARGET", "ASSIGNMENT"),
    ("[T|5月底前],绿化率达到40%([A|园林局])。", "TARGET", "TARGET"),
    ("[V|打通]两条乡道,共28公里(含匝道)。", "TARGET", "TARGET"),
    ("[V|打通]两条乡道。(责任单位:[A|交通局])", "REQUIREMENT", "REQUIREMENT"),
    ("出台这份文件,目的是[V|理顺]水价、[V|管好]渠道。", "REQUIREMENT", "BACKGROUND"),
    ("[A|各乡镇]要[V|清淤],目的是保灌溉。", "REQUIREMENT", "REQUIREMENT"),
    ("要弄清目的是什么,[V|清淤]要快。", "REQUIREMENT", "REQUIREMENT"),
    ("[V|移植]香樟32株|[A|园林局]|三月", "META", "ASSIGNMENT"),
    ("[V|移植]香樟32株\n[A|园林局]\n三月", "BACKGROUND", "ASSIGNMENT"),
    ("10月22日|[A|区融媒体中心]", "META", "META"),
    ("首页|[V|移植]|[A|园林局]", "META", "META"),
]


@pytest.mark.parametrize(("marked", "guessed", "right"), CASES)
def test_cases(marked: str, guessed: str, right: str) -> None:
    text, entities, _ = parse_marks(f"{{B}}{marked}", "case")
    mentions = [Mention(e.start, e.end, e.label, text[e.start : e.end]) for e in entities]
    clause = Clause(0, len(text), ClauseLabel(guessed), 0.7)
    (found,) = with_classes(normalise(text), [clause], mentions)
    assert found.label == right
    assert found.score == (0.7 if guessed == right else 1.0)


@pytest.mark.parametrize(
    ("marked", "classes"),
    [
        ("[A|公安]、[A|人社]等单位要无偿[V|提供]执照信息。", "ASSIGNMENT REQUIREMENT"),
        ("[A|各镇]要[T|5月底前][V|清淤]。", "ASSIGNMENT"),
        ("[A|各镇]要[V|清淤],不留死角。", "ASSIGNMENT REQUIREMENT"),
        ("[T|5月底前][V|清淤]。", "not META"),
        ("对[A|园林公司]要求[V|减免]租金的报告,会议暂缓研究。", "not META"),
        ("[A|各参会单位]重要新闻,[V|提供]一览。", "not META"),
        ("[A|人社]主要[V|提供]执照信息。", "neither META nor REQUIREMENT"),
        ("[A|公安]、[A|人社][V|核查]网上谣言,及时[V|回应]关切。", "neither META nor REQUIREMENT"),
        ("[A|人社][V|供应]尿素,对应急物资[V|盘点]。", "neither META nor REQUIREMENT"),
        ("[A|人社][V|核查]谣言,不得隐瞒。", "not META"),
        ("[A|人社]应当[V|核查]谣言。", "not META"),
        ("[A|各镇][V|核查]谣言。", "not META"),
        ("由[A|人社][V|核查]谣言。", "not META"),
        ("旅游职专:会议要求抓紧办理前期手续。", "ASSIGNMENT PROCEDURE REQUIREMENT"),
        ("会议还要求[V|修改]后[V|印发]。", "ASSIGNMENT PROCEDURE REQUIREMENT"),
        ("县政府常务会议要求抓好防火工作", "all"),
        ("该地块出让需要市政府同意。", "not DECISION"),
        ("方案尚待省里批复。", "not DECISION"),
        ("会议同意所需经费由财政批准后列支。", "all"),
        ("会议要求:", "all"),
        ("中华职专:抓紧[V|办理]前期手续。", "not META"),
        ("出席:[A|县财政局]", "all"),
        ("成员:[A|府城镇]XXX、XXX,[A|区住建局]×××,[A|琼山法院]XX波。", "META"),
        ("[A|区住建局][P|×××]、[P|林溪]。", "META"),
        ("请[A|区住建局]×××负责。", "all"),
        ("[A|区住建局]、[A|区教育局]。", "all"),
    ],
)
def test_what_the_form_leaves_open(marked: str, classes: str) -> None:
    text, entities, _ = parse_marks(f"{{B}}{marked}", "case")
    mentions = [Mention(e.start, e.end, e.label, text[e.start : e.end]) for e in entities]
    (found,) = open_classes(normalise(text), [Span(0, len(text))], mentions)
    every = set(ClauseLabel)
    named = {
        "all": every,
        "not DECISION": every - {ClauseLabel.DECISION},
        "not META": every - {ClauseLabel.META},
        "neither META nor REQUIREMENT": every - {ClauseLabel.META, ClauseLabel.REQUIREMENT},
    }
    assert found == (named.get(classes) or {ClauseLabel(label) for label in classes.split()})


def test_what_stands_before_the_meeting_opens_is_no_task() -> None:
    text = "雪要扫在前头。3月8日,县长穆清主持召开县政府常务会议。"
    clauses = [Clause(0, 7, ClauseLabel.REQUIREMENT, 0.7), Clause(7, len(text), ClauseLabel.PROCEEDING, 0.9)]
    norm = normalise(text)
    lead = news_lead(norm, layout(text, norm, None))
    assert lead == Span(0, 7)
    assert [clause.label for clause in with_classes(norm, clauses, [], lead)] == ["BACKGROUND", "PROCEEDING"]
    later = "3月8日,县长穆清主持召开县政府常务会议。雪要扫在前头。"
    assert news_lead(normalise(later), layout(later, normalise(later), None)) is None
