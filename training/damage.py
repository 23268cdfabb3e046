"""How much of a page survives damage: dev pages are damaged, and their tasks compared with those of the whole page.

Writes ``metrics/damage.json``: for each damage the share of tasks (F1) that are the same in kind, lead, support, verbs and
deadline. The annotation is not looked at: the question is what the damage costs, not how good the page was read.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import jiyao
from jiyao.corpus.splits import load_part
from jiyao.damage import meant
from jiyao.normalise import normalise
from jiyao.types import MinutesRecord

ROOT = Path(__file__).parents[1]
METRICS = Path(__file__).parent / "metrics" / "damage.json"


def wrapped(text: str, width: int, *, page: int = 0) -> str:
    """``text`` broken at ``width`` characters; with ``page``, a page number behind so many lines."""
    lines: list[str] = []
    for line in text.split("\n"):
        for start in range(0, max(len(line), 1), width):
            lines.append(line[start : start + width])
            if page and len(lines) % page == 0:
                lines.append(f"— {len(lines) // page} —")
    return "\n".join(lines)


def numbered(text: str, count: int) -> str:
    """``text`` with a page number behind so many lines."""
    lines = text.split("\n")
    pages = [lines[start : start + count] for start in range(0, len(lines), count)]
    return "\n".join("\n".join((*page, f"— {number} —")) for number, page in enumerate(pages, 1))


def paged(text: str, size: int) -> str:
    """``text`` cut into pages of so many characters, each with its number below."""
    pages = [text[start : start + size] for start in range(0, len(text), size)]
    return "".join(f"{page}\n— {number} —\n" for number, page in enumerate(pages, 1))


_REFERENCES = str.maketrans({"“": "&ldquo;", "”": "&rdquo;", "\u3000": "&emsp;", " ": "&nbsp;"})
_SOUNDS = {
    "长": "zhǎng",
    "会": "huì",
    "务": "wù",
    "开": "kāi",
    "发": "fā",
    "项": "xiàng",
    "设": "shè",
    "经": "jīng",
    "对": "duì",
}
_HALF = str.maketrans("，。；：（）！？“”", ',.;:()!?""')

DAMAGES: dict[str, Callable[[str], str]] = {
    "32 characters a line": lambda text: wrapped(text, 32),
    "32 characters a line, a page number behind 20": lambda text: wrapped(text, 32, page=20),
    "blanks for line ends": lambda text: re.sub(r"\s*\n\s*", " ", text) + "\n",
    "blanks between all characters": lambda text: re.sub(r"(?<=\S)(?=\S)", " ", text),
    "half-width marks, points for full stops": lambda text: text.translate(_HALF),
    "a page number behind every 6 lines": lambda text: numbered(text, 6),
    "a page number within every 400 characters": lambda text: paged(text, 400),
    "blanks behind marks": lambda text: re.sub("([，。；,;])(?=.)", r"\1 ", text),
    "character references": lambda text: text.translate(_REFERENCES),
    "pronunciations behind characters": lambda text: re.sub(
        "[长会务开发项设经对]", lambda char: f"{char[0]}({_SOUNDS[char[0]]})", text
    ),
    "characters that show nothing behind marks": lambda text: re.sub("([,。，、])", "\\1\u200b", text),
}


def tasks(record: MinutesRecord) -> Counter[tuple[object, ...]]:
    """The tasks of a record without regard to where they stand."""

    def plain(text: str) -> str:
        return "".join(normalise(meant(text)).split())

    return Counter(
        (
            task.kind,
            tuple(plain(agency.name) for agency in task.lead),
            tuple(plain(agency.name) for agency in task.support),
            tuple(plain(action.text) for action in task.actions),
            plain(task.deadline.text) if task.deadline else None,
        )
        for task in record.tasks
    )


def main() -> None:
    """Measure and write."""
    nlp_minutes = jiyao.load()
    pages = [document.text + "\n" for document in load_part(ROOT / "annotations", "dev")]
    whole = [tasks(nlp_minutes.extract(page)) for page in pages]
    scores = {}
    for name, damage in DAMAGES.items():
        found = [tasks(nlp_minutes.extract(damage(page))) for page in pages]
        same = sum((before & after).total() for before, after in zip(whole, found, strict=True))
        counts = [sum(each.total() for each in side) for side in (whole, found)]
        scores[name] = {"whole": counts[0], "damaged": counts[1], "same": same, "f": round(2 * same / sum(counts), 4)}
    METRICS.write_text(json.dumps(scores, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(scores, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
