"""Zip packages of XML that may be made to do harm: every amount is limited before it is unpacked."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from jiyao.errors import ReadError

_MAX_MEMBERS = 20_000
#: Bytes of a member, and of all that are read. Pages of text have some hundred kilobytes, a volume in one part some millions.
_MAX_MEMBER = 32 * 1024 * 1024
_MAX_TOTAL = 64 * 1024 * 1024
#: XML packs to a tenth or a fiftieth; a bomb of one byte repeated to a thousandth.
_MAX_RATIO = 200
_SMALL = 1024 * 1024
_BLOCK = 64 * 1024
_REPAIR = "open it in its viewer and save it again, or get the file anew"
_SUSPECT = "do not trust it: get the document anew from where it was published"


class Package:
    """A zip file given as bytes; ``name`` stands for it in errors.

    Raises:
        ReadError: damaged, or far more members than any document has.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._left = _MAX_TOTAL
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            raise ReadError(name, "is damaged or cut off: its table of contents is missing", _REPAIR) from None
        members = self._zip.infolist()
        if len(members) > _MAX_MEMBERS:
            raise ReadError(name, f"holds {len(members)} files, as no document does", _SUSPECT)
        self._members = {posixpath.normpath("/" + member.filename): member for member in members}

    def paths(self) -> list[str]:
        """The absolute paths of all members."""
        return list(self._members)

    def xml(self, path: str) -> Element | None:
        """The root of the XML at ``path``, which is absolute; ``None`` if there is no such member.

        Raises:
            ReadError: not well-formed, locked by a password, with entities, or unpacked too large.
        """
        member = self._members.get(path)
        if member is None:
            return None
        data = self._unpack(member)
        try:
            root = fromstring(data)
        except DefusedXmlException:
            raise ReadError(self._name, f"defines entities in {path}, as only attacks do", _SUSPECT) from None
        except (ParseError, ValueError, LookupError, RecursionError):
            raise ReadError(self._name, f"is damaged: {path} is not well-formed", _REPAIR) from None
        assert isinstance(root, Element)
        return root

    def _unpack(self, member: zipfile.ZipInfo) -> bytes:
        if member.flag_bits & 1:
            raise ReadError(self._name, "is locked by a password", "open it with the password, and save it without")
        limit = min(_MAX_MEMBER, self._left, max(_SMALL, _MAX_RATIO * member.compress_size))
        blocks: list[bytes] = []
        size = 0
        try:
            # Counted while reading: what the directory says of sizes may be a lie.
            with self._zip.open(member) as file:
                while block := file.read(_BLOCK):
                    size += len(block)
                    if size > limit:
                        raise ReadError(self._name, f"unpacks to far too much ({member.filename})", _SUSPECT)
                    blocks.append(block)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
            raise ReadError(self._name, f"is damaged: {member.filename} cannot be unpacked", _REPAIR) from None
        self._left -= size
        return b"".join(blocks)


def resolve(base: str, location: str) -> str:
    """The absolute path in a package of ``location``, as written in the member at ``base``."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), location.strip().replace("\\", "/")))


def local_name(element: Element) -> str:
    """The name of ``element`` without its namespace, which programs write in several ways."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
