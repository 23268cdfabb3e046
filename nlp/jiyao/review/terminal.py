"""What the review commands share: the server they talk to, progress, messages, and the extra they need."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from jiyao.errors import DependencyError, ReviewError

if TYPE_CHECKING:
    from jiyao.review.client import Server

TOKEN = "LABEL_STUDIO_API_KEY"
_EXTRA = ("httpx", "label_studio_sdk", "platformdirs", "starlette", "uvicorn")


def need_extra() -> None:
    """Say what to install where the extra is not there.

    Raises:
        DependencyError: a package of the extra ``review`` is missing.
    """
    missing = [name for name in _EXTRA if find_spec(name) is None]
    if missing:
        raise DependencyError(
            "jiyao review", f"needs {', '.join(missing)}, not installed", "run: pip install 'jiyao[review]'"
        )


@contextmanager
def connected(url: str | None, token_file: Path | None, home: Path | None) -> Iterator[Server]:
    """The server that the options, the environment or an earlier ``serve`` name.

    The token of the local server is sent to that server only.

    Raises:
        ReviewError: no server or no token is known.
    """
    from jiyao.review.client import Server
    from jiyao.review.serve import default_home, load_access

    local = load_access(home or default_home())
    address = url or (local.url if local else None)
    if address is None:
        raise ReviewError("no review server", "is known", "run `jiyao review serve`, or give --url")
    token = os.environ.get(TOKEN)
    if token_file is not None:
        try:
            token = token_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ReviewError(str(token_file), f"cannot be read ({error.strerror})", "check --token-file") from None
    if not token and local and address.rstrip("/") == local.url:
        token = local.token
    if not token:
        raise ReviewError(address, "no token is known for it", f"set {TOKEN}, or give --token-file")
    with Server(address, token) as server:
        if not server.encrypted:
            complain(f"{server.url} is not encrypted: others on the way can read the token")
        yield server


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on standard error, on a terminal only; called with step, done and total."""
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bars: dict[str, int] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in bars:
                bars[step] = progress.add_task(step, total=total)
            progress.update(progress.task_ids[bars[step]], completed=done, total=total)

        yield show


def say(message: str) -> None:
    """A line on standard error."""
    Console(stderr=True, soft_wrap=True, highlight=False).print(escape(message))


def complain(message: str) -> None:
    """A line on standard error that somebody should act on."""
    Console(stderr=True, soft_wrap=True, highlight=False).print(f"[red]jiyao:[/red] {escape(message)}")


def this_program() -> list[str]:
    """The command line of this very program."""
    return [sys.executable, "-m", "jiyao"]
