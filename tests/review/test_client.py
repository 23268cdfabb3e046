"""The client against servers that are slow of wit, or hostile."""

from __future__ import annotations

import json

import httpx
import pytest
from fake_studio import URL, Studio

from jiyao.errors import ReviewError
from jiyao.review import client
from jiyao.review.client import Server, harmless

PERSONAL = "aaa.bbb.ccc"


def answering(content: bytes = b"", code: int = 200, **headers: str) -> Server:
    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(code, content=content, headers=headers)

    return Server(URL, "legacy", transport=httpx.MockTransport(handle))


def test_a_personal_token_is_exchanged_and_renewed_once() -> None:
    studio = Studio()
    seen: list[str] = []

    def check(request: httpx.Request) -> httpx.Response | None:
        seen.append(request.headers.get("authorization", ""))
        return httpx.Response(401) if len(seen) == 2 else None

    studio.answer = check
    assert studio.server(PERSONAL).projects("p") == []
    assert seen == ["", "Bearer short-lived", "", "Bearer short-lived"]


def test_a_legacy_token_is_sent_as_it_is() -> None:
    studio = Studio()
    seen: list[str] = []
    studio.answer = lambda request: seen.append(request.headers["authorization"])
    studio.server("0123").projects("p")
    assert seen == ["Token 0123"]


@pytest.mark.parametrize("code", [401, 403])
def test_a_refused_token_says_where_to_make_one(code: int) -> None:
    with pytest.raises(ReviewError, match="refused the token"):
        answering(code=code).projects("p")


def test_an_exchange_that_gives_no_token() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"access": "x\r\nEvil: 1"})

    with pytest.raises(ReviewError, match="refused the token"):
        Server(URL, PERSONAL, transport=httpx.MockTransport(handle)).projects("p")


@pytest.mark.parametrize("content", [b"<html>", b"[" * 100_000, b"7", b'"x"', b'{"results": 7}', b"\xff", b'{"a": NaN'])
def test_answers_that_are_none(content: bytes) -> None:
    with pytest.raises(ReviewError):
        answering(content).projects("p")


def test_an_endless_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MAX_ANSWER", 1000)
    with pytest.raises(ReviewError, match="more than 1000"):
        answering(b"[" + b" " * 2000 + b"]").projects("p")


def test_no_redirect_is_followed() -> None:
    with pytest.raises(ReviewError, match="302"):
        answering(code=302, location="http://elsewhere.example/").projects("p")


def test_words_of_the_server_are_made_harmless() -> None:
    reason = json.dumps({"detail": "\x1b[31mred\n\u202elive" + "x" * 5000}).encode()
    with pytest.raises(ReviewError) as caught:
        answering(reason, 500).projects("p")
    assert str(caught.value).isprintable() and len(str(caught.value)) < 500
    assert harmless("a\x00b\u2028c") == "a b c"


def test_tasks_that_never_end() -> None:
    rows = json.dumps({"tasks": [{"id": 1}], "total": 10**9}).encode()
    with pytest.raises(ReviewError, match="changed while it was read"):
        list(answering(rows).tasks(1))


@pytest.mark.parametrize(
    "url", ["", "ftp://x", "file:///etc/passwd", "http://", "http://user:pass@host", "http://\n", "x" * 9]
)
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(ReviewError, match="no address"):
        Server(url, "t")


def test_what_counts_as_encrypted() -> None:
    assert [Server(url, "t").encrypted for url in ("https://a.example", "http://127.0.0.1:1", "http://a.example")] == [
        True,
        True,
        False,
    ]
