"""People who stand alone in a table's cell, known by their column."""

from __future__ import annotations

import pytest

from jiyao.labels import EntityLabel, Origin
from jiyao.normalise import normalise
from jiyao.structure.answerers import find_answerers
from jiyao.structure.layout import layout

HEADS = "序号|任务|责任领导|责任单位"


def _names(text: str) -> list[str]:
    norm = normalise(text)
    found = find_answerers(text, norm, layout(text, norm, None))
    assert all(m.label is EntityLabel.PERSON and m.origin is Origin.RULE for m in found)
    assert all(m.text == text[m.start : m.end] for m in found)
    return [m.text for m in found]


@pytest.mark.parametrize(
    ("table", "names"),
    [
        (f"{HEADS}\n1|疏浚东支渠|林溪|县水利局\n2|修复水闸|陶　然|县水利局", ["林溪", "陶　然"]),
        ("｜序号｜任务｜责任领导｜责任单位｜\n｜1｜疏浚东支渠｜林溪、陶望川｜县水利局｜", ["林溪", "陶望川"]),
        (f"{HEADS}\n1|疏浚东支渠|陶望川副县长|县水利局", ["陶望川"]),
        (
            "序号\n任务\n责任单位\n包抓领导\n1\n疏浚东支渠\n县水利局\n林溪\n2\n修复水闸\n县水利局\n陶望川",
            ["林溪", "陶望川"],
        ),
    ],
)
def test_the_names_of_the_column(table: str, names: list[str]) -> None:
    assert _names(f"议定事项分解表\n{table}\n") == names


@pytest.mark.parametrize(
    "table",
    [
        "序号|任务|责任单位|联系人\n1|疏浚东支渠|县水利局|林溪",  # whom to ring up
        f"{HEADS}\n1|疏浚东支渠|县政府分管领导|县水利局",
        f"{HEADS}\n1|疏浚东支渠|按分工负责|县水利局",
        f"{HEADS}\n1|疏浚东支渠|林溪",  # a row that lost a cell
        "1|疏浚东支渠|林溪|县水利局",  # no head
        f"{HEADS}\n会议还研究了其他事项。\n1|疏浚东支渠|林溪|县水利局",
    ],
)
def test_other_cells(table: str) -> None:
    assert _names(f"议定事项分解表\n{table}\n") == []
