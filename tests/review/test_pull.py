"""Pulling: finished reviews become corpus files; what cannot be taken as it is, is told and left."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from fake_studio import OTHER, PERSON, Studio
from review_documents import outgoing

from jiyao.corpus.format import read_document
from jiyao.errors import ReviewError, WriteError
from jiyao.review import pull as module
from jiyao.review.files import read_rows
from jiyao.review.pull import Pulled, pull
from jiyao.review.push import push


@pytest.fixture
def studio() -> Studio:
    studio = Studio()
    push(studio.server(), "p", [outgoing(number) for number in range(3)])
    return studio


def pulled(studio: Studio, folder: Path) -> Pulled:
    return pull(studio.server(), "p", folder, lambda *step: None)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "minutes").glob("*"))


def results(task: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = copy.deepcopy(task["predictions"][0]["result"])
    return rows


def row_of(rows: list[dict[str, Any]], words: str, kind: str = "entity") -> dict[str, Any]:
    return next(r for r in rows if r.get("from_name") == kind and words in r["value"]["text"])


def test_a_review_becomes_a_file_with_its_origin(studio: Studio, tmp_path: Path) -> None:
    studio.annotate(studio.tasks[0])
    done = pulled(studio, tmp_path)
    assert done.written == ["doc-0"] and not done.held
    document = read_document(tmp_path / "minutes" / "doc-0.minutes.txt")
    assert document.text == studio.tasks[0]["data"]["text"]
    assert document.about.place == "𠮷山县" and document.about.second == PERSON["email"]
    task = document.tasks[0]
    assert task.lead == ("县城管局",) and task.support == ("县公安局",) and task.documents == ("𠮷山县停车管理办法",)
    assert task.deadline and str(task.deadline.date) == "2024-03-31"
    (row,) = read_rows(tmp_path / "provenance.jsonl")
    assert row["reviewer"] == PERSON["email"] and row["model_version"] == "test 1 abcdef"
    assert row["prediction"] == studio.tasks[0]["predictions"][0]["id"] and row["updated"].startswith("2024-03-01")
    assert not row["changes"]["changed"] and not row["changes"]["added"] and not row["changes"]["deleted"]


def test_cancelled_annotations_and_drafts_stay_there(studio: Studio, tmp_path: Path) -> None:
    studio.annotate(studio.tasks[0], was_cancelled=True)
    studio.tasks[1]["drafts"].append({"result": results(studio.tasks[1])})
    done = pulled(studio, tmp_path)
    assert not done.written and not done.reviews and files(tmp_path) == []


def test_relations_rule_over_rules(studio: Studio, tmp_path: Path) -> None:
    rows = results(studio.tasks[0])
    lead = next(r for r in rows if r["type"] == "relation" and r["labels"] == ["牵头"])
    support = next(r for r in rows if r.get("labels") == ["配合"])
    lead["to_id"], support["to_id"] = support["to_id"], lead["to_id"]
    rows.remove(next(r for r in rows if r.get("labels") == ["完成时限"]))
    studio.annotate(studio.tasks[0], rows)
    done = pulled(studio, tmp_path)
    task = read_document(tmp_path / "minutes" / "doc-0.minutes.txt").tasks[0]
    assert task.lead == ("县公安局",) and task.support == ("县城管局",) and task.deadline is None
    assert any("the person says" in finding.message for finding in done.findings) and not done.held


def test_without_any_relation_the_rules_fill_the_records_and_it_is_said(studio: Studio, tmp_path: Path) -> None:
    studio.annotate(studio.tasks[0], [r for r in results(studio.tasks[0]) if r["type"] != "relation"])
    done = pulled(studio, tmp_path)
    assert read_document(tmp_path / "minutes" / "doc-0.minutes.txt").tasks[0].lead == ("县城管局",)
    assert any("no relation is drawn" in finding.message for finding in done.findings)


def spoil_overlap(rows: list[dict[str, Any]]) -> None:
    row_of(rows, "县公安局")["value"]["start"] -= 3


def spoil_hole(rows: list[dict[str, Any]]) -> None:
    clause = row_of(rows, "各乡镇", "clause")
    rows[:] = [r for r in rows if r is not clause and r.get("from_id") != clause["id"]]


def spoil_clause(rows: list[dict[str, Any]]) -> None:
    row_of(rows, "各乡镇", "clause")["value"]["end"] -= 3


def spoil_relation(rows: list[dict[str, Any]]) -> None:
    next(r for r in rows if r["type"] == "relation")["labels"] = []


def spoil_end(rows: list[dict[str, Any]]) -> None:
    row_of(rows, "县公安局")["value"]["end"] = 10**30


@pytest.mark.parametrize("spoil", [spoil_overlap, spoil_hole, spoil_clause, spoil_relation, spoil_end])
def test_contradictions_are_held_back_with_a_link(studio: Studio, tmp_path: Path, spoil: Any) -> None:
    rows = results(studio.tasks[0])
    spoil(rows)
    studio.annotate(studio.tasks[0], rows)
    studio.annotate(studio.tasks[1])
    done = pulled(studio, tmp_path)
    if spoil is spoil_hole:  # the clause before it goes on to the next: that is no contradiction
        assert done.held in (0, 1)
        return
    assert done.written == ["doc-1"] and done.held == 1
    (finding,) = [each for each in done.findings if each.held]
    assert finding.link.endswith(f"/data?task={studio.tasks[0]['id']}")
    assert read_rows(tmp_path / "findings.jsonl")[0]["name"] == "doc-0"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("text", "另一份"),
        ("jiyao_id", "../../etc/passwd"),
        ("jiyao_id", "/etc/passwd"),
        ("jiyao_id", ""),
        ("jiyao_id", "a\x00b"),
        ("jiyao_id", ".."),
        ("jiyao_id", None),
        ("sha256", ["x"]),
        ("text", "\ud800"),
    ],
)
def test_a_hostile_task_is_told_and_nothing_is_written(studio: Studio, tmp_path: Path, key: str, value: Any) -> None:
    studio.annotate(studio.tasks[0])
    studio.tasks[0]["data"][key] = value
    done = pulled(studio, tmp_path / "into")
    assert not done.written and done.held == 1
    assert [path.name for path in tmp_path.iterdir()] == ["into"]
    assert str(done.findings[0]).isprintable()


@pytest.mark.parametrize(
    "annotation",
    [
        {"id": "x"},
        {"result": None},
        {"result": [{}]},
        {"updated_at": "yesterday"},
        {"updated_at": "2024-99-99T00:00:00Z"},
        {"created_at": 7},
    ],
)
def test_a_hostile_annotation_is_told(studio: Studio, tmp_path: Path, annotation: dict[str, Any]) -> None:
    made = studio.annotate(studio.tasks[0])
    made.update(annotation)
    made["completed_by"] = {"email": "\x1b[2J"}
    made["lead_time"] = True
    done = pulled(studio, tmp_path)
    assert done.held == 1 and not done.written and str(done.findings[0]).isprintable()


def test_people_who_do_not_agree_are_both_named(studio: Studio, tmp_path: Path) -> None:
    rows = results(studio.tasks[0])
    row_of(rows, "各乡镇")["value"]["labels"] = ["PERSON"]
    studio.annotate(studio.tasks[0])
    second = studio.annotate(studio.tasks[0], rows, by=2)
    done = pulled(studio, tmp_path)
    assert done.held == 1 and PERSON["email"] in str(done.findings[-1]) and OTHER["email"] in str(done.findings[-1])
    second["ground_truth"] = True
    done = pulled(studio, tmp_path)
    assert done.written == ["doc-0"] and not done.held
    assert read_document(tmp_path / "minutes" / "doc-0.minutes.txt").about.second == OTHER["email"]


def test_people_who_agree_give_one_file(studio: Studio, tmp_path: Path) -> None:
    studio.annotate(studio.tasks[0])
    studio.annotate(studio.tasks[0], by=2)
    assert pulled(studio, tmp_path).written == ["doc-0"]


def test_an_excluded_page_stays_out(studio: Studio, tmp_path: Path) -> None:
    choice = {"type": "choices", "from_name": "genre", "to_name": "text", "value": {"choices": ["exclude"]}}
    studio.annotate(studio.tasks[0], [*results(studio.tasks[0]), choice])
    done = pulled(studio, tmp_path)
    assert done.excluded == 1 and not done.written and not done.held


def test_what_was_changed_by_hand_is_left(studio: Studio, tmp_path: Path) -> None:
    annotation = studio.annotate(studio.tasks[0])
    pulled(studio, tmp_path)
    path = tmp_path / "minutes" / "doc-0.minutes.txt"
    ours = path.read_text(encoding="utf-8")
    path.write_text(ours.replace('"unknown"', '"me"'), encoding="utf-8")
    assert pulled(studio, tmp_path).held == 1
    assert '"me"' in path.read_text(encoding="utf-8")
    path.write_text(ours, encoding="utf-8")
    row_of(annotation["result"], "各乡镇")["value"]["labels"] = ["PERSON"]
    annotation["updated_at"] = "2024-03-02T08:00:00Z"
    done = pulled(studio, tmp_path)
    assert done.written == ["doc-0"] and not done.held
    assert len(read_rows(tmp_path / "provenance.jsonl")) == len(read_rows(tmp_path / "reviews.jsonl")) == 2


def test_what_is_gone_from_the_server_is_kept_here(studio: Studio, tmp_path: Path) -> None:
    studio.annotate(studio.tasks[0])
    pulled(studio, tmp_path)
    studio.tasks.clear()
    pulled(studio, tmp_path)
    assert files(tmp_path) == ["doc-0.minutes.txt"] and len(read_rows(tmp_path / "reviews.jsonl")) == 1


def test_a_server_that_breaks_off_leaves_all_as_it_was(studio: Studio, tmp_path: Path) -> None:
    push(studio.server(), "p", [outgoing(number) for number in range(60)])
    for task in studio.tasks:
        studio.annotate(task)
    for pages in range(3):
        studio.break_pages = pages
        with pytest.raises(ReviewError):
            pulled(studio, tmp_path)
        studio.break_pages = None
        assert not (tmp_path / "minutes").exists()
    assert len(pulled(studio, tmp_path).written) == 60


@pytest.mark.parametrize("number", range(7))
def test_killed_at_any_file_the_next_pull_mends_it(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    for task in studio.tasks:
        studio.annotate(task)
    left = iter(range(number, -2, -1))
    whole = module.write_whole
    rows = module.write_rows

    def or_die(really: Any) -> Any:
        def write(*given: Any) -> None:
            if next(left, 0) == 0:
                raise WriteError("disk", "is full", "make room")
            really(*given)

        return write

    with monkeypatch.context() as broken:
        broken.setattr(module, "write_whole", or_die(whole))
        broken.setattr(module, "write_rows", or_die(rows))
        try:
            pulled(studio, tmp_path)
        except WriteError:
            assert number < 5
    done = pulled(studio, tmp_path)
    assert not done.held and len(files(tmp_path)) == 3
    assert len(read_rows(tmp_path / "provenance.jsonl")) == len(read_rows(tmp_path / "reviews.jsonl")) == 3


def test_a_link_out_of_the_folder_is_not_followed(studio: Studio, tmp_path: Path) -> None:
    studio.annotate(studio.tasks[0])
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    (tmp_path / "in" / "minutes").mkdir(parents=True)
    (tmp_path / "in" / "minutes" / "doc-0.minutes.txt").symlink_to(victim)
    with pytest.raises(ReviewError, match="out of the folder"):
        pulled(studio, tmp_path / "in")
    assert victim.read_text(encoding="utf-8") == "mine"
