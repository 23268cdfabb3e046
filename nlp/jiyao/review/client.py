"""The one module that talks to a Label Studio server: a few calls, each made by label-studio-sdk.

The SDK knows paths, parameters and tokens; :mod:`jiyao.review.transport` is what it sends with. Its models are left
aside: the server's JSON is read as it came, and every answer is taken for hostile, its shape checked before it is used.
Two things are asked of the SDK against its defaults: it never repeats a request by itself (a repeated import is a
double), and it is imported at the first call only (pandas comes with it).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import httpx

from jiyao.errors import ReviewError
from jiyao.review.transport import BoundedClient, harmless, is_safe, is_token, parse_address

if TYPE_CHECKING:
    from label_studio_sdk import LabelStudio
    from label_studio_sdk.core import RequestOptions

#: Tasks in one answer: with all that belongs to them, or without.
PAGE = 25
SHORT_PAGE = 200
#: What a short row goes without: the server folds other tables together for each of them.
_HIDDEN = [
    f"tasks:{name}"
    for name in (
        "annotators",
        "annotations_results",
        "avg_lead_time",
        "file_upload",
        "predictions_results",
        "predictions_score",
        "storage_filename",
        "updated_by",
    )
]
_START = "check that it runs (`jiyao review serve`), then run the command again: nothing is done twice"
_NO_STUDIO = "check that it is a Label Studio server"
_NEW_TOKEN = "make a new one under Account & Settings, or `jiyao review serve`"
_ONCE: RequestOptions = {"max_retries": 0}

Json = dict[str, Any]


class Server:
    """A Label Studio server; use as a context manager.

    ``token`` is a personal access token or, where the server still takes those, a legacy token.
    ``transport`` replaces the network in tests.
    """

    def __init__(self, url: str, token: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self.url = url.rstrip("/")
        self._token = token
        self._http = BoundedClient(self.url, transport=transport)
        self._studio: LabelStudio | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    @property
    def encrypted(self) -> bool:
        """Whether the token is safe on its way: HTTPS, or this very machine."""
        return is_safe(parse_address(self.url))

    # --- calls ---

    def projects(self, title: str) -> list[Json]:
        """All projects of exactly this title."""
        answer = self.ask(lambda sdk: sdk.projects.list(title=title, page_size=10_000, request_options=_ONCE))
        return [row for row in _rows(self, answer, "results") if row.get("title") == title]

    def create_project(self, fields: Mapping[str, Any]) -> Json:
        """Create a project."""
        return self._object(lambda sdk: sdk.projects.create(**fields, request_options=_ONCE))

    def update_project(self, project: int, fields: Mapping[str, Any]) -> Json:
        """Change settings of a project."""
        return self._object(lambda sdk: sdk.projects.update(project, **fields, request_options=_ONCE))

    def import_tasks(self, project: int, tasks: Sequence[Any]) -> Json:
        """Import tasks with their predictions; the answer counts both."""
        return self._object(
            lambda sdk: sdk.projects.import_tasks(project, request=tasks, return_task_ids=True, request_options=_ONCE)
        )

    def import_predictions(self, project: int, predictions: Sequence[Any]) -> Json:
        """Add predictions to tasks that are there; the answer counts them."""
        return self._object(
            lambda sdk: sdk.projects.import_predictions(project, request=predictions, request_options=_ONCE)
        )

    def delete_task(self, task: int) -> None:
        """Delete a task."""
        self.ask(lambda sdk: sdk.tasks.delete(str(task), request_options=_ONCE))

    def users(self) -> dict[int, str]:
        """Users by id, as their e-mail address."""
        found = _rows(self, self.ask(lambda sdk: sdk.users.list(request_options=_ONCE)), "results")
        return {row["id"]: harmless(row.get("email")) for row in found if type(row.get("id")) is int}

    def count_tasks(self, project: int) -> int:
        """How many tasks a project has."""
        answer = self._page({"project": project, "page": 1, "page_size": 1, "fields": "task_only", "query": "{}"})
        told = answer.get("total") if isinstance(answer, dict) else 0
        if type(told) is not int:
            raise self._error("answered without total", _NO_STUDIO)
        return told

    def short_tasks(self, project: int) -> Iterator[tuple[Json, int]]:
        """All tasks of a project, each with the total as the server tells it; without predictions and annotations.

        A row has ``predictions_model_versions`` and ``annotations_ids`` (each a list in words, empty if there are none)
        and ``draft_exists`` instead, which also tells of drafts of other users.

        Raises:
            ReviewError: the project changed while it was read.
        """
        query = {"hiddenColumns": {"explore": _HIDDEN, "labeling": _HIDDEN}}
        return self._tasks(project, query, fields="task_only", page_size=SHORT_PAGE)

    def tasks(self, project: int, ids: Sequence[int]) -> Iterator[Json]:
        """The tasks of these ids that are still there, with predictions and annotations.

        Raises:
            ReviewError: the project changed while it was read.
        """
        for start in range(0, len(ids), PAGE):
            query = {"selectedItems": {"all": False, "included": list(ids[start : start + PAGE])}}
            for row, _ in self._tasks(project, query, fields="all", page_size=PAGE):
                yield row

    def _tasks(self, project: int, query: Json, **options: Any) -> Iterator[tuple[Json, int]]:
        seen: set[int] = set()
        total, page = 1, 1
        while len(seen) < total:
            answer = self._page({"project": project, "page": page, "query": json.dumps(query), **options})
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

    def _page(self, options: Json) -> Any:
        return self.ask(lambda sdk: sdk.tasks.list(**options, request_options=_ONCE), none_at=(404,))

    def add_backend(self, project: int, url: str, token: str) -> None:
        """Tell the server of a prediction back end, or give it the back end's new token."""
        there = _rows(self, self.ask(lambda sdk: sdk.ml.list(project=project, request_options=_ONCE)), "results")
        same = [row["id"] for row in there if row.get("url") == url and type(row.get("id")) is int]
        fields: Json = {"project": project, "url": url, "title": "jiyao", "request_options": _ONCE}
        fields |= {"auth_method": "BASIC_AUTH", "basic_auth_user": "jiyao", "basic_auth_pass": token}
        if same:
            self._object(lambda sdk: sdk.ml.update(same[0], **fields))
        else:
            self._object(lambda sdk: sdk.ml.create(**fields))

    # --- the SDK ---

    def ask(self, call: Callable[[LabelStudio], object], *, none_at: tuple[int, ...] = ()) -> Any:
        """Make one call of the SDK; gives the JSON that the server answered, None for an empty answer.

        Raises:
            ReviewError: the server cannot be reached, refuses, or answers what it should not; ``none_at`` are codes
                for which None is given instead.
        """
        for attempt in (1, 2):
            self._http.forget()
            try:
                call(self._sdk())
                return self._http.answer()
            except ReviewError:
                raise
            except httpx.HTTPError as error:
                raise self._error(f"cannot be reached or broke off ({type(error).__name__})", _START) from None
            except Exception as error:
                # The SDK reads answers unchecked, so that a strange one ends in any exception there is.
                code = self._http.status
                if not code:
                    raise self._error(f"cannot be asked that ({type(error).__name__})", "report it") from error
                if 200 <= code < 300:
                    self._http.answer()
                    raise self._error(f"answered something unexpected ({type(error).__name__})", _NO_STUDIO) from error
            if code == 401 and attempt == 1:
                self._studio = None  # the short-lived token has run out, though the clock here says otherwise
                continue
            break
        if code in none_at:
            return None
        if code in (401, 403):
            raise self._error(f"refused the token ({code})", _NEW_TOKEN)
        raise self._error(f"answered {code} to {self._http.asked}: {self._http.reason()}", "see the server's own log")

    def _sdk(self) -> LabelStudio:
        if self._studio is None:
            from label_studio_sdk import LabelStudio

            if not is_token(self._token):
                raise self._error("the token has characters that no token has", "copy it again")
            try:
                # With the slash, an address with a path keeps it when the SDK renews the token.
                self._studio = LabelStudio(  # type: ignore[no-untyped-call]
                    base_url=f"{self.url}/", api_key=self._token, httpx_client=self._http
                )
            except Exception:
                # It looks into a personal access token: one without a date, or with one that is over, ends here.
                raise self._error("the token has expired, or is damaged", _NEW_TOKEN) from None
        return self._studio

    def _object(self, call: Callable[[LabelStudio], object]) -> Json:
        answer = self.ask(call)
        if not isinstance(answer, dict):
            raise self._error("answered something unexpected", _NO_STUDIO)
        return answer

    def _error(self, reason: str, remedy: str) -> ReviewError:
        return ReviewError(self.url, reason, remedy)


def _rows(server: Server, answer: object, key: str) -> list[Json]:
    rows = answer.get(key) if isinstance(answer, dict) else answer
    if not isinstance(rows, list):
        raise ReviewError(server.url, f"answered without {key}", _NO_STUDIO)
    return [row for row in rows if isinstance(row, dict)]
