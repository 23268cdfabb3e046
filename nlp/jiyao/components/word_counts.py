"""How often training marked a string: what makes a word familiar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from jiyao.labels import EntityLabel


class WordCounts:
    """How often training marked a string as one label, and how often the string stood there."""

    def __init__(self, counts: Mapping[str, Mapping[str, Sequence[int]]]) -> None:
        """``counts``: label to text to (marked, occurrences)."""
        self.counts = {
            label: {text: (int(m), int(n)) for text, (m, n) in rows.items()} for label, rows in counts.items()
        }

    @classmethod
    def of(cls, documents: Iterable[tuple[str, Sequence[tuple[int, int, str]]]], longest: int = 6) -> WordCounts:
        """Count over normalised texts with their spans ``(start, end, label)``."""
        texts: list[str] = []
        marked: dict[str, Counter[str]] = {label.value: Counter() for label in EntityLabel}
        for text, spans in documents:
            texts.append(text)
            for start, end, label in spans:
                if end - start <= longest or label != EntityLabel.ACTION:
                    marked[label][text[start:end]] += 1
        whole = "\n".join(texts)
        # Occurrences are counted for ACTION only: a verb is often a noun too, the name of a body hardly ever.
        return cls(
            {
                label: {
                    text: (n, max(n, whole.count(text)) if label == EntityLabel.ACTION else n)
                    for text, n in rows.items()
                }
                for label, rows in marked.items()
            }
        )

    def share(self, label: str, text: str) -> float | None:
        """Share of the occurrences of ``text`` that were marked; ``None`` where training had none."""
        found = self.counts.get(label, {}).get(text)
        return found[0] / found[1] if found else None

    def marked(self, label: str, text: str) -> int:
        """How often training marked ``text``."""
        return self.counts.get(label, {}).get(text, (0, 0))[0]
