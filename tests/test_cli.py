"""The command line as a user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[1] / "docs" / "sample"


def jiyao(*arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "jiyao", *arguments], input=stdin, capture_output=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def page() -> Path:
    return sorted(SAMPLE.glob("*.txt"))[0]


def test_a_pipe_gets_one_json_line_a_document(page: Path) -> None:
    done = jiyao("extract", str(page))
    assert done.returncode == 0, done.stderr.decode()
    (line,) = done.stdout.decode().splitlines()
    record = json.loads(line)
    assert record["schema"] == "jiyao.minutes/1"
    assert record["tasks"] and record["meeting"]["chair"]


def test_bad_inputs_are_named_and_the_others_still_done(page: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    binary = tmp_path / "binary.txt"
    binary.write_bytes(bytes(range(256)) * 8)
    english = tmp_path / "english.txt"
    english.write_text("Minutes of the executive meeting, in English. " * 20, encoding="utf-8")
    missing = tmp_path / "missing.txt"
    done = jiyao("extract", *map(str, (empty, page, binary, english, missing)))
    assert done.returncode == 1
    assert len(done.stdout.decode().splitlines()) == 1
    complaints = done.stderr.decode().splitlines()
    assert len(complaints) == 4
    for path, complaint in zip((empty, binary, english, missing), complaints, strict=True):
        assert path.name in complaint and complaint.count(";") >= 1
    assert b"Traceback" not in done.stderr


def test_workers_do_not_change_a_byte(page: Path, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_bytes(page.read_bytes())
    one, two = (jiyao("extract", str(tmp_path), "--workers", workers).stdout for workers in "12")
    assert one == two and len(one.splitlines()) == 3


def test_standard_input(page: Path) -> None:
    done = jiyao("extract", "-", stdin=page.read_bytes())
    assert json.loads(done.stdout)["source"]["path"] == "-"


def test_usage_errors_are_two(page: Path) -> None:
    assert jiyao("extract").returncode == 2
    assert jiyao("extract", str(page), "--format", "docx").returncode == 2


def test_a_folder_without_minutes_is_said(tmp_path: Path) -> None:
    done = jiyao("extract", str(tmp_path))
    assert done.returncode == 1 and b"no readable file" in done.stderr


def test_a_wrong_model_is_one_line(page: Path, tmp_path: Path) -> None:
    done = jiyao("extract", str(page), "--model", str(tmp_path))
    assert done.returncode == 1
    assert b"not a jiyao model" in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["extract", "train", "evaluate", "info", "schema"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = jiyao(command, "--help")
    assert done.returncode == 0 and b"Example: jiyao" in done.stdout


def test_info_tells_scores_and_origin() -> None:
    model = json.loads(jiyao("info").stdout)["model"]
    assert model["scores"]["test"]["documents"] and model["trained_on"]["places"]
