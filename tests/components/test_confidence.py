"""Confidence of mentions: what is observed, what is learned, what is kept."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import pytest

from jiyao.components.candidates import candidates
from jiyao.components.confidence import FILE, Confidence, without_overlaps
from jiyao.components.features import LexiconTagger
from jiyao.components.logistic import Logistic, logistic
from jiyao.components.span_chances import LabelledSpan
from jiyao.components.word_counts import WordCounts
from jiyao.errors import ModelError
from jiyao.labels import ClauseLabel, EntityLabel, Origin
from jiyao.types import Clause, Mention

TEXT = "由市水利局牵头,核查险段,做好排查工作。"
WORDS = ((0, 1), (1, 5), (5, 7), (7, 8), (8, 10), (10, 12), (12, 13), (13, 15), (15, 17), (17, 19), (19, 20))
AGENCY = Mention(1, 5, EntityLabel.AGENCY, "市水利局")
LEADS = Mention(5, 7, EntityLabel.ACTION, "牵头")
DOES = Mention(13, 15, EntityLabel.ACTION, "做好")
CLAUSES = (Clause(0, 20, ClauseLabel.ASSIGNMENT, 0.97),)


class NamedChances:
    """Chances of a recogniser, for spans by their words; other spans have next to none."""

    def __init__(self, **odds: float) -> None:
        self.odds = {(TEXT.index(text), TEXT.index(text) + len(text)): value for text, value in odds.items()}

    def likely(self, label: str, least: float, longest: int) -> list[LabelledSpan]:
        assert label == "ACTION"
        return [
            LabelledSpan(start, end, label)
            for (start, end), value in sorted(self.odds.items())
            if logistic(value) >= least and end - start <= longest
        ]

    def log_odds(self, spans: Sequence[LabelledSpan]) -> list[float]:
        return [self.odds.get((span.start, span.end), -9.0) for span in spans]


NOTHING = NamedChances()
COUNTS = WordCounts({"ACTION": {"核查": (8, 10), "排查": (1, 10)}})


def observed(
    mentions: tuple[Mention, ...] = (AGENCY, LEADS, DOES),
    clauses: tuple[Clause, ...] = CLAUSES,
    chances: NamedChances = NOTHING,
) -> dict[str, set[str]]:
    found = candidates(TEXT, clauses, mentions, WORDS, chances, COUNTS, LexiconTagger({}))
    return {candidate.mention.text: set(candidate.observations) for candidate in found}


def test_a_word_that_training_marked_is_proposed() -> None:
    assert set(observed()) == {"市水利局", "牵头", "核查", "做好"}


def test_a_new_word_is_proposed_at_the_place_of_a_predicate() -> None:
    rows = observed((AGENCY, DOES))  # 牵头 was passed over, behind a body; training never marked it
    assert "ACTION|slot=new|before=局" in rows["牵头"]
    assert "ACTION|slot=known|before=," in rows["核查"]
    assert "险段" not in rows and "排查" not in rows


def test_a_span_that_the_recogniser_half_took_is_proposed() -> None:
    chances = NamedChances(核=0.5, 排查=-2.5, 险段=-6.0)
    rows = observed((AGENCY, LEADS, DOES), chances=chances)
    assert {"核", "核查", "排查"} <= set(rows) and "险段" not in rows
    assert "ACTION|odds=-2" in rows["排查"] and "ACTION|by=passed over|odds=0" in rows["核"]


def test_other_edges_of_what_was_taken_are_proposed() -> None:
    rows = observed(chances=NamedChances(牵=1.0, 牵头=3.0, 市水利=2.0))
    assert "ACTION|by=other edges|odds=1" in rows["牵"]
    assert "ACTION|by=model|odds=2" in rows["牵头"]
    assert "市水利" not in rows  # an agency stands there


def test_of_overlapping_mentions_the_certain_and_the_likely_stay() -> None:
    def act(start: int, end: int, score: float, origin: Origin = Origin.MODEL) -> Mention:
        return Mention(start, end, EntityLabel.ACTION, TEXT[start:end], origin=origin, score=score)

    short, long, other = act(8, 9, 0.6), act(8, 10, 0.8), act(13, 15, 0.9)
    assert without_overlaps([short, long, other]) == (long, other)
    by_form = act(9, 12, 0.1, Origin.RULE)
    assert without_overlaps([short, long, by_form, other]) == (short, by_form, other)


def test_the_words_around_are_observed() -> None:
    rows = observed()
    assert {"ACTION|next=险段", "ACTION|by=passed over|next-share=new", "ACTION|next-length=2"} <= rows["核查"]
    assert "ACTION|by=model|next-share=0" in rows["做好"]  # 排查 was marked once in ten times: a fifth would be 1
    assert "ACTION|second-next=工作" in rows["做好"]
    assert "AGENCY|next=<ACTION>" in rows["市水利局"]


def test_nothing_is_proposed_where_the_guideline_has_no_actions() -> None:
    background = (Clause(0, 20, ClauseLabel.BACKGROUND, 0.97),)
    assert set(observed(clauses=background)) == {"市水利局", "牵头", "做好"}


def test_observations_tell_the_stretch_and_the_neighbours() -> None:
    rows = observed((AGENCY, LEADS, DOES, Mention(15, 17, EntityLabel.ACTION, "排查")))
    assert "ACTION|by=model|verbs-before=1" in rows["排查"]
    assert "ACTION|behind=<ACTION>" in rows["排查"]
    assert "ACTION|behind=<AGENCY>" in rows["牵头"]
    assert "ACTION|by=passed over" in rows["核查"]


def test_judge_drops_the_unlikely_and_takes_in_the_likely(tmp_path: Path) -> None:
    noun = Mention(15, 17, EntityLabel.ACTION, "排查")
    mentions = (AGENCY, LEADS, DOES, noun)
    first = Logistic({"": 2.0, "ACTION|behind=<ACTION>": -5.0})
    company = Logistic({"": -1.0, "first-look=4": 3.0, "first-look=-6": -1.0})
    confidence = Confidence(first, company, COUNTS)
    judged = confidence.judge(TEXT, CLAUSES, mentions, WORDS, NOTHING)
    assert [mention.text for mention in judged.mentions] == ["市水利局", "牵头", "核查", "做好"]
    assert {mention.score for mention in judged.mentions[:2]} == {round(logistic(2.0), 4)}  # 3 - 1, in company
    assert [(mention.text, mention.score) for mention in judged.passed_over] == [("排查", round(logistic(-2.0), 4))]
    confidence.to_disk(tmp_path)
    assert Confidence.from_disk(tmp_path).judge(TEXT, CLAUSES, mentions, WORDS, NOTHING) == judged


def test_the_second_look_can_take_an_act_back() -> None:
    first = Logistic({"": 2.0})
    company = Logistic({"": 2.0, "act-behind=nothing": -5.0})  # 核查 stands right before 险段, 做好 before 排查
    noun = Mention(15, 17, EntityLabel.ACTION, "排查")
    judged = Confidence(first, company, COUNTS).judge(TEXT, CLAUSES, (AGENCY, LEADS, DOES, noun), WORDS, NOTHING)
    assert "做好" not in [mention.text for mention in judged.mentions]
    assert "排查" in [mention.text for mention in judged.mentions]


def test_what_is_certain_by_form_stays() -> None:
    title = Mention(8, 12, EntityLabel.DOCUMENT, "核查险段", origin=Origin.RULE)
    never = Confidence(Logistic({"": -20.0}), Logistic({"": -20.0}), COUNTS)
    judged = never.judge(TEXT, CLAUSES, (AGENCY, title), WORDS, NOTHING)
    assert [mention.text for mention in judged.mentions] == ["核查险段"]
    # The verb inside the title is not in question.
    assert "核查" not in [mention.text for mention in judged.passed_over]


def test_scores_of_records_rise_with_their_parts() -> None:
    confidence = Confidence(Logistic({}), Logistic({}), COUNTS, (2.0, 1.0))
    assert confidence.record_probability(0.9) > confidence.record_probability(0.4) > 0
    assert Confidence(Logistic({}), Logistic({}), COUNTS).record_probability(0.4) == 0.4


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        gzip.compress(b"{", mtime=0),
        gzip.compress(b'{"record": null}', mtime=0),
        gzip.compress(b"{}", mtime=0)[:-9],
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ModelError, match="confidence"):
        Confidence.from_disk(tmp_path)


def test_counts_of_actions_are_over_all_their_places() -> None:
    counts = WordCounts.of([("核查。核查组", [(0, 2, "ACTION")])])
    assert counts.share("ACTION", "核查") == 0.5 and counts.share("ACTION", "报送") is None
