"""The things that a graph tells to be something: "minister", "bank". Looked up from the names of what they
are told to be, of which there are few, and not from all that is told of each thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Final

from kg.ask.names import Names
from kg.graph.named import plain
from kg.graph.store import GraphStore
from kg.graph.vocab import RDF, SAID, prefixes, term

#: Things that a query lists; where there are more, it looks at all that is told of each thing that it finds.
_MOST: Final = 1_000
#: Statements that are looked at one by one.
_FEW: Final = 400
#: What they may be told to be.
_KINDS: Final = 10_000
#: Nouns of which the things are kept.
_KEPT: Final = 100


def noun_pattern(nouns: Iterable[str]) -> str:
    """What finds one of these nouns, singular or plural, whole; SPARQL and Python read it alike."""
    among = "|".join(re.escape(one).replace("\\ ", " ").replace("\\-", "-") for one in nouns)
    return f"(^|[^A-Za-z])({among})s?($|[^A-Za-z])"


class Described:
    """What is told to be something in one graph."""

    def __init__(self, graph: GraphStore, names: Names) -> None:
        self._graph, self._names = graph, names
        self.told_as = lru_cache(maxsize=_KEPT)(self._told_as)

    def many(self, relations: Iterable[str]) -> bool:
        """Whether so many statements have one of these relations that a look at each takes longer than a list."""
        store, predicate = self._graph.store, term(f"{RDF}predicate")
        having = (store.quads_for_pattern(None, predicate, term(iri), SAID) for iri in relations)
        return any(True for _ in islice(chain.from_iterable(having), _FEW, None))

    def _told_as(self, nouns: tuple[str, ...], relations: str) -> tuple[str, ...] | None:
        """The things, by IRI, that one of these relations ("kg:isA, kg:hasRole") tells to be what has one of these
        nouns in its label; None where they are too many to list."""
        kinds = sorted(set(self._called(nouns)))
        if len(kinds) > _KINDS:
            return None
        text = (
            f"SELECT DISTINCT ?thing WHERE {{ VALUES ?kind {{ {' '.join(f'<{k}>' for k in kinds)} }} "
            f"?s rdf:object ?kind . ?s rdf:predicate ?p FILTER(?p IN ({relations})) "
            f"?s rdf:subject ?thing }} LIMIT {_MOST + 1}"
        )
        rows: Any = self._graph.store.query(text, prefixes=dict(prefixes(self._graph.base)))
        found = sorted(row["thing"].value for row in rows)
        return tuple(found) if len(found) <= _MOST else None

    def _called(self, nouns: tuple[str, ...]) -> Iterator[str]:
        """The things that have one of these nouns in their label."""
        has = re.compile(noun_pattern(nouns), re.IGNORECASE)
        for noun in nouns:
            *before, last = plain(noun).split() or [""]
            for form in (last, f"{last}s"):
                found = self._names.having((*before, form)) if before else self._names.inside[form]
                yield from (iri for iri in found if has.search(self._names.label[iri]))
