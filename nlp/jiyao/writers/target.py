"""Where an output goes: a file, written whole or not at all, or standard output."""

from __future__ import annotations

import io
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from jiyao.errors import WriteError

#: Lone surrogates cannot be encoded; ``replace`` keeps the output valid UTF-8 whatever a writer let through.
_ERRORS = "replace"


@contextmanager
def binary_target(target: Path | None) -> Iterator[BinaryIO]:
    """A stream of bytes: standard output for ``None``, else the file ``target``.

    Raises:
        WriteError: the file cannot be written, or standard output is a terminal.
    """
    if target is not None:
        with _whole_file(target) as stream:
            yield stream
    elif sys.stdout.isatty():
        reason = "a terminal cannot show this format"
        raise WriteError("standard output", reason, "name a file with -o, or redirect the output")
    else:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()


@contextmanager
def text_target(target: Path | None) -> Iterator[TextIO]:
    """A stream of text: UTF-8, newlines as written; a terminal keeps its own encoding.

    Raises:
        WriteError: the file cannot be written.
    """
    if target is None and sys.stdout.isatty():
        yield sys.stdout
        return
    with binary_target(target) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", errors=_ERRORS, newline="")
        try:
            yield text
            text.flush()
        finally:
            text.detach()


@contextmanager
def _whole_file(target: Path) -> Iterator[BinaryIO]:
    """A temporary file beside ``target`` which takes its name once all is written."""
    final = Path(os.path.realpath(target))  # a link stays a link
    try:
        if final.exists() and not final.is_file():
            _refuse_folder(final)
            with final.open("wb") as stream:  # a device or a pipe: nothing to rename
                yield stream
            return
        part = final.with_name(f".jiyao-{secrets.token_hex(8)}.part")
        try:
            with part.open("xb") as stream:
                yield stream
            if final.exists():
                shutil.copymode(final, part)
            part.replace(final)
        finally:
            part.unlink(missing_ok=True)
    except BrokenPipeError:
        raise  # the reader of a pipe has gone: for the command line to end quietly
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(str(target), f"cannot be written ({reason})", "choose another place with -o") from error


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise WriteError(str(path), "is a folder", "name a file in it")
