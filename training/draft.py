"""Draft the records of a page whose text is marked: tasks, decisions and roll, by the rules, from the marks.

``python training/draft.py FILE...`` rewrites the three lists of each file's block; ``about`` and ``meeting`` must stand
there. Objects, which are optional, are left to the annotator. The draft is for the annotator to read and correct: a draft that nobody has read is no gold. Only for training
text; the records of dev and test are written by hand.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from jiyao.corpus.draft import draft_document
from jiyao.corpus.format import SEPARATOR, SUFFIX, dump_document, parse_document
from jiyao.corpus.marks import parse_marks
from jiyao.corpus.model import CorpusDocument
from jiyao.errors import CorpusError


def draft(content: str, name: str) -> CorpusDocument:
    """The document with its records drafted; marks, ``about`` and ``meeting`` are taken from ``content``.

    Raises:
        CorpusError: the marks or the block break the format.
    """
    marked, separator, block = content.rpartition(f"\n{SEPARATOR}\n")
    if not separator:
        raise CorpusError(name, f"no line {SEPARATOR}", "put it between the text and the JSON block")
    try:
        data = json.loads(block)
    except json.JSONDecodeError as error:
        raise CorpusError(name, f"no valid JSON ({error.msg})", "mend the block") from None
    text, entities, clauses = parse_marks(marked, name)
    head = json.dumps({key: data.get(key, {}) for key in ("about", "meeting")}, ensure_ascii=False)
    shell = parse_document(f"{{M}}-\n{SEPARATOR}\n{head}", name)
    return draft_document(name, text, shell.about, entities, clauses, meeting=shell.meeting).document


def main(arguments: list[str]) -> int:
    """Draft every file named; 1 if one cannot be."""
    failed = False
    for path in map(Path, arguments):
        try:
            document = draft(path.read_text(encoding="utf-8"), path.name.removesuffix(SUFFIX))
        except CorpusError as error:
            print(error, file=sys.stderr)
            failed = True
            continue
        path.write_text(dump_document(document), encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
