"""Members of a zip archive that holds a document, unpacked within bounds: an archive may be made to burst."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from zipfile import BadZipFile, ZipFile

from jiyao.errors import ReadError

#: Bytes of all members together. The text of a thick volume of minutes has less than a tenth of it.
_MOST_UNPACKED = 64 << 20
_MOST_MEMBERS = 10_000
_CHUNK = 1 << 16
_ENCRYPTED = 0x1


def unpack(data: bytes, name: str, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The members of the archive ``data`` whose names are ``wanted``; ``name`` is that of the file, for errors.

    Sizes are counted while unpacking, for an archive's own directory may lie about them.

    Raises:
        ReadError: no sound archive, members locked by a password, or more than can be a document.
    """
    found: dict[str, bytes] = {}
    left = _MOST_UNPACKED
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS:
                raise _bomb(name)
            for member in members:
                if member.is_dir() or not wanted(member.filename):
                    continue
                if member.flag_bits & _ENCRYPTED:
                    raise ReadError(name, "is locked by a password", "save it without the password")
                parts: list[bytes] = []
                with archive.open(member) as stream:
                    while chunk := stream.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise _bomb(name)
                        parts.append(chunk)
                found[member.filename] = b"".join(parts)
    # NotImplementedError: a method of compression, or a version of the format, that zipfile does not know.
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise ReadError(name, f"is damaged ({error})", "get the file again, or save it anew") from None
    return found


def _bomb(name: str) -> ReadError:
    return ReadError(name, "unpacks to more than a document can be", "save it anew without pictures and attachments")
