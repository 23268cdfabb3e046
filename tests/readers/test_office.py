"""Old Word documents, RTF and OpenDocument text, by LibreOffice where this machine has it."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

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


def odt(picture: str) -> bytes:
    """An OpenDocument text with a sentence and a picture that lies elsewhere."""
    names = "".join(
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in {
            "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
            "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
            "xlink": "http://www.w3.org/1999/xlink",
        }.items()
    )
    body = (
        "<text:p>会议要求，市财政局3日内拨付。</text:p>"
        f'<text:p><draw:frame><draw:image xlink:href="{picture}" xlink:type="simple"/></draw:frame></text:p>'
    )
    manifest = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>'
        for path, kind in {"/": "application/vnd.oasis.opendocument.text", "content.xml": "text/xml"}.items()
    )
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr(
            "content.xml",
            f'<office:document-content{names} office:version="1.2"><office:body><office:text>{body}'
            "</office:text></office:body></office:document-content>",
        )
        package.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{manifest}</m:manifest>',
        )
    return made.getvalue()


@contextmanager
def asked_for() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and the paths that it is asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_one_request(self) -> None:
            if line := self.rfile.readline().decode("ascii", "replace"):
                paths.append(line)
                self.requestline, self.request_version, self.command = line, "HTTP/1.1", "GET"
                self.send_error(404)
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", paths
    finally:
        server.shutdown()
        server.server_close()


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
@pytest.mark.parametrize("guarded", [True, False])
def test_a_document_fetches_nothing(guarded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """With our settings nobody is asked; without them LibreOffice fetches the picture, so the settings do it."""
    if not guarded:
        monkeypatch.setattr(office, "_SETTINGS", '<oor:items xmlns:oor="http://openoffice.org/2001/registry"/>')
    with asked_for() as (address, paths):
        text = read_bytes(odt(f"{address}/picture.png"), "a.odt").text
    assert "市财政局3日内拨付" in text
    assert bool(paths) is not guarded


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
