"""Names of agencies: their full form, their region, groups of them, and names run together with a person's."""

from __future__ import annotations

from jiyao.agencies.canonical import canonical, is_group
from jiyao.agencies.regions import region_of
from jiyao.agencies.split import split_run_together

__all__ = ["canonical", "is_group", "region_of", "split_run_together"]
