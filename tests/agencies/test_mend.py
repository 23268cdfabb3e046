"""Agency mentions mended: what a model cut short, ran together or missed; what is right stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiyao.agencies.mend import mend_agencies
from jiyao.corpus.marks import parse_marks
from jiyao.corpus.splits import load_part
from jiyao.labels import EntityLabel, Origin
from jiyao.normalise import normalise
from jiyao.types import Mention

CORPUS = Path(__file__).parents[2] / "annotations"
#: Marked as a model might, and as it should be.
CASES = [
    ("{A}[A|各商户要]清理占道摊位。", "{A}[A|各商户]要清理占道摊位。"),
    ("{P}报[A|县委常委会]议研究。", "{P}报[A|县委]常委会议研究。"),
    ("{P}报[A|县委常委会]会议研究。", "{P}报[A|县委常委会]会议研究。"),
    ("{P}经[A|县委常委会]议决后印发。", "{P}经[A|县委常委会]议决后印发。"),
    ("{A}由[A|粮食会]同[A|财政]核定补贴。", "{A}由[A|粮食]会同[A|财政]核定补贴。"),
    ("{A}[A|公安]、[A|民政等部门]要核查。", "{A}[A|公安]、[A|民政]等部门要核查。"),
    ("{A}[A|教育和各街道]要劝返。", "{A}[A|教育]和[A|各街道]要劝返。"),
    ("{A}[A|县经济发展和科技局]负责。", "{A}[A|县经济发展和科技局]负责。"),
    ("{M}[P|江桥区沈明远] [P|周学文]", "{M}[A|江桥区][P|沈明远] [P|周学文]"),
    ("{M}[A|张家湾][P|市蒋鹏飞] [A|财政局][P|区志明]", "{M}[A|张家湾市][P|蒋鹏飞] [A|财政局][P|区志明]"),
    ("{A}由[A|县财政]局拨付。", "{A}由[A|县财政局]拨付。"),
    ("{A}由[A|县政府]办理移交。", "{A}由[A|县政府]办理移交。"),
    ("{A}请[A|县财政]局长到场。", "{A}请[A|县财政]局长到场。"),
    ("{A}[A|市生态环境局]白河分局开展监测。", "{A}[A|市生态环境局白河分局]开展监测。"),
    ("{A}[A|市公安局]会同[A|河东分局]布控。", "{A}[A|市公安局]会同[A|河东分局]布控。"),
    ("{A}由县[A|水务局]清淤。", "{A}由[A|县水务局]清淤。"),
    ("{A}由各[A|乡镇]清淤。", "{A}由[A|各乡镇]清淤。"),
    ("{A}由[A|综合保障部]采购,报综合[A|保障部]备案。", "{A}由[A|综合保障部]采购,报[A|综合保障部]备案。"),
    (
        "{M}[A|云岭公司]。[A|云岭公司]。\n{A}由云岭公司施工。",
        "{M}[A|云岭公司]。[A|云岭公司]。\n{A}由[A|云岭公司]施工。",
    ),
    (
        "{M}[A|县政府办]。[A|县政府办]。\n{A}县政府办主任负责。",
        "{M}[A|县政府办]。[A|县政府办]。\n{A}县政府办主任负责。",
    ),
    ("{M}[A|云岭公司]。\n{A}由云岭公司施工。", "{M}[A|云岭公司]。\n{A}由云岭公司施工。"),
    ("{A}由[A|穆清]同志负责。", "{A}由[P|穆清]同志负责。"),
    ("{A}由[A|折登科]同志负责。", "{A}由[P|折登科]同志负责。"),
    ("{A}请[A|县水务局]同志到场。", "{A}请[A|县水务局]同志到场。"),
    (
        "{R}[A|各级河长]要巡河,[A|党组成员]要包片,[A|村干部]要带头。",
        "{R}各级河长要巡河,[A|党组成员]要包片,村干部要带头。",
    ),
    ("{P}[A|以管委会办公室]名义印发。", "{P}以[A|管委会办公室]名义印发。"),
    ("{A}[A|望各有关单位]遵照执行。", "{A}望[A|各有关单位]遵照执行。"),
    ("{A}[A|责成市水务局]清淤;[A|三是区财政局]拨款。", "{A}责成[A|市水务局]清淤;三是[A|区财政局]拨款。"),
    ("{A}综合部把电话公布到围挡。计量股对秤具复核。", "{A}[A|综合部]把电话公布到围挡。[A|计量股]对秤具复核。"),
    ("{B}计量股对外联络较少。", "{B}计量股对外联络较少。"),
    ("{A}计量股负责复核秤具。", "{A}[A|计量股]负责复核秤具。"),
    ("{A}请白河大队东沟中队会同[A|县水务局]巡堤。", "{A}请[A|白河大队东沟中队]会同[A|县水务局]巡堤。"),
    ("{R}会议要求,(二)[A|市供电公司]东沟分中心要抢修。", "{R}会议要求,(二)[A|市供电公司东沟分中心]要抢修。"),
    ("{R}各级干部要下沉。全县教育大会要开好。", "{R}各级干部要下沉。全县教育大会要开好。"),
    ("{B}水利局负责人要求,计量股应急。", "{B}水利局负责人要求,计量股应急。"),
    ("{A}[A|县水务局]、计量股要巡堤。", "{A}[A|县水务局]、计量股要巡堤。"),
    ("{A}[A|市自然资源局][A|白河分局]踏勘。", "{A}[A|市自然资源局白河分局]踏勘。"),
    ("{A}[A|市农委会]同[A|市环保局]核查。", "{A}[A|市农委]会同[A|市环保局]核查。"),
    ("{D}[A|县编委会]同意调整。", "{D}[A|县编委会]同意调整。"),
    ("{A}由[A|高新区管委会]同[A|市财政局]协商。", "{A}由[A|高新区管委会]同[A|市财政局]协商。"),
    ("{R}[A|各乡镇](场)要守坝,[A|各部门党组(党委])要带头。", "{R}[A|各乡镇(场)]要守坝,[A|各部门党组(党委)]要带头。"),
    ("{R}[A|各乡镇](共12个)要守坝。", "{R}[A|各乡镇](共12个)要守坝。"),
    ("{A}[A|①街道城建科]复量;[A|此后各部门]不得收费。", "{A}①[A|街道城建科]复量;此后[A|各部门]不得收费。"),
    ("{A}[A|施工单位云岭公司]返工。", "{A}施工单位[A|云岭公司]返工。"),
    ("{A}详规科于11月15日前公示。稽核股每月底前核对。", "{A}[A|详规科]于11月15日前公示。[A|稽核股]每月底前核对。"),
    ("{A}三、法规股[V|起诉]原股东,由稽核股[V|查]账。", "{A}三、[A|法规股][V|起诉]原股东,由[A|稽核股][V|查]账。"),
    ("{A}关于管线,信息中心要补测。", "{A}关于管线,[A|信息中心]要补测。"),
    ("{A}废车由稽核股[V|核销]。座谈会[V|研究]了此事。", "{A}废车由[A|稽核股][V|核销]。座谈会[V|研究]了此事。"),
    ("{R}要在融会[V|贯通]上用力,国有股[V|保留]三成。", "{R}要在融会[V|贯通]上用力,国有股[V|保留]三成。"),
    ("{R}任何医院不得推诿,撤并学校要先听家长的。", "{R}任何医院不得推诿,撤并学校要先听家长的。"),
    (
        "{R}有卫生院把病人留住,四十部电话要换,民主生活会要开好。",
        "{R}有卫生院把病人留住,四十部电话要换,民主生活会要开好。",
    ),
    ("{R}会议分四组对渠道查勘,办证大厅要专开窗口。", "{R}会议分四组对渠道查勘,办证大厅要专开窗口。"),
    ("{B}城管、[A|规划]、[A|住建]等部门职责交叉。", "{B}城管、[A|规划]、[A|住建]等部门职责交叉。"),
    ("{R}餐饮场所要通气,旧楼漏雨处[V|补漏]。", "{R}餐饮场所要通气,旧楼漏雨处[V|补漏]。"),
    (
        "{R}[P|椿岭]、[A|棠溪两镇]要驻堤。人社、[A|水务]等部门要核查。",
        "{R}[A|椿岭]、[A|棠溪两镇]要驻堤。[A|人社]、[A|水务]等部门要核查。",
    ),
    # adverbs and half words at the end of a name
    (
        "{R}[A|自然资源]会同[A|林草逐乡镇]测绘。[A|椿岭县政府各]成立小组。[A|县征地办务]必交地。",
        "{R}[A|自然资源]会同[A|林草]逐乡镇测绘。[A|椿岭县政府]各成立小组。[A|县征地办]务必交地。",
    ),
    # two bodies in one, what leads on before a name, people by their office
    (
        "{R}由[A|椿岭开发区和县国土局]落实。[A|下步各有关部门]要抓紧。参加的有[A|各县长助理]。报[A|县人大常委会]议审批。",
        "{R}由[A|椿岭开发区]和[A|县国土局]落实。下步[A|各有关部门]要抓紧。参加的有各县长助理。报[A|县人大常委会]议审批。",
    ),
    # places that are told through their heads
    (
        "{R}椿岭乡和棠溪镇党政主要负责人要包抓。和桥区、棠溪街道一把手须到场。全县主要负责人要警醒。",
        "{R}[A|椿岭乡]和[A|棠溪镇]党政主要负责人要包抓。[A|和桥区]、[A|棠溪街道]一把手须到场。全县主要负责人要警醒。",
    ),
]


def read(marked: str) -> tuple[str, list[Mention]]:
    text, entities, _ = parse_marks(marked, "case")
    return text, [Mention(e.start, e.end, e.label, text[e.start : e.end]) for e in entities]


@pytest.mark.parametrize(("found", "right"), CASES)
def test_cases(found: str, right: str) -> None:
    text, mentions = read(found)
    expected = {(mention.start, mention.end, mention.label) for mention in read(right)[1]}
    assert {(m.start, m.end, m.label) for m in mend_agencies(normalise(text), mentions)} == expected


def test_what_was_mended_says_so() -> None:
    text, mentions = read("{M}[A|云岭公司]。[A|云岭公司]。\n{A}由云岭公司施工,[A|各商户要]配合。")
    rules = {mention.text: (mention.origin, mention.rule) for mention in mend_agencies(normalise(text), mentions)[2:]}
    assert rules == {"云岭公司": (Origin.RULE, "mended"), "各商户": (Origin.RULE, "mended")}


def test_mentions_as_annotated_stay() -> None:
    """All but a few in ten thousand."""
    changed = whole = 0
    for document in load_part(CORPUS, "train"):
        norm = normalise(document.text)
        mentions = [Mention(e.start, e.end, e.label, norm[e.start : e.end]) for e in document.entities]
        changed += len(set(mend_agencies(norm, mentions)).symmetric_difference(mentions))
        whole += len(mentions)
    assert changed <= whole / 2000 and whole > 30_000


def test_other_labels_and_nothing_at_all() -> None:
    assert mend_agencies("", []) == ()
    person = Mention(0, 2, EntityLabel.PERSON, "穆清")
    assert mend_agencies("穆清负责", [person]) == (person,)
