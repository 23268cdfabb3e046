"""The corpus itself: every file sound, in its one spelling, in one part, and through spaCy without loss."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from jiyao.corpus.check import check_document
from jiyao.corpus.docbin import from_docbin, to_docbin
from jiyao.corpus.format import SUFFIX, dump_document, load_corpus, parse_document, read_document
from jiyao.corpus.splits import PARTS, load_part, load_splits
from jiyao.errors import CorpusError

ANNOTATIONS = Path(__file__).parents[2] / "annotations"
FILES = sorted((ANNOTATIONS / "minutes").glob(f"*{SUFFIX}"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(SUFFIX))
def test_a_file_is_sound_and_in_its_one_spelling(path: Path) -> None:
    document = read_document(path)
    assert [str(finding) for finding in check_document(document) if finding.serious] == []
    assert dump_document(document) == path.read_text(encoding="utf-8")


def test_parts_share_no_place_and_miss_none() -> None:
    parts = {part: {document.about.place for document in load_part(ANNOTATIONS, part)} for part in PARTS}
    assert all(parts.values())
    assert not parts["train"] & parts["dev"] | parts["train"] & parts["test"] | parts["dev"] & parts["test"]
    assert set(load_splits(ANNOTATIONS / "splits.json")) == set().union(*parts.values())


def test_docbin_loses_nothing() -> None:
    documents = list(load_corpus(ANNOTATIONS / "minutes"))[:10]
    vocab = spacy.blank("xx").vocab
    docbin = to_docbin(documents, vocab)
    restored = type(docbin)().from_bytes(docbin.to_bytes())
    assert list(from_docbin(restored, vocab)) == documents
    doc = next(iter(restored.get_docs(vocab)))
    assert [(ent.start, ent.end, ent.label_) for ent in doc.ents] == [
        (span.start, span.end, span.label) for span in documents[0].entities
    ]


def test_a_task_that_stands_at_the_wrong_clause_is_named() -> None:
    content = FILES[0].read_text(encoding="utf-8")
    damaged = content.replace('"at": "', '"at": "不是', 1)
    with pytest.raises(CorpusError, match="stands where the clause is"):
        parse_document(damaged, "x")


def test_the_checker_sees_contradictions() -> None:
    text = (
        "{M}某市政府常务会议纪要\n{A}由[A|某局][V|牵头][V|制定]办法,[T|6月底前][V|完成]。各县要加强管理。\n=====\n"
        '{"meeting": {"title": "某市政府常务会议纪要", "held_on": "2024-07-01"},'
        ' "tasks": [{"at": "由某局", "lead": ["别局"], "actions": ["制定", "牵头"],'
        ' "deadline": {"text": "6月底前", "kind": "event", "date": "2024-06-30"}}], "about": '
        '{"place": "某市", "level": "county", "genre": "minutes", "author": "x"}}'
    )
    messages = " | ".join(finding.message for finding in check_document(parse_document(text, "x")))
    assert "'别局' is no AGENCY" in messages
    assert "are not the clause's" in messages
    assert "event deadline has no date" in messages
    assert "due 2024-06-30 before the meeting" in messages
    assert "a clause start is missing before '各县要加强管理。'" in messages
