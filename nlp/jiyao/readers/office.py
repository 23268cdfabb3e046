"""Old Word and WPS documents, RTF and OpenDocument text: LibreOffice makes a Word document (.docx) of them, which is read.

LibreOffice is not ours to install: where an office has it, these files are read, where it has not, the error says so. It is
asked for .docx and not for text, because its text keeps what was struck out and loses the numbers of lists.

A file is untrusted: every run has an empty profile of its own that forbids macros and links to other places, and its
time is limited.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jiyao.errors import ReadError
from jiyao.readers.content import Content
from jiyao.readers.docx import read_docx

#: Seconds. A first start takes two or three, on an old machine twenty.
TIME_LIMIT = 120.0
SAVE_AS = "open it, and save it as a Word document (.docx) or as plain text (UTF-8)"
_INSTALL = f"install LibreOffice, which jiyao reads it with; or {SAVE_AS}"
_NAMES = ("soffice", "libreoffice")
#: Where LibreOffice lies when its folder is not among those that are searched for programs.
_PLACES = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.com"),
)
_SETTING = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + _SETTING.format(name="DisableMacrosExecution", value="true")
    + _SETTING.format(name="MacroSecurityLevel", value="3")
    + _SETTING.format(name="BlockUntrustedRefererLinks", value="true")
    + _SETTING.format(name="DisableActiveContent", value="true")
    + "</oor:items>\n"
)


@dataclass(frozen=True, slots=True)
class OfficeReader:
    """Reads files of one format; ``suffix`` (with the point) tells LibreOffice which."""

    suffix: str

    def __call__(self, data: bytes, name: str) -> Content:
        """The text of the document, as :func:`jiyao.readers.docx.read_docx` gives it.

        Raises:
            ReadError: no LibreOffice on this machine, or it makes nothing of the file, or takes too long.
        """
        program = find_office()
        if program is None:
            raise ReadError(name, "is of a format that only LibreOffice reads, and there is none here", _INSTALL)
        return read_docx(_as_docx(program, data, self.suffix, name), name)


def find_office() -> Path | None:
    """LibreOffice on this machine."""
    return next(iter(_offices()), None)


def _offices() -> Iterator[Path]:
    for name in _NAMES:
        if found := shutil.which(name):
            yield Path(found)
    yield from (place for place in _PLACES if place.is_file())


def _as_docx(program: Path, data: bytes, suffix: str, name: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="jiyao-office-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        source, made, profile = folder / f"document{suffix}", folder / "made", folder / "profile"
        source.write_bytes(data)
        settings = profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        order = [
            str(program),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
        ]
        order += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made), str(source)]
        try:
            _run(order, folder)
        except subprocess.TimeoutExpired:
            raise ReadError(name, f"keeps LibreOffice busy for more than {TIME_LIMIT:.0f} seconds", SAVE_AS) from None
        except OSError as error:
            raise ReadError(name, f"cannot be given to LibreOffice ({error.strerror})", _INSTALL) from None
        result = made / "document.docx"
        # LibreOffice ends well even when it made nothing.
        if not result.is_file():
            raise ReadError(name, "is no document that LibreOffice can open", SAVE_AS)
        return result.read_bytes()


def _run(order: list[str], folder: Path) -> None:
    """Run to the end; what is still running after ``TIME_LIMIT`` is ended with all that it started.

    Raises:
        TimeoutExpired: it was ended.
        OSError: it could not be started.
    """
    # A session of its own: the program is a script that starts another, which must not outlive it.
    process = subprocess.Popen(
        order,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(TIME_LIMIT)
    except BaseException:
        _end(process)
        raise


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
