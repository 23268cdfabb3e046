"""Character references in plain text are read as the characters that they stand for."""

from __future__ import annotations

import jiyao
from jiyao.damage.references import find_references


def test_references_and_their_characters() -> None:
    assert find_references("&ldquo;四好&rdquo;&nbsp;&#12289;&#x3001;") == {
        0: (7, "“"),
        9: (16, "”"),
        16: (22, "\xa0"),
        22: (30, "、"),
        30: (38, "、"),
    }


def test_what_is_no_reference_stays() -> None:
    assert find_references("A&B;R&D投入,&unknown;&#99999999;&#x110000;") == {}


def test_the_record_is_told_by_the_page_as_it_came() -> None:
    page = "5月6日,县长穆清主持会议。\n&emsp;&emsp;由县财政局会同县水利局在5月底前拨付&ldquo;四好&rdquo;资金。\n"
    record = jiyao.load().extract(page)
    assert record.text == page
    (task,) = record.tasks
    assert page[task.start : task.end] == "由县财政局会同县水利局在5月底前拨付&ldquo;四好&rdquo;资金。"
    assert [agency.name for agency in (*task.lead, *task.support)] == ["县财政局", "县水利局"]


def test_what_ends_with_a_reference_has_it_whole() -> None:
    page = "5月6日,县长穆清主持会议。\n由县财政局印发&#12298;供水办法&#12299;\n请县水利局备案。\n"
    record = jiyao.load().extract(page)
    assert [document.title for document in record.documents] == ["供水办法"]
    title = next(entity for entity in record.entities if entity.label == "DOCUMENT")
    assert title.text == page[title.start : title.end] == "&#12298;供水办法&#12299;"
