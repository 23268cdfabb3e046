"""``python -m jiyao.corpus [--errors-only | --rewrite] FILE_OR_FOLDER...``: check corpus files.

``--rewrite`` writes each sound file in the one spelling of its annotation. Exit
code 1 means that a file has errors.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from jiyao.corpus.check import check_document
from jiyao.corpus.format import SUFFIX, dump_document, read_document
from jiyao.errors import CorpusError


def main(arguments: Sequence[str]) -> int:
    """Print every finding; return 1 if one is an error."""
    parser = argparse.ArgumentParser(prog="python -m jiyao.corpus", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--errors-only", action="store_true", help="leave out doubts")
    parser.add_argument("--rewrite", action="store_true", help="write sound files in their one spelling")
    options = parser.parse_args(arguments)
    paths = [path for given in options.paths for path in _files(given)]
    failed = sum(not _check(path, options.errors_only, options.rewrite) for path in paths)
    print(f"{len(paths)} files checked, {failed} with errors", file=sys.stderr)
    return 1 if failed else 0


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]


def _check(path: Path, errors_only: bool, rewrite: bool) -> bool:
    """Whether the file is free of errors."""
    try:
        document = read_document(path)
    except CorpusError as error:
        print(error)
        return False
    findings = check_document(document)
    for finding in findings:
        if finding.serious or not errors_only:
            print(finding)
    spelling = dump_document(document)
    if rewrite and spelling != path.read_text(encoding="utf-8"):
        path.write_text(spelling, encoding="utf-8")
    return not any(finding.serious for finding in findings)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
