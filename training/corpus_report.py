"""Measure the corpus and write the figures into annotations/README.md (between the report marks).

Counts by part and genre; how natural and how varied the text is (distinct n-grams,
clauses used twice); how new dev and test are to what training saw.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from jiyao.corpus.model import CorpusDocument
from jiyao.corpus.splits import PARTS, load_part
from jiyao.labels import ClauseLabel, EntityLabel
from jiyao.normalise import normalise

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "annotations"
MARKS = re.compile(r"(<!-- report -->\n).*?(<!-- /report -->)", re.DOTALL)
#: Clauses shorter than this are formulas that every clerk uses.
_FORMULA = 16


def clause_texts(documents: Iterable[CorpusDocument], labels: frozenset[ClauseLabel] | None = None) -> list[str]:
    """Normalised clause texts without white space; META left out unless asked for."""
    wanted = labels or frozenset(ClauseLabel) - {ClauseLabel.META}
    return [
        re.sub(r"\s", "", normalise(document.text[clause.start : clause.end]))
        for document in documents
        for clause in document.clauses
        if clause.label in wanted
    ]


def distinct(texts: Iterable[str], size: int) -> float:
    """Share of character n-grams that occur once or are counted once: types over tokens."""
    grams = [text[i : i + size] for text in texts for i in range(len(text) - size + 1)]
    return len(set(grams)) / len(grams) if grams else 0.0


def reused(documents: list[CorpusDocument]) -> tuple[int, int]:
    """Clauses of some length that stand in more than one document, and all of that length."""
    seen: Counter[str] = Counter()
    for document in documents:
        seen.update({text for text in clause_texts([document]) if len(text) >= _FORMULA})
    return sum(1 for count in seen.values() if count > 1), len(seen)


def unseen(train: list[CorpusDocument], other: list[CorpusDocument], label: EntityLabel) -> float:
    """Share of the distinct mentions of ``label`` in ``other`` that training never saw."""

    def mentions(documents: list[CorpusDocument]) -> set[str]:
        return {d.text[s.start : s.end] for d in documents for s in d.entities if s.label is label}

    found = mentions(other)
    return len(found - mentions(train)) / len(found) if found else 0.0


def report() -> str:
    """The Markdown of the report."""
    parts = {part: list(load_part(CORPUS, part)) for part in PARTS}
    everything = [document for documents in parts.values() for document in documents]
    lines = [
        "| part | documents | places | hands | characters | clauses | entities | tasks |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for part, documents in [*parts.items(), ("all", everything)]:
        counts = (
            len(documents),
            len({d.about.place for d in documents}),
            len({d.about.author for d in documents}),
            sum(len(d.text) for d in documents),
            sum(len(d.clauses) for d in documents),
            sum(len(d.entities) for d in documents),
            sum(len(d.tasks) for d in documents),
        )
        lines.append(f"| {part} | " + " | ".join(f"{count:,}" for count in counts) + " |")
    years = sorted(d.meeting.held_on.year for d in everything if d.meeting.held_on)
    genres = Counter(d.about.genre for d in everything)
    levels = Counter(d.about.level for d in everything)
    second = sum(1 for d in everything if d.about.second)
    twice, long_clauses = reused(everything)
    texts = clause_texts(everything)
    lines += [
        "",
        f"- Years {years[0]}-{years[-1]}. Genres: {_list(genres)}. Levels: {_list(levels)}.",
        f"- Read by a second hand: {second} of {len(everything)} documents.",
        f"- Clause classes: {_list(Counter(c.label.value for d in everything for c in d.clauses))}.",
        f"- Entities: {_list(Counter(s.label.value for d in everything for s in d.entities))}.",
        f"- Distinct character n-grams (types over tokens): 4-grams {distinct(texts, 4):.2f}, 8-grams {distinct(texts, 8):.2f}.",
        f"- Clauses of {_FORMULA} characters or more that stand in more than one document: {twice} of {long_clauses:,}.",
    ]
    for part in ("dev", "test"):
        shares = ", ".join(
            f"{label.value} {100 * unseen(parts['train'], parts[part], label):.0f} %" for label in EntityLabel
        )
        lines.append(f"- Distinct mentions of {part} that training never saw: {shares}.")
    return "\n".join(lines) + "\n"


def _list(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.most_common())


def main() -> None:
    """Rewrite the report in annotations/README.md."""
    path = CORPUS / "README.md"
    text = MARKS.sub(lambda match: match[1] + report() + match[2], path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
