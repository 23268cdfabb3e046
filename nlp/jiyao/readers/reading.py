"""From a file, bytes or text to a :class:`jiyao.types.Reading`, or to an error that says what to do."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path, PurePath

from jiyao.errors import ReadError
from jiyao.normalise import count_han
from jiyao.readers.content import Content
from jiyao.readers.decode import damage
from jiyao.readers.html import looks_like_html, read_markup
from jiyao.readers.table import READERS
from jiyao.readers.text import unify_newlines
from jiyao.types import Reading, Source

#: Bytes. A volume of minutes has less than one megabyte of text.
MAX_BYTES = 32 * 1024 * 1024
#: A text with a smaller share of ideographs among its visible characters is not Chinese.
_MIN_HAN = 0.1
_SURROGATES = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_GIVE_CHINESE = "give the Chinese text of the minutes"


def read(path: Path) -> Reading:
    """Read the file at ``path``; its bytes tell the format, its suffix helps where they do not.

    Raises:
        ReadError: no such file, a folder, no permission, too large, or as :func:`read_bytes`.
    """
    name = path.as_posix()
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _error(name, "there is no such file", "check the path") from None
    except IsADirectoryError:
        raise _error(name, "is a folder", "give the files in it") from None
    except PermissionError:
        if path.is_dir():  # what Windows says of a folder
            raise _error(name, "is a folder", "give the files in it") from None
        raise _error(name, "may not be read by you", "ask for permission, or copy it") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise _error(name, f"cannot be opened ({reason})", "check the path and the disk") from None
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Reading:
    """Read a document given as bytes; ``name`` stands for it in errors and in ``source.path``.

    Raises:
        ReadError: empty, too large, a format that is not read, undecodable, no text, or no Chinese text.
    """
    name = _printable(name)
    if not data:
        raise _error(name, "is empty", "check that it was saved or copied completely")
    if len(data) > MAX_BYTES:
        raise _error(name, f"is larger than {MAX_BYTES >> 20} MB", "give the minutes alone, without pictures")
    key = sniff(data, name)
    format_ = READERS[key]
    if format_.read is None:
        raise _error(name, f"is {format_.description}, a format that is not read yet", format_.remedy)
    return _reading(format_.read(data, name), name, key, data)


def read_text(text: str, name: str) -> Reading:
    """Read a document given as text, plain or HTML; ``source.sha256`` is that of its UTF-8 form.

    Half characters (lone surrogates), which no file can hold, become U+FFFD.

    Raises:
        ReadError: as :func:`read_bytes`.
    """
    name = _printable(name)
    whole = _SURROGATES.sub("\ufffd", text)
    data = whole.encode("utf-8")
    if not data:
        raise _error(name, "is empty", "check that it was copied completely")
    if len(data) > MAX_BYTES:
        raise _error(name, f"is larger than {MAX_BYTES >> 20} MB", "give the minutes alone")
    if looks_like_html(data):
        return _reading(read_markup(whole, name), name, "html", data)
    return _reading(Content(unify_newlines(whole), None, notes=damage(whole)), name, "txt", data)


def sniff(data: bytes, name: str) -> str:
    """The key in ``READERS`` of the format of ``data``."""
    suffix = PurePath(name).suffix.lower()
    by_suffix = "html" if suffix in READERS["html"].suffixes else "txt"
    return next((key for key, format_ in READERS.items() if format_.sniff(data)), by_suffix)


def _reading(content: Content, name: str, key: str, data: bytes) -> Reading:
    text = content.text
    visible = sum(map(len, text.split()))
    if not visible:
        raise _error(name, "holds nothing but white space", "check that it was saved or copied completely")
    han = count_han(text)
    if han < _MIN_HAN * visible:
        raise _error(name, f"is not Chinese: {han} ideograph(s) in {visible} characters", _GIVE_CHINESE)
    source = Source(name, key, content.encoding, hashlib.sha256(data).hexdigest(), len(text))
    return Reading(text, source, content.body, content.notes)


def _error(name: str, reason: str, remedy: str) -> ReadError:
    return ReadError(_printable(name), reason, remedy)


def _printable(name: str) -> str:
    """A name that fits on one line and into JSON."""
    return _UNPRINTABLE.sub("\ufffd", name)
