"""A spaCy training logger: one line an evaluation, on stderr."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

from rich.console import Console
from spacy.language import Language

Log = Callable[[dict[str, Any] | None], None]


def create_progress_logger() -> Callable[[Language, IO[str], IO[str]], tuple[Log, Callable[[], None]]]:
    """``jiyao.ProgressLogger.v1`` of the configuration files."""

    def setup(nlp: Language, stdout: IO[str], stderr: IO[str]) -> tuple[Log, Callable[[], None]]:
        console = Console(stderr=True)
        status = console.status("training …")
        status.start()

        def log(info: dict[str, Any] | None) -> None:
            if info is None:
                return
            losses = sum(info["losses"].values())
            line = f"epoch {info['epoch']:>3}  step {info['step']:>5}  loss {losses:10.2f}"
            score = info.get("score")
            if score is not None:
                console.print(f"{line}  dev {100 * score:6.2f}")
            status.update(f"{line}  ({info['seconds']} s)")

        return log, status.stop

    return setup
