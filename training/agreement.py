"""Agreement between two independent annotations of the same texts.

``python training/agreement.py annotations/minutes annotations/second`` compares files of the
same name: strict F1 of entities per label, Cohen's kappa of clause classes (on clauses
with the same start), F1 of clause starts, and agreement of task records.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from jiyao.agreement import compare
from jiyao.corpus.format import load_corpus


def main() -> None:
    """Print the measures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    options = parser.parse_args()
    second = {document.name: document for document in load_corpus(options.second)}
    pairs = [(document, second[document.name]) for document in load_corpus(options.first) if document.name in second]
    print(json.dumps(compare(pairs), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
