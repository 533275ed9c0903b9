"""The statements of the articles that have most of a question's words.

Of a graph of some thousands of articles the words of all are read once; of a larger one articles are found
by the names of what they tell of.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Final
from urllib.parse import unquote

from kg.ask.contexts import all_stems
from kg.ask.names import Names
from kg.ask.weights import Word
from kg.graph.reading import Reading
from kg.graph.store import GraphStore
from kg.graph.vocab import OA, PROV, SCHEMA, article_iri, term
from kg.model import Relation, Statement

#: A word that so many things have in their names tells no article from another.
_COMMON: Final = 200
#: Statements of one thing, and of one article, that are looked at.
_TOUCHING: Final = 60
_OF_ONE: Final = 400
#: Articles whose words are read all.
_FEW: Final = 3_000
#: Articles that are weighed by their words, and that are read.
_WEIGHED: Final = 40
_READ: Final = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that nobody has read yet: its relation, and the places where one article tells it."""

    iri: str
    relation: Relation
    places: tuple[str, ...]


@dataclass
class Candidates:
    """What finds them in one graph; ``touching`` gives the statements of things."""

    graph: GraphStore
    names: Names
    reader: Reading
    touching: Callable[[Iterable[str]], Iterator[str]]

    def __post_init__(self) -> None:
        self._articles_of = lru_cache(maxsize=20_000)(self._told_in)
        self.of_article = lru_cache(maxsize=50)(self._of_article)
        self.read = lru_cache(maxsize=2_000)(self._read)

    def of(self, asked: Iterable[Word]) -> Iterator[Candidate]:
        """The statements of the articles that have most of these words, best first."""
        asked = tuple(asked)
        for article in self._best(asked):
            yield from self.of_article(article)

    def _best(self, asked: tuple[Word, ...]) -> list[str]:
        index = self._index
        found: defaultdict[str, float] = defaultdict(float)
        for word in asked:
            articles = self._with(word) if index is None else _having(word, index)
            for article in articles:
                found[article] += word.weight * math.log1p(_WEIGHED / len(articles))
        return sorted(found, key=lambda article: (-found[article], article))[:_READ]

    @cached_property
    def _index(self) -> dict[str, set[str]] | None:
        """The articles that have each stem; None of a large graph."""
        store, body = self.graph.store, term(f"{SCHEMA}articleBody")
        quads = list(islice(store.quads_for_pattern(None, body, None), _FEW + 1))
        if len(quads) > _FEW:
            return None
        before = article_iri(self.graph.base, "")
        found: defaultdict[str, set[str]] = defaultdict(set)
        for quad in quads:
            article = unquote(quad.subject.value.removeprefix(before))  # type: ignore[union-attr]
            for one in all_stems([quad.object.value]):  # type: ignore[union-attr]
                found[one].add(article)
        return dict(found)

    def _with(self, word: Word) -> set[str]:
        """The articles that tell something of what has a word in its name."""
        things = {
            *word.things,
            *(i for one in word.stems for i in self.names.like(one.lstrip("="))),
        }
        if len(things) > _COMMON:
            return set()
        return {article for iri in sorted(things) for article in self._articles_of(iri)}

    def _told_in(self, iri: str) -> frozenset[str]:
        made, before = islice(self.touching((iri,)), _TOUCHING), article_iri(self.graph.base, "")
        articles = (article for one in made for article in self.reader.told_in(one))
        return frozenset(unquote(article.removeprefix(before)) for article in articles)

    def _read(self, candidate: Candidate) -> Statement:
        return self.reader.statement(candidate.iri, candidate.places)

    def _of_article(self, article: str) -> tuple[Candidate, ...]:
        """The statements of an article, with the places where it tells them."""
        store, own = self.graph.store, f"{self.graph.base}statement/"
        found: defaultdict[str, set[str]] = defaultdict(set)
        at, derived = term(f"{OA}hasSource"), term(f"{PROV}wasDerivedFrom")
        for place in store.quads_for_pattern(None, at, term(article_iri(self.graph.base, article))):
            for quad in store.quads_for_pattern(None, derived, place.subject):
                if quad.subject.value.startswith(own):  # type: ignore[union-attr]
                    found[quad.subject.value].add(place.subject.value)  # type: ignore[union-attr]
        first = sorted(found)[:_OF_ONE]
        relation = self.reader.relation
        return tuple(Candidate(iri, relation(iri), tuple(sorted(found[iri]))) for iri in first)


def _having(word: Word, index: dict[str, set[str]]) -> set[str]:
    """The articles that have a word, or one alike."""
    ways = (one for one in (word.stems, *word.alike) if one)
    sets = [set.intersection(*(index.get(part, set()) for part in way)) for way in ways]
    return set().union(*sets)
