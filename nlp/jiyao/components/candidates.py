"""Candidates for mentions and what is observed of each: the input of ``confidence``.

Candidates are the mentions found, and what the recogniser passed over although it gave it some chance to be an ACTION,
although training or the lexicon knows it as one, or although it stands where a predicate stands. Observations are names of
what holds (``ACTION|opens=ground``), so that a stored model can be read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

from jiyao.components.features import LexiconTagger
from jiyao.components.span_chances import LabelledSpan
from jiyao.labels import CLASSES_WITHOUT_ACTIONS, EntityLabel, Origin
from jiyao.lexicon import parse_rows
from jiyao.types import Clause, Mention

#: A word that training marked in at least this share of its occurrences is worth a second look.
_WORTH_A_LOOK = 0.2
_STOPS = frozenset(",;。:!?、()\n“”")
_ENDS = frozenset(",;。:!?\n")
#: A span that the recogniser gives less than this chance to start is not looked at.
_SOME_CHANCE = 0.03
_LONGEST_ACT = 8
#: Log odds beyond are the same: how bold a recogniser is depends on how long it was trained.
_BOLDEST = 2.0
#: Where a predicate may begin: behind a word of duty, behind a stop; and behind mentions of these labels.
_BEFORE_ACTS = frozenset("要须应,、;")
_ACTORS_AND_DATES = frozenset({EntityLabel.AGENCY, EntityLabel.PERSON, EntityLabel.DEADLINE})


class Chances(Protocol):
    """What a recogniser can tell of spans that it did not take; see :class:`~jiyao.components.span_chances.SpanChances`."""

    def likely(self, label: str, least: float, longest: int) -> list[LabelledSpan]:
        """The spans with ``label`` of at most ``longest`` characters and at least the chance ``least``."""

    def log_odds(self, spans: Sequence[LabelledSpan]) -> list[float]:
        """Logarithm of the odds of each span."""


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention to be judged, and what is observed of it."""

    mention: Mention
    observations: tuple[str, ...]
    proposed: bool  # by this stage, not by the recogniser or a rule


class WordCounts:
    """How often training marked a string as one label, and how often the string stood there."""

    def __init__(self, counts: Mapping[str, Mapping[str, Sequence[int]]]) -> None:
        """``counts``: label to text to (marked, occurrences)."""
        self.counts = {
            label: {text: (int(m), int(n)) for text, (m, n) in rows.items()} for label, rows in counts.items()
        }

    @classmethod
    def of(cls, documents: Iterable[tuple[str, Sequence[tuple[int, int, str]]]], longest: int = 6) -> WordCounts:
        """Count over normalised texts with their spans ``(start, end, label)``."""
        texts: list[str] = []
        marked: dict[str, Counter[str]] = {label.value: Counter() for label in EntityLabel}
        for text, spans in documents:
            texts.append(text)
            for start, end, label in spans:
                if end - start <= longest or label != EntityLabel.ACTION:
                    marked[label][text[start:end]] += 1
        whole = "\n".join(texts)
        # Occurrences are counted for ACTION only: a verb is often a noun too, the name of a body hardly ever.
        return cls(
            {
                label: {
                    text: (n, max(n, whole.count(text)) if label == EntityLabel.ACTION else n)
                    for text, n in rows.items()
                }
                for label, rows in marked.items()
            }
        )

    def share(self, label: str, text: str) -> float | None:
        """Share of the occurrences of ``text`` that were marked; ``None`` where training had none."""
        found = self.counts.get(label, {}).get(text)
        return found[0] / found[1] if found else None

    def marked(self, label: str, text: str) -> int:
        """How often training marked ``text``."""
        return self.counts.get(label, {}).get(text, (0, 0))[0]


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
    page = _Page(norm, clauses, mentions, words, counts, tagger)
    proposals = {(m.start, m.end): m for m in (*page.words_passed_over(), *page.spans_passed_over(chances))}
    each = sorted(
        [*((m, False) for m in mentions), *((m, True) for m in proposals.values())],
        key=lambda pair: (pair[0].start, pair[0].end),
    )
    odds = chances.log_odds([LabelledSpan(mention.start, mention.end, mention.label.value) for mention, _ in each])
    for (mention, proposed), log_odds in zip(each, odds, strict=True):
        yield Candidate(mention, tuple(page.observe(mention, proposed, log_odds)), proposed)


