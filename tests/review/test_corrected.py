"""From a record to the screen and back: an untouched prediction gives the very same records."""

from __future__ import annotations

from pathlib import Path

import pytest

from jiyao.corpus.format import read_document
from jiyao.evaluation import found_values, gold_values
from jiyao.labels import ClauseLabel
from jiyao.pipeline import MinutesPipeline, load
from jiyao.readers import read_text
from jiyao.review.corrected import ContradictionError, corrected
from jiyao.review.labelling import CLAUSE
from jiyao.review.marking import Marking, read_marking, write_marking
from jiyao.review.outgoing import certainty, level_of, marking_of, outgoing, place_of
from jiyao.types import Meeting

CORPUS = Path(__file__).parents[2] / "annotations" / "minutes"
PAGES = sorted(CORPUS.glob("*.minutes.txt"))[::25]


@pytest.fixture(scope="module")
def pipeline() -> MinutesPipeline:
    return load()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_untouched_predictions_come_back_as_they_went(pipeline: MinutesPipeline, path: Path) -> None:
    record = pipeline.extract_reading(read_text(read_document(path).text, path.name))
    sent = outgoing(record, "test 1")
    marking, problems = read_marking(sent.prediction()["result"], sent.text)
    assert not problems and marking.links
    document = corrected("page", sent.text, marking).document
    assert document.text == record.text
    given = {(c.start, c.end, c.label) for c in record.clauses}
    more = {(c.start, c.end, c.label) for c in document.clauses} - given
    assert given <= {(c.start, c.end, c.label) for c in document.clauses}
    assert all(label is ClauseLabel.META for _, _, label in more)  # what stood in no clause
    back = {document.clauses[task.clause].start: gold_values(task, document) for task in document.tasks}
    assert back == {task.start: found_values(task) for task in record.tasks}
    assert [(d.outcome, d.documents) for d in document.decisions] == [
        (d.outcome, d.documents) for d in record.decisions
    ]
    assert 0 <= certainty(record) <= 1


def test_a_clause_taken_away_leaves_a_hole_that_is_told(pipeline: MinutesPipeline) -> None:
    record = pipeline.extract_reading(read_text(read_document(PAGES[0]).text, "page"))
    whole = marking_of(record)
    rows = [row for row in write_marking(whole, record.text) if row.get("from_name") == CLAUSE]
    del rows[0]
    marking, _ = read_marking(rows, record.text)
    with pytest.raises(ContradictionError):
        corrected("page", record.text, marking)
    with pytest.raises(ContradictionError):
        corrected("page", record.text, Marking())


@pytest.mark.parametrize(
    ("meeting", "place", "level"),
    [
        (Meeting(issuer="青岚市人民政府办公室"), "青岚市", "prefecture"),
        (Meeting(issuer="洧川县水利局"), "洧川县", "bureau"),
        (Meeting(title="𠮷山县人民政府常务会议纪要"), "𠮷山县", "county"),
        (Meeting(title="林海涛主持召开市政府常务会议"), None, None),
        (Meeting(issuer="湛岭高新区管委会"), "湛岭高新区", "zone"),
        (Meeting(issuer="蕖塘街道办事处"), "蕖塘街道", "township"),
        (Meeting(), None, None),
    ],
)
def test_place_and_level(meeting: Meeting, place: str | None, level: str | None) -> None:
    assert place_of(meeting) == place
    if place:
        assert level_of(meeting, place) == level
