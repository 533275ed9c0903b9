"""The quotations of a graph by the words in them, read once, when a question first asks for such words."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from kg.graph.store import GraphStore
from kg.graph.vocab import SCHEMA, term

#: Quotations that a query lists; of more it reads all.
_MOST: Final = 2_000
_LETTERS: Final = re.compile(r"[A-Za-z]+")


class Spoken:
    """What looks quotations up by their words."""

    def __init__(self, graph: GraphStore) -> None:
        self._graph = graph

    def having(self, beginnings: tuple[tuple[str, ...], ...], least: int) -> tuple[str, ...] | None:
        """The quotations, by IRI, in which so many of these begin a word, and perhaps a few more; each is given by
        several beginnings of which one will do. None where they are too many to tell."""
        iris, _, _ = self._index
        counts: Counter[int] = Counter()
        for ways in beginnings:
            first = [match for way in ways if (match := _LETTERS.match(way))]
            if len(first) < len(ways):
                least -= 1  # a number: it may stand anywhere
            else:
                counts.update({n for match in first for n in self._beginning(match[0].lower())})
        if least <= 0:
            return None
        found = sorted(n for n, count in counts.items() if count >= least)
        return tuple(iris[n] for n in found) if len(found) <= _MOST else None

    def _beginning(self, letters: str) -> Iterator[int]:
        _, words, places = self._index
        for at in range(bisect_left(words, letters), len(words)):
            if not words[at].startswith(letters):
                return
            yield from places[at]

    @cached_property
    def _index(self) -> tuple[list[str], list[str], list[array[int]]]:
        """The quotations, the words in them, and for each word in which it stands."""
        found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        store, text = self._graph.store, term(f"{SCHEMA}text")
        quads = store.quads_for_pattern(None, text, None)
        told = sorted((quad.subject.value, quad.object.value) for quad in quads)  # type: ignore[union-attr]
        for number, (_, words) in enumerate(told):
            for word in {match.lower() for match in _LETTERS.findall(words)}:
                found[word].append(number)
        known = sorted(found)
        return [iri for iri, _ in told], known, [found[word] for word in known]
