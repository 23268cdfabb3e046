"""The corpus to and from spaCy: DocBin without loss, and training examples.

A document becomes a Doc of characters (see ``components.tokenizer``): token
offsets are character offsets, so nothing can fall between tokens.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example
from spacy.vocab import Vocab

from jiyao.components.clause_words import clause_words
from jiyao.components.linear_textcat import WEIGHT
from jiyao.components.segmenter import Segmenter
from jiyao.corpus.balance import equal_shares
from jiyao.corpus.format import dump_document, parse_document
from jiyao.corpus.model import CorpusDocument, GoldSpan
from jiyao.corpus.splits import load_part
from jiyao.labels import ClauseLabel
from jiyao.normalise import normalise

_KEY = "jiyao.document"
CLAUSES = "clauses"


def to_docbin(documents: Iterable[CorpusDocument], vocab: Vocab) -> DocBin:
    """Documents to a DocBin: entities as ``doc.ents``, clauses as ``doc.spans["clauses"]``, the rest in user data."""
    docbin = DocBin(store_user_data=True)
    for document in documents:
        doc = characters(vocab, document.text)
        doc.set_ents(_ents(doc, document.entities))
        doc.spans[CLAUSES] = [Span(doc, clause.start, clause.end, clause.label) for clause in document.clauses]
        doc.user_data[_KEY] = (document.name, dump_document(document))
        docbin.add(doc)
    return docbin


def from_docbin(docbin: DocBin, vocab: Vocab) -> Iterator[CorpusDocument]:
    """The inverse of :func:`to_docbin`."""
    for doc in docbin.get_docs(vocab):
        name, content = doc.user_data[_KEY]
        yield parse_document(content, name)


def characters(vocab: Vocab, text: str) -> Doc:
    """A Doc with one token a character and no features."""
    return Doc(vocab, words=list(text), spaces=[False] * len(text))


def _ents(doc: Doc, spans: Iterable[GoldSpan]) -> list[Span]:
    return [Span(doc, span.start, span.end, span.label) for span in spans]


def ner_example(nlp: Language, text: str, entities: Iterable[GoldSpan]) -> Example:
    """A training example of the entity recogniser; it reads the normalised text, offset by offset the same."""
    predicted = nlp.make_doc(normalise(text))
    reference = predicted.copy()
    reference.set_ents(_ents(reference, entities))
    return Example(predicted, reference)


def clause_example(nlp: Language, words: str, label: ClauseLabel) -> Example:
    """A training example of the clause classifier."""
    predicted = nlp.make_doc(words)
    reference = predicted.copy()
    reference.cats = {other.value: float(other is label) for other in ClauseLabel}
    return Example(predicted, reference)


def create_minutes_corpus(
    path: str,
    part: str,
    shuffle: bool = False,
    augmenter: Callable[[Language, Example], Iterator[Example]] | None = None,
) -> Callable[[Language], Iterator[Example]]:
    """``jiyao.MinutesCorpus.v1``: examples for entities, one a document of ``part`` of the corpus in the folder ``path``.

    Each call is an epoch: with ``training.max_epochs = -1`` the order and the
    augmentation are drawn anew every time.
    """
    rng = random.Random(0)

    def read(nlp: Language) -> Iterator[Example]:
        documents = list(load_part(Path(path), part))
        if shuffle:
            rng.shuffle(documents)
        for document in documents:
            example = ner_example(nlp, document.text, document.entities)
            yield from augmenter(nlp, example) if augmenter else (example,)

    return read


def create_clause_corpus(
    path: str, part: str, segmenter: str, equal_hands: bool = False
) -> Callable[[Language], Iterator[Example]]:
    """``jiyao.ClauseCorpus.v1``: examples for clause classes, one a clause of ``part`` of the corpus in the folder ``path``.

    With ``equal_hands`` the clauses of each hand count the same in all: ``reference.user_data["weight"]`` is the weight of one.
    """

    def read(nlp: Language) -> Iterator[Example]:
        words = Segmenter(Path(segmenter))
        documents = list(load_part(Path(path), part))
        hands = [document.about.author for document in documents for _ in document.clauses]
        weights = iter(equal_shares(hands) if equal_hands else [1.0] * len(hands))
        for document in documents:
            for text, clause in zip(gold_clause_words(document, words), document.clauses, strict=True):
                example = clause_example(nlp, text, clause.label)
                example.reference.user_data[WEIGHT] = next(weights)
                yield example

    return read


def gold_clause_words(document: CorpusDocument, segmenter: Segmenter) -> list[str]:
    """The words of each clause, as the classifier reads them, with the entities as annotated."""
    norm = normalise(document.text)
    return clause_words(norm, document.clauses, document.entities, list(segmenter.words(norm)))
