"""The words that rules go by, as data: what the files must hold and what is refused."""

from __future__ import annotations

import pytest

from jiyao.labels import Outcome
from jiyao.lexicon import LexiconError, parse_rows
from jiyao.rules.cues import Cue, OutcomeWords, any_of, cues, outcomes, words
from jiyao.rules.part import Role


def test_every_outcome_but_other_has_words() -> None:
    assert {outcome for outcome, _, _ in outcomes()} == set(Outcome) - {Outcome.OTHER}


def test_negation_is_asked_before_approval() -> None:
    order = [outcome for outcome, _, _ in outcomes()]
    assert order.index(Outcome.REJECTED) < order.index(Outcome.APPROVED_IN_PRINCIPLE) < order.index(Outcome.APPROVED)


def test_cues_name_roles() -> None:
    assert {cue.role for cue in cues()} <= set(Role)


def test_a_word_of_one_character_must_be_the_whole_verb() -> None:
    pattern = any_of("sends_paper_on")
    assert pattern.search("报")
    assert pattern.search("再报送")
    assert not pattern.search("报名")


def test_an_unknown_set() -> None:
    with pytest.raises(KeyError):
        words("no such set")


def test_what_is_refused() -> None:
    with pytest.raises(LexiconError, match="regular expression"):
        parse_rows(['{"outcome": "named", "words": ["命名"], "patterns": ["("]}'], "outcomes.jsonl", OutcomeWords)
    with pytest.raises(LexiconError, match="neither before nor after"):
        parse_rows(['{"name": "a", "role": "lead"}'], "cues.jsonl", Cue)
