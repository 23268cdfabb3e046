"""A prediction back end for Label Studio: a small HTTP server that marks what the screen asks for.

Health is open; all else wants the token, as ``Authorization: Bearer`` or as the password of Basic. Bodies
are limited, whatever length they claim.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hmac
import json
import logging
import subprocess
import threading
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from jiyao.components.annotator import META
from jiyao.errors import JiyaoError
from jiyao.pipeline import MinutesPipeline, load
from jiyao.readers import read_text
from jiyao.review.marking import check_marking, write_marking
from jiyao.review.outgoing import certainty, marking_of, model_version

_LOG = logging.getLogger(__name__)

MAX_BODY = 16 * 1024 * 1024
MAX_TASKS = 100
_TRAIN = "START_TRAINING"

Handler = Callable[[Request, Any], Awaitable[Response]]


class Models:
    """The model in use: the first of ``folders`` that holds one, read again when it changes.

    Label Studio waits 1 s for health and 3 s for setup, so that neither may stand behind a prediction or behind the
    reading of a new model: the old one answers until the new one is there.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._extracting = threading.Lock()
        self._reading = threading.Lock()
        self._stamp: tuple[Path, int] | None = None
        self._current: tuple[MinutesPipeline, str] | None = None
        self.thread: threading.Thread | None = None

    def current(self) -> tuple[MinutesPipeline, str]:
        """The pipeline and its model version.

        Raises:
            ModelError: there is no model yet that can be loaded.
        """
        found = self._found()
        if self._current is None:
            with self._reading:
                if self._current is None:
                    self._read(found)
        elif found != self._stamp and self._reading.acquire(blocking=False):
            self.thread = threading.Thread(target=self._read_again, args=(found,), daemon=True)
            self.thread.start()
        assert self._current is not None
        return self._current

    def _found(self) -> tuple[Path, int]:
        for folder in self._folders:
            with contextlib.suppress(OSError):
                return folder, (folder / META).stat().st_mtime_ns
        return self._folders[-1], 0

    def _read(self, found: tuple[Path, int]) -> None:
        folder, _ = found
        pipeline = load(folder)
        self._current = (pipeline, model_version(folder, pipeline.annotator.name))
        self._stamp = found

    def _read_again(self, found: tuple[Path, int]) -> None:
        try:
            self._read(found)
        except (JiyaoError, OSError) as error:
            _LOG.warning("the old model stays: %s", error)
            self._stamp = found
        finally:
            self._reading.release()

    def predict(self, text: str) -> dict[str, Any]:
        """The prediction for one text; an empty one where it cannot be read as minutes, for the screen must open all the same."""
        pipeline, version = self.current()
        empty = {"result": [], "score": 0.0, "model_version": version}
        try:
            with self._extracting:
                record = pipeline.extract_reading(read_text(text, "task"))
        except JiyaoError:
            return empty
        marking = marking_of(record)
        if record.text != text or check_marking(marking, text):
            return empty
        return {"result": write_marking(marking, text), "score": certainty(record), "model_version": version}


class Training:
    """Runs ``commands`` one after the other, in the background, once at a time. None: training is not allowed."""

    def __init__(self, commands: Sequence[Sequence[str]] = ()) -> None:
        self.commands = commands
        self.state = "idle" if commands else "not allowed"
        self._lock = threading.Lock()
        self.thread: threading.Thread | None = None

    def start(self) -> bool:
        """Whether training was started; not if it is running, or not allowed."""
        with self._lock:
            if not self.commands or self.state == "running":
                return False
            self.state = "running"
            self.thread = threading.Thread(target=self._run, daemon=True)
            self.thread.start()
            return True

    def _run(self) -> None:
        codes = []
        for command in self.commands:
            codes.append(subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode)
            if codes[-1] != 0:
                break
        self.state = "failed" if any(codes) else "done"


def create_app(models: Models, token: str, training: Training) -> Starlette:
    """The server as an ASGI application."""

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "UP"})

    async def setup(request: Request, body: Any) -> Response:
        _, version = await run_in_threadpool(models.current)
        return JSONResponse({"model_version": version})

    async def versions(request: Request, body: Any) -> Response:
        _, version = await run_in_threadpool(models.current)
        return JSONResponse({"versions": [version], "training": training.state})

    async def predict(request: Request, body: Any) -> Response:
        tasks = body.get("tasks") if isinstance(body, dict) else None
        if not isinstance(tasks, list) or len(tasks) > MAX_TASKS:
            return _refuse(400, f"give a list of at most {MAX_TASKS} tasks")
        texts = [_text(task) for task in tasks]
        if any(text is None for text in texts):
            return _refuse(400, "a task without text")
        found: list[dict[str, Any] | list[object]] = []
        for task, text in zip(tasks, texts, strict=True):
            # A blind task is there to measure by: no prediction, however it is asked for.
            found.append(
                [] if task["data"].get("blind") is True else await run_in_threadpool(models.predict, str(text))
            )
        return JSONResponse({"results": found})

    async def webhook(request: Request, body: Any) -> Response:
        action = body.get("action") if isinstance(body, dict) else None
        if action != _TRAIN:
            return JSONResponse({"training": training.state})
        if not training.commands:
            # As an error, for the server would show "training" otherwise.
            return JSONResponse({"error": "start it with --train", "training": training.state}, 409)
        return JSONResponse({"training": training.state}, 201 if training.start() else 200)

    def guarded(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            if not _is_allowed(request.headers.get("authorization", ""), token):
                return JSONResponse({"error": "no token"}, 401, {"WWW-Authenticate": 'Basic realm="jiyao"'})
            body = await _body(request)
            return body if isinstance(body, Response) else await handler(request, body)

        return handle

    return Starlette(
        routes=[
            Route("/health", health, methods=["GET"]),
            Route("/versions", guarded(versions), methods=["GET"]),
            Route("/setup", guarded(setup), methods=["POST"]),
            Route("/predict", guarded(predict), methods=["POST"]),
            Route("/webhook", guarded(webhook), methods=["POST"]),
        ]
    )


async def _body(request: Request) -> Any:
    """The JSON of a request, or the answer that refuses it."""
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > MAX_BODY:
                return _refuse(413, f"more than {MAX_BODY} bytes")
    except ClientDisconnect:
        return _refuse(400, "the request broke off")
    if not content:
        return {}
    try:
        return json.loads(bytes(content))
    except (ValueError, RecursionError):
        return _refuse(400, "no JSON")


def _text(task: object) -> str | None:
    data = task.get("data") if isinstance(task, dict) else None
    text = data.get("text") if isinstance(data, dict) else None
    return text if isinstance(text, str) else None


def _is_allowed(header: str, token: str) -> bool:
    scheme, _, value = header.partition(" ")
    given = value.strip()
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode("utf-8").partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    elif scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode("utf-8"))


def _refuse(code: int, why: str) -> Response:
    return JSONResponse({"error": why}, status_code=code)
