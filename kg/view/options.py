"""What of a graph is shown, and how: `ViewOptions`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from kg.errors import ConfigError, UnknownName
from kg.model import Status

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """Which part of a graph goes into a view.

    ``focus`` is a name, alias or IRI: only what lies within ``hops`` (1 to 3) of it is kept.
    ``since`` and ``until`` are ISO 8601 dates (``2025``, ``2025-08``, ``2025-08-06``), both
    included; they are compared with the dates of the articles. ``types`` keeps statements about
    at least one thing of these types (local names of the ontology), ``statuses`` those of these
    statuses, ``min_sources`` those that so many independent sources make. ``everything`` shows
    rhetoric, too (statements of a salience of 0). ``topics`` shows nodes
    without a name of their own ("generative AI") from the start. ``excerpts`` takes along of
    the articles' texts only the paragraphs that statements stand in. ``first`` is the number of
    entities on the first screen. What exceeds ``limit_entities`` or ``limit_statements`` is left
    out, the least important first, and the page says so. ``base`` is the base IRI of the graph,
    ``graph`` the id of its content, which the page's last line names.

    Raises `ConfigError` for a value that cannot be meant.
    """

    focus: str | None = None
    hops: int = 1
    since: str | None = None
    until: str | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    min_sources: int = 1
    everything: bool = False
    topics: bool = False
    excerpts: bool = False
    first: int = 40
    limit_entities: int = 20_000
    limit_statements: int = 20_000
    title: str = "What the articles say"
    base: str = "https://kg.example/"
    graph: str = ""
    seed: int = 7

    def __post_init__(self) -> None:
        if not 1 <= self.hops <= 3:
            raise ConfigError(f"hops is 1, 2 or 3, not {self.hops}.")
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and not _DATE.fullmatch(value):
                raise ConfigError(f"{name} is a date like 2025-08-06, not {value!r}.")
        for name in ("min_sources", "first", "limit_entities", "limit_statements"):
            if getattr(self, name) < 1:
                raise ConfigError(f"{name} is at least 1, not {getattr(self, name)}.")
        known = get_args(Status)
        for status in self.statuses:
            if status not in known:
                raise UnknownName("status", status, known)


def words(values: str | Iterable[str] | None) -> tuple[str, ...]:
    """The values as a tuple: ``"Person, Company"`` and ``["Person", "Company"]`` are the same."""
    if values is None:
        return ()
    parts = values.split(",") if isinstance(values, str) else values
    return tuple(part.strip() for part in parts if part.strip())
