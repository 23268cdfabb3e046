"""Old Word documents, RTF and OpenDocument text, by LibreOffice where this machine has it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from jiyao.errors import ReadError
from jiyao.readers import office, read, read_bytes

DATA = Path(__file__).parents[1] / "data" / "office"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
needs_office = pytest.mark.skipif(office.find_office() is None, reason="there is no LibreOffice on this machine")


def rtf(*paragraphs: str) -> bytes:
    """An RTF document; characters beyond ASCII are written as RTF does, ``\\u`` with a number."""
    text = "\\par ".join(paragraphs)
    coded = "".join(c if c < "\x80" else f"\\u{ord(c) - (0x10000 if ord(c) > 0x7FFF else 0)}?" for c in text)
    return ("{\\rtf1\\ansi\\uc1 " + coded + "}").encode("ascii")


@needs_office
def test_an_old_word_document_gives_the_text_of_the_new_one() -> None:
    old, new = read(DATA / "weiping-2023-26.doc"), read(DATA / "weiping-2023-26.docx")
    assert old.text == new.text
    assert old.source.format == "doc"


@needs_office
def test_its_bytes_tell_a_document_not_its_suffix() -> None:
    data = (DATA / "weiping-2023-26.doc").read_bytes()
    assert read_bytes(data, "纪要.wps").source.format == "doc"
    assert read_bytes(data, "纪要.txt").source.format == "doc"


@needs_office
def test_what_was_struck_out_is_not_read() -> None:
    text = read_bytes(rtf("会议要求，", "市财政局{\\deleted 当日}3日内拨付。"), "a.rtf").text
    assert [line for line in text.split("\n") if line] == ["会议要求，", "市财政局3日内拨付。"]


@needs_office
@pytest.mark.parametrize("data", [OLE + "WordDocument".encode("utf-16-le") + b"\0" * 4096, b"{\\rtf1 \\u20250"])
def test_damaged_documents_are_refused_by_name(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, "坏.doc")
    assert "坏.doc" in str(caught.value)


def test_without_libreoffice_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(ReadError, match=r"a\.rtf.*LibreOffice.*save it as a Word document") as caught:
        read_bytes(rtf("会议要求，市财政局3日内拨付。"), "a.rtf")
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")
def test_what_takes_too_long_is_ended_with_all_that_it_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n(while :; do date +%s%N > '{alive}'; sleep 0.05; done) &\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: program)
    monkeypatch.setattr(office, "TIME_LIMIT", 1.0)
    with pytest.raises(ReadError, match="busy for more than 1 seconds"):
        read_bytes(rtf("会议要求，市财政局3日内拨付。"), "a.rtf")
    last = alive.read_text(encoding="utf-8")
    time.sleep(0.3)
    assert alive.read_text(encoding="utf-8") == last


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")
def test_a_program_that_makes_nothing_is_no_reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "find_office", lambda: program)
    with pytest.raises(ReadError, match="no document that LibreOffice can open"):
        read_bytes(rtf("会议要求，市财政局3日内拨付。"), "a.rtf")
