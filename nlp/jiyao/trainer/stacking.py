"""Fit the second stage: how sure mentions are, from what fold models found on places that they were not trained on.

The second look of the stage (:mod:`jiyao.components.company`) learns from chances that the first look gave to pages it
was not fitted to: on its own pages it is surer than it will ever be again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from jiyao.components.annotator import Annotator
from jiyao.components.candidates import Candidate, NoChances, candidates
from jiyao.components.company import in_company
from jiyao.components.confidence import Confidence
from jiyao.components.features import LexiconTagger
from jiyao.components.logistic import Logistic
from jiyao.components.word_counts import WordCounts
from jiyao.corpus.balance import equal_shares
from jiyao.corpus.model import CorpusDocument
from jiyao.corpus.splits import load_part
from jiyao.pipeline import Annotated, MinutesPipeline, without_silent_actions
from jiyao.readers import read_text
from jiyao.trainer.folds import Fold, Share, by_shares, in_processes, word_counts

_PENALTY = 0.3  # scikit-learn's C


@dataclass(frozen=True, slots=True)
class JudgedPage:
    """The candidates of a page, whether a person marked just that, and the hand that wrote the document.

    ``seen`` is the page as it was read, without words and chances, for those who want to go on from there.
    """

    norm: str
    found: tuple[Candidate, ...]
    right: tuple[bool, ...]
    hand: str
    seen: Annotated | None = None


Pages = Sequence[JudgedPage]


def judged_pages(folds: Sequence[Fold], workers: int = 1) -> list[Pages]:
    """What confidence is fitted to: the candidates on the places left out, fold by fold."""
    return list(by_shares(_share_pages, folds, workers))


def _share_pages(fold: Fold, share: Share) -> Pages:
    pipeline, counts, tagger = MinutesPipeline(Annotator.load(fold.model)), fold.word_counts(), LexiconTagger.default()
    return [_judged(pipeline, counts, tagger, document) for document in fold.held_out(share)]


def _judged(
    pipeline: MinutesPipeline, counts: WordCounts, tagger: LexiconTagger, document: CorpusDocument
) -> JudgedPage:
    seen = pipeline.annotate(read_text(document.text, document.name))
    mentions = without_silent_actions(seen.mentions, seen.clauses)
    found = tuple(candidates(seen.norm, seen.clauses, mentions, seen.words, seen.chances, counts, tagger))
    gold = {(span.start, span.end, span.label) for span in document.entities}
    right = tuple((c.mention.start, c.mention.end, c.mention.label) in gold for c in found)
    return JudgedPage(seen.norm, found, right, document.about.author, replace(seen, words=(), chances=NoChances()))


def fit_confidences(folds: Sequence[Fold], pages: Sequence[Pages], whole: Path, workers: int = 1) -> list[Confidence]:
    """The confidence of each fold, by the pages of the other folds, for one that has seen a place's own words right or wrong
    is not that of a place never seen; and last the one of the whole corpus in the folder ``whole``, by all pages."""
    bare = [[replace(page, seen=None) for page in part] for part in pages]
    jobs = [(bare, whole)]
    jobs += [([*bare[:index], *bare[index + 1 :]], fold.corpus) for index, fold in enumerate(folds)]
    first, *others = in_processes(_fit_for, jobs, workers)
    return [*others, first]


def _fit_for(pages: Sequence[Pages], corpus: Path) -> Confidence:
    return fit_confidence(pages, word_counts(load_part(corpus, "train")))


def fit_confidence(folds: Sequence[Pages], words: WordCounts) -> Confidence:
    """Confidence of mentions; every hand counts the same. ``words`` are counts over the documents that the model learnt.

    Candidates that are all right or all wrong teach nothing: every mention then is as likely as not.
    """
    first = _fit_first(list(chain.from_iterable(folds)))
    # Of a single fold either half is judged by what the other teaches.
    parts = folds if len(folds) > 1 else [folds[0][::2], folds[0][1::2]]
    rows: list[tuple[tuple[str, ...], bool]] = []
    hands: list[str] = []
    for index, part in enumerate(parts):
        others = _fit_first([page for other in (*parts[:index], *parts[index + 1 :]) for page in other])
        for page in part:
            seen = list(_company_rows(others, page))
            rows += seen
            hands += [page.hand] * len(seen)
    return Confidence(first, Logistic.fit(rows, penalty=_PENALTY, weights=equal_shares(hands)), words)


def _fit_first(pages: Pages) -> Logistic:
    rows = [
        (candidate.observations, right)
        for page in pages
        for candidate, right in zip(page.found, page.right, strict=True)
    ]
    weights = equal_shares([page.hand for page in pages for _ in page.found])
    return Logistic.fit(rows, penalty=_PENALTY, weights=weights)


def _company_rows(first: Logistic, page: JudgedPage) -> Iterator[tuple[tuple[str, ...], bool]]:
    alone = [first.probability(candidate.observations) for candidate in page.found]
    for observations, right in zip(in_company(page.norm, page.found, alone), page.right, strict=True):
        if observations:
            yield observations, right
