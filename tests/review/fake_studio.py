"""A Label Studio in memory, behind httpx's mock transport: what the review code asks of one, and ways to go wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import httpx

from jiyao.review.client import Server

URL = "http://127.0.0.1:8080"
PERSON = {"id": 1, "email": "lin@example.org"}
OTHER = {"id": 2, "email": "bai@example.org"}


def short(task: dict[str, Any]) -> dict[str, Any]:
    """A row as the server gives it when it is asked for the task only."""
    listed = {kind: task[kind] if isinstance(task[kind], list) else [{}] for kind in ("predictions", "annotations")}
    versions = {str(each.get("model_version")) for each in listed["predictions"] if isinstance(each, dict)}
    return {
        **{key: value for key, value in task.items() if key not in listed},
        "predictions_model_versions": ", ".join(sorted(versions)),
        "annotations_ids": ", ".join(str(number) for number, _ in enumerate(listed["annotations"], 1)),
        "draft_exists": bool(task["drafts"]),
        "drafts": [],
    }


class Studio:
    """``break_before`` and ``break_after`` count down the requests that change something: the connection breaks off
    before the request is stored, or after it, so that the sender cannot know."""

    def __init__(self) -> None:
        self.projects: list[dict[str, Any]] = []
        self.tasks: list[dict[str, Any]] = []
        self.requests: list[str] = []
        self.break_before: int | None = None
        self.break_after: int | None = None
        self.break_pages: int | None = None
        self.answer: Callable[[httpx.Request], httpx.Response | None] = lambda request: None
        self._ids = iter(range(1, 10**6))
        self._clock = iter(range(10**6))

    def server(self, token: str = "legacy") -> Server:
        return Server(URL, token, transport=httpx.MockTransport(self.handle))

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(f"{request.method} {request.url.path}")
        if (special := self.answer(request)) is not None:
            return special
        changes = request.method != "GET" and "token" not in request.url.path
        if changes and self._breaks("break_before"):
            raise httpx.ReadError("gone")
        answer = self._answer(request)
        if changes and self._breaks("break_after"):
            raise httpx.ReadError("gone")
        return answer

    def _breaks(self, name: str) -> bool:
        left = getattr(self, name)
        if left is None:
            return False
        setattr(self, name, left - 1 if left else None)
        return left == 0

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path, body = request.url.path.rstrip("/"), json.loads(request.content or b"null")
        match (request.method, path):
            case ("POST", "/api/token/refresh"):
                return httpx.Response(200, json={"access": "short-lived"})
            case ("GET", "/api/projects"):
                return httpx.Response(200, json={"results": self.projects})
            case ("POST", "/api/projects"):
                self.projects.append({"id": next(self._ids), **body})
                return httpx.Response(201, json=self.projects[-1])
            case ("GET", "/api/users"):
                return httpx.Response(200, json=[PERSON, OTHER])
            case ("GET", "/api/tasks"):
                return self._page(request)
        if request.method == "PATCH":
            (project,) = [each for each in self.projects if path.endswith(f"/{each['id']}")]
            project.update(body)
            return httpx.Response(200, json=project)
        if request.method == "DELETE":
            self.tasks = [task for task in self.tasks if not path.endswith(f"/{task['id']}")]
            return httpx.Response(204)
        if path.endswith("/import/predictions"):
            for row in body:
                self.task(row["task"])["predictions"].append({"id": next(self._ids), **row})
            return httpx.Response(201, json={"created": len(body)})
        if re.fullmatch(r"/api/projects/\d+/import", path):
            for row in body:
                predictions = [{"id": next(self._ids), **each} for each in row.get("predictions", [])]
                kept = {"annotations": [], "drafts": [], "meta": {}, **row, "predictions": predictions}
                self.tasks.append({"id": next(self._ids), **kept})
            counts = {"task_count": len(body), "prediction_count": sum(len(r.get("predictions", [])) for r in body)}
            return httpx.Response(201, json=counts)
        return httpx.Response(404, json={"detail": "Not found."})

    def _page(self, request: httpx.Request) -> httpx.Response:
        if self._breaks("break_pages"):
            raise httpx.ReadError("gone")
        size, page = int(request.url.params["page_size"]), int(request.url.params["page"])
        query = json.loads(request.url.params["query"])
        wanted = query.get("selectedItems", {"included": [task["id"] for task in self.tasks]})["included"]
        tasks = [task for task in self.tasks if task["id"] in wanted]
        rows = tasks[size * (page - 1) : size * page]
        if not rows and page > 1:
            return httpx.Response(404, json={"detail": "Invalid page."})
        if request.url.params["fields"] == "task_only":
            rows = [short(row) for row in rows]
        return httpx.Response(200, content=json.dumps({"tasks": rows, "total": len(tasks)}).encode("ascii"))

    def task(self, number: int) -> dict[str, Any]:
        return next(task for task in self.tasks if task["id"] == number)

    def named(self, name: str) -> dict[str, Any]:
        return next(task for task in self.tasks if task["data"]["jiyao_id"] == name)

    def annotate(
        self, task: dict[str, Any], result: list[dict[str, Any]] | None = None, *, by: int = 1, **more: Any
    ) -> dict[str, Any]:
        """What the server holds after somebody pressed Submit; the prediction as it is, unless ``result`` says otherwise."""
        predictions = task["predictions"]
        moment = f"2024-03-01T08:{next(self._clock):02}:00.000000Z"
        annotation = {
            "id": next(self._ids),
            "result": (predictions[-1]["result"] if predictions else []) if result is None else result,
            "completed_by": by,
            "was_cancelled": False,
            "ground_truth": False,
            "created_at": moment,
            "updated_at": moment,
            "lead_time": 61.5,
            "parent_prediction": predictions[-1]["id"] if predictions else None,
            **more,
        }
        task["annotations"].append(annotation)
        return annotation
