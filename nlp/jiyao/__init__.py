"""jiyao (纪要): minutes of Chinese government meetings to task ledgers."""

from __future__ import annotations

__version__ = "0.1.0"
