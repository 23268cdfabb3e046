import io
import struct
import time
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

import jiyao
from jiyao.errors import ReadError
from jiyao.readers import read, read_bytes
from jiyao.types import MinutesRecord

ROOT = Path(__file__).parents[2]
PDF = ROOT / "tests" / "data" / "office" / "weiping-2023-26.pdf"
SAMPLE = ROOT / "docs" / "sample" / "weiping-2023-26.txt"
NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
#: Millimetres: the column, and a character of 16 points.
LEFT, TOP, SIZE, PITCH, WIDTH = 28.0, 37.0, 5.6444, 9.9, 28


def text_object(text: str, x: float, y: float, size: float = SIZE, more: str = "", code: str = "") -> str:
    """One line of text, in a box whose corner is at ``x, y``, as programs write it."""
    delta = f' DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 and not code else code
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} {size * len(text)} {size}" Font="3" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{0.88 * size:.4f}"{delta}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def page(*objects: str, template: str = "") -> str:
    used = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {NAMESPACE}>{used}<ofd:Content><ofd:Layer ID="9">'
        f"{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"
    )


def ofd(*pages: str, templates: dict[str, str] | None = None, others: dict[str, str] | None = None) -> bytes:
    """An OFD package; its pages are stored in an order that is not theirs."""
    shared = templates or {}
    members = {
        "OFD.xml": f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData>"
        + "".join(f'<ofd:TemplatePage ID="{key}" BaseLoc="Tpls/{key}.xml"/>' for key in shared)
        + "</ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{900 - n}/Content.xml"/>' for n in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/{900 - n}/Content.xml": text for n, text in enumerate(pages)},
        **{f"Doc_0/Tpls/{key}.xml": text for key, text in shared.items()},
        **(others or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def minutes() -> list[str]:
    """The paragraphs of the sample without the page around them, indents as ideographic spaces."""
    shown = [line for line in SAMPLE.read_text(encoding="utf-8").split("\n") if line.strip()]
    return [shown[1], shown[3], *("　　" + line.strip() for line in shown[4:-3])]


def typeset(paragraphs: list[str]) -> list[str]:
    """Pages as a printer makes them: lines of ``WIDTH`` characters, 22 a page, numbered."""
    lines: list[tuple[str, float]] = []
    for paragraph in paragraphs[:2]:
        lines += [(paragraph, (WIDTH - len(paragraph)) / 2)]
    for paragraph in paragraphs[2:]:
        lines += [
            (piece.lstrip("　"), float(len(piece) - len(piece.lstrip("　"))))
            for start in range(0, len(paragraph), WIDTH)
            for piece in [paragraph[start : start + WIDTH]]
        ]
    pages = []
    for start in range(0, len(lines), 22):
        placed = [
            text_object(text, LEFT + indent * SIZE, TOP + PITCH * n)
            for n, (text, indent) in enumerate(lines[start : start + 22])
        ]
        number = text_object(f"— {start // 22 + 1} —", 100, 270, 4.9, code=' DeltaX="g 4 2.5"')
        pages.append(page(*placed, number, template="5"))
    return pages


def tasks(record: MinutesRecord) -> list[tuple[object, ...]]:
    return [
        (
            task.kind,
            [lead.name for lead in task.lead],
            [lead.name for lead in task.support],
            [action.text for action in task.actions],
            task.deadline and (task.deadline.text, task.deadline.date),
        )
        for task in record.tasks
    ]


def test_paragraphs_that_paper_broke() -> None:
    head = page(text_object("洧平市人民政府常务会议", LEFT, 20, 4))
    result = read_bytes(ofd(*typeset(minutes()), templates={"5": head}), "a.ofd")
    assert (result.source.format, result.source.encoding, result.body, result.notes) == ("ofd", None, None, ())
    assert [line.rstrip() for line in result.text.split("\n")] == minutes()


def test_records_are_those_of_the_text(tmp_path: Path) -> None:
    """What stands in the PDF and in the OFD of minutes gives the tasks that their text gives."""
    pipeline = jiyao.load()
    paragraphs = minutes()
    (tmp_path / "a.ofd").write_bytes(ofd(*typeset(paragraphs)))
    expected = tasks(pipeline.extract("\n".join(paragraphs)))
    assert len(expected) > 10
    assert tasks(pipeline.extract(tmp_path / "a.ofd")) == expected
    printed = {"".join(line.split()) for line in read(PDF).text.split("\n")}
    part = [line for line in paragraphs if "".join(line.split()) in printed]
    expected = tasks(pipeline.extract("\n".join(part)))
    assert len(expected) > 5
    assert tasks(pipeline.extract(PDF)) == expected


def test_places_come_from_box_matrix_and_offsets() -> None:
    scaled = text_object("决定", 40, 50, 1, more='CTM="5 0 0 5 0 0"')
    moved = text_object("会议", 25, 49.5, 5, more='CTM="1 0 0 1 5 0.5"', code=' DeltaX="5"')
    assert read_bytes(ofd(page(scaled, moved)), "a.ofd").text == "会议决定"


@pytest.mark.parametrize(
    ("delta", "text"),
    [
        ("g 3 5", "会议决定"),
        ("5 g 2 5", "会议决定"),
        ("5 15 5", "会议    决定"),
        ("G 3 5", "会议决定"),
        ("", "会议决定"),
        ("g", "会议决定"),
        ("g 99999999999999 5", "会议决定"),
        ("g -3 5 x", "会议决定"),
    ],
)
def test_offsets_between_characters(delta: str, text: str) -> None:
    result = read_bytes(ofd(page(text_object("会议决定", 20, 20, 5, code=f" DeltaX={quoteattr(delta)}"))), "a.ofd")
    assert result.text == text


def test_templates_lie_below_their_pages() -> None:
    form = page(text_object("会议名称", 20, 20), text_object("决定事项", 20, 40))
    pages = [page(text_object("常务", 50, 20), template="7"), page(text_object("专题", 50, 20))]
    assert read_bytes(ofd(*pages, templates={"7": form}), "a.ofd").text.split() == [
        "会议名称",
        "常务",
        "决定事项",
        "专题",
    ]


def test_watermarks_and_hidden_text_are_left_out() -> None:
    marks = text_object("仅供内部", 20, 60, more='CTM="0.7 0.7 -0.7 0.7 0 0"') + text_object(
        "隐", 20, 80, more='Visible="false"'
    )
    assert read_bytes(ofd(page(text_object("会议决定", 20, 20), marks)), "a.ofd").text == "会议决定"


def test_ruled_cells() -> None:
    rules = "".join(
        f'<ofd:PathObject ID="2" Boundary="{box}" LineWidth="0.2"/>'
        for box in ("20 18 90 0.2", "20 28 90 0.2", "20 18 0.2 10", "50 18 0.2 10", "109.8 18 0.2 10")
    )
    drawn = page(rules, text_object("事项", 22, 20), text_object("会议决定", 55, 20))
    assert read_bytes(ofd(drawn), "a.ofd").text == "事项 | 会议决定"


def test_other_namespaces_and_absolute_places() -> None:
    data = ofd(page(text_object("会议决定", 20, 20)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode().replace("ofd:", "").replace("xmlns:ofd", "xmlns").replace(NAMESPACE[4:], "")
            new.writestr(
                name, text.replace("Doc_0/Document.xml", "/Doc_0/Document.xml").replace("Pages/900", "./Pages/900")
            )
    assert read_bytes(buffer.getvalue(), "a.ofd").text == "会议决定"


def locked(data: bytes) -> bytes:
    """``data`` with every member marked as encrypted."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            changed[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(changed)


def lying(data: bytes, size: int) -> bytes:
    """``data`` whose directory says that every member has ``size`` bytes when unpacked."""
    changed = bytearray(data)
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + 24 : place + 28] = struct.pack("<I", size)
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


GOOD = page(text_object("会议决定", 20, 20))
BOMB = "<a>" + "会" * 6_000_000 + "</a>"
LAUGHS = '<!DOCTYPE a [<!ENTITY b "会议会议"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;&c;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (ofd(GOOD)[:-200], "damaged or cut off"),
        (ofd(GOOD)[:300], "damaged or cut off"),
        (ofd(), "without pages"),
        (ofd(page()), "no text on any page"),
        (ofd(page('<ofd:ImageObject ID="1" Boundary="0 0 210 297" ResourceID="4"/>')), "a scan"),
        (ofd("<a><b></a>"), "not well-formed"),
        (ofd("会议"), "not well-formed"),
        (ofd(LAUGHS), "defines entities"),
        (ofd(OUTSIDE), "defines entities"),
        (ofd(BOMB), "unpacks to far too much"),
        (ofd(*[f"<a>{'会' * 2_000_000}</a>"] * 12), "unpacks to far too much"),
        (lying(ofd(BOMB), 100), "damaged|no text|not well-formed"),
        (locked(ofd(GOOD)), "locked by a password"),
        (ofd(GOOD, others={"OFD.xml": "<a/>"}), "without pages"),
        (ofd(GOOD, others={"Doc_0/Document.xml": ""}), "not well-formed"),
        (ofd(GOOD, others={f"{n}": "" for n in range(20_001)}), "20004 files"),
        (ofd(page(text_object("\ue000\ue001\ue002会", 20, 20))), "fonts that do not tell"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    start = time.process_time()
    with pytest.raises(ReadError, match=reason) as error:
        read_bytes(data, "a.ofd")
    assert error.value.subject == "a.ofd"
    assert error.value.remedy
    assert time.process_time() - start < 10


@pytest.mark.parametrize("place", ["NaN", "1e30", "-1e308", "x", "", "1e999"])
def test_absurd_places_do_no_harm(place: str) -> None:
    odd = text_object("会议决定", 20, 40, more=f'CTM="1 0 0 1 {place} 0"') + text_object("事项", 20, 60).replace(
        'X="0"', f'X="{place}"'
    )
    odd += f'<ofd:PathObject Boundary="{place} 0 {place} {place}"/>'
    sizes = text_object("附件", 20, 80).replace(f'Size="{SIZE}"', f'Size="{place}"')
    assert read_bytes(ofd(page(text_object("会议决定", 20, 20), odd, sizes)), "a.ofd").text.startswith("会议决定")


def test_very_many_pages_are_cut_with_a_note() -> None:
    pages = [page(text_object(f"第{n}项会议决定", 20, 20 + n % 7 * 20)) for n in range(600)]
    assert (
        "only the first 500 of 600 pages were read: no minutes are that long" in read_bytes(ofd(*pages), "a.ofd").notes
    )


def test_deep_or_long_pages_take_no_more_than_their_time() -> None:
    start = time.process_time()
    deep = "<a>" * 100_000 + "</a>" * 100_000
    many = page(*(text_object(chr(0x4E00 + n * 7919 % 20_000) * 4, n * 31 % 150, n / 100) for n in range(30_000)))
    notes = read_bytes(ofd(GOOD, deep, many), "a.ofd").notes
    assert any("page 3 was read only in part" in note for note in notes)
    assert time.process_time() - start < 30


@pytest.mark.parametrize("place", range(0, 1500, 60))
def test_damage_anywhere_is_read_or_refused(place: int) -> None:
    data = bytearray(ofd(*typeset(minutes()[:6])))
    data[place : place + 20] = bytes(range(20))
    try:
        assert read_bytes(bytes(data), "a.ofd").text
    except ReadError as error:
        assert error.remedy
