"""Pushing: each document once, whatever breaks off; nothing that a person touched is lost."""

from __future__ import annotations

import httpx
import pytest
from fake_studio import Studio
from review_documents import outgoing

from jiyao.errors import ReviewError
from jiyao.review.marking import check_marking
from jiyao.review.outgoing import by_usefulness
from jiyao.review.push import push


@pytest.fixture
def studio() -> Studio:
    return Studio()


MANY = [outgoing(number, blind=number % 10 == 0) for number in range(60)]


def names(studio: Studio) -> list[str]:
    return sorted(task["data"]["jiyao_id"] for task in studio.tasks)


def test_all_is_sent_with_predictions_but_for_the_blind(studio: Studio) -> None:
    done = push(studio.server(), "p", MANY)
    assert (done.created, done.predictions, done.blind, done.known) == (60, 54, 6, 0)
    assert names(studio) == sorted(each.name for each in MANY)
    for task in studio.tasks:
        assert bool(task["predictions"]) is not task["data"]["blind"]
        assert ("certainty" in task["data"]) is not task["data"]["blind"]
        for prediction in task["predictions"]:
            assert prediction["model_version"] == "test 1 abcdef" and prediction["score"] == 0.5
            assert all(row["score"] for row in prediction["result"] if row["type"] == "labels")
    assert studio.projects[0]["model_version"] == "test 1 abcdef"


def test_again_changes_nothing(studio: Studio) -> None:
    push(studio.server(), "p", MANY)
    before = list(studio.tasks)
    done = push(studio.server(), "p", MANY)
    assert (done.created, done.known, done.predictions) == (0, 60, 0) and studio.tasks == before
    assert len(studio.projects) == 1


@pytest.mark.parametrize("how", ["break_before", "break_after"])
@pytest.mark.parametrize("request_number", range(6))
def test_broken_off_anywhere_nothing_is_lost_or_doubled(studio: Studio, how: str, request_number: int) -> None:
    setattr(studio, how, request_number)
    try:
        push(studio.server(), "p", MANY)
        broken = False
    except ReviewError as error:
        broken = True
        assert "run the command again" in str(error)
    assert broken is (request_number < 5)  # project, three batches, model version
    studio.break_before = studio.break_after = None
    push(studio.server(), "p", MANY)
    assert names(studio) == sorted(each.name for each in MANY)
    assert all(task["data"]["blind"] or len(task["predictions"]) == 1 for task in studio.tasks)


def test_what_arrives_late_is_found_at_the_end(studio: Studio) -> None:
    """A request of an earlier push, stored only while this one sends."""
    push(studio.server(), "p", MANY[1:3])
    late = [dict(task) for task in studio.tasks]

    def store(request: httpx.Request) -> None:
        if request.url.path.endswith("/import") and late:
            studio.tasks += [{**task, "id": task["id"] + 1000} for task in late]
            late.clear()

    studio.answer = store
    done = push(studio.server(), "p", MANY[1:5])
    assert done.created == 2 and done.doubles_removed == 2 and len(studio.tasks) == 4


def test_a_look_at_the_end_only_if_the_number_is_wrong(studio: Studio) -> None:
    push(studio.server(), "p", MANY[:30])
    studio.requests.clear()
    push(studio.server(), "p", MANY)
    assert studio.requests.count("GET /api/tasks/") == 2  # one page of what is there, and the number


def test_doubles_go_unless_somebody_has_begun(studio: Studio) -> None:
    push(studio.server(), "p", MANY[1:4])
    for task in list(studio.tasks):
        studio.tasks.append({**task, "id": task["id"] + 1000, "annotations": [], "drafts": []})
    studio.annotate(studio.task(studio.tasks[3]["id"]))  # of the first document the later double is reviewed
    studio.tasks[1]["drafts"].append({"id": 1})
    studio.tasks[4]["drafts"].append({"id": 2})  # both of the second are begun
    done = push(studio.server(), "p", MANY[1:4])
    assert done.doubles_removed == 2 and len(done.links) == 1
    assert len(studio.tasks) == 4
    assert sum(bool(task["annotations"]) for task in studio.tasks) == 1


def test_a_newer_model_predicts_where_nobody_has_begun(studio: Studio) -> None:
    push(studio.server(), "p", MANY[:12])
    studio.annotate(studio.tasks[3])
    newer = [outgoing(n, blind=n % 10 == 0) for n in range(12)]
    newer = [
        type(each)(**{**{f: getattr(each, f) for f in each.__slots__}, "model_version": "test 2"}) for each in newer
    ]
    done = push(studio.server(), "p", newer)
    assert done.created == 0 and done.predictions == 12 - 2 - 1
    for task in studio.tasks:
        assert len(task["predictions"]) == (0 if task["data"]["blind"] else 1 if task["annotations"] else 2)


def test_the_same_name_with_another_text_is_another_task(studio: Studio) -> None:
    first = outgoing(1)
    second = outgoing(2)
    push(studio.server(), "p", [first])
    other = type(second)(**{**{f: getattr(second, f) for f in second.__slots__}, "name": first.name})
    assert push(studio.server(), "p", [other]).created == 1 and len(studio.tasks) == 2


def test_a_server_that_stores_less_is_caught(studio: Studio) -> None:
    def lie(request: httpx.Request) -> httpx.Response | None:
        if request.url.path.endswith("/import"):
            return httpx.Response(201, json={"task_count": 25, "prediction_count": 0})
        return None

    studio.answer = lie
    with pytest.raises(ReviewError, match="stored less"):
        push(studio.server(), "p", MANY)


def test_two_projects_of_one_title_are_an_error(studio: Studio) -> None:
    studio.projects += [{"id": 1, "title": "p"}, {"id": 2, "title": "p"}]
    with pytest.raises(ReviewError, match="2 projects"):
        push(studio.server(), "p", MANY)


def test_the_least_certain_of_each_place_come_first() -> None:
    given = [
        outgoing(n, certainty=c, place=p)
        for n, (c, p) in enumerate([(0.9, "甲"), (0.2, "乙"), (0.1, "乙"), (0.8, "丙")])
    ]
    assert [each.name for each in by_usefulness(given)] == ["doc-2", "doc-3", "doc-0", "doc-1"]


def test_what_the_tests_send_is_sound() -> None:
    assert check_marking(MANY[0].marking, MANY[0].text) == []
