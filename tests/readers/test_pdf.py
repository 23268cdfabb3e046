import io
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest

from jiyao.errors import ReadError
from jiyao.readers import pdf_guard, read, read_bytes
from jiyao.readers.pdf import read_pdf_unguarded

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "office"
MINUTES = DATA / "weiping-2023-26.pdf"
TO_UNICODE = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange "


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), extra, data)


def pdf(contents: Sequence[bytes], mapped: bool = True, page: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF with a page for each content stream, and a font /F whose codes are those of UTF-16, mapped or not."""
    kids = b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(contents)))
    to_unicode = TO_UNICODE + (b"1 beginbfrange <0000> <ffff> <0000> endbfrange" if mapped else b"") + b" endcmap"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 -120 1000 880]"
        b"/Ascent 880/Descent -120/CapHeight 700/StemV 80/ItalicAngle 0>>>>",
        stream(to_unicode),
    ]
    for n, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>%s>>"
            % (7 + 2 * n, page)
        )
        objects.append(stream(zlib.compress(content), b"/Filter/FlateDecode"))
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(out))
    return out + head + xref + end


def show(text: str, x: object = 100, y: object = 700, matrix: str = "1 0 0 1") -> bytes:
    return f"BT /F 12 Tf {matrix} {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n".encode()


def test_minutes_of_two_pages() -> None:
    result = read(MINUTES)
    assert (result.source.format, result.source.encoding, result.body, result.notes) == ("pdf", None, None, ())
    assert result.source.chars == len(result.text)
    sample = (ROOT / "docs" / "sample" / "weiping-2023-26.txt").read_text(encoding="utf-8")
    given = {"".join(line.split()) for line in sample.split("\n")}
    lines = result.text.split("\n")
    assert len(lines) == 17
    assert {"".join(line.split()) for line in lines} <= given  # every paragraph whole, and nothing else
    assert lines[0] == "洧平市人民政府第26次常务会议纪要"
    assert lines[2].startswith("　　2023年5月17日上午,市委副书记")
    assert lines[16] == "　　洧平市人民政府办公室 2023年5月22日印发"
    assert "衡新民 市公安局佘强 " in lines[13]


def test_a_ruled_table() -> None:
    assert read(DATA / "duties.pdf").text.split("\n")[1:4] == [
        "序号 | 工作任务 | 责任单位 | 完成时限",
        "1 | 编制全市粮食应急烘干能力建设三年规划，明确新建、改建烘干点的布局和投资来源 | 市农业农村局 | 6月底前",
        "2 | 办结两宗学校用地划拨手续 | 市自然资源和规划局、文渠区政府 | 7月15日前",
    ]


def test_pages_in_order_and_lines_by_place() -> None:
    late = show("”会议", 160) + show("研究“三夏", 100) + show("第二行", 100, 660)
    assert read_bytes(pdf([late, show("第二页")]), "a.pdf").text == "研究“三夏”会议\n第二行\n第二页"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_that_lie_on_their_side(turn: int) -> None:
    document = pypdfium2.PdfDocument(DATA / "duties.pdf")
    for drawn in document[0].get_objects():
        drawn.transform(pypdfium2.PdfMatrix().rotate(turn).translate(300, 300))
    document[0].gen_content()
    document[0].set_rotation(turn)
    saved = io.BytesIO()
    document.save(saved)
    assert read_bytes(saved.getvalue(), "a.pdf").text == read(DATA / "duties.pdf").text


def test_a_watermark_is_left_out() -> None:
    assert read_bytes(pdf([show("仅供内部", 80, 600, "3 3 -3 3") + show("会议决定事项")]), "a").text == "会议决定事项"


def test_the_size_may_stand_in_the_matrix() -> None:
    content = b"BT /F 1 Tf 16 0 0 16 100 700 Tm <4f1a8bae> Tj 16 0 0 16 100 676 Tm <51b35b9a> Tj ET"
    assert read_bytes(pdf([content]), "a.pdf").text == "会议\n决定"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n%%EOF", "damaged or cut off"),
        (MINUTES.read_bytes()[:9000], "damaged|no text|without pages"),
        (pdf([]), "damaged|without pages"),
        (pdf([b""]), "no text on any page"),
        (pdf([b"0 0 595 842 re f"] * 3), "a scan"),
        (pdf([show("\ue000\ue001\ue002会")]), "fonts that do not tell"),
        (
            pdf(
                [show("会议")],
                trailer=b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % ((b"00" * 32,) * 2),
            ),
            "locked by a password",
        ),
        (pdf([show("会议")], trailer=b"/Encrypt<</Filter/Own/V 9>>/ID[<00><00>]"), "locked"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as error:
        read_bytes(data, "a.pdf")
    assert error.value.subject == "a.pdf"
    assert error.value.remedy


def test_scanned_pages_among_others_are_named() -> None:
    notes = read_bytes(pdf([show("会议决定"), b"0 0 595 842 re f", b""]), "a.pdf").notes
    assert notes == ("1 of 3 page(s) have no text, they may be scans: 2",)


def test_text_in_fonts_that_are_nowhere_is_missed_aloud() -> None:
    one_by_one = [show(char, 100 + 12 * n) for n, char in enumerate("会议决定")]
    with pytest.raises(ReadError, match="fonts that are neither in the file nor on this machine") as error:
        read_bytes(pdf([b"".join(one_by_one)]), "a.pdf")
    assert "install a Chinese font" in error.value.remedy
    notes = read_bytes(pdf([b"".join(one_by_one) + show("会议决定", 100, 600)]), "a.pdf").notes
    assert any(note.startswith("4 piece(s) of text may be missing") for note in notes)


def test_a_few_lost_characters_are_shown_and_noted() -> None:
    result = read_bytes(pdf([show("会议决定事项\ue000")]), "a.pdf")
    assert result.text == "会议决定事项\ufffd"
    assert result.notes[0] == "1 damaged character(s), shown as U+FFFD"


@pytest.mark.parametrize("x", ["1e30", "-1e9", "99999999999999999999999999999999999999999999", "nan", "inf"])
def test_absurd_places_do_no_harm(x: str) -> None:
    text = read_bytes(pdf([show("会议决定") + show("远", x, 300) + show("方", 300, x)]), "a.pdf").text
    assert text.split("\n")[0].startswith("会议决定") or "会议决定" in text


def test_very_many_pages_are_cut_with_a_note() -> None:
    result = read_bytes(pdf([show("会议")] * 600), "a.pdf")
    assert any("only the first 500 of 600 pages" in note for note in result.notes)


def test_very_much_text_on_a_page_is_cut_with_a_note() -> None:
    strings = ("".join(chr(0x4E00 + (n * 7919 + i) % 20_000) for i in range(10_000)) for n in range(12))
    start = time.process_time()
    notes = read_pdf_unguarded(pdf([b"".join(show(text, 10, 50 * n) for n, text in enumerate(strings))]), "a.pdf").notes
    assert "page 1 was read only in part: no page of minutes has so much text" in notes
    assert time.process_time() - start < 30


@pytest.mark.parametrize(
    "contents",
    [[b"0 0 1 1 re f " * 4_000_000], [b" " * 9_000_000] * 4, [show("会议决定") * 900_000]],
    ids=["rectangles", "blanks", "text"],
)
def test_a_bomb_is_not_unpacked(contents: Sequence[bytes]) -> None:
    data = pdf(contents)
    start = time.process_time()
    with pytest.raises(ReadError, match="unpacks to far too much"):
        read_bytes(data, "a.pdf")
    assert time.process_time() - start < 5


def laughs(depth: int) -> bytes:
    """A drawing that shows another ten times, which shows another ten times, and so on."""
    last = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 12>>stream\n0 0 1 1 re f\nendstream"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>"
    forms = [stream(b"/A Do " * 10, form % (11 + n)) for n in range(depth)]
    extra = b"".join(b"%d 0 obj\n%s\nendobj\n" % (10 + n, body) for n, body in enumerate([*forms, last]))
    data = pdf([b"/A Do " + show("会议决定")]).replace(b"/Font<</F 3 0 R>>", b"/Font<</F 3 0 R>>/XObject<</A 10 0 R>>")
    # Without a valid table of places, which the change broke, the objects are searched for.
    return data.replace(b"xref\n0", extra + b"xxxx\n0", 1)


def test_drawings_in_drawings_end_at_a_limit() -> None:
    assert read_bytes(laughs(2), "a.pdf").text == "会议决定"
    with pytest.raises(ReadError, match="takes more"):
        read_bytes(laughs(20), "a.pdf")


def test_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_guard, "_MAX_SECONDS", 0.01)
    with pytest.raises(ReadError, match=r"takes more than 0\.01 seconds"):
        read(MINUTES)


def test_a_folder_cannot_pass_its_own_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read(MINUTES).text


def test_pictures_may_be_large() -> None:
    picture = zlib.compress(b"\xff" * 40_000_000)
    data = (
        pdf([show("会议决定")]) + b"99 0 obj\n" + stream(picture, b"/Subtype/Image/Filter/FlateDecode") + b"\nendobj\n"
    )
    assert read_bytes(data, "a.pdf").text == "会议决定"


def test_a_stream_packed_twice_is_refused() -> None:
    data = pdf([show("会议决定")]).replace(b"/Filter/FlateDecode", b"/Filter[/FlateDecode/FlateDecode]")
    with pytest.raises(ReadError, match="unpacks to far too much"):
        read_bytes(data, "a.pdf")


@pytest.mark.parametrize("step", range(0, 37000, 4000))
def test_damage_anywhere_is_read_or_refused(step: int) -> None:
    data = bytearray(MINUTES.read_bytes())
    data[step : step + 40] = bytes(range(40))
    for attempt in (bytes(data), bytes(data[: step + 40])):
        try:
            assert read_bytes(attempt, "a.pdf").text
        except ReadError as error:
            assert error.remedy
