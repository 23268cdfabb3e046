import json
from pathlib import Path
from typing import Any

import pytest

from jiyao.readers import read, read_bytes, read_text

TESTS = Path(__file__).parents[1]
PAGES = [json.loads(line) for line in (TESTS / "specs" / "pages.jsonl").read_text(encoding="utf-8").splitlines()]
LONG = "会议决定，由市财政局牵头，市审计局配合，六月底前完成资金清理并向市政府报告。"


def text_of(markup: str) -> str:
    return read_text(f"<html><body>{markup}</body></html>", "a.html").text


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec["file"])
def test_pages_of_several_content_systems(spec: dict[str, Any]) -> None:
    result = read(TESTS / "data" / "pages" / spec["file"])
    assert result.source.encoding == spec["encoding"]
    assert list(result.notes) == spec["notes"]
    for shown in spec["shown"]:
        assert shown in result.text
    for hidden in spec["hidden"]:
        assert hidden not in result.text
    if spec["body"] is None:
        assert result.body is None
    else:
        assert result.body is not None
        body = result.text[result.body.start : result.body.end].strip()
        assert body.startswith(spec["body"][0])
        assert body.endswith(spec["body"][1])


def test_every_page_has_a_spec() -> None:
    assert {path.name for path in (TESTS / "data" / "pages").iterdir()} == {spec["file"] for spec in PAGES}


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>会议</p><p>议定</p>", "会议\n议定"),
        ("会议<br>议定<br><br><br>事项", "会议\n议定\n\n事项"),
        ("<p>会\n  议</p>", "会议"),  # the source's line end inside a word
        ("<p>第3\n次会议 A\nB</p>", "第3 次会议 A B"),
        ("<b>会</b>\n<i>议</i>", "会议"),
        ("<b>会</b> <i>议</i>", "会 议"),
        ("<p>&nbsp;\u3000会议&emsp;议定</p>", "\xa0\u3000会议\u2003议定"),  # written on purpose
        ("<p>&lt;会议&gt;&#35758;&#x5B9A;&amp;amp;</p>", "<会议>议定&amp;"),
        ("会议&#xD800;&#0;议定", "会议\ufffd\ufffd议定"),
        ("<pre>会议\n  议定</pre>", "会议\n  议定"),
        ("<h1>会议</h1><ul><li>一、甲<li>二、乙</ul>", "会议\n一、甲\n二、乙"),
        ("会议<script>x</script><style>y</style><!-- z --><textarea>t</textarea>", "会议"),
        ("会议<p hidden>x</p><p style='DISPLAY : None'>y</p><input value=v><select><option>o</select>", "会议"),
        ("<p style='visibility:hidden'>会议</p>", "会议"),
        ("<table><tr><td>会议</td><td>议定</td></tr><tr><td>甲</td><td>乙</td></tr></table>", "会议 | 议定\n甲 | 乙"),
        ("<table><tr><td>会议<td><td>议定</table>", "会议 | | 议定"),
        ("<table><tr><td><p>责任</p><p>单位</p></td><td>会议</td></tr></table>", "责任 单位 | 会议"),
        ("<table><tr><td rowspan=2>会<td>议</tr><tr><td>定</tr><tr><td>甲<td>乙</table>", "会 | 议\n| 定\n甲 | 乙"),
        ("<table><tr><td colspan=2>会议<td>定</tr><tr><td>甲<td>乙<td>丙</table>", "会议 | | 定\n甲 | 乙 | 丙"),
        ("<table><tr><td><p>会议</p><p>议定</p></td></tr></table>", "会议\n议定"),  # one cell: no table of data
        ("<table><tr><td><table><tr><td>会议</table><td>议定</table>", "会议\n议定"),  # arranges the page
        (f"<table><tr><td>会议<td>{'<p>议定</p>' * 9}</table>", "会议" + "\n议定" * 9),
        ("<table><tr><td></td><td> </td></tr></table>会议", "会议"),
    ],
)
def test_text_as_shown(markup: str, text: str) -> None:
    assert text_of(markup) == text


def body_of(markup: str) -> str | None:
    result = read_text(f"<html><body>{markup}</body></html>", "a.html")
    return result.text[result.body.start : result.body.end] if result.body else None


@pytest.mark.parametrize(
    ("markup", "body"),
    [
        (f"<div id=ZOOM>{LONG}</div>{LONG * 3}", LONG),  # a name that tells wins over mass
        (f"<div class='a trs_editor b'><div class=TRS_Editor>{LONG}</div></div>首页", LONG),
        (f"<span id=zoom>{LONG}</span>首页", LONG),
        (f"<article>{LONG}</article>首页", LONG),
        (f"<div class=content><p>首页</p><div><p>{LONG}</p><p>{LONG}</p></div></div>", f"{LONG}\n{LONG}"),
        (f"<div class=content>{LONG}</div><div>{LONG * 3}</div>", LONG * 3),  # little of the page
        ("<div id=zoom>见附件</div>", None),
        (f"<div id=zoom><a>{LONG}</a></div>", None),  # a list of links
        (f"<p>{LONG}</p>", None),
        (f"<div hidden id=zoom>{LONG}</div><p>会议</p>", None),
    ],
)
def test_where_the_document_stands(markup: str, body: str | None) -> None:
    assert body_of(markup) == body


def test_a_page_cut_off_is_read_and_noted() -> None:
    page = (TESTS / "data" / "pages" / "hanweb-2009.htm").read_bytes()
    result = read_bytes(page[: page.index("年底前".encode("gb18030")) + 3], "a.htm")
    assert "抓紧落实配套资金，年" in result.text
    assert "the page ends before </html>: it may be cut off" in result.notes
    assert "the file ends inside a character: it may be cut off" in result.notes


def test_a_whole_page_has_no_notes() -> None:
    assert read_text(f"<html><body><p>{LONG}</p></body></html>\n", "a.html").notes == ()


def test_a_page_in_utf16() -> None:
    assert read_bytes(f"<html><p>{LONG}</p></html>".encode("utf-16"), "a").text == LONG
