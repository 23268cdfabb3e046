"""A page that lost its lines, or got some it should not have, gives the tasks of the whole page."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

import jiyao
from jiyao.types import MinutesRecord

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "docs" / "sample" / "weiping-2023-26.txt"
#: Breaks a page at the width of the paper, as the measurement of damage does.
wrapped = runpy.run_path(str(ROOT / "training" / "damage.py"))["wrapped"]


def _without_indents(text: str) -> str:
    return "\n".join(line.strip() for line in text.split("\n"))


DAMAGES: dict[str, Callable[[str], str]] = {
    "24 characters a line": lambda text: wrapped(text, 24),
    "30 characters a line, no indents": lambda text: wrapped(_without_indents(text), 30),
    "40 characters a line": lambda text: wrapped(text, 40),
    "page numbers within sentences": lambda text: wrapped(text, 34, page=17),
    "no line ends": lambda text: re.sub(r"\s*\n\s*", "", text) + "\n",
    "blanks for line ends": lambda text: re.sub(r"\s*\n\s*", " ", text) + "\n",
    "blank lines between": lambda text: text.replace("\n", "\n\n"),
    "no indents": _without_indents,
    "blanks between characters": lambda text: re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " ", text),
    "blanks between all": lambda text: re.sub(r"(?<=\S)(?=\S)", " ", text),
    "blanks between all, 40 a line": lambda text: wrapped(re.sub(r"(?<=\S)(?=\S)", " ", text), 80),
    "full-width figures": lambda text: text.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "half-width stops": lambda text: text.translate(str.maketrans("，：；（）", ",:;()")),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
}


def _tasks(record: MinutesRecord) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        (
            tuple(agency.name for agency in task.lead),
            tuple("".join(action.text.split()) for action in task.actions),
        )
        for task in record.tasks
    }


@pytest.fixture(scope="module")
def whole() -> MinutesRecord:
    return jiyao.load().extract(SAMPLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_tasks_are_those_of_the_whole_page(damage: str, whole: MinutesRecord) -> None:
    page = DAMAGES[damage](SAMPLE.read_text(encoding="utf-8"))
    record = jiyao.load().extract(page)
    page = page.replace("\r\n", "\n")
    assert record.text == page  # offsets refer to the page as it came
    for part in (*record.tasks, *record.entities, *(action for task in record.tasks for action in task.actions)):
        assert part.text == page[part.start : part.end]
    assert len(_tasks(whole) & _tasks(record)) >= 0.9 * len(_tasks(whole))
    assert len(record.tasks) <= len(whole.tasks) + 1
    assert record.meeting.held_on == whole.meeting.held_on
