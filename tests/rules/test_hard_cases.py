"""The forty hard phenomena of administrative minutes (``specs/hard.jsonl``).

Each row is asked of the module that answers it (``level``); ``case`` numbers the phenomenon, which
may have several rows.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from spec_rows import SPECS, check, run

from jiyao.agencies import is_group
from jiyao.dates import find_dates, find_deadlines, find_lost_periods, interpret, resolve
from jiyao.normalise import normalise
from jiyao.structure.layout import layout
from jiyao.structure.names import read_members
from jiyao.structure.roll import read_roll
from jiyao.structure.titles import find_documents
from jiyao.types import Span

CASES = 40
HEAD = "县政府第3次常务会议纪要\n2024年5月6日,县长穆清主持召开会议。\n一、关于供水\n同意改造。\n"
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (SPECS / "hard.jsonl").read_text(encoding="utf-8").splitlines()
]


def _rows(level: str) -> list[Any]:
    return [pytest.param(row, id=f"case-{row['case']}") for row in ROWS if row["level"] == level]


def test_every_case_has_a_row() -> None:
    assert {row["case"] for row in ROWS} == set(range(1, CASES + 1))


@pytest.mark.parametrize("row", _rows("rules"))
def test_records(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", _rows("stages"))
def test_stages_of_papers(row: dict[str, Any]) -> None:
    assert {paper.title: paper.stage for paper in run(row).documents} == row["stages"]


@pytest.mark.parametrize("row", _rows("split"))
def test_agency_and_name_run_together(row: dict[str, Any]) -> None:
    text = row["text"]
    (member,) = read_members(normalise(text), Span(0, len(text)))
    assert member.agency is not None and member.person is not None
    assert text[member.agency.start : member.agency.end] == row["agency"]
    assert text[member.person.start : member.person.end] == row["person"]


@pytest.mark.parametrize("row", _rows("group"))
def test_groups(row: dict[str, Any]) -> None:
    assert is_group(row["text"]) is row["group"]


@pytest.mark.parametrize("row", _rows("roll"))
def test_roll(row: dict[str, Any]) -> None:
    text = HEAD + row["text"]
    norm = normalise(text)
    found = read_roll(text, norm, layout(text, norm, None), [], []).entries
    assert [[entry.role.value, entry.name, entry.agency] for entry in found] == row["entries"]


@pytest.mark.parametrize("row", _rows("documents"))
def test_titles(row: dict[str, Any]) -> None:
    text = row["text"]
    norm = normalise(text)
    assert [text[found.start : found.end] for found in find_documents(norm, layout(text, norm, None))] == row["found"]


@pytest.mark.parametrize("row", _rows("items"))
def test_items(row: dict[str, Any]) -> None:
    text = row["text"]
    assert [item.path for item in layout(text, normalise(text), None).items] == row["paths"]


@pytest.mark.parametrize("row", _rows("find"))
def test_deadlines_found(row: dict[str, Any]) -> None:
    assert [row["text"][start:end] for start, end in find_deadlines(normalise(row["text"]))] == row["found"]


@pytest.mark.parametrize("row", _rows("deadline"))
def test_deadlines_resolved(row: dict[str, Any]) -> None:
    meant = interpret(normalise(row["text"]))
    assert meant is not None
    resolved = resolve(meant, date.fromisoformat(row["meeting"]))
    assert resolved.kind.value == row["kind"]
    assert (resolved.date.isoformat() if resolved.date else None) == row["date"]
    assert list(resolved.flags) == row["flags"]


@pytest.mark.parametrize("row", _rows("dates"))
def test_damaged_dates(row: dict[str, Any]) -> None:
    found = find_dates(normalise(row["text"]), date.fromisoformat(row["meeting"]).year)
    assert [day.date.isoformat() for day in found] == row["dates"]
    assert all(day.repaired is row["repaired"] for day in found)


@pytest.mark.parametrize("row", _rows("period"))
def test_damaged_periods(row: dict[str, Any]) -> None:
    found = list(find_lost_periods(normalise(row["text"])))
    assert [row["text"][period.start : period.end] for period in found] == [row["written"]]
