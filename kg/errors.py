"""Every error that `kg` raises on purpose.

::

    KGError
    ├── ConfigError        a setting, ontology, lexicon or seed file is wrong
    │   └── UnknownName    no such reader, extractor, runner, exporter, pipeline, query
    ├── ReadError          a source cannot be read as an article
    ├── GraphError         the graph on disk: missing, damaged
    │   └── InUse          another process writes this output
    └── QueryError         SPARQL that does not parse (``line``, ``column``), or may not be asked
        └── QueryTimeout   a query that took longer than it was given

A message says what happened, where, and what to do about it.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from difflib import get_close_matches


class KGError(Exception):
    """The root: catch this to catch every error that `kg` raises on purpose."""


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


class GraphError(KGError):
    """The graph on disk is missing or damaged."""


class InUse(GraphError):
    """Another process writes this output."""


class QueryError(KGError):
    """A SPARQL query that does not parse. ``line`` and ``column`` count from 1 (None: unknown)."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.line, self.column = line, column
        super().__init__(message)


class QueryTimeout(QueryError):
    """A query that took longer than it was given, and was ended."""


def is_full(error: OSError) -> bool:
    """Whether the disk is full, or an account's share of it. A library may give no number."""
    said = str(error).casefold()
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or any(
        words in said for words in ("no space", "file too large", "quota exceeded")
    )
