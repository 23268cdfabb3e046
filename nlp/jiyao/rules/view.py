"""What a rule sees: one clause with its mentions, and the page around it.

Rules read mentions and classes where they can and the normalised text where they
must; they never see spaCy. All offsets are those of the original text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from jiyao.labels import EntityLabel
from jiyao.rules.titles import Titles
from jiyao.structure.tables import ANSWERABLE, is_column_head
from jiyao.types import Clause, Evidence, Item, Layout, Meeting, Mention

_INTRODUCER = re.compile(
    r"^(?:会议|\S{2,4}(?:同志|[市县区州旗]长|书记|主任)?)(?:还|并|同时)?(?:指出|强调|要求|认为|明确|议定|决定|提出)[,:]"
)

#: What a label or a heading calls the offices under it: 责任[单位], 承办[股室].
OFFICES = "单位|部门|科室|处室|股室|站所|机构"
#: Characters that a pattern before a word looks back over.
_FEW_WORDS = 60
#: A table's heading cell alone on its line or between bars.
_COLUMN = re.compile(
    rf"(?<=[\n|])[ ]*(?:(?P<first>(?:牵头|主办|主责)(?:{OFFICES})?(?:\(部门\))?)"
    rf"|(?P<lead>(?:责任|承办|实施|落实|责任主体)(?:{OFFICES})?(?:\(部门\))?)"
    rf"|(?P<support>(?:配合|协办|协助|协同|参与)(?:{OFFICES})?)"
    rf"|(?P<person>{ANSWERABLE}))[ ]*(?=[\n|]|$)"
)
#: A line that may be the heads of a table with blanks between them.
_SHORT_LINE = re.compile(r"(?<![^\n])[\u4e00-\u9fff() ]{4,80}(?![^\n])")
_HEADER_LENGTH = 80
_PERSON = "person"


@dataclass(frozen=True)
class ClauseView:
    """A clause, what stands in it, and what stood before it.

    ``sentence`` numbers the sentences of the page: clauses of one sentence share
    it. ``opens`` is true where a subject cannot be carried over from before: at an
    introducer or a numbered item. ``columns`` are the roles (lead, support) of the
    agency columns of the table that the clause is a row of, from its header, ``person_column`` tells whether it
    has one of people who answer for the task.
    """

    index: int
    clause: Clause
    norm: str
    mentions: tuple[Mention, ...]
    sentence: int
    opens: bool
    item: Item | None
    columns: tuple[str, ...] = ()
    person_column: bool = False

    @property
    def start(self) -> int:
        """Where the clause starts."""
        return self.clause.start

    @property
    def end(self) -> int:
        """Where the clause ends."""
        return self.clause.end

    @cached_property
    def text(self) -> str:
        """The normalised text of the clause."""
        return self.norm[self.clause.start : self.clause.end]

    def just_before(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """What ``pattern``, which ends with ``$``, finds to end at ``position``: it looks back a few words, not to the start."""
        return pattern.search(self.norm, max(self.start, position - _FEW_WORDS), position)

    def plain(self, mention: Mention) -> str:
        """The normalised text of a mention: 牽頭 and 牵头 are one word."""
        return self.norm[mention.start : mention.end]

    def of(self, label: EntityLabel) -> tuple[Mention, ...]:
        """The mentions of one label."""
        return tuple(mention for mention in self.mentions if mention.label is label)


@dataclass(frozen=True)
class Page:
    """The whole document as rules see it."""

    text: str
    norm: str
    layout: Layout
    meeting: Meeting
    mentions: tuple[Mention, ...]
    views: tuple[ClauseView, ...]
    titles: Titles
    first_listed_leads: bool = False

    @cached_property
    def mention_at(self) -> dict[int, Mention]:
        """Mentions by where they start."""
        return {mention.start: mention for mention in self.mentions}


def evidence(name: str, rule: str, spans: Sequence[tuple[int, int]]) -> tuple[Evidence, ...]:
    """Evidence of ``rule`` for the record's field ``name``."""
    return tuple(Evidence(name, rule, start, end) for start, end in spans)


def make_views(
    norm: str, layout: Layout, clauses: Sequence[Clause], mentions: Sequence[Mention]
) -> tuple[ClauseView, ...]:
    """Views of all clauses, in order."""
    views: list[ClauseView] = []
    headers = [(match.start(), match.lastgroup or "") for match in _COLUMN.finditer(_spaced_heads_barred(norm))]
    items = {item.path: item for item in layout.items}
    sentence, cursor = 0, 0
    ordered = sorted(mentions, key=lambda mention: mention.start)
    for index, clause in enumerate(clauses):
        previous = clauses[index - 1] if index else None
        if previous is not None and _ends_sentence(norm, previous, clause):
            sentence += 1
        while cursor < len(ordered) and ordered[cursor].start < clause.start:
            cursor += 1
        inside = []
        for mention in ordered[cursor:]:
            if mention.start >= clause.end:
                break
            inside.append(mention)
        between = norm[previous.end : clause.start] if previous else ""
        opens = bool(_INTRODUCER.match(norm[clause.start : clause.start + 20])) or bool(between.strip())
        views.append(
            ClauseView(
                index=index,
                clause=clause,
                norm=norm,
                mentions=tuple(inside),
                sentence=sentence,
                opens=opens,
                item=items.get(clause.item) if clause.item else None,
                columns=_columns(headers, clause.start),
                person_column=_has_person_column(headers, clause.start),
            )
        )
    return tuple(views)


def _spaced_heads_barred(norm: str) -> str:
    """``norm`` with bars for blanks in lines of column heads alone: 序号 任务 责任单位 时限."""

    def barred(match: re.Match[str]) -> str:
        heads = match.group().split()
        are_heads = len(heads) > 1 and all(map(is_column_head, heads))
        return match.group().replace(" ", "|") if are_heads else match.group()

    return _SHORT_LINE.sub(barred, norm)


def _columns(headers: Sequence[tuple[int, str]], position: int) -> tuple[str, ...]:
    """Roles of the agency columns of the last table header before ``position``."""
    roles = [role for role in _last_header(headers, position) if role != _PERSON]
    # As with labels: beside a 牵头单位 column, 责任单位 supports.
    other = "support" if "first" in roles else "lead"
    return tuple({"first": "lead", "lead": other, "support": "support"}[role] for role in roles)


def _has_person_column(headers: Sequence[tuple[int, str]], position: int) -> bool:
    return _PERSON in _last_header(headers, position)


def _last_header(headers: Sequence[tuple[int, str]], position: int) -> list[str]:
    """What the columns of the last table header before ``position`` hold, as groups of ``_COLUMN``, in order."""
    end = bisect_left(headers, (position, ""))
    begin = end
    while begin and headers[end - 1][0] - headers[begin - 1][0] < _HEADER_LENGTH:
        begin -= 1
    return [role for _, role in headers[begin:end]]


def _ends_sentence(norm: str, previous: Clause, clause: Clause) -> bool:
    """A full stop or a line end between two clauses ends the sentence; ; and , do not."""
    between = norm[max(previous.start, previous.end - 2) : clause.start]
    return "\n" in between or bool(re.search(r"[。!?]", between))
