"""The one module that talks to a Label Studio server: a few calls, each bounded in time and size.

Every answer is taken for hostile: its size is limited before it is parsed, its shape is checked before it is
used, no redirect is followed, and its words reach messages only when made harmless.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

import httpx

from jiyao.errors import ReviewError

MAX_ANSWER = 256 * 1024 * 1024
PAGE = 25
_TIMEOUT = httpx.Timeout(120.0, connect=10.0)
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_START = "check that it runs (`jiyao review serve`), then run the command again: nothing is done twice"

Json = dict[str, Any]


def harmless(value: object, length: int = 200) -> str:
    """Foreign words for a message: one line, printable, short."""
    words = "".join(char if char.isprintable() else " " for char in str(value)[: 4 * length])
    return re.sub(r"\s+", " ", words).strip()[:length]


class Server:
    """A Label Studio server; use as a context manager.

    ``token`` is a personal access token or, where the server still takes those, a legacy token.
    ``transport`` replaces the network in tests.
    """

    def __init__(self, url: str, token: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self.url = url.rstrip("/")
        parsed = _parsed(self.url)
        self._token = token
        self._http = httpx.Client(
            base_url=self.url,
            timeout=_TIMEOUT,
            transport=transport,
            follow_redirects=False,
            trust_env=parsed.host not in _LOOPBACK,
        )
        self._authorisation: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    @property
    def encrypted(self) -> bool:
        """Whether the token is safe on its way: HTTPS, or this very machine."""
        parsed = _parsed(self.url)
        return parsed.scheme == "https" or parsed.host in _LOOPBACK

    # --- calls ---

    def projects(self, title: str) -> list[Json]:
        """All projects of exactly this title."""
        answer = self._call("GET", "/api/projects/", params={"page_size": 10_000})
        return [row for row in _rows(self, answer, "results") if row.get("title") == title]

    def create_project(self, fields: Mapping[str, Any]) -> Json:
        """Create a project."""
        return self._object("POST", "/api/projects/", fields)

    def update_project(self, project: int, fields: Mapping[str, Any]) -> Json:
        """Change settings of a project."""
        return self._object("PATCH", f"/api/projects/{project}/", fields)

    def import_tasks(self, project: int, tasks: Sequence[Mapping[str, Any]]) -> Json:
        """Import tasks with their predictions; the answer counts both."""
        return self._object("POST", f"/api/projects/{project}/import?return_task_ids=true", tasks)

    def import_predictions(self, project: int, predictions: Sequence[Mapping[str, Any]]) -> Json:
        """Add predictions to tasks that are there."""
        return self._object("POST", f"/api/projects/{project}/import/predictions", predictions)

    def delete_task(self, task: int) -> None:
        """Delete a task."""
        self._call("DELETE", f"/api/tasks/{task}/")

    def users(self) -> dict[int, str]:
        """Users by id, as their e-mail address."""
        found = _rows(self, self._call("GET", "/api/users/"), "results")
        return {row["id"]: harmless(row.get("email")) for row in found if type(row.get("id")) is int}

    def tasks(self, project: int, *, fields: str = "all") -> Iterator[tuple[Json, int]]:
        """All tasks of a project, each with the total as the server tells it; with predictions and annotations.

        Raises:
            ReviewError: the project changed while it was read.
        """
        seen: set[int] = set()
        total, page = 1, 1
        while len(seen) < total:
            wanted = {"project": project, "page": page, "page_size": PAGE, "fields": fields}
            answer = self._call("GET", "/api/tasks/", params=wanted, none_at=(404,))
            rows = _rows(self, answer, "tasks") if answer is not None else []
            told = answer.get("total") if isinstance(answer, dict) else total
            total = told if type(told) is int and told >= 0 else total
            if not total:
                return
            fresh = [row for row in rows if type(row.get("id")) is int and row["id"] not in seen]
            if not fresh:
                raise self._error(
                    f"the project changed while it was read: {len(seen)} of {total} tasks", "run it again"
                )
            for row in fresh:
                seen.add(row["id"])
                yield row, total
            page += 1

    def add_backend(self, project: int, url: str, token: str) -> None:
        """Tell the server of a prediction back end, or give it the back end's new token."""
        fields: Json = {"project": project, "url": url, "title": "jiyao"}
        fields |= {"auth_method": "BASIC_AUTH", "basic_auth_user": "jiyao", "basic_auth_pass": token}
        there = _rows(self, self._call("GET", "/api/ml/", params={"project": project}), "results")
        same = [row["id"] for row in there if row.get("url") == url and type(row.get("id")) is int]
        if same:
            self._object("PATCH", f"/api/ml/{same[0]}/", fields)
        else:
            self._object("POST", "/api/ml/", fields)

    # --- transport ---

    def _object(self, method: str, path: str, body: object) -> Json:
        answer = self._call(method, path, body=body)
        if not isinstance(answer, dict):
            raise self._error("answered something unexpected", "check that it is a Label Studio server")
        return answer

    def _call(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        params: Mapping[str, Any] | None = None,
        none_at: tuple[int, ...] = (),
    ) -> Any:
        for attempt in (1, 2):
            code, content = self._send(method, path, body, params, self._authorise())
            if code == 401 and attempt == 1:
                self._authorisation = None
                continue
            break
        if code in none_at:
            return None
        if code in (401, 403):
            raise self._error(
                f"refused the token ({code})", "make a new one under Account & Settings, or `jiyao review serve`"
            )
        if not 200 <= code < 300:
            raise self._error(f"answered {code} to {method} {path}: {_reason(content)}", "see the server's own log")
        return self._parse(content) if content else None

    def _authorise(self) -> str:
        """The header; a personal access token is exchanged for one that lives some minutes."""
        if self._authorisation is None:
            if self._token.count(".") != 2:
                self._authorisation = f"Token {self._token}"
            else:
                code, content = self._send("POST", "/api/token/refresh/", {"refresh": self._token}, None, None)
                access = self._parse(content).get("access") if code == 200 else None
                if not isinstance(access, str) or not re.fullmatch(r"[\w.-]+", access):
                    raise self._error(
                        f"refused the token ({code})",
                        "make a new one under Account & Settings, or `jiyao review serve`",
                    )
                self._authorisation = f"Bearer {access}"
        return self._authorisation

    def _send(
        self, method: str, path: str, body: object, params: Mapping[str, Any] | None, authorisation: str | None
    ) -> tuple[int, bytes]:
        headers = {"Authorization": authorisation} if authorisation else {}
        try:
            with self._http.stream(method, path, json=body, params=params, headers=headers) as answer:
                content = bytearray()
                for chunk in answer.iter_bytes():
                    content += chunk
                    if len(content) > MAX_ANSWER:
                        raise self._error(f"sent more than {MAX_ANSWER} bytes", "review in smaller projects")
                return answer.status_code, bytes(content)
        except httpx.HTTPError as error:
            raise self._error(f"cannot be reached or broke off ({type(error).__name__})", _START) from None

    def _parse(self, content: bytes) -> Any:
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            raise self._error("answered something that is no JSON", "check that it is a Label Studio server") from None

    def _error(self, reason: str, remedy: str) -> ReviewError:
        return ReviewError(self.url, reason, remedy)


def _parsed(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError):
        parsed = httpx.URL("")
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.userinfo:
        raise ReviewError(harmless(url), "is no address of a server", "give one like http://127.0.0.1:8080")
    return parsed


def _rows(server: Server, answer: object, key: str) -> list[Json]:
    rows = answer.get(key) if isinstance(answer, dict) else answer
    if not isinstance(rows, list):
        raise ReviewError(server.url, f"answered without {key}", "check that it is a Label Studio server")
    return [row for row in rows if isinstance(row, dict)]


def _reason(content: bytes) -> str:
    """The server's own reason, if it gives one."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return "no reason given"
    if not isinstance(data, dict):
        return harmless(data)
    return harmless(data.get("validation_errors") or data.get("detail") or data)
