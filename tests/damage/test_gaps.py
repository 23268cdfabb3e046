"""A document read without some characters, and its record told by the whole document."""

from __future__ import annotations

import jiyao
from jiyao.damage.gaps import Gaps
from jiyao.readers import read_text
from jiyao.types import Reading, Span

TEXT = "棠溪县人民政府专题会议纪要\n由县财\n政局在5月底\n前拨付资金。"
BREAKS = [place for place, char in enumerate(TEXT) if char == "\n"][1:]


def _reading(text: str, body: Span | None = None) -> Reading:
    source = read_text(text, "case").source
    return Reading(text, source, body)


def test_the_body_moves_with_the_text() -> None:
    whole = _reading(TEXT, Span(TEXT.index("由"), len(TEXT)))
    joined = Gaps(whole, BREAKS).without()
    assert joined.text == "棠溪县人民政府专题会议纪要\n由县财政局在5月底前拨付资金。"
    assert joined.body is not None
    assert joined.text[joined.body.start : joined.body.end] == "由县财政局在5月底前拨付资金。"


def test_the_record_is_that_of_the_whole_page() -> None:
    gaps = Gaps(_reading(TEXT), BREAKS)
    record = gaps.restore(jiyao.load().extract_reading(gaps.without()))
    assert record.text == TEXT
    (task,) = record.tasks
    assert [(agency.name, TEXT[agency.start : agency.end]) for agency in task.lead] == [("县财政局", "县财\n政局")]
    assert task.deadline is not None and task.deadline.text == "5月底\n前"
    assert all(TEXT[clause.start : clause.end].strip() == TEXT[clause.start : clause.end] for clause in record.clauses)


def test_a_stretch_of_nothing_stays_one() -> None:
    gaps = Gaps(_reading(TEXT), BREAKS)
    length = len(gaps.without().text)
    assert gaps._outer(length, length) == (len(TEXT), len(TEXT))  # behind the last character
    assert gaps._outer(0, 0) == (0, 0)


def test_characters_read_as_newlines_keep_their_place() -> None:
    line = "5月6日,县长穆清主持会议。 由县财政局在5月底前拨付资金。"
    gaps = Gaps(_reading(line), instead={line.index(" "): (line.index(" ") + 1, "\n")})
    assert gaps.without().text == line.replace(" ", "\n")
    record = gaps.restore(jiyao.load().extract_reading(gaps.without()))
    assert record.text == line
    assert [line[task.start : task.end] for task in record.tasks] == ["由县财政局在5月底前拨付资金。"]


def test_characters_that_show_nothing_are_passed_over() -> None:
    shown = "5月6日,县长穆清主持会议。由县财政局会同县水利局在5月底前拨付资金。\n"
    hidden = "\u200b".join(shown)
    record = jiyao.load().extract(hidden)
    assert record.text == hidden
    (task,) = record.tasks
    assert [agency.name for agency in (*task.lead, *task.support)] == ["县财政局", "县水利局"]
    assert task.text.replace("\u200b", "") == "由县财政局会同县水利局在5月底前拨付资金。"
