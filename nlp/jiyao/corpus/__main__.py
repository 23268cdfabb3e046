"""``python -m jiyao.corpus FILE_OR_FOLDER...``: check corpus files; exit 1 on errors."""

from __future__ import annotations

import sys
from pathlib import Path

from jiyao.corpus.check import check_document
from jiyao.corpus.format import SUFFIX, dump_document, read_document
from jiyao.errors import CorpusError


def main(arguments: list[str]) -> int:
    """Print every finding; return 1 if one is an error."""
    paths = [p for a in map(Path, arguments) for p in (sorted(a.rglob(f"*{SUFFIX}")) if a.is_dir() else [a])]
    failed = 0
    for path in paths:
        try:
            document = read_document(path)
        except CorpusError as error:
            print(error)
            failed += 1
            continue
        findings = check_document(document)
        for finding in findings:
            print(finding)
        failed += any(finding.serious for finding in findings)
        if dump_document(document) != path.read_text(encoding="utf-8"):
            print(f"{document.name}: doubt: not in the one spelling; `make format-corpus` rewrites it")
    print(f"{len(paths)} files checked, {failed} with errors", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
