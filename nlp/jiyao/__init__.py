"""jiyao (纪要): minutes of Chinese government meetings to task ledgers.

>>> import jiyao
>>> nlp_minutes = jiyao.load()                               # doctest: +SKIP
>>> record = nlp_minutes.extract("minutes.txt")              # doctest: +SKIP
>>> [(task.lead, task.deadline) for task in record.tasks]    # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "Deadline",
    "Decision",
    "JiyaoError",
    "Meeting",
    "Mention",
    "MinutesPipeline",
    "MinutesRecord",
    "TaskRecord",
    "load",
]

if TYPE_CHECKING:
    from jiyao.errors import JiyaoError
    from jiyao.pipeline import MinutesPipeline, load
    from jiyao.types import Deadline, Decision, Meeting, Mention, MinutesRecord, TaskRecord

_HOME = {
    "JiyaoError": "jiyao.errors",
    "MinutesPipeline": "jiyao.pipeline",
    "load": "jiyao.pipeline",
}


def __getattr__(name: str) -> object:
    """Import public names when first used: ``import jiyao`` must not pay for spaCy."""
    if name not in __all__:
        raise AttributeError(f"module 'jiyao' has no attribute {name!r}")
    return getattr(import_module(_HOME.get(name, "jiyao.types")), name)
