"""The JSON object of the contract: from a record, back to a record, and its JSON schema.

All three walk the dataclasses of :mod:`jiyao.types`, so that a field added there
is written, read and described without a second list of keys to keep in step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from jiyao.errors import ReadError
from jiyao.types import SCHEMA, MinutesRecord

#: Digits kept of a score. Four are plenty, and they hide differences between processors.
SCORE_DIGITS = 4

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REMEDY = "write the record anew with `jiyao extract`"

_TYPE_NAMES: Mapping[type, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def to_dict(record: MinutesRecord) -> dict[str, Any]:
    """The record as plain JSON values, keys in the order of the contract.

    Dates become ISO text, scores keep four digits. A lone surrogate, which no
    UTF-8 file can hold (a file name in another encoding brings them in), becomes
    U+FFFD: one character for one, so that all offsets stay true.
    """
    plain: dict[str, Any] = _plain(record)
    return plain


def from_dict(data: object) -> MinutesRecord:
    """The record that :func:`to_dict` made; keys that are not in the contract are left aside.

    Raises:
        ReadError: a key is missing or a value is not of its type; the subject is the key's path.
    """
    if isinstance(data, Mapping) and data.get("schema", SCHEMA) != SCHEMA:
        raise ReadError("schema", f"is {data['schema']!r}, not {SCHEMA!r}", _REMEDY)
    record: MinutesRecord = _decode(MinutesRecord, data, "record")
    return record


def json_schema() -> dict[str, Any]:
    """The JSON schema of :func:`to_dict`'s object (draft 2020-12)."""
    definitions: dict[str, Any] = {}
    _describe(MinutesRecord, definitions)
    body = definitions.pop(MinutesRecord.__name__)
    body["properties"]["schema"] = {"const": SCHEMA}
    return {"$schema": _DIALECT, "title": SCHEMA, **body, "$defs": dict(sorted(definitions.items()))}


# --- out -------------------------------------------------------------------------------------


def _plain(value: Any) -> Any:
    match value:
        case StrEnum():
            return value.value
        case str():
            return _LONE_SURROGATES.sub("\ufffd", value)
        case float():
            return round(value, SCORE_DIGITS)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(part) for part in value]
        case _ if is_dataclass(value):
            return {name: _plain(getattr(value, name)) for name in _hints(value.__class__)}
        case _:
            return value


# --- in --------------------------------------------------------------------------------------


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The fields of a dataclass with their types, in order."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _decode(kind: Any, value: Any, path: str) -> Any:
    if isinstance(kind, UnionType):
        return None if value is None else _decode(_required(kind), value, path)
    if get_origin(kind) is tuple:
        _expect(isinstance(value, list | tuple), path, "a list", value)
        return tuple(_decode(get_args(kind)[0], part, f"{path}[{n}]") for n, part in enumerate(value))
    if is_dataclass(kind):
        _expect(isinstance(value, Mapping), path, "an object", value)
        return _decode_object(kind, value, path)
    if kind is date or issubclass(kind, StrEnum):
        _expect(isinstance(value, str), path, "a string", value)
        return _parse(date.fromisoformat if kind is date else kind, value, path)
    if kind is float:
        _expect(isinstance(value, int | float) and not isinstance(value, bool), path, "a number", value)
        return float(value)
    _expect(type(value) is kind, path, f"a {_TYPE_NAMES[kind]}", value)
    return value


def _decode_object(kind: Any, value: Mapping[str, Any], path: str) -> Any:
    decoded = {}
    for field in fields(kind):
        if field.name in value:
            decoded[field.name] = _decode(_hints(kind)[field.name], value[field.name], f"{path}.{field.name}")
    try:
        return kind(**decoded)
    except TypeError:
        missing = [field.name for field in fields(kind) if field.name not in value]
        raise ReadError(path, f"lacks one of the keys {missing}", _REMEDY) from None


def _required(kind: UnionType) -> Any:
    """The one other member of ``X | None``; the record has no other unions."""
    (member,) = (member for member in get_args(kind) if member is not NoneType)
    return member


def _parse(parse: Callable[[str], Any], value: str, path: str) -> Any:
    try:
        return parse(value)
    except ValueError as error:
        raise ReadError(path, str(error), _REMEDY) from None


def _expect(holds: bool, path: str, wanted: str, value: object) -> None:
    if not holds:
        raise ReadError(path, f"is {type(value).__name__}, not {wanted}", _REMEDY)


# --- description -----------------------------------------------------------------------------


def _describe(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if isinstance(kind, UnionType):
        return {"anyOf": [_describe(_required(kind), definitions), {"type": "null"}]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _describe(get_args(kind)[0], definitions)}
    if is_dataclass(kind):
        return _describe_object(kind, definitions)
    if kind is date:
        return {"type": "string", "format": "date"}
    if issubclass(kind, StrEnum):
        return {"type": "string", "enum": [member.value for member in kind]}
    return {"type": _TYPE_NAMES[kind]}


def _describe_object(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}  # holds the place, so that a type within itself ends
        properties = {key: _describe(hint, definitions) for key, hint in _hints(kind).items()}
        definitions[name] = {
            "type": "object",
            "description": " ".join(kind.__doc__.split()),
            "properties": properties,
            "required": list(properties),
        }
    return {"$ref": f"#/$defs/{name}"}
