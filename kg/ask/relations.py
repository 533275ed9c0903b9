"""Which relations of a graph the words of a question may mean, and in which direction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kg.ask.words import mapping, near_words
from kg.graph.ontology import load_ontology
from kg.graph.store import GraphStore
from kg.graph.vocab import KG, LABEL, RDFS, term
from kg.lexicon import Lexicon, load_lexicon


@dataclass(frozen=True, slots=True, order=True)
class Meaning:
    """A relation, by IRI; ``turned``: what the words put first is its object."""

    iri: str
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Relations:
    """``open`` has the relations that keep their own words, by these words; ``labels`` those of all,
    by IRI. ``near``: words may mean what words near them mean."""

    open: dict[str, str]
    labels: dict[str, str]
    lexicon: Lexicon = field(default_factory=load_lexicon)
    near: bool = False

    @classmethod
    def of(cls, graph: GraphStore) -> Relations:
        """The relations that a graph declares."""
        own, labels, store = {}, {}, graph.store
        below = f"{graph.base}relation/"
        above = term(f"{RDFS}subPropertyOf")
        for quad in store.quads_for_pattern(None, above, term(f"{KG}relatedTo")):
            iri = quad.subject.value  # type: ignore[union-attr]
            found: Any = next(store.quads_for_pattern(term(iri), LABEL, None), None)
            if iri.startswith(below) and found is not None:
                own[found.object.value] = iri
                labels[iri] = found.object.value
        for name, one in load_ontology().terms.items():
            if one.kind == "relation":
                labels[KG + name] = one.label
        return cls(own, labels)

    def meaning(self, words: str) -> tuple[Meaning, ...]:
        """What the words of a verb may mean ("take over", "meet with", "be born in")."""
        found: set[Meaning] = set()
        for one in near_words(words) if self.near else (words,):
            found |= self._own(one)
        return tuple(sorted(self.wide(found)))

    def _own(self, words: str) -> set[Meaning]:
        senses = self.lexicon.verbs.get(words, ())
        found = {Meaning(KG + sense.property, sense.inverse) for sense in senses}
        for name in mapping("more").get(words, ()):
            found.add(Meaning(KG + name.removeprefix("^"), name.startswith("^")))
        if words in self.open:
            found.add(Meaning(self.open[words]))
        return found

    def wide(self, found: set[Meaning]) -> set[Meaning]:
        """With what says the same, or more, in other terms ("is employed by": "works for")."""
        more = set(found)
        for meaning in found:
            name = meaning.iri.removeprefix(KG)
            for other in mapping("same").get(name, ()):
                turned = other.startswith("^")
                more.add(Meaning(KG + other.removeprefix("^"), meaning.turned != turned))
        return more

    def starting(self, verb: str) -> tuple[Meaning, ...]:
        """The relations that are the verb alone or with one preposition ("die", "die in"); what is near
        one that takes a side ("come out *against*") is not near the verb."""
        found = set(self.meaning(verb))
        for mark in mapping("prepositions")["all"]:
            words = f"{verb} {mark}"
            sided = mark in mapping("prepositions")["sides"]
            found.update(self.wide(self._own(words)) if sided else self.meaning(words))
        return tuple(sorted(found))

    def told(self, iri: str) -> str:
        """A relation in words."""
        return self.labels.get(iri, iri.rpartition("/")[2].rpartition("#")[2])
