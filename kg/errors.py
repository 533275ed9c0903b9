"""Every error that `kg` raises on purpose.

::

    KGError
    ├── ConfigError        a setting, ontology, lexicon or seed file is wrong
    │   └── UnknownName    no such reader, extractor, runner, exporter, pipeline, query
    ├── ReadError          a source cannot be read as an article
    ├── TooSlow            an article took more processor time than it may (``seconds``)
    ├── GraphError         the graph on disk: missing, damaged
    │   ├── Damaged        files of it are lost, or not as they were written
    │   └── InUse          another process writes this output
    └── QueryError         SPARQL that does not parse (``line``, ``column``), or may not be asked
        └── QueryTimeout   a query that took longer than it was given

A message says what happened, where, and what to do about it.
"""

from __future__ import annotations

import errno
import traceback
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any


class KGError(Exception):
    """The root: catch this to catch every error that `kg` raises on purpose.

    It travels between processes with its message and attributes, whatever its constructor takes.
    """

    def __reduce__(self) -> tuple[Callable[..., KGError], tuple[Any, ...]]:
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[KGError], args: tuple[Any, ...], attributes: dict[str, Any]) -> KGError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(attributes)
    return error


class ConfigError(KGError):
    """A setting, or an ontology, lexicon or seed file, is wrong."""


class UnknownName(ConfigError):
    """No such thing: the message offers the nearest known name."""

    def __init__(self, kind: str, name: str, known: Iterable[str], hint: str = "") -> None:
        names = sorted(known)
        near = get_close_matches(name, names, n=1)
        guess = f"did you mean {near[0]!r}? " if near else ""
        self.kind, self.name, self.known = kind, name, tuple(names)
        super().__init__(
            f"no {kind} {name!r}; {guess}known: {', '.join(names) or 'none'}."
            + (f" {hint}" if hint else "")
        )


class ReadError(KGError):
    """A source cannot be read as an article."""


class TooSlow(KGError):
    """An article took more than so many seconds of processor time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"took longer than {seconds:g} s of processor time.")


class GraphError(KGError):
    """The graph on disk is missing or damaged."""


class Damaged(GraphError):
    """Files of the graph are lost, or not as they were written."""


class InUse(GraphError):
    """Another process writes this output."""


class QueryError(KGError):
    """A SPARQL query that does not parse. ``line`` and ``column`` count from 1 (None: unknown)."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.line, self.column = line, column
        super().__init__(message)


class QueryTimeout(QueryError):
    """A query that took longer than it was given, and was ended."""


def told(error: BaseException) -> str:
    """An unexpected error in a line: its kind, its words, and where it arose. One that cannot even
    be told is told by its kind.

    >>> told(KeyError("x"))
    "KeyError: 'x'"
    """
    try:
        words = str(error)
    except Exception:
        words = ""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({_short(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {words}".rstrip(": ") + place


def _short(file: str) -> str:
    return "/".join(file.split("/")[-3:])


def is_full(error: OSError | RuntimeError) -> bool:
    """Whether the disk is full, or an account's share of it. A library may give no number."""
    said = str(error).casefold()
    return getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or any(
        words in said for words in ("no space", "file too large", "quota exceeded")
    )


def is_damage(error: BaseException) -> bool:
    """Whether a store's files are not what its library wrote: it gives words, and no number."""
    return (
        isinstance(error, RuntimeError | OSError)
        and getattr(error, "errno", None) is None
        and str(error).startswith(("Corruption", "IO error"))
    )
