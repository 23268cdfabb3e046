"""Reading JSON lines into a row type, with errors that name file and line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import MISSING, fields
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from jiyao.errors import JiyaoError

REMEDY = "mend the line, or reinstall jiyao if you did not change it"
Row = TypeVar("Row")


class LexiconError(JiyaoError):
    """A lexicon that breaks its schema; ``subject`` is ``file:line``."""


def parse_rows(lines: Iterable[str], file: str, row_type: type[Row]) -> tuple[Row, ...]:
    """Read one JSON object a line into ``row_type``, a dataclass.

    Raises:
        LexiconError: no JSON object, an unknown or missing key, a value of the wrong
            type, an empty string, or a key that stood before.
    """
    hints = get_type_hints(row_type)
    key = next(iter(hints))
    rows: list[Row] = []
    seen: dict[Any, int] = {}
    for number, line in enumerate(lines, 1):
        where = f"{file}:{number}"
        try:
            row = _row(json.loads(line), row_type, hints)
        except ValueError as error:  # a JSONDecodeError is a ValueError too
            raise LexiconError(where, str(error), REMEDY) from None
        value = getattr(row, key)
        if value in seen:
            raise LexiconError(where, f"{value!r} stands on line {seen[value]} already", REMEDY)
        seen[value] = number
        rows.append(row)
    return tuple(rows)


def _row(data: object, row_type: type[Row], hints: dict[str, Any]) -> Row:
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")
    unknown = sorted(set(data) - set(hints))
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}")
    needed = [f.name for f in fields(row_type) if f.default is MISSING]  # type: ignore[arg-type]
    missing = [name for name in needed if name not in data]
    if missing:
        raise ValueError(f"key {missing[0]!r} is missing")
    return row_type(**{name: _value(value, hints[name], name) for name, value in data.items()})


def _value(value: object, hint: Any, name: str) -> object:
    """Check ``value`` against a field's type: ``str``, ``int | None``, an enumeration or a tuple of ``str``."""
    if get_origin(hint) is tuple:
        if not isinstance(value, list) or not value:
            raise ValueError(f"{name} is not a list with something in it")
        texts = tuple(_text(item, name) for item in value)
        if len(set(texts)) != len(texts):
            raise ValueError(f"{name} has a duplicate")
        return texts
    if get_origin(hint) is UnionType and int in get_args(hint):
        if not isinstance(value, int) or isinstance(value, bool):
            raise ValueError(f"{name} is not a whole number")
        return value
    return hint(_text(value, name))


def _text(value: object, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is not a text, or an empty one")
    if value != value.strip():
        raise ValueError(f"{name} {value!r} has white space around it")
    return value
