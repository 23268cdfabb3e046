"""Agreement from what was pulled: blind and assisted apart, persons against each other, over time."""

from __future__ import annotations

import copy
from pathlib import Path

from fake_studio import Studio
from review_documents import outgoing, text_and_marking

from jiyao.review.changes import changes
from jiyao.review.marking import read_marking, write_marking
from jiyao.review.measures import measure
from jiyao.review.pull import pull
from jiyao.review.push import push
from jiyao.review.reviews import latest, load_reviews

TEXT, MARKING = text_and_marking()


def test_kept_changed_added_deleted() -> None:
    rows = copy.deepcopy(write_marking(MARKING, TEXT))
    by_text = {row["value"]["text"]: row for row in rows if row["type"] == "labels"}
    by_text["县公安局"]["value"]["end"] += 1  # moved
    by_text["县城管局"]["value"]["labels"] = ["PERSON"]  # another label
    rows.remove(by_text["加强"])  # deleted
    start = TEXT.index("宣传")
    value = {"start": start, "end": start + 2, "labels": ["ACTION"]}
    rows.append({"id": "new", "from_name": "entity", "to_name": "text", "type": "labels", "value": value})
    rows.remove(next(row for row in rows if row.get("labels") == ["完成时限"]))
    after, _ = read_marking(rows, TEXT)
    found = changes(MARKING, after).as_dict()
    assert found["changed"] == {"entity AGENCY": 2}
    assert found["added"] == {"entity ACTION": 1, "relation support": 1}
    assert found["deleted"] == {"entity ACTION": 1, "relation deadline": 1, "relation support": 1}
    assert found["kept"]["clause META"] == 2 and found["kept"]["relation lead"] == 2


def test_nothing_changed_is_all_kept() -> None:
    found = changes(MARKING, MARKING).as_dict()
    assert not found["changed"] and not found["added"] and not found["deleted"]
    assert sum(found["kept"].values()) == len(MARKING.regions) + len(MARKING.links)


def test_the_report(tmp_path: Path) -> None:
    studio = Studio()
    push(studio.server(), "p", [outgoing(n, blind=n == 3) for n in range(4)])
    wrong = copy.deepcopy(studio.named("doc-0")["predictions"][0]["result"])
    agency = next(
        r for r in wrong if r["type"] == "labels" and r["value"]["text"] == "各乡镇" and r["from_name"] == "entity"
    )
    agency["value"]["labels"] = ["DOCUMENT"]
    wrong = [r for r in wrong if r.get("to_id") != agency["id"]]
    first = studio.annotate(studio.named("doc-0"), wrong)
    studio.annotate(studio.named("doc-0"), by=2)
    studio.annotate(studio.named("doc-1"))
    studio.annotate(studio.named("doc-3"), studio.named("doc-3")["meta"]["jiyao"]["result"])
    pull(studio.server(), "p", tmp_path, lambda *step: None)
    first["updated_at"] = "2024-05-01T00:00:00Z"  # looked at again: the same review, a later state
    pull(studio.server(), "p", tmp_path, lambda *step: None)
    reviews = load_reviews(tmp_path)
    assert len(reviews) == 5 and len(latest(reviews)) == 4

    report = measure(reviews)
    assert report["reviews"] == 4 and report["documents"] == 3
    model = report["model_against_person"]
    assert model["blind"]["documents"] == 1 and model["blind"]["entities_micro"]["f"] == 1
    assert model["assisted"]["documents"] == 3
    assert model["assisted"]["entities"]["AGENCY"]["f"] < 1
    assert model["assisted"]["entities_overlap"]["PERSON"]["f"] == 1
    assert model["assisted"]["changes"]["changed"] == {"entity AGENCY": 1}
    assert model["assisted"]["clause_kappa"] == 1 and model["assisted"]["tasks_complete"]["f"] < 1
    persons = report["person_against_person"]
    assert persons["documents"] == 1 and persons["entities"]["DOCUMENT"]["f"] < 1
    assert set(report["by_week"]) == {"2024-W09", "2024-W18"}
    assert report["by_week"]["2024-W09"]["minutes_a_document"] == 1.0
    assert report["by_week"]["2024-W09"]["blind"]["documents"] == 1  # never mixed with the assisted ones
    assert report["by_week"]["2024-W18"]["blind"] == {"documents": 0}
    assert set(report["by_model"]) == {"test 1 abcdef"} and len(report["by_reviewer"]) == 2


def test_no_reviews_are_no_agreement(tmp_path: Path) -> None:
    report = measure(load_reviews(tmp_path))
    assert report["model_against_person"]["blind"]["documents"] == 0
    assert "entities" not in report["model_against_person"]["blind"]
