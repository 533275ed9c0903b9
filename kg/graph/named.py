"""The names of a graph's things, as they are looked up: all labels and aliases, and how they are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pyoxigraph as ox

from kg.graph.vocab import KG, LABEL, SKOS, term


def things(store: ox.Store) -> Iterator[tuple[str, bool]]:
    """The IRI of each thing, and whether it has a name of its own."""
    for quad in store.quads_for_pattern(None, term(f"{KG}named"), None):
        yield quad.subject.value, quad.object.value == "true"  # type: ignore[union-attr]


def names(store: ox.Store) -> Iterator[tuple[str, str, bool]]:
    """IRI, name, and whether it is the label, first of all labels, then of all aliases; also of what is no
    thing: articles and relations have labels, too."""
    for predicate in (LABEL, term(f"{SKOS}altLabel")):
        for quad in store.quads_for_pattern(None, predicate, None):
            yield quad.subject.value, quad.object.value, predicate == LABEL  # type: ignore[union-attr]


def plain(text: str) -> str:
    """A name as names are compared: without case, accents, marks and doubled blanks.

    >>> plain("  Rosé & Co. ")
    'rose co'
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(kept.split())
