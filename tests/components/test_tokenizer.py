"""One token a character, features from words and lexicons, stored with the pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.strings import get_string_id

from jiyao.components.annotator import ENTITIES, shipped_model, word_spans
from jiyao.components.features import LexiconTagger
from jiyao.components.segmenter import Segmenter
from jiyao.components.tokenizer import CharTokenizer, WhitespaceTokenizer
from jiyao.errors import ModelError

VOCAB = spacy.blank("xx").vocab
SEGMENTER = shipped_model() / ENTITIES / "tokenizer"


@pytest.fixture(scope="module")
def tokenizer() -> CharTokenizer:
    return CharTokenizer(VOCAB, words=True, lexicon=True).from_disk(SEGMENTER)


@given(text=st.text(max_size=80))
def test_token_i_is_character_i(tokenizer: CharTokenizer, text: str) -> None:
    doc = tokenizer(text)
    assert doc.text == text
    assert [token.text for token in doc] == list(text)


def test_words_are_whole_and_in_order(tokenizer: CharTokenizer) -> None:
    text = "由市财政局牵头 , 6月底前\n完成清算。"
    words = word_spans(tokenizer(text))
    assert "".join(text[start:end] for start, end in words) == "".join(text.split())
    assert words == list(Segmenter(SEGMENTER).words(text))


def test_lexicon_takes_the_longest_hit() -> None:
    tagger = LexiconTagger({"修改": "act", "修改完善": "act", "局长": "ttl", "局": "suf"})
    assert tagger.tags("修改完善局长局") == ["act-B", "act-M", "act-M", "act-E", "ttl-B", "ttl-E", "suf-S"]


def test_a_character_knows_its_word_and_the_pair_it_forms(tokenizer: CharTokenizer) -> None:
    text = "会议听取了汇报 。"
    doc = tokenizer(text)
    for start, end in word_spans(doc):
        assert {token.norm for token in doc[start:end]} == {get_string_id(text[start:end])}
    assert doc[7].norm == get_string_id(" ")  # of white space spaCy tells the character itself
    assert [token.dep for token in doc] == [get_string_id(text[i : i + 2]) for i in range(len(text))]


def test_reading_leaves_no_words_behind_in_the_vocabulary(tokenizer: CharTokenizer) -> None:
    tokenizer("局")
    before = len(VOCAB.strings)
    tokenizer("局局局局局局")
    assert len(VOCAB.strings) == before


def test_features_can_be_switched_off() -> None:
    doc = CharTokenizer(VOCAB, words=False, lexicon=False, pairs=False)("由市财政局牵头")
    assert {token.tag_ for token in doc} == {""} and {token.lemma_ for token in doc} == {""}
    assert {token.dep for token in doc} == {0} and all(token.norm == token.orth for token in doc)


def test_the_segmentation_model_travels_with_the_pipeline(tokenizer: CharTokenizer, tmp_path: Path) -> None:
    tokenizer.to_disk(tmp_path / "tokenizer")
    copy = CharTokenizer(VOCAB, words=True, lexicon=True).from_disk(tmp_path / "tokenizer")
    text = "会议听取了市水利局关于汛情的汇报。"
    assert [token.tag_ for token in copy(text)] == [token.tag_ for token in tokenizer(text)]


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no segmentation model"):
        Segmenter(tmp_path)


def test_words_at_spaces() -> None:
    assert [token.text for token in WhitespaceTokenizer(VOCAB)(" 由 «机构»  牵头 ")] == ["由", "«机构»", "牵头"]
    assert len(WhitespaceTokenizer(VOCAB)("")) == 0
