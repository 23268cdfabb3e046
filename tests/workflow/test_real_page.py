"""The one real page (kept beside the project, never in it): what must hold on it.

Nothing here is fitted to its words: the assertions state facts that a reader can
check on the page. Skipped where the page is not at hand.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import jiyao
from jiyao.labels import ClauseLabel, EntityLabel, Kind, RollRole
from jiyao.normalise import normalise
from jiyao.types import MinutesRecord

PAGE = Path(__file__).parents[3] / "shared" / "minutes" / "suzhou-2024-57.txt"

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason=f"{PAGE.name} is not at hand (it is no part of the project)")


@pytest.fixture(scope="module")
def record() -> MinutesRecord:
    return jiyao.load().extract(PAGE)


def test_meeting(record: MinutesRecord) -> None:
    meeting = record.meeting
    assert (meeting.number, meeting.held_on, meeting.published_on) == (57, date(2024, 2, 26), date(2024, 3, 15))
    assert (meeting.chair, meeting.chair_title, meeting.recorder) == ("吴庆文", "市长", "谢志刚")
    assert meeting.title == "市政府第57次常务会议纪要"
    assert meeting.doc_number == "常务会议纪要〔2024〕7号"
    assert meeting.issuer == "苏州市人民政府办公室"


def test_seven_items_and_the_aliases(record: MinutesRecord) -> None:
    assert [item.path for item in record.items if item.level == 0] == list("一二三四五六七")
    aliases = {alias: document.title for document in record.documents for alias in document.aliases}
    assert set(aliases) == {"方案和任务", "行动方案", "政策措施"}
    assert all(
        aliases[alias].endswith(end)
        for alias, end in (("方案和任务", "重点工作任务"), ("行动方案", "三年行动方案"), ("政策措施", "十条政策措施"))
    )


def test_every_title_is_found(record: MinutesRecord) -> None:
    found = {mention.text for mention in record.entities if mention.label is EntityLabel.DOCUMENT}
    assert set(re.findall("《[^》]+》", record.text)) <= found


def test_the_roll_is_split(record: MinutesRecord) -> None:
    """Every entry of the two name lists and of the run-together list gives one person, the latter with an agency."""
    norm = normalise(record.text)
    lists = [line for line in norm.split("\n") if line.startswith(("出席:", "列席:"))]
    names = [name for line in lists for name in line.split(":", 1)[1].split()]
    pairs = next(line for line in norm.split("\n") if line.startswith("市纪委监委")).split()
    counts = Counter(entry.role for entry in record.roll)
    assert counts[RollRole.PRESENT] + counts[RollRole.OBSERVER] == len(names) + len(pairs)
    assert {entry.name for entry in record.roll if entry.agency is None} >= set(names)
    joined = {f"{entry.agency}{entry.name}" for entry in record.roll if entry.agency and entry.name}
    assert joined == set(pairs)
    assert counts[RollRole.REPRESENTATIVE] == 3


def test_who_shall_act_on_what_the_meeting_decided(record: MinutesRecord) -> None:
    """Each sentence 由X根据… is an assignment of X alone, with its verbs and an issuing name or a next body."""
    starts = [match.start() for match in re.finditer("由[^。,]{2,12}根据", record.text)]
    tasks = {task.start: task for task in record.tasks}
    assert starts and set(starts) <= set(tasks)
    for start in starts:
        task = tasks[start]
        expected = re.match("由(.+?)根据", record.text[start:])
        assert expected and [agency.name for agency in task.lead] == [expected.group(1)]
        assert task.kind is Kind.ASSIGNMENT
        assert task.actions
        if "名义" in task.text:
            assert task.issuing_name
        if "提请" in task.text:
            assert task.next_step


def test_every_requirement_has_its_subject(record: MinutesRecord) -> None:
    requirements = [task for task in record.tasks if task.kind is Kind.REQUIREMENT]
    assert len(requirements) >= 20
    assert all(task.lead for task in requirements)


def test_nothing_is_invented(record: MinutesRecord) -> None:
    """No task outside the minutes proper, no lead that does not stand in the text at its offsets."""
    body = range(record.text.index("一、"), record.text.index("会议还研究了其他事项"))
    for task in record.tasks:
        assert task.start in body
        for agency in (*task.lead, *task.support):
            assert record.text[agency.start : agency.end] == agency.name
    assert Counter(clause.label for clause in record.clauses)[ClauseLabel.DECISION] == 7
