"""A page copied from a PDF, its sentences broken at the width of the paper, gives the tasks of the whole page."""

from __future__ import annotations

from pathlib import Path

import jiyao
from jiyao.types import MinutesRecord

SAMPLE = Path(__file__).parents[2] / "docs" / "sample" / "weiping-2023-26.txt"


def _wrapped(text: str, width: int, *, indents: bool) -> str:
    lines = text.split("\n") if indents else [line.strip() for line in text.split("\n")]
    return "\n".join(line[start : start + width] for line in lines for start in range(0, max(len(line), 1), width))


def _tasks(record: MinutesRecord) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        (tuple(agency.name for agency in task.lead), tuple(action.text.replace("\n", "") for action in task.actions))
        for task in record.tasks
    }


def test_most_tasks_of_a_wrapped_page_are_those_of_the_whole_one() -> None:
    nlp_minutes = jiyao.load()
    text = SAMPLE.read_text(encoding="utf-8")
    record = nlp_minutes.extract(text)
    whole, titles = _tasks(record), [document.title for document in record.documents]
    same = 0
    ways = [(width, indents) for width in (24, 30, 40) for indents in (True, False)]
    for width, indents in ways:
        wrapped = _wrapped(text, width, indents=indents)
        broken = nlp_minutes.extract(wrapped)
        assert broken.text == wrapped  # offsets refer to the page as it came
        for part in (*broken.tasks, *broken.entities, *(action for task in broken.tasks for action in task.actions)):
            assert part.text == wrapped[part.start : part.end]
        assert [document.title for document in broken.documents] == titles  # names are not broken
        assert len(broken.tasks) <= len(whole) + 2
        same += len(whole & _tasks(broken))
    assert same >= 0.95 * len(whole) * len(ways)
