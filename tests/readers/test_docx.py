"""Word documents: one saved by a word processor, and small ones made here of what clerks and attackers put into them."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

import jiyao
from jiyao.errors import ReadError
from jiyao.readers import read, read_bytes
from jiyao.readers.docx import read_docx

DATA = Path(__file__).parents[1] / "data" / "office"
SAMPLES = Path(__file__).parents[2] / "docs" / "sample"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def docx(body: str, *, numbering: str = "", styles: str = "", space: str = W, head: str = "") -> bytes:
    """A Word document with the XML ``body``."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        names = (
            f'xmlns:w="{space}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:v="urn:schemas-microsoft-com:vml"'
        )
        archive.writestr("word/document.xml", f"{head}<w:document {names}><w:body>{body}</w:body></w:document>")
        if numbering:
            archive.writestr("word/numbering.xml", f'<w:numbering xmlns:w="{space}">{numbering}</w:numbering>')
        if styles:
            archive.writestr("word/styles.xml", f'<w:styles xmlns:w="{space}">{styles}</w:styles>')
    return file.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def numbered(text: str, level: int, key: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>')


def level(number: int, style: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCounting", "%1、", '<w:pStyle w:val="Topic"/>')
    + level(1, "chineseCountingThousand", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircleChinese", "%4")
    + level(4, "bullet", "·")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num>'
)


def lines(data: bytes) -> list[str]:
    return read_docx(data, "a.docx").text.split("\n")


@pytest.mark.parametrize("space", [W, STRICT])
def test_paragraphs_and_tables(space: str) -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("序号", "事项", "牵头单位"))
    body = paragraph("  会议纪要") + f"<w:p>{run('县水务局要')}{run('清淤。')}</w:p><w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    assert [line.strip() for line in lines(docx(body, space=space))] == [
        "会议纪要",
        "县水务局要清淤。",
        "序号 | 事项 | 牵头单位",
    ]


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    deleted = "<w:del><w:r><w:delText>财政局</w:delText></w:r></w:del>"
    body = f"<w:p>{run('由县')}{deleted}<w:ins>{run('水务局')}</w:ins>{run('清淤。')}</w:p>"
    assert lines(docx(body)) == ["由县水务局清淤。"]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('附注：密件。')}</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    text = "\n".join(lines(docx(f"<w:p>{run('会议纪要。')}{shape}</w:p>")))
    assert text.count("附注：密件。") == 1 and "会议纪要。" in text


def test_numbers_that_word_counts_stand_in_the_text() -> None:
    body = (
        numbered("防汛", 0)
        + numbered("清淤。", 1)
        + numbered("巡堤。", 1)
        + paragraph("会议要求：")
        + numbered("2025年底前完工。", 2)
        + numbered("甲", 3)
        + numbered("乙", 4)
        + numbered("春耕", 0)
        + numbered("备种。", 1)
        + numbered("秋收", 0, 2)
    )
    assert lines(docx(body, numbering=NUMBERING)) == [
        "一、防汛",
        "（一）清淤。",
        "（二）巡堤。",
        "会议要求：",
        "1. 2025年底前完工。",
        "① 甲",
        "乙",
        "二、春耕",
        "（一）备种。",
        "十一、秋收",
    ]


def test_numbers_by_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Topic"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mine"><w:basedOn w:val="Topic"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Ring"><w:basedOn w:val="Ring"/></w:style>'
    )
    body = (
        paragraph("防汛", '<w:pStyle w:val="Topic"/>')
        + paragraph("春耕", '<w:pStyle w:val="Mine"/>')
        + paragraph("其他", '<w:pStyle w:val="Ring"/>')
        + paragraph("不编号", '<w:pStyle w:val="Topic"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert lines(docx(body, numbering=NUMBERING, styles=styles)) == ["一、防汛", "二、春耕", "其他", "不编号"]


def test_lists_that_nothing_defines_have_no_numbers() -> None:
    body = numbered("防汛。", 0, 9) + numbered("春耕。", 8) + numbered("秋收。", 99999)
    assert lines(docx(body, numbering=NUMBERING)) == ["防汛。", "春耕。", "秋收。"]
    assert lines(docx(body)) == ["防汛。", "春耕。", "秋收。"]


def test_a_document_of_a_word_processor_gives_the_records_of_its_text() -> None:
    reading = read(DATA / "weiping-2023-26.docx")
    assert (reading.source.format, reading.source.encoding) == ("docx", None)
    pipeline = jiyao.load()

    def fields(record: jiyao.MinutesRecord) -> list[tuple[object, ...]]:
        return [
            (
                task.kind,
                [part.name for part in task.lead],
                [act.text for act in task.actions],
                task.deadline is not None,
            )
            for task in record.tasks
        ]

    from_word = fields(pipeline.extract_reading(reading))
    assert from_word == fields(pipeline.extract(SAMPLES / "weiping-2023-26.txt"))
    assert len(from_word) > 15


ENTITIES = '<!DOCTYPE d [<!ENTITY a "会议会议"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(paragraph("&b;"), head=ENTITIES), "defines entities"),
        (docx("<w:p>"), "not well-formed"),
        (docx("<w:p>" * 20_000 + "</w:p>" * 20_000), "no sound Word document"),
        (docx(paragraph("会议") + "<w:p/>")[:-30], "damaged"),
        (docx(""), "no text"),
    ],
)
def test_damaged_and_hostile(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_docx(data, "a.docx")


def archive(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return file.getvalue()


def test_a_bomb_is_refused_before_it_bursts() -> None:
    bomb = archive({"word/document.xml": b" " * (80 << 20)})
    assert len(bomb) < 1 << 20
    with pytest.raises(ReadError, match="unpacks to far too much"):
        read_bytes(bomb, "a.docx")


def test_pictures_do_not_count() -> None:
    picture = {"word/media/1.png": b"\0" * (80 << 20)}
    with ZipFile(io.BytesIO(docx(paragraph("会议纪要。")))) as whole:
        data = archive({**{name: whole.read(name) for name in whole.namelist()}, **picture})
    assert read_bytes(data, "a.docx").text == "会议纪要。"


def test_members_without_end_are_refused() -> None:
    with pytest.raises(ReadError, match="holds 20001 files"):
        read_docx(archive({f"word/{n}.xml": b"" for n in range(20_001)}), "a.docx")


def test_no_document_inside() -> None:
    with pytest.raises(ReadError, match="no document inside"):
        read_docx(archive({"word/styles.xml": b"<a/>"}), "a.docx")
