"""The verb of a binding clause in which a model found none."""

from __future__ import annotations

import pytest

from jiyao.corpus.marks import parse_marks
from jiyao.labels import EntityLabel, Origin
from jiyao.normalise import normalise
from jiyao.rules.found_actions import with_actions
from jiyao.types import Clause, Mention


def found(marked: str) -> list[Mention]:
    text, entities, clauses = parse_marks(marked, "case")
    mentions = [Mention(e.start, e.end, e.label, text[e.start : e.end]) for e in entities]
    every = with_actions(normalise(text), [Clause(c.start, c.end, c.label) for c in clauses], mentions)
    assert [mention.start for mention in every] == sorted(mention.start for mention in every)
    return [mention for mention in every if mention.label is EntityLabel.ACTION]


@pytest.mark.parametrize(
    ("marked", "verbs"),
    [
        ("{A}[A|县林业局]申报国家湿地公园。", ["申报"]),
        ("{A}[A|县林业局]于[T|6月底前]完成补植。", ["完成"]),
        ("{R}要进一步加强巡护。", ["加强"]),
        ("{A}由[A|县林业局]把苗木逐株核查。", ["核查"]),
        ("{A}[A|县林业局]要[V|疏浚]河道,加强巡护。", ["疏浚"]),
        ("{R}安置点学位要跟上。", []),
        ("{R}[A|各林场]不得擅自出让林地。", []),
        ("{A}[A|县林业局]汇总表要随报。", []),
        ("{A}[A|县林业局]要按[D|《加强巡护方案》]办。", []),
        ("{B}[A|县林业局]加强了巡护。", []),
        ("{T}造林完成3万亩。", []),
    ],
)
def test_cases(marked: str, verbs: list[str]) -> None:
    assert [mention.text for mention in found(marked)] == verbs


def test_what_was_added_says_so() -> None:
    (mention,) = found("{A}[A|县林业局]申报国家湿地公园。")
    assert (mention.origin, mention.rule) == (Origin.RULE, "act-of-lexicon")
