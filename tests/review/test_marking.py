"""Markings to the server's JSON and back; nothing hostile gets through."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_documents import text_and_marking

from jiyao.labels import ClauseLabel, EntityLabel, TaskRelation
from jiyao.review.marking import Link, Marking, Region, check_marking, read_marking, write_marking

TEXT, MARKING = text_and_marking()


def test_there_and_back() -> None:
    again, problems = read_marking(write_marking(MARKING, TEXT), TEXT)
    assert not problems and again == MARKING


def test_offsets_are_code_points_of_the_text() -> None:
    for row in write_marking(MARKING, TEXT):
        if row["type"] == "labels":
            value = row["value"]
            assert TEXT[value["start"] : value["end"]] == value["text"]
    assert any(row["value"]["text"] == "林\u3000溪" for row in write_marking(MARKING, TEXT) if "value" in row)


def test_a_relation_drawn_the_other_way_round_means_the_same() -> None:
    rows = write_marking(MARKING, TEXT)
    for row in rows:
        if row["type"] == "relation":
            row["from_id"], row["to_id"] = row["to_id"], row["from_id"]
    again, problems = read_marking(rows, TEXT)
    assert not problems and set(again.links) == set(MARKING.links)


def region(start: int, end: int, label: EntityLabel | ClauseLabel = EntityLabel.AGENCY, id: str = "x") -> Region:
    return Region(id, start, end, label)


@pytest.mark.parametrize(
    ("marking", "words"),
    [
        (Marking((region(0, 99),)), "stands at 0-99"),
        (Marking((region(-1, 2),)), "stands at -1-2"),
        (Marking((region(3, 3),)), "stands at 3-3"),
        (Marking((region(0, 3, id="a"), region(2, 4, id="b"))), "overlap"),
        (Marking((region(0, 2), region(2, 4))), "two regions have the id"),
        (Marking((region(4, 5),)), "white space"),
        (Marking((region(3, 6),)), "line end"),
        (Marking((region(0, 4, id="a"), region(2, 4, ClauseLabel.META, "b"))), "start of a clause"),
        (Marking((replace(region(0, 2), score=2.0),)), "score"),
        (Marking((region(0, 2),), (Link("x", "y", TaskRelation.LEAD),)), "hangs in the air"),
        (
            Marking((region(0, 4, ClauseLabel.META, "c"), region(0, 2)), (Link("c", "x", TaskRelation.DEADLINE),)),
            "leads from META",
        ),
        (
            Marking((region(0, 4, ClauseLabel.META, "c"), region(0, 2)), (Link("c", "x", TaskRelation.LEAD),) * 2),
            "2 times",
        ),
    ],
)
def test_what_is_wrong_is_said(marking: Marking, words: str) -> None:
    assert any(words in problem for problem in check_marking(marking, "市财政局\n市教育局"))


def label_row(**changes: Any) -> dict[str, Any]:
    value = {"start": 0, "end": 2, "text": "市财", "labels": ["AGENCY"], **changes.pop("value", {})}
    return {"id": "a", "from_name": "entity", "to_name": "text", "type": "labels", "value": value, **changes}


@pytest.mark.parametrize(
    "row",
    [
        None,
        7,
        [],
        {},
        {"type": "brush"},
        label_row(id=None),
        label_row(id="x" * 100),
        label_row(from_name="\x1b[31m"),
        label_row(to_name="picture"),
        {**label_row(), "value": None},
        label_row(value={"start": "0"}),
        label_row(value={"start": True}),
        label_row(value={"start": 0.0}),
        label_row(value={"end": 10**30}),
        label_row(value={"start": 2, "end": 1}),
        label_row(value={"labels": []}),
        label_row(value={"labels": ["AGENCY", "PERSON"]}),
        label_row(value={"labels": [["AGENCY"]]}),
        label_row(value={"labels": ["DECISION"]}),
        label_row(value={"labels": ["机构"]}),
        {"type": "relation", "from_id": "a", "to_id": "b", "labels": ["牵头"]},
        {"type": "relation", "from_id": ["a"], "to_id": {}, "labels": ["牵头"]},
        {"type": "choices", "from_name": "genre", "value": {"choices": ["poem"]}},
        {"type": "choices", "from_name": "genre", "value": {"choices": [{}]}},
        {"type": "choices", "from_name": "genre", "value": 3},
    ],
)
def test_a_hostile_result_is_a_problem_and_no_crash(row: Any) -> None:
    _, problems = read_marking([row], "市财政局")
    assert problems and all(problem.isprintable() for problem in problems)


@pytest.mark.parametrize("results", [None, {}, "x", 3])
def test_results_that_are_no_list(results: Any) -> None:
    assert read_marking(results, "x")[1]


def test_a_relation_without_a_role_is_told_with_the_roles() -> None:
    rows = write_marking(MARKING, TEXT)
    next(row for row in rows if row["type"] == "relation")["labels"] = []
    assert any("牵头" in problem for problem in read_marking(rows, TEXT)[1])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "id",
                    "value",
                    "labels",
                    "start",
                    "end",
                    "from_name",
                    "to_name",
                    "from_id",
                    "to_id",
                    "choices",
                    "score",
                ]
            ),
            inner,
            max_size=8,
        )
    ),
    max_leaves=30,
)


@given(json_values)
def test_any_json_is_a_marking_or_a_problem(value: Any) -> None:
    marking, problems = read_marking([value, label_row()], "市财政局")
    assert problems or check_marking(marking, "市财政局") == []
