"""Candidates for mentions: the input of ``confidence``.

Candidates are the mentions found, and what the recogniser passed over although it gave it some chance to be an ACTION,
although training or the lexicon knows it as one, or although it stands where a predicate stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from jiyao.components.features import LexiconTagger
from jiyao.components.observations import Source, observe
from jiyao.components.page import Page
from jiyao.components.span_chances import LabelledSpan
from jiyao.components.word_counts import WordCounts
from jiyao.labels import CLASSES_WITHOUT_ACTIONS, EntityLabel, Origin
from jiyao.types import Clause, Mention

#: A span that the recogniser gives less than this chance to start is not looked at.
_SOME_CHANCE = 0.03
_LONGEST_ACT = 8
#: Where a predicate may begin: behind a word of duty, behind a stop; and behind mentions of these labels.
_BEFORE_ACTS = frozenset("要须应,、;")
_ACTORS_AND_DATES = frozenset({EntityLabel.AGENCY, EntityLabel.PERSON, EntityLabel.DEADLINE})


class Chances(Protocol):
    """What a recogniser can tell of spans that it did not take; see :class:`~jiyao.components.span_chances.SpanChances`."""

    def likely(self, label: str, least: float, longest: int) -> list[LabelledSpan]:
        """The spans with ``label`` of at most ``longest`` characters and at least the chance ``least``."""

    def log_odds(self, spans: Sequence[LabelledSpan]) -> list[float]:
        """Logarithm of the odds of each span."""


class NoChances:
    """The chances of a page whose recogniser is gone: nothing is known of any span."""

    def likely(self, label: str, least: float, longest: int) -> list[LabelledSpan]:
        """No span is."""
        return []

    def log_odds(self, spans: Sequence[LabelledSpan]) -> list[float]:
        """Even odds for all."""
        return [0.0] * len(spans)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention to be judged, who brought it up, the clause that it begins in, and what is observed of it."""

    mention: Mention
    by: Source
    clause: Clause | None
    observations: tuple[str, ...]


def candidates(
    norm: str,
    clauses: Sequence[Clause],
    mentions: Sequence[Mention],
    words: Sequence[tuple[int, int]],
    chances: Chances,
    counts: WordCounts,
    tagger: LexiconTagger,
) -> Iterator[Candidate]:
    """Every mention, and what was passed over that may be an ACTION, in order, each with what is observed of it."""
    page = Page(norm, clauses, mentions, words, counts, tagger)
    proposals = {(m.start, m.end): m for m in (*_words_passed_over(page), *_spans_passed_over(page, chances))}
    each = [(m, Source.RULE if m.origin is Origin.RULE else Source.MODEL) for m in mentions]
    for (start, end), mention in proposals.items():
        each.append((mention, Source.OTHER_EDGES if page.overlapping(start, end) else Source.PASSED_OVER))
    each.sort(key=lambda pair: (pair[0].start, pair[0].end))
    odds = chances.log_odds([LabelledSpan(mention.start, mention.end, mention.label.value) for mention, _ in each])
    same = Counter((mention.label, norm[mention.start : mention.end]) for mention in mentions)
    for (mention, by), log_odds in zip(each, odds, strict=True):
        seen = observe(page, mention, by, log_odds, same[mention.label, norm[mention.start : mention.end]])
        yield Candidate(mention, by, page.clause(mention.start), tuple(seen))


def _spans_passed_over(page: Page, chances: Chances) -> Iterator[Mention]:
    """Spans that the recogniser did not take as ACTIONs although it gave them some chance; also where it took
    one with other edges (调度 of 调度解决)."""
    for span in chances.likely(EntityLabel.ACTION.value, _SOME_CHANCE, _LONGEST_ACT):
        clause, text = page.clause(span.start), page.norm[span.start : span.end]
        if clause is None or clause.label in CLASSES_WITHOUT_ACTIONS or "\n" in text:
            continue
        if all(
            other.label is EntityLabel.ACTION
            and other.origin is Origin.MODEL
            and (other.start, other.end) != (span.start, span.end)
            for other in page.overlapping(span.start, span.end)
        ):
            yield Mention(span.start, span.end, EntityLabel.ACTION, text)


def _words_passed_over(page: Page) -> Iterator[Mention]:
    """Words that the recogniser passed over and that training or the lexicon knows as ACTIONs, or that stand
    where a predicate stands: behind 要, a body or a date, or behind a comma."""
    slots = {mention.end for mention in page.mentions if mention.label in _ACTORS_AND_DATES}
    for start, end in page.words:
        if not 2 <= end - start <= 4 or page.overlapping(start, end):
            continue
        clause = page.clause(start)
        if clause is None or clause.label in CLASSES_WITHOUT_ACTIONS:
            continue
        if page.familiar(start, end) == "known" or start in slots or page.norm[start - 1 : start] in _BEFORE_ACTS:
            yield Mention(start, end, EntityLabel.ACTION, page.norm[start:end])
