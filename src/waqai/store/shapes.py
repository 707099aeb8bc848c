"""The shape of records as DuckDB knows shapes, made from their types, so that the two cannot drift apart."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from msgspec import inspect

_PLAIN: dict[type[inspect.Type], str] = {
    inspect.StrType: "VARCHAR",
    inspect.BytesType: "VARCHAR",  # base64, as in JSON
    inspect.LiteralType: "VARCHAR",
    inspect.IntType: "BIGINT",
    inspect.FloatType: "DOUBLE",
    inspect.BoolType: "BOOLEAN",
}

Shape = str | dict[str, Any] | list[Any]


def shape_of(record: type[msgspec.Struct]) -> dict[str, Shape]:
    """The columns of a record type: name to type, nested for structs and lists, as `from_json` takes it."""
    found = _shape(inspect.type_info(record))
    assert isinstance(found, dict)
    return found


def as_json(shape: Shape) -> str:
    """A shape as the argument of `from_json`."""
    return json.dumps(shape)


def _shape(kind: inspect.Type) -> Shape:
    if isinstance(kind, inspect.StructType):
        return {field.encode_name: _shape(field.type) for field in kind.fields}
    if isinstance(kind, inspect.VarTupleType | inspect.ListType):
        return [_shape(kind.item_type)]
    if isinstance(kind, inspect.UnionType):
        inner = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
        # An integer may stand where a float is meant; the wider of the two holds both.
        return _shape(max(inner, key=lambda each: isinstance(each, inspect.FloatType)))
    return _PLAIN[type(kind)]
