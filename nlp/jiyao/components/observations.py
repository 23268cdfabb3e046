"""What is observed of a candidate on its page, as names of what holds (``ACTION|opens=ground``).

All names start with the candidate's label: each label has weights of its own. Many say by whom the candidate was
brought up too (:class:`Source`), since a word that the recogniser took is another case than one it passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from jiyao.components.acts_around import acts_around
from jiyao.components.page import Page
from jiyao.labels import EntityLabel
from jiyao.lexicon import parse_rows
from jiyao.types import Clause, Mention

#: Log odds beyond are the same: how bold a recogniser is depends on how long it was trained.
_BOLDEST = 2.0


class Source(StrEnum):
    """Who brought a candidate up."""

    MODEL = "model"
    RULE = "rule"
    PASSED_OVER = "passed over"
    OTHER_EDGES = "other edges"

    @property
    def proposed(self) -> bool:
        """Whether the recogniser left it out, so that it is a proposal of the second stage alone."""
        return self in (Source.PASSED_OVER, Source.OTHER_EDGES)


@dataclass(frozen=True, slots=True)
class SegmentOpening:
    """A row of ``segment_openings.jsonl``: a word that opens a stretch between two stops and says what the stretch is."""

    text: str
    kind: str


@cache
def segment_openings() -> tuple[tuple[str, str], ...]:
    """Openings with their kind, the longest first."""
    content = files("jiyao").joinpath("lexicons", "segment_openings.jsonl").read_text(encoding="utf-8")
    rows = parse_rows(content.splitlines(), "segment_openings.jsonl", SegmentOpening)
    return tuple(sorted(((row.text, row.kind) for row in rows), key=lambda pair: (-len(pair[0]), pair)))


def observe(page: Page, mention: Mention, by: Source, log_odds: float, same: int) -> Iterator[str]:
    """What is observed of a mention; ``same`` mentions on the page have its words and its label."""
    label, clause = mention.label, page.clause(mention.start)
    odds = round(min(max(log_odds, -_BOLDEST), _BOLDEST))
    for names in (
        (f"by={by}", f"by={by}|clause={clause.label if clause else 'none'}", f"odds={odds}", f"by={by}|odds={odds}"),
        (f"same={min(same, 3)}",),
        _form(page, mention, by),
        _edges(page, mention, by),
        _words_behind(page, mention, by),
        _words_before(page, mention, by) if label is EntityLabel.ACTION else (),
        _segment(page, mention, by, clause) if label in (EntityLabel.ACTION, EntityLabel.DEADLINE) else (),
    ):
        for name in names:
            yield f"{label}|{name}"
    if label is EntityLabel.ACTION and clause is not None:
        acts = [
            (other.start, other.end)
            for other in page.within(clause.start, clause.end)
            if other.label is EntityLabel.ACTION
        ]
        for name in acts_around(page.norm, clause, mention.start, mention.end, acts, by):
            yield f"{label}|{name}"


def _form(page: Page, mention: Mention, by: Source) -> Iterator[str]:
    """The words of the candidate, and how training and the lexicon know them."""
    label, start, end = mention.label, mention.start, mention.end
    text = page.norm[start:end]
    marked = page.counts.marked(label, text)
    often = "0" if not marked else "1" if marked == 1 else "2-4" if marked < 5 else "5+"
    yield f"by={by}|marked={often}"
    if label is EntityLabel.ACTION:
        yield f"by={by}|share={_fifth(page.counts.share(label, text))}"
        yield f"text={text}"
    yield f"length={min(end - start, 8)}"
    yield f"by={by}|word-edges={start in page.edges}{end in page.edges}"
    yield f"by={by}|lexicon={page.tags[start].partition('-')[0]}{page.tags[end - 1].partition('-')[2]}"
    yield f"first={text[0]}"
    yield f"last={text[-1]}"


def _edges(page: Page, mention: Mention, by: Source) -> Iterator[str]:
    """The characters at both edges, and what ends just before: a mention or a word."""
    start, end = mention.start, mention.end
    yield f"before={page.norm[start - 1 : start] or chr(10)}"
    yield f"after={page.norm[end : end + 1] or chr(10)}"
    before = page.mention_before(start)
    words = page.words_before(start)
    nearest = f"<{before.label}>" if before else page.norm[slice(*words[0])] if words else page.norm[start - 1 : start]
    yield f"behind={nearest}"
    yield f"by={by}|behind={nearest}"
    clause = page.clause(start)
    if clause is not None:
        yield f"clause-score={_bucket(clause.score)}"


def _words_behind(page: Page, mention: Mention, by: Source) -> Iterator[str]:
    """What follows: 拨付进度 and 发放堵点 are nouns, which the word behind tells."""
    label, end = mention.label, mention.end
    words = page.words_behind(end)
    word = words[0] if words else ""
    marked = page.mention_at(end)
    following = f"<{marked.label}>" if marked else word
    yield f"next={following}"
    yield f"by={by}|next={following}"
    yield f"next-length={len(word)}"
    if label is EntityLabel.ACTION:
        yield f"by={by}|next-share={_fifth(page.counts.share(label, word))}"
        if len(words) > 1:
            yield f"second-next={words[1]}"


def _words_before(page: Page, mention: Mention, by: Source) -> Iterator[str]:
    start = mention.start
    if by.proposed:
        yield f"slot={page.familiar(start, mention.end)}|before={page.norm[start - 1 : start]}"
    words = page.words_before(start)
    if words:
        yield f"by={by}|share-before={_fifth(page.counts.share(mention.label, page.norm[slice(*words[0])]))}"
    if len(words) > 1:
        yield f"second-before={page.norm[slice(*words[1])]}"
        yield f"two-before={page.norm[words[1][0] : start]}"


def _segment(page: Page, mention: Mention, by: Source, clause: Clause | None) -> Iterator[str]:
    """The stretch between two stops that the word stands in."""
    start, end = mention.start, mention.end
    left, right = page.segment(start, end)
    head, tail = page.norm[left:start], page.norm[end:right]
    acts = [
        other
        for other in page.within(left, right)
        if other.label is EntityLabel.ACTION and (other.end <= start or other.start >= end)
    ]
    before = sum(other.start < start for other in acts)
    yield f"by={by}|verbs-before={min(before, 2)}"
    yield f"by={by}|verbs-behind={min(len(acts) - before, 2)}"
    word, kind = next((o for o in segment_openings() if head.startswith(o[0])), ("", "other" if head else "none"))
    yield f"opening={word}"
    yield f"by={by}|opens={kind}|verbs-before={min(before, 1)}"
    yield f"head-length={min(len(head) // 3, 5)}"
    yield f"tail-length={min(len(tail) // 3, 5)}"
    of = tail.find("的")
    yield f"by={by}|的={'none' if of < 0 else min(of, 8) // 2}"
    yield f"的-before={'的' in head}"
    yield f"end-of-segment={tail[-2:] if len(tail) <= 4 else ''}"
    if clause is not None:
        yield f"first-segment={left <= clause.start}"
        yield f"by={by}|score={_bucket(clause.score)}|class={clause.label}"


def _fifth(share: float | None) -> str:
    return "new" if share is None else str(round(share * 5))


def _bucket(probability: float) -> str:
    return "sure" if probability >= 0.95 else "likely" if probability >= 0.8 else "doubtful"
