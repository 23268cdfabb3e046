"""The rules, in order: each answers one question about one clause.

To add one: write a module with a function of the shape ``draft.Rule``, put it in
``RULES`` where what it needs has been answered, add ``tests/specs/<name>.jsonl``.
"""

from __future__ import annotations

from jiyao.rules.actions import acted_upon, actions, urgency
from jiyao.rules.condition import condition
from jiyao.rules.deadline import deadline
from jiyao.rules.documents import documents
from jiyao.rules.draft import Rule
from jiyao.rules.gates import gates
from jiyao.rules.issuing_name import issuing_name
from jiyao.rules.lead import inferred_lead, inherited_lead, lead_persons, named_lead
from jiyao.rules.next_step import next_step
from jiyao.rules.support import support
from jiyao.rules.targets import target

RULES: tuple[Rule, ...] = (
    support,
    named_lead,
    lead_persons,
    inherited_lead,
    inferred_lead,
    issuing_name,
    next_step,
    gates,
    actions,
    urgency,
    documents,
    deadline,
    acted_upon,
    target,
    condition,
)
