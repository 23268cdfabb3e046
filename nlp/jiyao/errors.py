"""What can go wrong, in one small tree.

Every error says what happened, to which input, and what the user can do next.
"""

from __future__ import annotations


class JiyaoError(Exception):
    """Base of all errors that jiyao raises on purpose.

    ``subject`` is the file or value concerned, ``reason`` what is wrong with it,
    ``remedy`` what to do next; ``str()`` gives the three in one line.
    """

    def __init__(self, subject: str, reason: str, remedy: str) -> None:
        super().__init__(subject, reason, remedy)
        self.subject = subject
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}; {self.remedy}"


class ReadError(JiyaoError):
    """An input that cannot be read as minutes."""


class WriteError(JiyaoError):
    """An output that cannot be written."""


class ModelError(JiyaoError):
    """A model that is missing, damaged or made by another version."""


class CorpusError(JiyaoError):
    """A corpus file that breaks its format; ``subject`` is ``file:line``."""


class DependencyError(JiyaoError):
    """An optional dependency that is not installed; ``remedy`` names the extra."""


class ReviewError(JiyaoError):
    """A review server, or an answer of it, that cannot be used; ``subject`` is its address or the task's."""
