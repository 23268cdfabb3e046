"""The HTTP client handed to label-studio-sdk: one server, no redirects, and no answer longer than a bound.

The SDK reads whatever a server sends, as much as it sends, goes where it is redirected and minds the proxies of the
environment. All that is settled here, below it; and the answer is kept as it came, since the SDK's models change values
on the way (``"false"`` becomes False, times become objects) and leave out what they do not know.
"""

from __future__ import annotations

import json
import re
import time
from typing import Any

import httpx

from jiyao.errors import ReviewError

MAX_ANSWER = 256 * 1024 * 1024
#: One answer may take this long in all; a server that drips never comes to an end otherwise.
MAX_SECONDS = 900.0
_TIMEOUT = httpx.Timeout(120.0, connect=10.0)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_TOKEN = re.compile(r"[\w.-]+", re.ASCII)
#: They describe the body as it was on the way; what the SDK gets is unpacked.
_OF_THE_WAY = frozenset({"content-encoding", "content-length", "transfer-encoding"})


def harmless(value: object, length: int = 200) -> str:
    """Foreign words for a message: one line, printable, short."""
    words = "".join(char if char.isprintable() else " " for char in str(value)[: 4 * length])
    return re.sub(r"\s+", " ", words).strip()[:length]


def parse_address(url: str) -> httpx.URL:
    """The address of a server.

    Raises:
        ReviewError: it is none, or holds a password.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError):
        parsed = httpx.URL("")
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.userinfo:
        raise ReviewError(harmless(url), "is no address of a server", "give one like http://127.0.0.1:8080")
    return parsed


def is_safe(address: httpx.URL) -> bool:
    """Whether a token is safe on its way there: HTTPS, or this very machine."""
    return address.scheme == "https" or address.host in _LOOPBACK


def is_token(value: str) -> bool:
    """Whether this may stand in a header as a token."""
    return _TOKEN.fullmatch(value) is not None


class BoundedClient(httpx.Client):
    """Sends to one server only; ``status`` and ``content`` are those of its last answer (0 and empty before).

    ``transport`` replaces the network in tests.
    """

    status: int
    content: bytes
    asked: str

    def __init__(self, url: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self._address = parse_address(url)
        self._url = url
        super().__init__(
            timeout=_TIMEOUT,
            transport=transport,
            follow_redirects=False,
            # A proxy of the environment has no business between this machine and itself.
            trust_env=self._address.host not in _LOOPBACK,
        )
        self.forget()

    def forget(self) -> None:
        """Leave the last answer behind."""
        self.status, self.content, self.asked = 0, b"", ""

    def send(self, request: httpx.Request, *, stream: bool = False, **more: Any) -> httpx.Response:
        """Send a request and read the whole answer, whatever ``stream`` says.

        Raises:
            ReviewError: the answer is too long or too slow; the token or the address is not what it should be.
            httpx.HTTPError: the server cannot be reached, or breaks off.
        """
        self.forget()
        self.asked = f"{request.method} {request.url.path}"
        if _origin(request.url) != _origin(self._address):
            raise ReviewError(self._url, "another server was to be asked", "report it")
        given = request.headers.get("authorization", "Token x")
        if not is_token(given.partition(" ")[2]):
            raise ReviewError(self._url, "gave a token that is none", "check that it is a Label Studio server")
        request.extensions = {**request.extensions, "timeout": _TIMEOUT.as_dict()}
        answer = super().send(request, stream=True, **more)
        try:
            content = self._read(answer)
        finally:
            answer.close()
        self.status, self.content = answer.status_code, content
        headers = [(key, value) for key, value in answer.headers.multi_items() if key.lower() not in _OF_THE_WAY]
        return httpx.Response(answer.status_code, headers=headers, content=content, request=request)

    def _read(self, answer: httpx.Response) -> bytes:
        content = bytearray()
        began = time.monotonic()
        for chunk in answer.iter_bytes():
            content += chunk
            if len(content) > MAX_ANSWER:
                raise ReviewError(self._url, f"sent more than {MAX_ANSWER} bytes", "review in smaller projects")
            if time.monotonic() - began > MAX_SECONDS:
                raise ReviewError(self._url, f"was not done after {MAX_SECONDS:.0f} s", "run it again")
        return bytes(content)

    def answer(self) -> Any:
        """The JSON of the last answer; None if it was empty.

        Raises:
            ReviewError: it is no JSON.
        """
        if not self.content:
            return None
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            raise ReviewError(
                self._url, "answered something that is no JSON", "check that it is a Label Studio server"
            ) from None

    def reason(self) -> str:
        """The server's own reason for its last answer, if it gives one."""
        try:
            data = json.loads(self.content)
        except (ValueError, RecursionError):
            return "no reason given"
        if not isinstance(data, dict):
            return harmless(data)
        return harmless(data.get("validation_errors") or data.get("detail") or data)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