class _Page:
    """One page, with what observations need at hand."""

    def __init__(
        self,
        norm: str,
        clauses: Sequence[Clause],
        mentions: Sequence[Mention],
        words: Sequence[tuple[int, int]],
        counts: WordCounts,
        tagger: LexiconTagger,
    ) -> None:
        self.norm = norm
        self.clauses = clauses
        self.mentions = mentions
        self.words = words
        self.counts = counts
        self.tags = tagger.tags(norm)
        self._clause_starts = [clause.start for clause in clauses]
        self._word_starts = [start for start, _ in words]
        self._edges = {edge for word in words for edge in word}
        self._starts = [mention.start for mention in mentions]
        self._slots = {mention.end for mention in mentions if mention.label in _ACTORS_AND_DATES}
        self._same = Counter((mention.label, norm[mention.start : mention.end]) for mention in mentions)

    def clause(self, position: int) -> Clause | None:
        """The clause at ``position``."""
        index = bisect_right(self._clause_starts, position) - 1
        return self.clauses[index] if index >= 0 and position < self.clauses[index].end else None

    def spans_passed_over(self, chances: Chances) -> Iterator[Mention]:
        """Spans that the recogniser did not take as ACTIONs although it gave them some chance; also where it took
        one with other edges (调度 of 调度解决)."""
        for span in chances.likely(EntityLabel.ACTION.value, _SOME_CHANCE, _LONGEST_ACT):
            clause = self.clause(span.start)
            if clause is None or clause.label in CLASSES_WITHOUT_ACTIONS or "\n" in self.norm[span.start : span.end]:
                continue
            if all(
                other.label is EntityLabel.ACTION
                and other.origin is Origin.MODEL
                and (other.start, other.end) != (span.start, span.end)
                for other in self._overlapping(span.start, span.end)
            ):
                yield Mention(span.start, span.end, EntityLabel.ACTION, self.norm[span.start : span.end])

    def words_passed_over(self) -> Iterator[Mention]:
        """Words that the recogniser passed over and that training or the lexicon knows as ACTIONs, or that stand
        where a predicate stands: behind 要, a body or a date, or behind a comma."""
        for start, end in self.words:
            if not 2 <= end - start <= 4 or self._overlaps(start, end):
                continue
            clause = self.clause(start)
            if clause is None or clause.label in CLASSES_WITHOUT_ACTIONS:
                continue
            text = self.norm[start:end]
            if (
                self._familiar(start, end) == "known"
                or start in self._slots
                or self.norm[start - 1 : start] in _BEFORE_ACTS
            ):
                yield Mention(start, end, EntityLabel.ACTION, text)

    def _familiar(self, start: int, end: int) -> str:
        """How training and the lexicon know the word as an ACTION: known, seldom or new."""
        share = self.counts.share(EntityLabel.ACTION, self.norm[start:end])
        in_lexicon = self.tags[start] == "act-B" and self.tags[end - 1] == "act-E"
        if in_lexicon or (share is not None and share >= _WORTH_A_LOOK):
            return "known"
        return "new" if share is None else "seldom"

    def _within(self, left: int, right: int) -> Sequence[Mention]:
        return self.mentions[bisect_left(self._starts, left) : bisect_left(self._starts, right)]

    def _segment(self, start: int, end: int, clause: Clause | None) -> tuple[int, int]:
        """The stretch between two stops around ``[start, end)``, within the clause."""
        left, right = start, end
        floor, ceiling = (clause.start, clause.end) if clause else (0, len(self.norm))
        while left > floor and self.norm[left - 1] not in _STOPS:
            left -= 1
        while right < ceiling and self.norm[right] not in _ENDS:
            right += 1
        return left, right

    def _overlaps(self, start: int, end: int) -> bool:
        return bool(self._overlapping(start, end))

    def _overlapping(self, start: int, end: int) -> list[Mention]:
        """The mentions that share a character with ``[start, end)``; mentions do not overlap each other."""
        found = []
        for index in range(bisect_left(self._starts, end) - 1, -1, -1):
            if self.mentions[index].end <= start:
                break
            found.append(self.mentions[index])
        return found

    def observe(self, mention: Mention, proposed: bool, log_odds: float) -> Iterator[str]:
        """What is observed of a mention. All names start with its label: each label has weights of its own."""
        label, start, end = mention.label, mention.start, mention.end
        text = self.norm[start:end]
        by = "rule" if mention.origin is Origin.RULE else "model"
        if proposed:
            by = "other edges" if self._overlaps(start, end) else "passed over"
        clause = self.clause(start)
        kind = clause.label.value if clause else "none"
        for name in self._observe(label, by, text, start, end, clause):
            yield f"{label}|{name}"
        yield f"{label}|by={by}"
        yield f"{label}|by={by}|clause={kind}"
        odds = round(min(max(log_odds, -_BOLDEST), _BOLDEST))
        yield f"{label}|odds={odds}"
        yield f"{label}|by={by}|odds={odds}"

    def _observe(
        self, label: EntityLabel, by: str, text: str, start: int, end: int, clause: Clause | None
    ) -> Iterator[str]:
        share, marked = self.counts.share(label, text), self.counts.marked(label, text)
        often = "0" if not marked else "1" if marked == 1 else "2-4" if marked < 5 else "5+"
        yield f"by={by}|marked={often}"
        if label is EntityLabel.ACTION:
            yield f"by={by}|share={_fifth(share)}"
            yield f"text={text}"
        yield f"length={min(end - start, 8)}"
        whole = f"{start in self._edges}{end in self._edges}"
        yield f"by={by}|word-edges={whole}"
        yield f"by={by}|lexicon={self.tags[start].partition('-')[0]}{self.tags[end - 1].partition('-')[2]}"
        yield f"same={min(self._same[label, text], 3)}"
        before, after = self.norm[start - 1 : start] or "\n", self.norm[end : end + 1] or "\n"
        yield f"before={before}"
        yield f"after={after}"
        yield f"first={text[0]}"
        yield f"last={text[-1]}"
        neighbour = self._neighbour(start)
        yield f"behind={neighbour}"
        yield f"by={by}|behind={neighbour}"
        if clause is not None:
            yield f"clause-score={_bucket(clause.score)}"
        yield from self._behind(label, by, start, end)
        if label in (EntityLabel.ACTION, EntityLabel.DEADLINE):
            yield from self._in_segment(by, start, end, clause)

    def _behind(self, label: EntityLabel, by: str, start: int, end: int) -> Iterator[str]:
        """The words around: 拨付进度 and 发放堵点 are nouns, which the word behind tells."""
        index = bisect_left(self._word_starts, end)
        follows = index < len(self.words) and self.words[index][0] == end
        word = self.norm[end : self.words[index][1]] if follows else ""
        at = bisect_left(self._starts, end)
        marked = at < len(self._starts) and self._starts[at] == end
        following = f"<{self.mentions[at].label}>" if marked else word
        yield f"next={following}"
        yield f"by={by}|next={following}"
        yield f"next-length={len(word)}"
        if label is not EntityLabel.ACTION:
            return
        if by in ("passed over", "other edges"):
            yield f"slot={self._familiar(start, end)}|before={self.norm[start - 1 : start]}"
        yield f"by={by}|next-share={_fifth(self.counts.share(label, word))}"
        if follows and index + 1 < len(self.words):
            yield f"second-next={self.norm[slice(*self.words[index + 1])]}"
        index = bisect_left(self._word_starts, start) - 1
        if index >= 0 and self.words[index][1] == start:
            yield f"by={by}|share-before={_fifth(self.counts.share(label, self.norm[slice(*self.words[index])]))}"
            if index and self.words[index - 1][1] == self.words[index][0]:
                yield f"second-before={self.norm[slice(*self.words[index - 1])]}"
                yield f"two-before={self.norm[self.words[index - 1][0] : start]}"

    def _neighbour(self, start: int) -> str:
        """What ends just before ``start``: a mention's label, or the word."""
        index = bisect_left(self._starts, start) - 1
        if index >= 0 and self.mentions[index].end == start:
            return f"<{self.mentions[index].label}>"
        index = bisect_left(self._word_starts, start) - 1
        if index < 0:
            return ""
        word_start, word_end = self.words[index]
        return self.norm[word_start:word_end] if word_end == start else self.norm[start - 1 : start]

    def _in_segment(self, by: str, start: int, end: int, clause: Clause | None) -> Iterator[str]:
        """The stretch between two stops that the word stands in."""
        left, right = self._segment(start, end, clause)
        head = self.norm[left:start]
        tail = self.norm[end:right]
        actions = [
            mention
            for mention in self._within(left, right)
            if mention.label is EntityLabel.ACTION and (mention.end <= start or mention.start >= end)
        ]
        before = sum(mention.start < start for mention in actions)
        behind = len(actions) - before
        yield f"by={by}|verbs-before={min(before, 2)}"
        yield f"by={by}|verbs-behind={min(behind, 2)}"
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


def labelled(
    found: Iterable[Candidate], gold: Iterable[tuple[int, int, EntityLabel]]
) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Candidates with whether the gold has just that span with just that label: the rows of :meth:`Confidence.fit`."""
    right = set(gold)
    for candidate in found:
        mention = candidate.mention
        yield candidate.observations, (mention.start, mention.end, mention.label) in right
