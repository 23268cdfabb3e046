"""Dates in headers, deadlines in running text."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiyao.corpus.format import load_corpus
from jiyao.dates import find_dates, find_deadlines
from jiyao.dates.numbers import fold
from jiyao.labels import EntityLabel

ROOT = Path(__file__).parents[2]


def specs(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / "tests/specs" / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("spec", specs("header_dates.jsonl"), ids=lambda spec: spec["text"])
def test_header_dates(spec: dict[str, Any]) -> None:
    text = spec["text"]
    found = [
        {"text": text[one.start : one.end], "date": one.date.isoformat(), "repaired": one.repaired}
        for one in find_dates(text, spec["reference"])
    ]
    assert found == spec["found"]


@pytest.mark.parametrize("spec", specs("find_deadlines.jsonl"), ids=lambda spec: spec["text"])
def test_deadlines(spec: dict[str, Any]) -> None:
    assert [spec["text"][start:end] for start, end in find_deadlines(spec["text"])] == spec["found"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("县财政局10月底销账。", ["10月底"]),
        ("归并入企检查(市司法局、市税务局,四季度)", ["四季度"]),
        ("移植香樟|园林局|5月上旬", ["5月上旬"]),
        ("破解四季度收官难题。", []),
        ("10月底起换装。", []),
    ],
)
def test_dates_of_a_text_that_is_known_to_be_a_task(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_deadlines(text, task=True)] == found
    assert find_deadlines(text) == []


def test_annotated_deadlines_are_found() -> None:
    both = gold = found = 0
    for document in load_corpus(ROOT / "annotations/minutes"):
        marked = {(span.start, span.end) for span in document.entities if span.label is EntityLabel.DEADLINE}
        ours = set(find_deadlines(document.text))
        both, gold, found = both + len(marked & ours), gold + len(marked), found + len(ours)
    assert both >= 0.9 * gold
    assert both >= 0.9 * found


@given(
    st.text(
        alphabet="年月日前内之后0123456789十一二三每季度末底旬本国庆节周小时个半至()，。于在要 \n完成报送", max_size=200
    )
)
def test_spans_are_ordered_and_inside(text: str) -> None:
    for spans in ([(one.start, one.end) for one in find_dates(text, 2024)], find_deadlines(text)):
        ends = [0, *(end for _, end in spans)]
        assert all(before <= start < end for before, (start, end) in zip(ends, spans, strict=False))
        assert not spans or ends[-1] <= len(text)


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "piece", ["市", "1", "6月30日前", "每", "之日起后", " ", "零一二", "每月底(", "完成时限:", "在啊", "1O"]
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        find_deadlines(text)
        find_dates(text, 2024)
        return time.process_time() - start

    find_deadlines("")
    assert seconds(80_000) < 12 * seconds(20_000) + 0.2
