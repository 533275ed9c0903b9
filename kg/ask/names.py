"""The names of a graph, as a question may use them: whole, by surname, in lower case, or a topic's words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.ask.stems import stem
from kg.ask.words import mapping, words
from kg.countries import country, country_names, is_country
from kg.graph.name_index import name_index
from kg.graph.named import plain
from kg.graph.store import GraphStore
from kg.graph.vocab import KG, SAID, TYPE, term

_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a name may mean. ``type`` is the local name of its class."""

    iri: str
    label: str
    type: str


@dataclass
class Names:
    """All names of a graph, looked up in its index. ``exact`` has the things of each whole name, ``inside`` those
    that have a word in a name; both by `plain` text."""

    base: str
    label: Mapping[str, str]
    named: Set[str]
    exact: Mapping[str, Set[str]]
    inside: Mapping[str, Set[str]]
    names: Mapping[str, Set[str]]
    _graph: GraphStore

    @classmethod
    def of(cls, graph: GraphStore) -> Names:
        """The names of all entities of a graph."""
        found = name_index(graph, without_articles)
        return cls(
            graph.base, found.label, found.named, found.exact, found.inside, found.names, graph
        )

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The things that are countries by name."""
        called = (self.exact.get(plain(name), set()) for name in country_names())
        things = {iri for found in called for iri in found if iri in self.named}
        return tuple(sorted(iri for iri in things if is_country(self.label[iri])))

    def thing(self, iri: str) -> Thing:
        """A thing by its IRI."""
        kinds = [
            quad.object.value.removeprefix(KG)  # type: ignore[union-attr]
            for quad in self._graph.store.quads_for_pattern(term(iri), TYPE, None, SAID)
            if quad.object.value.startswith(KG)  # type: ignore[union-attr]
        ]
        return Thing(iri, self.label.get(iri, iri), min(kinds, default="Thing"))

    def called(self, text: str) -> tuple[str, ...]:
        """The things that have this very name, case and accents aside."""
        key = plain(text)
        found = self.exact.get(key) or self.exact.get(without_articles(key))
        if not found:
            others = (self.exact.get(other, set()) for other in other_nations(key))
            found = {iri for one in others for iri in one}
        return tuple(sorted(found))

    @cached_property
    def _spelt(self) -> dict[str, list[str]]:
        """The words in names by what they are without inflection."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(self.inside):
            found[stem(word)].append(word)
        return dict(found)

    def like(self, word: str) -> tuple[str, ...]:
        """The things that have a word in one of their names, in any of its forms."""
        forms = self._spelt.get(stem(plain(word)), ())
        return tuple(sorted({iri for form in forms for iri in self.inside[form]}))

    def having(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """The things one of whose names has all these words."""
        keys = [plain(word) for word in wanted if plain(word)]
        sets = [self.inside.get(word, set()) for key in keys for word in key.split()]
        if not sets:
            return ()
        smallest, *others = sorted(sets, key=len)
        parts = {word for key in keys for word in key.split()}
        return tuple(
            sorted(
                iri
                for iri in smallest
                if all(iri in other for other in others)
                and any(parts <= set(name.split()) for name in self.names[iri])
            )
        )


def other_nations(key: str) -> tuple[str, ...]:
    """A plain name of several words with the other words for the country that it begins with.

    >>> other_nations("american military")
    ('united states military', 'u s military', 'us military', 'america military')
    """
    first, _, rest = key.partition(" ")
    land = country(first)
    if land is None or not rest:
        return ()
    more = mapping("nations").get(land, ())
    return tuple(f"{name} {rest}" for name in (plain(land), *more) if name != first)


def without_articles(key: str) -> str:
    """A plain name without "the", "a", "an"; itself where it is nothing else.

    >>> without_articles("speaker of the house")
    'speaker of house'
    """
    kept = [word for word in key.split() if word not in words("names", "articles")]
    return " ".join(kept) or key
