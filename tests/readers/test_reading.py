import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiyao.errors import ReadError
from jiyao.readers import READERS, SUFFIXES, read, read_bytes, read_text, reading
from jiyao.types import Reading

TEXT = "会议议定，由市财政局牵头，6月底前完成。"


def zipped(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "<x/>")
    return buffer.getvalue()


def compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le") + bytes(500)


def test_a_file_is_read_with_its_source(tmp_path: Path) -> None:
    path = tmp_path / "纪要.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    result = read(path)
    assert result.text == TEXT
    assert (result.body, result.notes) == (None, ())
    source = result.source
    assert (source.path, source.format, source.encoding) == (path.as_posix(), "txt", "gb18030")
    assert source.sha256 == hashlib.sha256(TEXT.encode("gb18030")).hexdigest()
    assert source.chars == len(TEXT)


def test_a_relative_path_stays_as_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read(Path("a.txt")).source.path == "a.txt"


def test_newlines_become_one_kind_and_nothing_else_changes() -> None:
    result = read_bytes("会议\r\n议定\r事项\x0b如下\x0c一\u2028二\u2029三\x85四\n\t ，\u3000".encode(), "a.txt")
    assert result.text == "会议\n议定\n事项\n如下\n一\n二\n三\n四\n\t ，\u3000"


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (zipped("word/document.xml"), "a.docx", "docx"),
        (zipped("word/document.xml"), "a.txt", "docx"),  # the bytes decide
        (zipped("xl/workbook.xml"), "a", "xlsx"),
        (zipped("OFD.xml"), "a.ofd", "ofd"),
        (zipped("some.bin"), "a.docx", "zip"),
        (compound("WordDocument"), "a.wps", "doc"),
        (compound("Workbook"), "a.doc", "xls"),
        (compound("EncryptedPackage"), "a.docx", "encrypted"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "a.pdf", "pdf"),
        (b"{\\rtf1\\ansi}", "a.doc", "rtf"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "image"),
        (b"\xff\xd8\xff\xe0", "a.jpg", "image"),
        (b"\x1f\x8b\x08", "a.gz", "archive"),
        (b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n<html>", "a.mht", "mht"),
    ],
)
def test_formats_are_told_by_their_bytes(data: bytes, name: str, key: str) -> None:
    """Nothing but first bytes: a format that has a reader is damaged then, another says that it has none."""
    assert reading.sniff(data, name) == key
    with pytest.raises(ReadError) as error:
        read_bytes(data, name)
    assert "\n" not in str(error.value)
    if READERS[key].read is None:
        assert READERS[key].description in error.value.reason
        assert error.value.remedy == READERS[key].remedy


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        (f"<!DOCTYPE html><p>{TEXT}", "a.txt", "html"),
        (f"  <html><p>{TEXT}", "a", "html"),
        (f"<div><p>{TEXT}</p></div>", "a.txt", "html"),
        (f"剩下的半页</td><td>{TEXT}</td></tr></table></div>", "a.txt", "html"),
        (TEXT, "a.html", "html"),
        (TEXT, "a.docx", "txt"),
        (f"本页 <p> 标签说明：{TEXT}", "a.txt", "txt"),
    ],
)
def test_bytes_tell_the_format_and_the_suffix_helps(text: str, name: str, key: str) -> None:
    assert read_bytes(text.encode(), name).source.format == key
    assert read_bytes(text.encode("utf-16"), name).source.format == key


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t ", "white space"),
        ("\u3000\n\xa0".encode(), "white space"),
        (b"<html><body>  <script>var a</script></body></html>", "shows no text"),
        (b"Minutes of the meeting held on Monday", "not Chinese: 0 ideograph"),
        ("Meeting of the board 会 ".encode() * 20, "not Chinese: 20 ideograph"),
        ("Заседание правительства".encode(), "not Chinese"),
        (bytes(1000), "binary"),
    ],
)
def test_bytes_that_are_no_minutes(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as error:
        read_bytes(data, "a.txt")
    assert error.value.subject == "a.txt"
    assert error.value.remedy


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1 << 20)
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xe4\xbc\x9a" * (1 << 19))
    for attempt in (lambda: read(path), lambda: read_text("会" * (1 << 20), "a")):
        with pytest.raises(ReadError, match="larger than 1 MB"):
            attempt()


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing.txt", "no such file"), (".", "is a folder"), ("x" * 5000, "cannot be opened"), ("a\0b", "cannot be")],
)
def test_paths_that_cannot_be_read(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as error:
        read(tmp_path / name)
    assert "\0" not in str(error.value)


def test_a_file_one_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadError, match="may not be read by you"):
        read(tmp_path / "a.txt")
    with pytest.raises(ReadError, match="is a folder"):
        read(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_not_utf8_fits_into_json(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + "/纪要.txt".encode("gbk")
    Path(os.fsdecode(raw)).write_text(TEXT, encoding="utf-8")
    read(Path(os.fsdecode(raw))).source.path.encode("utf-8")


def test_text_has_the_hash_of_its_utf8_form_and_no_encoding() -> None:
    source = read_text(TEXT, "text").source
    assert (source.path, source.format, source.encoding) == ("text", "txt", None)
    assert source.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_half_characters_are_replaced_and_noted() -> None:
    result = read_text("会议\ud800决定", "text")
    assert result.text == "会议\ufffd决定"
    assert result.notes == ("1 damaged character(s), shown as U+FFFD",)


def test_pages_given_as_text_are_pages() -> None:
    result = read_text(f"<html><body><p>{TEXT}</p></body></html>", "text")
    assert (result.text, result.source.format) == (TEXT, "html")


def test_the_table_is_sound() -> None:
    assert {".txt", ".html", ".htm", ".pdf", ".ofd"} <= SUFFIXES
    for key, format_ in READERS.items():
        assert format_.read is not None or format_.remedy, key
        assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in format_.suffixes)
    suffixes = [suffix for format_ in READERS.values() for suffix in format_.suffixes]
    assert len(suffixes) == len(set(suffixes))


def reading_or_error(attempt: Reading | ReadError) -> None:
    if isinstance(attempt, Reading):
        assert attempt.source.chars == len(attempt.text)
        assert "\r" not in attempt.text
        attempt.text.encode("utf-8")
        if attempt.body:
            assert 0 <= attempt.body.start < attempt.body.end <= len(attempt.text)
    else:
        assert "\n" not in str(attempt)


NAMES = st.sampled_from(["a", "a.txt", "a.html", "a.pdf", "-", "", "\ud800.txt", "a\n.txt"])
TAGS = "<html> <table> <tr> <td\u00a0rowspan=0> <td\u00a0colspan=9> </td> <!-- --> "
OTHER = "<div\u00a0id=zoom> </div> <pre> &#xD800; &#0; <a> <p\u00a0hidden> "
REST = "<svg> <br> <script> </script> < > 会议决定由市财政局牵头 \0 \r"
BITS = st.sampled_from(
    [
        *(bit.replace("\u00a0", " ").encode() for bit in (TAGS + OTHER + REST).split(" ")),
        "会议决定".encode("gb18030"),
        b"\xff\xfe",
        b"\xe4",
    ]
)


@given(st.one_of(st.binary(), st.lists(BITS, max_size=30).map(b"".join)), NAMES)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        reading_or_error(read_bytes(data, name))
    except ReadError as error:
        reading_or_error(error)


@given(st.text(st.characters()), NAMES)
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    try:
        reading_or_error(read_text(text, name))
    except ReadError as error:
        reading_or_error(error)
