"""Property tests draw the same examples everywhere, and a slow machine does not fail them."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
