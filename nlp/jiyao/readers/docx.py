"""Word documents (OOXML), by mammoth: insertions and text boxes are read, deletions and comments are not.

The numbers that Word counts by itself (一、, (一), 1.) stand nowhere in the text; they are written into it first
(:mod:`jiyao.readers.word_numbers`), for later stages find items by them.
"""

from __future__ import annotations

import io
import re
from typing import Any
from xml.etree.ElementTree import Element, tostring
from xml.parsers.expat import ExpatError
from zipfile import ZipFile

from jiyao.errors import ReadError
from jiyao.readers.content import Content
from jiyao.readers.html import read_markup
from jiyao.readers.package import Package
from jiyao.readers.word_numbers import write_numbers

_DOCUMENT = re.compile(r"/word/document[0-9]*\.xml")
_NUMBERING = "/word/numbering.xml"
_STYLES = "/word/styles.xml"
_ANEW = "open it in a word processor, and save it anew"


def read_docx(data: bytes, name: str) -> Content:
    """The text of a Word document, as its page would show it; tables are lines with ``|`` between cells.

    Raises:
        ReadError: damaged, hostile, or without text.
    """
    # A tenth of a second to load, which reading other formats need not wait for.
    import mammoth

    package = Package(data, name)
    trees = {path: tree for path in package.paths() if _is_text_part(path) and (tree := package.xml(path)) is not None}
    document = next((tree for part, tree in trees.items() if _DOCUMENT.fullmatch(part)), None)
    if document is None:
        raise ReadError(name, "has no document inside", _ANEW)
    write_numbers(document, trees.get(_NUMBERING), trees.get(_STYLES))
    try:
        page = mammoth.convert_to_html(_packed(trees), convert_image=_no_image).value
    # What mammoth stumbles over in a damaged file; RecursionError: elements nested beyond reason.
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, OSError, RecursionError, ExpatError) as error:
        raise ReadError(name, f"is no sound Word document ({type(error).__name__})", _ANEW) from None
    return read_markup(f"<body>{page}</body>", name)


def _is_text_part(path: str) -> bool:
    """Parts that mammoth may look at; pictures, fonts and what is embedded stay packed."""
    return path.endswith(".rels") or (path.endswith(".xml") and not path.startswith(("/customXml/", "/docProps/")))


def _packed(trees: dict[str, Element]) -> io.BytesIO:
    """A document of these parts alone, without entities and whatever else was in the file."""
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        for part, tree in trees.items():
            archive.writestr(part.lstrip("/"), tostring(tree, encoding="utf-8"))
    file.seek(0)
    return file


def _no_image(_: Any) -> list[Any]:
    return []
