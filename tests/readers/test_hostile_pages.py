import time

import pytest

from jiyao.errors import ReadError
from jiyao.readers import read_bytes
from jiyao.readers.tangle import is_tangled, strip_tags

START = "<html><body>"
#: Each is some hundred kilobytes; a reader that is quadratic in any of them takes minutes.
HOSTILE = {
    "nested divs": START + "<div>" * 100_000 + "会议",
    "nested tables": START + "<table><tr><td>" * 30_000 + "会议",
    "nested lists": START + "<ul><li>会" * 30_000,
    "formatting never closed": START + "".join(f"<p><b a={i}>会" for i in range(20_000)),
    "formatting repeated": START + "".join(f"<p><b a={i}>会" for i in range(400)) + "<p>会" * 50_000,
    "attributes": START + "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">会议",
    "comments": START + "会议" + "<!--" * 200_000,
    "scripts": START + "会议" + "<script>" * 100_000,
    "angles": START + "会议" * 50_000 + "<" * 200_000,
    "ampersands": START + "会&" * 200_000,
    "blanks": START + "会" + " " * 1_000_000 + "议" + ("会" + " " * 1000) * 500,
    "spans of cells": START + "<table>" + "<tr><td rowspan=99999 colspan=99999>会议决定" * 5_000,
    "cells outside rows": START + "<table>" + "会<td>" * 20_000,
    "entities": '<!DOCTYPE html [<!ENTITY a "会会"><!ENTITY b "&a;&a;&a;">]><html><p>会议&b;&b;&b;',
    "one line": "会议决定，" * 300_000,
    "one word": "a" * 1_000_000 + "会议" * 50_000,
    "nulls": "会议\0" * 200_000,
    "no newline at the right place": "\r" * 500_000 + "会议",
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_input_is_read_in_time(markup: str) -> None:
    start = time.process_time()
    try:
        result = read_bytes(markup.encode(), "a.html" if START in markup else "a.txt")
    except ReadError as error:
        assert "ideograph" in error.reason
    else:
        assert "会" in result.text
    assert time.process_time() - start < 5


def test_a_tangled_page_keeps_its_text_and_says_so() -> None:
    result = read_bytes((START + "<div>" * 600 + "<p>会议<b>决定</b></p><p>事项</p>").encode(), "a.html")
    assert result.text == "会议决定\n事项"
    assert any("nested too deeply" in note for note in result.notes)
    assert result.body is None


@pytest.mark.parametrize(
    ("markup", "tangled"),
    [
        ("<div>" * 500 + "</div>" * 500, False),
        ("<div>" * 600, True),
        ("<p>会<br><img>" * 5000, False),
        ("<div>会</div>" * 5000, False),
        ("<script>" + "'<div>'+" * 1000 + "</script>", False),
        ("<img src='data:image/png;base64," + "A=" * 50_000 + "'>", False),
    ],
)
def test_what_is_a_tangle(markup: str, tangled: bool) -> None:
    assert is_tangled(markup) is tangled


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>会<b>议</b></p>议<br>定", "会议\n议\n定"),
        ("会<script>if (a<b) x</script>议", "会议"),
        ("会<!-- <p>x -->议<!-- y", "会议"),
        ("<!DOCTYPE html><p a='1'>会&lt;议 <", "会<议 <"),
    ],
)
def test_stripped_tags(markup: str, text: str) -> None:
    assert strip_tags(markup) == text
