"""The client against servers that are slow of wit, or hostile."""

from __future__ import annotations

import base64
import gzip
import json

import httpx
import pytest
from fake_studio import URL, Studio

from jiyao.errors import ReviewError
from jiyao.review import transport
from jiyao.review.client import Server
from jiyao.review.transport import harmless


def personal_token(**claims: object) -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "HS256", "typ": "JWT"}, claims)]
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (*parts, b"signature"))


PERSONAL = personal_token(exp=2**32)


def answering(content: bytes = b"", code: int = 200, **headers: str) -> Server:
    named = {key.replace("_", "-"): value for key, value in headers.items()}

    def handle(request: httpx.Request) -> httpx.Response:
        return httpx.Response(code, content=content, headers=named)

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

    with pytest.raises(ReviewError, match="a token that is none"):
        Server(URL, PERSONAL, transport=httpx.MockTransport(handle)).projects("p")


@pytest.mark.parametrize("content", [b"<html>", b"[" * 100_000, b"7", b'"x"', b'{"results": 7}', b"\xff", b'{"a": NaN'])
def test_answers_that_are_none(content: bytes) -> None:
    with pytest.raises(ReviewError):
        answering(content).projects("p")


def test_an_endless_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_ANSWER", 1000)
    with pytest.raises(ReviewError, match="more than 1000"):
        answering(b"[" + b" " * 2000 + b"]").projects("p")


def test_no_redirect_is_followed() -> None:
    with pytest.raises(ReviewError, match="302"):
        answering(code=302, location="http://elsewhere.example/").projects("p")


def test_a_packed_answer_is_bounded_by_what_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_ANSWER", 100_000)
    packed = gzip.compress(b"[" + b" " * 10**6 + b"]")
    with pytest.raises(ReviewError, match="more than 100000"):
        answering(packed, content_encoding="gzip").projects("p")
    assert answering(gzip.compress(b'{"results": []}'), content_encoding="gzip").projects("p") == []


def test_an_answer_that_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "MAX_SECONDS", -1.0)
    with pytest.raises(ReviewError, match="was not done"):
        answering(b'{"results": []}').projects("p")


@pytest.mark.parametrize("code", [409, 429, 500, 503])
def test_nothing_is_repeated_unasked(code: int) -> None:
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return httpx.Response(code, headers={"retry-after": "60"})

    server = Server(URL, "legacy", transport=httpx.MockTransport(handle))
    with pytest.raises(ReviewError, match=str(code)):
        server.import_tasks(1, [{"data": {"text": "x"}}])
    assert asked == ["/api/projects/1/import"]


@pytest.mark.parametrize("claims", [{}, {"exp": 1}, {"exp": "x"}, {"exp": 10**30}])
def test_a_personal_token_that_is_over_or_damaged(claims: dict[str, object]) -> None:
    with pytest.raises(ReviewError, match="expired, or is damaged"):
        Studio().server(personal_token(**claims)).projects("p")


@pytest.mark.parametrize("token", ["two words", "x\r\nEvil: 1", "机构", ""])
def test_a_token_that_is_none_is_not_sent(token: str) -> None:
    studio = Studio()
    with pytest.raises(ReviewError, match="token"):
        studio.server(token).projects("p")
    assert studio.requests == []


def test_a_server_in_a_folder_keeps_it() -> None:
    asked: list[str] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, json={"access": personal_token(exp=2**32), "results": []})

    Server("https://a.example/ls", PERSONAL, transport=httpx.MockTransport(handle)).projects("p")
    assert [each.partition("?")[0] for each in asked] == [
        "https://a.example/ls/api/token/refresh/",
        "https://a.example/ls/api/projects/",
    ]


def test_no_other_server_is_asked() -> None:
    with transport.BoundedClient(URL) as http, pytest.raises(ReviewError, match="another server"):
        http.get("http://elsewhere.example/api/")


def test_no_proxy_of_the_environment_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with transport.BoundedClient(URL) as http:
        assert not http.trust_env and not http._mounts


@pytest.mark.parametrize("row", [7, "x", None, {"_fields_set": "x"}, {"cls": 1}, {"id": 1, "predictions": {"a": [1]}}])
def test_what_the_sdk_cannot_read_is_an_error_or_left_out(row: object) -> None:
    rows = json.dumps({"tasks": [row], "total": 1}).encode()
    try:
        assert [task for task, _ in answering(rows).short_tasks(1)] == [row]
    except ReviewError as error:
        assert "Label Studio server" in str(error) or "changed while it was read" in str(error)


def test_words_of_the_server_are_made_harmless() -> None:
    reason = json.dumps({"detail": "\x1b[31mred\n\u202elive" + "x" * 5000}).encode()
    with pytest.raises(ReviewError) as caught:
        answering(reason, 500).projects("p")
    assert str(caught.value).isprintable() and len(str(caught.value)) < 500
    assert harmless("a\x00b\u2028c") == "a b c"


def test_tasks_that_never_end() -> None:
    rows = json.dumps({"tasks": [{"id": 1}], "total": 10**9}).encode()
    with pytest.raises(ReviewError, match="changed while it was read"):
        list(answering(rows).short_tasks(1))


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
