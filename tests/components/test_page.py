"""Questions to a page: words and mentions at an edge, the stretch between stops, how familiar a word is."""

from __future__ import annotations

from jiyao.components.features import LexiconTagger
from jiyao.components.page import Page
from jiyao.components.word_counts import WordCounts
from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.types import Clause, Mention

TEXT = "市水利局核查险段、报送方案,做好排查。 通报"
WORDS = ((0, 4), (4, 6), (6, 8), (8, 9), (9, 11), (11, 13), (13, 14), (14, 16), (16, 18), (18, 19), (20, 22))
AGENCY = Mention(0, 4, EntityLabel.AGENCY, "市水利局")
CHECKS = Mention(4, 6, EntityLabel.ACTION, "核查")
PAGE = Page(
    TEXT,
    (Clause(0, 19, ClauseLabel.ASSIGNMENT, 0.9),),
    (AGENCY, CHECKS),
    WORDS,
    WordCounts({"ACTION": {"核查": (8, 10), "排查": (1, 10)}}),
    LexiconTagger({"做好": "act"}),
)


def test_a_clause_ends_before_its_end() -> None:
    assert PAGE.clause(18) is PAGE.clauses[0] and PAGE.clause(19) is None


def test_words_at_an_edge() -> None:
    assert PAGE.words_behind(6) == ["险段", "、"] and PAGE.words_behind(20) == ["通报"]
    assert PAGE.words_behind(7) == []  # within a word
    assert PAGE.words_before(6) == [(4, 6), (0, 4)] and PAGE.words_before(4) == [(0, 4)]
    assert PAGE.words_before(22) == [(20, 22)]  # white space before it is no word
    assert PAGE.words_before(20) == [] == PAGE.words_before(0)


def test_mentions_at_an_edge_and_over_a_stretch() -> None:
    assert PAGE.mention_at(4) is CHECKS and PAGE.mention_at(5) is None
    assert PAGE.mention_before(4) is AGENCY and PAGE.mention_before(5) is None
    assert PAGE.overlapping(3, 5) == [CHECKS, AGENCY] and PAGE.overlapping(6, 9) == []
    assert list(PAGE.within(1, 5)) == [CHECKS]


def test_the_stretch_between_stops_stays_in_the_clause() -> None:
    left, right = PAGE.segment(9, 11)
    assert TEXT[left:right] == "报送方案"
    left, right = PAGE.segment(4, 6)
    assert TEXT[left:right] == "市水利局核查险段、报送方案"  # 、 ends no stretch to the right


def test_how_familiar_a_word_is() -> None:
    assert [PAGE.familiar(*span) for span in ((4, 6), (14, 16), (16, 18), (9, 11))] == [
        "known",
        "known",
        "seldom",
        "new",
    ]
