"""Many documents: inputs found, worked through in order, one failure never stopping the rest."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from jiyao.errors import JiyaoError, ReadError
from jiyao.pipeline import MinutesPipeline, load
from jiyao.readers import SUFFIXES, read, read_bytes
from jiyao.types import MinutesRecord

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one input: a record, or the error that says why not."""

    input: str
    record: MinutesRecord | None
    error: JiyaoError | None = None


def find_inputs(arguments: Sequence[str]) -> tuple[str, ...]:
    """The inputs that ``arguments`` name: files, ``-``, and all readable files below folders, in order, once each."""
    found: dict[str, None] = {}
    for argument in arguments:
        path = Path(argument)
        if argument != STDIN and path.is_dir():
            inner = sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in SUFFIXES)
            visible = [file for file in inner if not any(part.startswith(".") for part in file.parts)]
            found.update(dict.fromkeys(file.as_posix() for file in visible))
        else:
            found[argument] = None
    return tuple(found)


def extract_all(inputs: Iterable[str], model: Path | None, workers: int = 1) -> Iterator[Result]:
    """Records of all inputs, in their order, whatever ``workers`` says.

    Raises:
        ModelError: the model cannot be loaded.
    """
    if workers <= 1:
        pipeline = load(model)
        for item in inputs:
            yield _extract(pipeline, item)
        return
    with ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(model,)) as pool:
        yield from pool.map(_extract_in_worker, inputs)


_worker: list[MinutesPipeline] = []


def _start_worker(model: Path | None) -> None:
    _worker[:] = [load(model)]


def _extract_in_worker(item: str) -> Result:
    return _extract(_worker[0], item)


def _extract(pipeline: MinutesPipeline, item: str) -> Result:
    try:
        reading = read_bytes(sys.stdin.buffer.read(), STDIN) if item == STDIN else read(Path(item))
        return Result(item, pipeline.extract_reading(reading))
    except ReadError as error:
        return Result(item, None, error)
