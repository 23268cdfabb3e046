"""READERS: the formats that jiyao knows, and how each is told from the others.

To add a format
1. write ``readers/<format>.py`` with a function ``(data: bytes, name: str) -> Content``; it raises ``ReadError``
   for what it cannot read, and says in ``Content.notes`` what was damaged;
2. put the function into the format's row below as ``read`` and drop its ``remedy`` (or add a row: description,
   suffixes, a ``sniff`` that tells the format by its bytes). Rows are tried in order, so special before general;
3. put a small file of the format into ``tests/data/`` and a test beside it.
Nothing else has to change: ``jiyao extract`` finds files by the suffixes of the rows that have ``read``.
"""

from __future__ import annotations

from collections.abc import Callable

from jiyao.readers.content import Format
from jiyao.readers.docx import read_docx
from jiyao.readers.html import looks_like_html, read_html
from jiyao.readers.ofd import read_ofd
from jiyao.readers.office import SAVE_AS, OfficeReader
from jiyao.readers.pdf_guard import read_pdf
from jiyao.readers.text import read_plain_text

_AS_TEXT = SAVE_AS
_AS_SCAN = "recognise its text with an OCR program, and save that as plain text (UTF-8)"
_UNPACK = "unpack it, and give the files in it"
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096


def _starts(*magics: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(magics)


def _zip_with(*members: bytes) -> Callable[[bytes], bool]:
    """A zip archive that has a member of such a name; the names stand plainly in its directory."""
    return lambda data: data.startswith(_ZIP) and any(member in data for member in members)


def _ole_with(*streams: str) -> Callable[[bytes], bool]:
    """A compound file (Office before 2007, and WPS) that has a stream of such a name."""
    names = tuple(stream.encode("utf-16-le") for stream in streams)
    return lambda data: data.startswith(_OLE) and any(name in data for name in names)


def _has_early(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda data: any(mark in data[:_HEAD] for mark in marks)


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _is_saved_mail(data: bytes) -> bool:
    head = data[:_HEAD].lower()
    return b"mime-version:" in head and b"content-type:" in head


def _is_webp_or_heic(data: bytes) -> bool:
    return data[8:12] == b"WEBP" or data[4:8] == b"ftyp"


READERS: dict[str, Format] = {
    "docx": Format("a Word document", (".docx", ".docm"), _zip_with(b"word/document"), read_docx),
    "xlsx": Format("an Excel workbook", (".xlsx", ".xlsm", ".et"), _zip_with(b"xl/workbook"), remedy=_AS_TEXT),
    "pptx": Format("a presentation", (".pptx", ".dps"), _zip_with(b"ppt/presentation"), remedy=_AS_TEXT),
    "ofd": Format("an OFD document", (".ofd",), _zip_with(b"OFD.xml"), read_ofd),
    "odt": Format(
        "an OpenDocument text",
        (".odt",),
        _zip_with(b"mimetypeapplication/vnd.oasis.opendocument.text"),
        OfficeReader(".odt"),
    ),
    "ods": Format("another OpenDocument file", (".ods",), _zip_with(b"opendocument"), remedy=_AS_TEXT),
    "zip": Format("an archive", (".zip",), _starts(_ZIP, b"PK\x05\x06"), remedy=_UNPACK),
    "encrypted": Format(
        "an Office document locked by a password",
        (),
        _ole_with("EncryptedPackage"),
        remedy="open it with the password, and save it as plain text (UTF-8)",
    ),
    "xls": Format("an old Excel workbook", (".xls",), _ole_with("Workbook"), remedy=_AS_TEXT),
    "ppt": Format("an old presentation", (".ppt",), _ole_with("PowerPoint Document"), remedy=_AS_TEXT),
    "doc": Format("an old Word or WPS document", (".doc", ".wps"), _ole_with("WordDocument"), OfficeReader(".doc")),
    "ole": Format("a compound file without a Word document", (), _starts(_OLE), remedy=_AS_TEXT),
    "wordxml": Format(
        "a Word document in XML",
        (),
        _has_early(b"schemas.microsoft.com/office/word/2003/wordml", b'progid="Word.Document"'),
        OfficeReader(".xml"),
    ),
    "rtf": Format("an RTF document", (".rtf",), _starts(b"{\\rtf"), OfficeReader(".rtf")),
    "pdf": Format("a PDF document", (".pdf",), _is_pdf, read_pdf),
    "ceb": Format("a CEB document", (".ceb", ".sep", ".gd"), _starts(b"Founder CEB", b"FOUNDERCEB"), remedy=_AS_TEXT),
    "image": Format(
        "a picture",
        (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff"),
        _starts(b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"8BPS"),
        remedy=_AS_SCAN,
    ),
    "newimage": Format("a picture", (".webp", ".heic"), _is_webp_or_heic, remedy=_AS_SCAN),
    "archive": Format(
        "an archive",
        (".rar", ".7z", ".gz", ".tar"),
        _starts(b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"),
        remedy=_UNPACK,
    ),
    "webarchive": Format("a Safari web archive", (".webarchive",), _starts(b"bplist00"), remedy=_AS_TEXT),
    "mht": Format("a web page saved as one file (MHT)", (".mht", ".mhtml"), _is_saved_mail, remedy=_AS_TEXT),
    "html": Format("a web page", (".html", ".htm", ".shtml", ".xhtml"), looks_like_html, read_html),
    "txt": Format("plain text", (".txt", ".text", ".md"), lambda _: False, read_plain_text),
}

#: What the suffixes of files that can be read look like; a folder is searched for these.
SUFFIXES: frozenset[str] = frozenset(
    suffix for format_ in READERS.values() if format_.read is not None for suffix in format_.suffixes
)
