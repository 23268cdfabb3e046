"""Names of agencies: their full form, their region, and groups of them."""

from __future__ import annotations

from jiyao.agencies.canonical import canonical, is_group
from jiyao.agencies.regions import region_of

__all__ = ["canonical", "is_group", "region_of"]
