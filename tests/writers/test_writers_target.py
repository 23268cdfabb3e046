"""write(): the table of formats, whole files, standard output."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jiyao.errors import ReadError, WriteError
from jiyao.types import MinutesRecord
from jiyao.writers import WRITERS, write


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def half_way(record: MinutesRecord) -> Iterator[MinutesRecord]:
    yield record
    raise ReadError("second.txt", "is damaged", "mend it")


def redirected(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    """Bytes that go to standard output from now on. (No fixture: pytest sets sys.stdout after those.)"""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    return raw


def test_formats_are_those_of_the_contract() -> None:
    assert list(WRITERS) == ["table", "json", "jsonl", "csv", "xlsx", "html", "parquet"]
    assert all(writer.name == name and writer.suffix.startswith(".") for name, writer in WRITERS.items())


@pytest.mark.parametrize("format", WRITERS)
def test_a_file_and_standard_output_get_the_same(
    format: str, records: tuple[MinutesRecord, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    stdout = redirected(monkeypatch)
    write(records, format, target)
    write(iter(records), format)
    assert target.read_bytes() == stdout.getvalue()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("format", WRITERS)
def test_never_half_a_file(format: str, record: MinutesRecord, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_bytes(b"before")
    with pytest.raises(ReadError):
        write(half_way(record), format, target)
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("format", WRITERS)
def test_hostile_strings_can_be_written(format: str, hostile: MinutesRecord, tmp_path: Path) -> None:
    write([hostile], format, tmp_path / "out")
    content = (tmp_path / "out").read_bytes()
    if not WRITERS[format].binary:
        assert b"\x00" not in content
        content.decode("utf-8")


def test_text_on_standard_output_is_utf_8_whatever_its_encoding(
    record: MinutesRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdout = redirected(monkeypatch)
    write([record], "jsonl")
    assert "岚川县" in stdout.getvalue().decode("utf-8")
    sys.stdout.write("still open")
    sys.stdout.flush()
    assert stdout.getvalue().endswith(b"still open")


@pytest.mark.parametrize("format", ["xlsx", "html", "parquet"])
def test_no_binary_format_into_a_terminal(format: str, record: MinutesRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", Terminal(raw))
    with pytest.raises(WriteError, match="-o"):
        write([record], format)
    assert raw.getvalue() == b""


def test_unknown_format(record: MinutesRecord) -> None:
    with pytest.raises(WriteError, match="choose one of table, json"):
        write([record], "docx")


def test_places_that_cannot_be_written(record: MinutesRecord, tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="folder"):
        write([record], "json", tmp_path)
    with pytest.raises(WriteError, match="cannot be written"):
        write([record], "json", tmp_path / "none" / "out.json")


def test_a_link_and_the_rights_of_a_file_stay(record: MinutesRecord, tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("before", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    write([record], "json", link)
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("[")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_device_is_written_to_not_replaced(record: MinutesRecord) -> None:
    write([record], "jsonl", Path(os.devnull))
    assert not Path(os.devnull).is_file()


def test_a_reader_that_went_away_is_told_to_the_caller(record: MinutesRecord, tmp_path: Path) -> None:
    def broken() -> Iterator[MinutesRecord]:
        yield record
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        write(broken(), "jsonl", tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
