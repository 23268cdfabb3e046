"""The prediction back end: the protocol, the token, the limits."""

from __future__ import annotations

import asyncio
import base64
import os
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from jiyao.components.annotator import shipped_model
from jiyao.errors import ModelError
from jiyao.review import backend
from jiyao.review.backend import MAX_TASKS, Models, Training, create_app
from jiyao.review.marking import read_marking

TOKEN = "secret"
BEARER = {"authorization": f"Bearer {TOKEN}"}
TEXT = "青岚市人民政府常务会议纪要\n一、审议《停车办法》\n会议原则同意《停车办法》。由市城管局牵头,3月底前印发。\n"


@pytest.fixture(scope="module")
def models() -> Models:
    return Models([Path("nowhere"), shipped_model()])


def ask(models: Models, method: str, path: str, training: Training | None = None, **more: Any) -> httpx.Response:
    app = create_app(models, TOKEN, training or Training())

    async def go() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://backend") as http:
            return await http.request(method, path, **more)

    return asyncio.run(go())


def test_health_is_open_and_nothing_else(models: Models) -> None:
    assert ask(models, "GET", "/health").json() == {"status": "UP"}
    for method, path in (("GET", "/versions"), ("POST", "/setup"), ("POST", "/predict"), ("POST", "/webhook")):
        assert ask(models, method, path).status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer x", "Basic !!!", "Basic " + base64.b64encode(b"u:x").decode(), "Digest secret"]
)
def test_wrong_tokens(models: Models, header: str) -> None:
    assert ask(models, "POST", "/setup", headers={"authorization": header}).status_code == 401


def test_basic_is_what_label_studio_sends(models: Models) -> None:
    answer = ask(models, "POST", "/setup", auth=("jiyao", TOKEN), json={"project": "1"})
    assert answer.json()["model_version"].startswith("jiyao-minutes")


def test_one_prediction_for_each_task(models: Models) -> None:
    tasks = [{"data": {"text": text}} for text in (TEXT, "no minutes at all", TEXT.replace("\n", "\r\n"))]
    results = ask(models, "POST", "/predict", headers=BEARER, json={"tasks": tasks}).json()["results"]
    assert len(results) == 3
    marking, problems = read_marking(results[0]["result"], TEXT)
    assert not problems and marking.links and 0 < results[0]["score"] <= 1
    assert results[1]["result"] == results[2]["result"] == []
    assert ask(models, "GET", "/versions", headers=BEARER).json()["versions"] == [results[0]["model_version"]]


def test_a_blind_task_gets_no_prediction(models: Models) -> None:
    tasks = [{"data": {"text": TEXT, "blind": blind}} for blind in (True, False)]
    blind, seen = ask(models, "POST", "/predict", headers=BEARER, json={"tasks": tasks}).json()["results"]
    assert blind == [] and seen["result"]


def test_a_new_model_is_taken_while_the_old_one_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Path] = []
    gate = threading.Event()

    def read(folder: Path) -> Any:
        loaded.append(folder)
        if len(loaded) > 1:
            gate.wait(30)
        if len(loaded) == 3:
            raise ModelError(str(folder), "is damaged", "train it again")
        return SimpleNamespace(annotator=SimpleNamespace(name="m"))

    monkeypatch.setattr(backend, "load", read)
    monkeypatch.setattr(backend, "model_version", lambda folder, name: f"{folder.name} {len(loaded)}")
    new, old = tmp_path / "new", tmp_path / "old"
    for folder in (new, old):
        folder.mkdir()
    (old / "meta.json").touch()
    models = Models([new, old])
    assert models.current()[1] == "old 1"
    (new / "meta.json").touch()
    assert models.current()[1] == models.current()[1] == "old 1"  # read once, and not waited for
    gate.set()
    assert models.thread is not None
    models.thread.join(30)
    assert models.current()[1] == "new 2" and loaded == [old, new]
    os.utime(new / "meta.json", ns=(1, 1))
    assert models.current()[1] == "new 2"
    models.thread.join(30)
    assert models.current()[1] == models.current()[1] == "new 2" and len(loaded) == 3  # damaged: the old one stays


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[" * 99_999, b"7", b"[]", b'{"tasks": 7}', b'{"tasks": [7]}', b'{"tasks": [{"data": {"text": 7}}]}'],
)
def test_bad_bodies(models: Models, body: bytes) -> None:
    assert ask(models, "POST", "/predict", headers=BEARER, content=body).status_code == 400


def test_too_many_tasks(models: Models) -> None:
    tasks = [{"data": {"text": "x"}}] * (MAX_TASKS + 1)
    assert ask(models, "POST", "/predict", headers=BEARER, json={"tasks": tasks}).status_code == 400


def test_a_body_is_limited_whatever_length_it_claims(models: Models, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "MAX_BODY", 1000)

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 100

    assert ask(models, "POST", "/predict", headers=BEARER, content=endless()).status_code == 413


def test_training_is_started_once_and_only_if_allowed(models: Models) -> None:
    start = {"action": "START_TRAINING"}
    refused = ask(models, "POST", "/webhook", headers=BEARER, json=start)
    assert refused.status_code == 409 and refused.json()["training"] == "not allowed"
    training = Training([[sys.executable, "-c", "import time; time.sleep(1)"]])
    assert ask(models, "POST", "/webhook", training, headers=BEARER, json={"action": "ANNOTATION_CREATED"}).json() == {
        "training": "idle"
    }
    first, second = (ask(models, "POST", "/webhook", training, headers=BEARER, json=start) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert training.thread is not None
    training.thread.join(30)
    assert training.state == "done"


def test_a_failed_step_ends_training() -> None:
    training = Training([[sys.executable, "-c", "raise SystemExit(3)"], [sys.executable, "-c", "1"]])
    assert training.start() and training.thread is not None
    training.thread.join(30)
    assert training.state == "failed"
