"""Records for the writers' tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from minutes_records import HOSTILE, from_gold, hand_made

from jiyao.corpus.format import read_document
from jiyao.labels import RollRole
from jiyao.types import MinutesRecord, RollEntry, Source

_CORPUS = Path(__file__).parents[2] / "annotations" / "minutes"


@pytest.fixture
def record() -> MinutesRecord:
    return hand_made()


@pytest.fixture(scope="session")
def gold_record() -> MinutesRecord:
    return from_gold(read_document(_CORPUS / "shuoyuan-2024-41.minutes.txt"))


@pytest.fixture
def records(record: MinutesRecord, gold_record: MinutesRecord) -> tuple[MinutesRecord, ...]:
    return record, gold_record


@pytest.fixture
def hostile(record: MinutesRecord) -> MinutesRecord:
    """A record with the hostile string in every field that a page could bring it into."""
    task = record.tasks[0]
    lead = replace(task.lead[0], name=HOSTILE)
    bad_task = replace(
        task,
        text=HOSTILE,
        lead=(lead,),
        lead_persons=(HOSTILE,),
        documents=(HOSTILE,),
        issuing_name=HOSTILE,
        flags=(HOSTILE,),
        next_step=replace(task.next_step, body=HOSTILE, act=HOSTILE),  # type: ignore[type-var]
        deadline=replace(task.deadline, text=HOSTILE),  # type: ignore[type-var]
    )
    return hand_made(
        id=HOSTILE,
        model=HOSTILE,
        text=HOSTILE + "\n" + record.text[len(HOSTILE) + 1 :],
        source=Source(HOSTILE, "txt", HOSTILE, "0" * 64, 1),
        meeting=replace(record.meeting, title=HOSTILE, chair=HOSTILE, doc_number=HOSTILE, place=HOSTILE),
        items=tuple(replace(item, heading=HOSTILE) for item in record.items),
        decisions=tuple(replace(decision, documents=(HOSTILE,)) for decision in record.decisions),
        roll=(RollEntry(RollRole.PRESENT, HOSTILE, HOSTILE, HOSTILE),),
        tasks=(bad_task,),
    )
