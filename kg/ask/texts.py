"""The texts of a graph by the words in them, read once, when a question first asks for such words: of its
quotations, or of the words that its relations were read from."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from kg.graph.store import GraphStore
from kg.graph.vocab import term

#: Texts that a query lists; of more it reads all.
_MOST: Final = 2_000
_LETTERS: Final = re.compile(r"[A-Za-z]+")


class Texts:
    """What looks things up by the words of one of their properties (an IRI)."""

    def __init__(self, graph: GraphStore, told_by: str) -> None:
        self._graph = graph
        self._told_by = told_by

    def having(
        self, beginnings: tuple[tuple[str, ...], ...], least: int, *, whole: bool = False
    ) -> tuple[str, ...] | None:
        """The things, by IRI, in whose text so many of these begin a word, and perhaps a few more; each is given
        by several beginnings of which one will do. ``whole``: the first word is told, singular or plural. None
        where they are too many to tell."""
        iris, _, _ = self._index
        counts: Counter[int] = Counter()
        for ways in beginnings:
            first = [match for way in ways if (match := _LETTERS.match(way))]
            if len(first) < len(ways):
                least -= 1  # a number: it may stand anywhere
            else:
                begun = (match[0].lower() for match in first)
                counts.update({n for one in begun for n in self._beginning(one, whole=whole)})
        if least <= 0:
            return None
        found = sorted(n for n, count in counts.items() if count >= least)
        return tuple(iris[n] for n in found) if len(found) <= _MOST else None

    def _beginning(self, letters: str, *, whole: bool) -> Iterator[int]:
        _, words, places = self._index
        for at in range(bisect_left(words, letters), len(words)):
            if not words[at].startswith(letters):
                return
            if not whole or words[at] in (letters, f"{letters}s"):
                yield from places[at]

    @cached_property
    def _index(self) -> tuple[list[str], list[str], list[array[int]]]:
        """The things, the words in their texts, and for each word in which it stands."""
        found: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        quads = self._graph.store.quads_for_pattern(None, term(self._told_by), None)
        told = sorted((quad.subject.value, quad.object.value) for quad in quads)  # type: ignore[union-attr]
        for number, (_, words) in enumerate(told):
            for word in {match.lower() for match in _LETTERS.findall(words)}:
                found[word].append(number)
        known = sorted(found)
        return [iri for iri, _ in told], known, [found[word] for word in known]
