"""`ArticleResult` as one JSON line, and back: what leaves a worker and rests on disk.

Fields that hold their default are left out, keys are sorted, tuples are lists: the same result is
the same bytes. Nothing here imports a parser, so results are read without one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from kg.errors import GraphError
from kg.model import ArticleResult

T = TypeVar("T")


def to_json(value: Any) -> str:
    """One line of JSON for a dataclass of `kg.model` (no newline at the end)."""
    return json.dumps(to_plain(value), sort_keys=True, separators=(",", ":"))


def to_plain(value: Any) -> Any:
    """The value as dicts, lists and scalars; fields at their default are left out."""
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return {
        name: to_plain(item)
        for name, default in _defaults(cast(Any, type(value)))
        if (item := getattr(value, name)) != default or default is MISSING
    }


def result_from_json(line: str, *, where: str = "result") -> ArticleResult:
    """The result of one line. Raises `GraphError` (naming ``where``) when it is no result."""
    try:
        return from_plain(ArticleResult, json.loads(line))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise GraphError(f"{where}: not a result of this version of kg ({error}).") from error


def from_plain(kind: type[T], plain: Mapping[str, Any]) -> T:
    """The dataclass ``kind`` from what `to_plain` made of it."""
    make: Callable[[Any], T] = _builder(cast(Any, kind))
    return make(plain)


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    if not is_dataclass(kind):
        raise TypeError(f"{kind!r} does not travel")
    return tuple((f.name, f.default) for f in fields(kind))


@cache
def _builder(kind: Any) -> Callable[[Any], Any]:
    """A function that makes a ``kind`` of plain JSON values."""
    origin, args = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        made = [(f.name, _builder(hints[f.name])) for f in fields(kind)]
        parts = [(name, part) for name, part in made if part is not _same]

        def build(plain: Any) -> Any:
            values = dict(plain)
            for name, part in parts:
                if name in values:
                    values[name] = part(values[name])
            return kind(**values)

        return build
    if origin is tuple and args[-1] is Ellipsis:
        item = _builder(args[0])
        if item is _same:
            return tuple
        return lambda plain: tuple(map(item, plain))
    if origin is tuple:
        items = tuple(map(_builder, args))
        return lambda plain: tuple(make(part) for make, part in zip(items, plain, strict=True))
    if origin in (Union, UnionType):
        (only,) = (arg for arg in args if arg is not type(None))
        make = _builder(only)
        if make is _same:
            return _same
        return lambda plain: None if plain is None else make(plain)
    return _same


def _same(plain: Any) -> Any:
    return plain
