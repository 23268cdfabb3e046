"""A mention's part in its clause: the value that the roles give and the rules read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jiyao.types import Mention


class Role(StrEnum):
    """A mention's part in its clause."""

    LEAD = "lead"
    SUPPORT = "support"
    RECIPIENT = "recipient"
    ISSUER = "issuer"
    GATE = "gate"
    SOURCE = "source"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """A mention, its role, and the rule that said so. ``group`` numbers coordinated mentions."""

    mention: Mention
    role: Role
    rule: str
    group: int
