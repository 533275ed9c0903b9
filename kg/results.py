"""`ArticleResult` as one JSON line, and back: what leaves a worker and rests on disk.

Fields stand in the order of their classes: the same result is the same bytes. Nothing here imports
a parser, so results are read without one.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from threading import Lock
from typing import Any, Final, TypeVar, cast

import msgspec

from kg.errors import GraphError
from kg.model import ArticleResult

T = TypeVar("T")


def to_json(value: Any) -> str:
    """One line of JSON for a dataclass of `kg.model` (no newline at the end)."""
    return msgspec.json.encode(value, order="deterministic", enc_hook=_plain).decode()


def made_plain(value: T) -> T:
    """A dataclass of `kg.model` that somebody else's part made, of plain strings and numbers, as it
    comes back from the disk. Raises ``ValueError`` or ``TypeError`` for a field of another type."""
    return from_json(type(value), to_json(value))


def _plain(value: object) -> object:
    """The plain value of a kind of string or number of somebody's."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int | float):
        return float(value) if isinstance(value, float) else int(value)
    raise TypeError(f"a {type(value).__name__} does not travel")


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


def from_json(kind: type[T], line: str | bytes) -> T:
    """The dataclass ``kind`` from what `to_json` made of it. Raises ``ValueError``."""
    made: T = _decoder(cast(Any, kind)).decode(line)
    return made


def from_plain(kind: type[T], plain: Any) -> T:
    """The dataclass ``kind`` from what `to_plain` made of it. Raises ``ValueError``."""
    with _MAKING:
        return msgspec.convert(plain, kind)


def result_from_json(line: str | bytes, *, where: str = "result") -> ArticleResult:
    """The result of one line. Raises `GraphError` (naming ``where``) when it is no result."""
    try:
        return from_json(ArticleResult, line)
    except ValueError as error:
        raise GraphError(f"{where}: not a result of this version of kg ({error}).") from error


_DECODERS: Final[dict[Any, msgspec.json.Decoder[Any]]] = {}
_MAKING: Final = Lock()


def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    """The decoder of a dataclass, made by one thread at a time: msgspec hangs what it learns of a
    class on that class, and a thread that meets it half learned crashes the process."""
    found = _DECODERS.get(kind)
    if found is None:
        with _MAKING:
            found = _DECODERS[kind] = msgspec.json.Decoder(kind)
    return found


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    if not is_dataclass(kind):
        raise TypeError(f"{kind!r} does not travel")
    return tuple((f.name, f.default) for f in fields(kind))
