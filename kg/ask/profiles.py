"""What the graph tells a thing to be, as words: its names, posts, kinds and nationality."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from kg.ask.names import Names
from kg.ask.stems import stems
from kg.ask.words import listed
from kg.graph.reading import Reading
from kg.graph.store import GraphStore
from kg.graph.vocab import KG, RDF, SAID, term

#: Statements of one thing that are looked at.
_MOST: Final = 400


class Profiles:
    """The words of each thing of a graph, read when asked for."""

    def __init__(self, graph: GraphStore, names: Names, reader: Reading) -> None:
        self._graph, self._names, self._reader = graph, names, reader
        self.named = lru_cache(maxsize=5_000)(self._named)
        self.words = lru_cache(maxsize=2_000)(self._words)

    def _named(self, iri: str) -> frozenset[str]:
        """The stems of all its names."""
        label = self._names.label.get(iri, "")
        return frozenset(stem for name in (label, *self._names.names[iri]) for stem in stems(name))

    def _words(self, iri: str) -> frozenset[str]:
        """The stems of its names and of what it is told to be."""
        found = set(self.named(iri))
        wanted = {KG + name for name in listed("identity", "described")}
        subject = term(f"{RDF}subject")
        store = self._graph.store
        for count, quad in enumerate(store.quads_for_pattern(None, subject, term(iri), SAID)):
            if count >= _MOST:
                break
            told = quad.subject.value  # type: ignore[union-attr]
            if self._reader.relation(told).id not in wanted:
                continue
            status, texts = self._reader.wording(told)
            if status == "asserted":
                found.update(stem for text in texts for stem in stems(text))
        return frozenset(found)
