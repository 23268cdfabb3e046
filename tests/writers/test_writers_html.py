from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import replace

from minutes_records import hand_made
from selectolax.lexbor import LexborHTMLParser

from jiyao.labels import ENTITY_LABELS, ClauseLabel, EntityLabel
from jiyao.types import Clause, Mention, MinutesRecord
from jiyao.writers.html_page import write_html
from jiyao.writers.marked_text import paragraphs


def page_text(*records: MinutesRecord) -> str:
    stream = io.BytesIO()
    write_html(records, stream)
    return stream.getvalue().decode("utf-8")


def parsed(*records: MinutesRecord) -> LexborHTMLParser:
    return LexborHTMLParser(page_text(*records))


def shown_text(record: MinutesRecord) -> str:
    """The text of the minutes as the page shows it, without the numbers put in."""
    tree = parsed(record)
    for reference in tree.css("a.ref"):
        reference.decompose()
    return "\n".join(node.text() for node in tree.css(".minutes p"))


def test_nothing_of_the_text_is_lost(records: tuple[MinutesRecord, ...]) -> None:
    for record in records:
        lines = [line.strip() for line in record.text.split("\n") if line.strip()]
        assert shown_text(record).split("\n") == lines


def test_marks(record: MinutesRecord) -> None:
    tree = parsed(record)
    assert [node.text() for node in tree.css(".minutes mark.e-deadline")] == ["6月底前"]
    assert len(tree.css(".minutes mark")) == len(record.entities)
    decision = tree.css_first(".minutes .c-decision")
    assert decision is not None
    assert "原则同意" in decision.text()
    assert tree.css_first("p.p-title").text() == record.meeting.title  # type: ignore[union-attr]
    assert [node.text() for node in tree.css("p.p-heading")] == [item.heading for item in record.items]


def test_every_task_and_its_sentence_lead_to_each_other(gold_record: MinutesRecord) -> None:
    tree = parsed(gold_record)
    cards = tree.css(".card[data-kind]:not(.resolution)")
    assert len(cards) == len(gold_record.tasks)
    for card, task in zip(cards, gold_record.tasks, strict=True):
        sentence = tree.css_first(card.css_first("a.number").attributes["href"])  # type: ignore[union-attr, arg-type]
        assert sentence is not None
        assert sentence.attributes["data-clause"] == card.attributes["data-clause"]
        reference = sentence.css_first(f'a.ref[href="#{card.attributes["id"]}"]')
        assert reference is not None
        assert task.text.startswith(sentence.text().removeprefix(reference.text()))


def test_ids_are_unique(records: tuple[MinutesRecord, ...]) -> None:
    ids = [node.attributes["id"] for node in parsed(*records).css("[id]")]
    assert len(ids) == len(set(ids))


def test_several_documents_get_an_index(records: tuple[MinutesRecord, ...]) -> None:
    tree = parsed(*records)
    links = tree.css(".index a")
    assert [link.attributes["href"] for link in links] == ["#d1", "#d2"]
    assert all(tree.css_first(link.attributes["href"] or "") for link in links)
    assert parsed(records[0]).css_first(".index") is None


def test_legend_and_filters_speak_chinese(record: MinutesRecord) -> None:
    tree = parsed(record)
    assert [node.text(strip=True) for node in tree.css(".legend .key")] == [i.chinese for i in ENTITY_LABELS.values()]
    kinds = [node.attributes["data-kind"] for node in tree.css(".kinds button")]
    assert kinds == ["", "assignment", "requirement", "decision"]
    agencies = [option.text() for option in tree.css("select option")]
    assert agencies[0] == "全部单位"
    assert "县民政局（1）" in agencies
    card = tree.css_first("#d1-t1")
    assert card is not None
    chosen = {tree.css(f'option[value="{n}"]')[0].text() for n in (card.attributes["data-agencies"] or "").split()}
    assert chosen == {"县住建局（1）", "县财政局（1）", "县民政局（1）"}


def test_nothing_is_loaded_and_only_our_own_code_may_run(records: tuple[MinutesRecord, ...]) -> None:
    tree = parsed(*records)
    policy = tree.css_first('meta[http-equiv="Content-Security-Policy"]').attributes["content"]  # type: ignore[union-attr]
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        (element,) = tree.css(tag)
        digest = base64.b64encode(hashlib.sha256(element.text().encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert element.attributes == {}
    assert not tree.css("link, img, iframe, object, embed, base, [src], [style]")
    assert not re.search(r"url\(|@import|https?://", page_text(*records))
    for node in tree.css("*"):
        assert not [name for name in node.attributes if name.startswith("on")]


def test_hostile_text_stays_text(hostile: MinutesRecord) -> None:
    text = page_text(hostile, hostile)
    tree = LexborHTMLParser(text)
    assert len(tree.css("script")) == 1
    assert not tree.css("img")
    assert "<img" not in text
    assert "{{" in text  # shown, not evaluated
    assert not set(text) & set("\x00\x1b\ufffe\udcff")
    title = tree.css_first(".summary h2")
    assert title is not None
    assert title.text().startswith("</script><script>")


def test_spans_that_cannot_be_shown_do_no_harm(record: MinutesRecord) -> None:
    def mention(start: int, end: int) -> Mention:
        return Mention(start, end, EntityLabel.AGENCY, "")

    length = len(record.text)
    odd = replace(
        record,
        entities=(
            mention(2, 9),
            mention(5, 12),
            mention(-3, 4),
            mention(9, 9),
            mention(9, 3),
            mention(length, length + 9),
        ),
        clauses=(
            Clause(0, 40, ClauseLabel.META),
            Clause(30, 90, ClauseLabel.ASSIGNMENT),
            Clause(-5, 2, ClauseLabel.META),
            Clause(100, length + 1, ClauseLabel.META),
        ),
    )
    lines = [line.strip() for line in record.text.split("\n") if line.strip()]
    assert shown_text(odd).split("\n") == lines
    assert [node.text() for node in parsed(odd).css(".minutes mark")] == [record.text[2:9]]


def test_without_clauses_and_without_anything() -> None:
    bare = hand_made(clauses=(), entities=(), items=())
    assert len(parsed(bare).css("span.number")) == len(bare.tasks) + len(bare.decisions)
    assert "未提取到任务事项" in page_text(hand_made(tasks=(), decisions=()))
    assert "没有文件" in page_text()


def test_a_long_line_is_cut_in_one_pass() -> None:
    text = "由甲局牵头办理。" * 20_000
    clauses = tuple(Clause(n, n + 8, ClauseLabel.ASSIGNMENT) for n in range(0, len(text), 8))
    entities = tuple(Mention(n + 1, n + 3, EntityLabel.AGENCY, "甲局") for n in range(0, len(text), 8))
    (paragraph,) = paragraphs(hand_made(text=text, clauses=clauses, entities=entities, items=()))
    assert len(paragraph.pieces) == 20_000


def test_same_records_same_bytes(records: tuple[MinutesRecord, ...]) -> None:
    assert page_text(*records) == page_text(*records)
