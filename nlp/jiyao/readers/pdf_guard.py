"""PDF read in a process of its own, with limits of time and memory.

Two kilobytes of PDF can ask for more work than any computer can do (drawings that contain
drawings, ten of each in each), and pdfium knows no limits. A process can be ended from outside;
that takes some tenths of a second for each file, and a crash of pdfium ends nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress

from jiyao.errors import ReadError
from jiyao.readers.content import Content
from jiyao.readers.pdf import read_pdf_unguarded

#: Seconds; five hundred pages take about ten.
_MAX_SECONDS = 60
#: Bytes of address space; pdfium and five hundred pages take about a third.
_MAX_MEMORY = 1024 * 1024 * 1024
_REMEDY = "open it in a PDF viewer and print it as a PDF again; if it came from a stranger, do not trust it"


def read_pdf(data: bytes, name: str) -> Content:
    """Read the text of a PDF, also one that a scanner recognised and laid under the picture.

    Raises:
        ReadError: locked by a password, damaged, a scan without text, fonts without characters, or
            more work than there is time or memory for.
    """
    # -P: modules come from where this process has them, never from the folder it happens to be in.
    command = [sys.executable, "-P", "-c", f"from {__name__} import main; main()"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_MAX_SECONDS, env=environment)
    except subprocess.TimeoutExpired:
        raise ReadError(name, f"is a PDF that takes more than {_MAX_SECONDS} seconds to read", _REMEDY) from None
    if done.returncode != 0:
        raise ReadError(name, "is a PDF that takes more memory than any minutes do, or is damaged", _REMEDY)
    answer = json.loads(done.stdout)
    if "reason" in answer:
        raise ReadError(name, answer["reason"], answer["remedy"])
    return Content(answer["text"], None, notes=tuple(answer["notes"]))


def main() -> None:
    """Read the PDF that comes in by standard input; its content, or why not, goes out as JSON."""
    _limit_memory()
    try:
        content = read_pdf_unguarded(sys.stdin.buffer.read(), "")
    except ReadError as error:
        answer: dict[str, object] = {"reason": error.reason, "remedy": error.remedy}
    else:
        answer = {"text": content.text, "notes": content.notes}
    sys.stdout.write(json.dumps(answer))


def _limit_memory() -> None:
    if sys.platform == "win32":  # has no such limit: there only time is limited
        return
    import resource

    # Refused where a lower limit is in force already, and by macOS: then only time is limited.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
