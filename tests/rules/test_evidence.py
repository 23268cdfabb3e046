"""Every record explains itself: each filled field has the name of a rule and the stretch of text it read."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiyao.assemble import assemble
from jiyao.corpus.model import CorpusDocument
from jiyao.corpus.splits import load_part
from jiyao.normalise import normalise
from jiyao.structure.items import item_at
from jiyao.structure.layout import layout
from jiyao.types import Clause, Mention, TaskRecord

FIELDS = (
    "lead",
    "lead_persons",
    "support",
    "actions",
    "object",
    "documents",
    "issuing_name",
    "next_step",
    "deadline",
    "urgent",
)
DOCUMENTS = list(load_part(Path(__file__).parents[2] / "annotations", "train"))


def records(document: CorpusDocument) -> tuple[TaskRecord, ...]:
    text, norm = document.text, normalise(document.text)
    page = layout(text, norm, None)
    clauses = [Clause(c.start, c.end, c.label, 1.0, item_at(page.items, c.start)) for c in document.clauses]
    mentions = [Mention(e.start, e.end, e.label, text[e.start : e.end]) for e in document.entities]
    return assemble(text, norm, page, document.meeting, clauses, mentions, name=document.name).tasks


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_filled_field_has_evidence(document: CorpusDocument) -> None:
    for record in records(document):
        proven = {evidence.field for evidence in record.evidence}
        filled = {name for name in FIELDS if getattr(record, name)}
        assert filled == proven, f"{record.text}: {filled ^ proven}"
        for evidence in record.evidence:
            assert evidence.rule
            assert 0 <= evidence.start < evidence.end <= len(document.text)


@pytest.mark.parametrize("document", DOCUMENTS[:20], ids=lambda document: document.name)
def test_evidence_is_the_text_that_the_field_holds(document: CorpusDocument) -> None:
    for record in records(document):
        for evidence in record.evidence:
            written = document.text[evidence.start : evidence.end]
            if evidence.field == "object":
                assert written == record.object
            elif evidence.field == "deadline":
                assert record.deadline is not None
                assert written == record.deadline.text
            elif evidence.field == "issuing_name":
                assert written == record.issuing_name
