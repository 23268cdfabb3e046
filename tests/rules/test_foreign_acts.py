"""Acts of the next body and of a gate are none of the task."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiyao.corpus.marks import parse_marks
from jiyao.corpus.splits import load_part
from jiyao.labels import EntityLabel
from jiyao.normalise import normalise
from jiyao.rules.foreign_acts import without_foreign_acts
from jiyao.types import Mention

CORPUS = Path(__file__).parents[2] / "annotations"


@pytest.mark.parametrize(
    ("marked", "verbs"),
    [
        ("{A}[A|县林业局][V|核实]后[V|报][A|县政府][V|公布]。", ["核实", "报"]),
        ("{P}按程序[V|提请][A|市政府]常务会议[V|审议]后[V|印发]。", ["提请", "印发"]),
        ("{A}[A|县林业局][V|核实]树种。", ["核实"]),
        ("{A}由[A|县政府办][V|通报]结果。", ["通报"]),
        ("{P}经[A|县司法局][V|复核]后[V|印发]。", ["印发"]),
        ("{P}初稿经[V|公示]后[V|定稿]。", ["定稿"]),
        ("{A}[A|经信局]根据意见[V|充实]后[V|报][A|县政府]。", ["充实", "报"]),
        ("{R}[V|接]下来要[V|抓好]落实。", ["抓好"]),
        ("{A}[A|县住建局]要[V|加快]进度,确保年底[V|建成]、[V|交付]使用,[V|办妥]验收。", ["加快", "办妥"]),
        ("{R}[V|严禁]随意[V|倾倒],不得[V|堵塞]河道。", ["严禁"]),
        ("{R}[V|补齐]台账,谨防[V|漏报],实现[V|销号]清零。", ["补齐"]),
        ("{R}未经[V|核准]不得开工,不再[V|收取]押金,[V|退还]旧款。", ["退还"]),
        ("{R}不能达标的要[V|关停]。", ["关停"]),
        ("{R}[V|落实]“先[V|立]后[V|破]、稳步走”的要求。", ["落实"]),
        ("{R}以这次[V|评定]为契机[V|夯实]基础。", ["夯实"]),
        ("{A}[A|县住建局][V|争取]金融支持。", ["争取"]),
        ("{A}[A|县财政局]对经费[V|核减]后[V|下达]。", ["核减", "下达"]),
        ("{A}[A|琼山法院][V|XX]、[V|××]负责[V|协调]。", ["协调"]),
    ],
)
def test_cases(marked: str, verbs: list[str]) -> None:
    text, entities, _ = parse_marks(marked, "case")
    mentions = [Mention(e.start, e.end, e.label, text[e.start : e.end]) for e in entities]
    kept = without_foreign_acts(normalise(text), mentions)
    assert [mention.text for mention in kept if mention.label is EntityLabel.ACTION] == verbs
    assert sum(m.label is EntityLabel.AGENCY for m in kept) == sum(m.label is EntityLabel.AGENCY for m in mentions)


def test_hardly_an_annotated_act_is_foreign() -> None:
    gone = acts = 0
    for document in load_part(CORPUS, "train"):
        mentions = [Mention(e.start, e.end, e.label, "") for e in document.entities]
        gone += len(mentions) - len(without_foreign_acts(normalise(document.text), mentions))
        acts += sum(mention.label is EntityLabel.ACTION for mention in mentions)
    assert acts > 10_000 and gone <= acts / 1000
