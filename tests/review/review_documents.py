"""Small sets of minutes and what a model would send of them, without a model."""

from __future__ import annotations

from jiyao.corpus.marks import parse_marks
from jiyao.labels import TaskRelation
from jiyao.review.marking import Link, Marking, Region
from jiyao.review.outgoing import Outgoing, text_digest

#: Characters outside the BMP, wide and no-break spaces and a tab: offsets must hold behind them.
MARKED = """{M}𠮷山县人民政府第3次常务会议纪要

{G}2024年3月1日,县长[P|林　溪]主持召开县政府第3次常务会议😀。

一、{M}审议[D|《𠮷山县停车管理办法》]
{D}会议[V|原则同意][D|《𠮷山县停车管理办法》]。\t{A}由[A|县城管局]\u00a0[V|牵头],[A|县公安局]配合,[T|3月底前][V|修改完善]后[V|印发];{R}[A|各乡镇]要[V|加强]宣传。"""


def text_and_marking(marked: str = MARKED) -> tuple[str, Marking]:
    """The text without marks, and its regions with the relations of the assignment."""
    text, entities, clauses = parse_marks(marked, "test")
    regions = [Region(f"c{c.start}", c.start, c.end, c.label, 0.9) for c in clauses]
    regions += [Region(f"e{e.start}", e.start, e.end, e.label, 0.8) for e in entities]

    def at(words: str) -> int:
        return text.rindex(words)

    task = f"c{at('由县城管局')}"
    links = (
        Link(task, f"e{at('县城管局')}", TaskRelation.LEAD),
        Link(task, f"e{at('县公安局')}", TaskRelation.SUPPORT),
        Link(task, f"e{at('3月底前')}", TaskRelation.DEADLINE),
        Link(task, f"e{at('《𠮷山县')}", TaskRelation.DOCUMENT),
        Link(f"c{at('各乡镇')}", f"e{at('各乡镇')}", TaskRelation.LEAD),
    )
    return text, Marking(tuple(regions), links)


def outgoing(number: int, *, certainty: float = 0.5, place: str = "𠮷山县", blind: bool = False) -> Outgoing:
    text, marking = text_and_marking(f"{MARKED}\n{{M}}第{number}份")
    return Outgoing(
        name=f"doc-{number}",
        text=text,
        digest=text_digest(text),
        place=place,
        title="纪要",
        marking=marking,
        certainty=certainty,
        model_version="test 1 abcdef",
        blind=blind,
    )
