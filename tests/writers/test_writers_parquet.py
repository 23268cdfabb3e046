from __future__ import annotations

import importlib
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from minutes_records import hand_made

from jiyao.errors import DependencyError
from jiyao.types import MinutesRecord
from jiyao.writers import parquet_ledger, write
from jiyao.writers.ledger import COLUMNS
from jiyao.writers.parquet_ledger import write_parquet


def table_bytes(*records: MinutesRecord) -> bytes:
    stream = io.BytesIO()
    write_parquet(records, stream)
    return stream.getvalue()


def test_one_row_a_task_with_types(records: tuple[MinutesRecord, ...]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(table_bytes(*records)))
    assert table.column_names == [column.heading for column in COLUMNS]
    assert table.num_rows == sum(len(record.tasks) for record in records)
    first = table.to_pylist()[0]
    assert first["时限日期"] == date(2023, 6, 30)
    assert first["牵头单位（推定）"] is False
    assert first["以谁名义印发"] is None
    assert first["置信度"] == 0.9346


def test_batches(record: MinutesRecord, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(parquet_ledger, "_ROWS_AT_ONCE", 2)
    file = parquet.ParquetFile(io.BytesIO(table_bytes(record, record)))
    assert file.num_row_groups == 3
    assert file.read().column("序号").to_pylist() == [1, 2, 3, 4, 5, 6]


def test_hostile_and_empty(hostile: MinutesRecord) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert parquet.read_table(io.BytesIO(table_bytes(hostile))).num_rows == 1
    assert parquet.read_table(io.BytesIO(table_bytes())).num_rows == 0
    assert parquet.read_table(io.BytesIO(table_bytes(replace(hand_made(), tasks=())))).num_rows == 0


def test_same_records_same_bytes(records: tuple[MinutesRecord, ...]) -> None:
    pytest.importorskip("pyarrow")
    assert table_bytes(*records) == table_bytes(*records)


def test_without_pyarrow_the_extra_is_named_and_no_file_left(
    record: MinutesRecord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> object:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(parquet_ledger, "import_module", absent)
    with pytest.raises(DependencyError, match=r"jiyao\[batch\]"):
        write([record], "parquet", tmp_path / "out.parquet")
    assert list(tmp_path.iterdir()) == []
    assert importlib.import_module("json")
