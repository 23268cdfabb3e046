"""The lexicons: what they must hold, and what the validator must refuse."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError

import pytest

from jiyao import lexicon
from jiyao.lexicon import (
    AgencyKind,
    Category,
    Feast,
    Group,
    Level,
    LexiconError,
    SuffixKind,
    Surname,
    Title,
    parse_rows,
)

LOADERS = (
    lexicon.agencies,
    lexicon.agency_suffixes,
    lexicon.groups,
    lexicon.surnames,
    lexicon.name_characters,
    lexicon.titles,
    lexicon.actions,
    lexicon.introducers,
    lexicon.stages,
    lexicon.feasts,
    lexicon.time_words,
)


@pytest.mark.parametrize("load", LOADERS, ids=lambda load: load.__name__)
def test_loads_once(load) -> None:  # type: ignore[no-untyped-def]
    assert load() is load()
    assert load()


def test_sizes() -> None:
    assert len(lexicon.agencies()) >= 120
    assert len(lexicon.surnames()) >= 500
    assert len(lexicon.actions()) >= 300


def test_every_category_has_a_kind() -> None:
    assert {kind.category for kind in lexicon.agencies()} == set(Category)


def test_rare_and_compound_surnames() -> None:
    assert set("寿惠阙查仇逄乜昝葛奚揭区盖单朴訾").issubset(lexicon.surnames())
    assert {"欧阳", "司马", "尉迟", "申屠", "长孙"} <= lexicon.surnames()
    assert all(1 <= len(surname) <= 2 for surname in lexicon.surnames())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("land_resources", "natural_resources"),
        ("work_safety", "emergency"),
        ("industry_commerce", "market_regulation"),
        ("quality_supervision", "market_regulation"),
        ("food_drug", "market_regulation"),
        ("health_family_planning", "health_commission"),
        ("tourism", "culture_tourism"),
        ("culture", "culture_tourism"),
        ("legal_office", "justice"),
        ("grain", "grain_reserves"),
        ("big_data", "data"),
        ("poverty_alleviation", "rural_revitalisation"),
        ("rural_revitalisation", "agriculture_rural"),
        ("finance_office", "local_financial_regulation"),
    ],
)
def test_reforms(old: str, new: str) -> None:
    kinds = {kind.id: kind for kind in lexicon.agencies()}
    assert new in kinds[old].successors
    ended, began = kinds[old].valid_to, kinds[new].valid_from
    assert ended is not None
    assert began is None or began <= ended + 1


def test_names_do_not_hold_their_region() -> None:
    for kind in lexicon.agencies():
        for level in Level:
            for name in kind.names(level):
                assert not re.match("[省县区]|市(?![政场])", name), name
                assert re.sub("[“”、]|{region}|{bare}", "", name).isalpha(), name


def test_short_forms_are_not_the_names_of_predecessors() -> None:
    """A short form that was another's full name would merge bodies across a reform."""
    allowed = {"交通局", "交通厅", "粮食局", "建设局"}  # still said, and written on the door
    kinds = {kind.id: kind for kind in lexicon.agencies()}
    for old in kinds.values():
        names = {name for level in Level for name in old.names(level)} - allowed
        for successor in old.successors:
            if old.valid_to and (kinds[successor].valid_from or 0) >= old.valid_to - 2:
                assert not names & set(kinds[successor].short), (old.id, successor)


def test_years() -> None:
    kinds = {kind.id: kind for kind in lexicon.agencies()}
    assert kinds["rural_revitalisation"].valid_in(2022)
    assert not kinds["rural_revitalisation"].valid_in(2019)
    assert not kinds["work_safety"].valid_in(2024)
    assert kinds["finance"].valid_in(2005) and kinds["work_safety"].valid_in(None)


def test_suffixes_of_both_kinds() -> None:
    by_kind = {kind: {row.text for row in lexicon.agency_suffixes() if row.kind is kind} for kind in SuffixKind}
    assert {"局", "委", "办", "专班", "支队", "分局", "集团", "银行"} <= by_kind[SuffixKind.BODY]
    assert {"市", "县", "街道", "镇", "高新区"} <= by_kind[SuffixKind.REGION]


def test_feasts() -> None:
    feasts = {feast.id: feast for feast in lexicon.feasts()}
    assert str(feasts["spring_festival"].in_year(2024)) == "2024-02-10"
    assert str(feasts["mid_autumn"].in_year(2020)) == "2020-10-01"
    assert str(feasts["dragon_boat"].in_year(2025)) == "2025-05-31"
    assert str(feasts["qingming"].in_year(2024)) == "2024-04-04"
    assert str(feasts["national_day"].in_year(2009)) == "2009-10-01"
    assert feasts["spring_festival"].in_year(1900) is None


def test_moving_feasts_agree_with_the_public_holidays() -> None:
    from chinese_calendar import is_holiday

    for feast in lexicon.feasts():
        if feast.id in {"spring_festival", "mid_autumn", "dragon_boat", "qingming"}:
            for year in range(2008, 2026):
                day = feast.in_year(year)
                assert day is not None and is_holiday(day), (feast.id, year)


def test_rows_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        lexicon.titles()[0].text = "局长"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("line", "row_type", "reason"),
    [
        ("{", Surname, "Expecting"),
        ("[]", Surname, "not a JSON object"),
        ('{"text": "王", "rank": 1}', Surname, "unknown key 'rank'"),
        ("{}", Surname, "key 'text' is missing"),
        ('{"text": ""}', Surname, "empty"),
        ('{"text": " 王"}', Surname, "white space"),
        ('{"text": 1}', Surname, "not a text"),
        ('{"text": "市长", "kind": "king"}', Title, "king"),
        ('{"id": "a", "category": "party", "short": []}', AgencyKind, "not a list with something in it"),
        ('{"id": "a", "category": "party", "short": "局"}', AgencyKind, "not a list with something in it"),
        ('{"id": "a", "category": "party", "short": ["局", "局"]}', AgencyKind, "duplicate"),
        ('{"id": "a", "category": "party", "short": ["局"], "valid_to": "2018"}', AgencyKind, "whole number"),
        ('{"id": "a", "category": "party", "short": ["局"], "valid_to": true}', AgencyKind, "whole number"),
        (
            '{"id": "a", "category": "party", "short": ["局"], "valid_from": 2019, "valid_to": 2018}',
            AgencyKind,
            "later",
        ),
        ('{"id": "a", "category": "party"}', AgencyKind, "neither names nor short forms"),
        ('{"id": "a", "kind": "generic", "pattern": "(", "example": "各地"}', Group, "regular expression"),
        ('{"id": "a", "kind": "generic", "pattern": "各地", "example": "各县"}', Group, "does not match"),
        ('{"id": "a", "forms": ["节"]}', Feast, "month and day, or days"),
        ('{"id": "a", "forms": ["节"], "days": ["2024-02-30"]}', Feast, "day is out of range"),
    ],
)
def test_what_the_validator_refuses(line: str, row_type: type, reason: str) -> None:
    good = '{"text": "赵"}' if row_type is Surname else None
    lines = [good, line] if good else [line]
    with pytest.raises(LexiconError) as caught:
        parse_rows(lines, "some.jsonl", row_type)
    assert caught.value.subject == f"some.jsonl:{len(lines)}"
    assert reason in caught.value.reason


def test_a_key_may_stand_once() -> None:
    with pytest.raises(LexiconError, match=r"some.jsonl:3: '王' stands on line 1 already"):
        parse_rows(['{"text": "王"}', '{"text": "李"}', '{"text": "王"}'], "some.jsonl", Surname)
