"""Model and rule mentions in one list; origin kept."""

from __future__ import annotations

from jiyao.components.reconcile import reconcile
from jiyao.labels import EntityLabel, Origin
from jiyao.types import Mention


def mention(start: int, end: int, label: EntityLabel, origin: Origin = Origin.MODEL) -> Mention:
    return Mention(start, end, label, "x" * (end - start), origin=origin)


def test_a_rule_wins_where_the_two_overlap() -> None:
    model = [mention(2, 6, EntityLabel.AGENCY), mention(10, 12, EntityLabel.PERSON)]
    rules = [mention(0, 8, EntityLabel.DOCUMENT, Origin.RULE)]
    assert reconcile(model, rules) == (rules[0], model[1])


def test_overlapping_rules_keep_the_first_and_longest() -> None:
    long, short = mention(0, 8, EntityLabel.DOCUMENT, Origin.RULE), mention(0, 3, EntityLabel.AGENCY, Origin.RULE)
    assert reconcile([], [short, long]) == (long,)


def test_result_is_in_the_order_of_the_text() -> None:
    model = [mention(9, 10, EntityLabel.ACTION), mention(0, 1, EntityLabel.ACTION)]
    assert [found.start for found in reconcile(model, [mention(4, 5, EntityLabel.PERSON, Origin.RULE)])] == [0, 4, 9]
