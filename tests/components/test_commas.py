"""The judge of commas: it learns what annotation shows, and is stored and read again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from jiyao.components.annotator import Annotator, shipped_model
from jiyao.components.commas import FILE, Commas
from jiyao.components.logistic import Logistic
from jiyao.components.packed_json import write_packed_json
from jiyao.corpus.splits import load_part
from jiyao.errors import ModelError
from jiyao.scoring import Score
from jiyao.trainer.commas import comma_rows

CORPUS = Path(__file__).parents[2] / "annotations"


def test_it_says_yes_where_its_weights_do(tmp_path: Path) -> None:
    judge = Commas(Logistic({"": -1.0, "opens 由": 2.0}))
    judge.to_disk(tmp_path)
    for each in (judge, Commas.from_disk(tmp_path)):
        assert each.starts_clause(0, ["opens 由"]) and not each.starts_clause(0, ["opens 并"])


@pytest.mark.parametrize("stored", [[1, 2], {"opens 由": "two"}, "weights"])
def test_a_file_without_weights_is_no_model(tmp_path: Path, stored: object) -> None:
    write_packed_json(tmp_path / FILE, stored)
    with pytest.raises(ValueError, match="no weights"):
        Commas.from_disk(tmp_path)


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b broken", json.dumps({"": 1}).encode()])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "model"
    shutil.copytree(shipped_model(), folder)
    (folder / FILE).write_bytes(content)
    with pytest.raises(ModelError, match="not a jiyao model"):
        Annotator.load(folder)


def test_rows_have_the_annotated_starts() -> None:
    document = next(iter(load_part(CORPUS, "dev")))
    behind_commas = [
        clause.start for clause in document.clauses if document.text[: clause.start].rstrip().endswith(("，", ","))
    ]
    rows = comma_rows(document)
    # The roll has commas of its own, which are no matter of the judge.
    assert len(rows) > len(behind_commas) >= sum(right for _, right in rows) > 0


def test_on_places_unseen_the_judge_that_ships_finds_more_starts_than_the_rules() -> None:
    """With annotated mentions, on the dev part; it was fitted to found ones, and is as good here in all (F1 91)."""
    judge = Annotator.load(shipped_model()).commas
    assert judge is not None
    scores = {"rules": Score(), "judge": Score()}
    for document in load_part(CORPUS, "dev"):
        for observations, right in comma_rows(document):
            for name, found in (
                ("rules", "ruled=1" in observations),
                ("judge", judge.starts_clause(0, observations)),
            ):
                scores[name] += Score(int(found and right), int(found), int(right))
    assert scores["judge"].recall > scores["rules"].recall > 0.8
    assert scores["judge"].f1 > 0.9
