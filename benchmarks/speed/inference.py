"""What four ways to infer cost, and what they find, on a store: python -m benchmarks.speed.inference STORE...

``ours`` reads the statements and applies `kg.graph.inference`; the others get the same facts and the
ontology as triples: ``owlrl`` (OWL 2 RL in Python), ``reasonable`` (OWL 2 RL in Rust; pip install
reasonable, which kg does not need) and ``sparql`` (each axiom an INSERT, until nothing new comes, in a
store in memory). Told are seconds of processor time, the facts of relations that are new, and how
many of them the others have, too. None of the others tells what a fact follows from, keeps disputed
facts apart or looks at classes, names and years.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.config import data_folder
from kg.graph.axioms import load_axioms
from kg.graph.inference import Fact, follow
from kg.graph.inferred import _Told
from kg.graph.vocab import KG

_SPARQL = (
    "INSERT { ?o ?q ?s } WHERE { { ?p owl:inverseOf ?q } UNION { ?q owl:inverseOf ?p } ?s ?p ?o }",
    "INSERT { ?o ?p ?s } WHERE { ?p a owl:SymmetricProperty . ?s ?p ?o }",
    "INSERT { ?s ?p ?t } WHERE { ?p a owl:TransitiveProperty . ?s ?p ?o . ?o ?p ?t }",
    "INSERT { ?s ?q ?o } WHERE { ?p rdfs:subPropertyOf ?q . ?s ?p ?o }",
    "INSERT { ?s a ?d } WHERE { ?c rdfs:subClassOf ?d . ?s a ?c FILTER(isIRI(?d)) }",
    "INSERT { ?s ?p ?t } WHERE { ?p owl:propertyChainAxiom ?l . ?l rdf:first ?a ; rdf:rest/rdf:first ?b ."
    " ?s ?a ?o . ?o ?b ?t }",
)
_PREFIXES = (
    "PREFIX owl: <http://www.w3.org/2002/07/owl#> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
)


def _text(facts: set[Fact], kinds: dict[str, set[str]]) -> str:
    lines = [f"<{s}> <{p}> {o if o.startswith(chr(34)) else f'<{o}>'} ." for s, p, o in facts]
    lines += [f"<{s}> a <{kind}> ." for s, found in kinds.items() for kind in found]
    return "\n".join(sorted(lines))


def _ontology() -> str:
    return (data_folder("ontology") / "kg.ttl").read_text()


def _owlrl(text: str) -> Iterator[tuple[str, str, str]]:
    import owlrl
    import rdflib

    graph = rdflib.Graph().parse(data=_ontology(), format="turtle")
    graph.parse(data=text, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return ((str(s), str(p), str(o)) for s, p, o in graph)


def _reasonable(text: str) -> Iterator[tuple[str, str, str]]:
    import rdflib
    import reasonable

    graph = rdflib.Graph().parse(data=_ontology(), format="turtle")
    graph.parse(data=text, format="turtle")
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(graph)
    return ((str(s), str(p), str(o)) for s, p, o in reasoner.reason())


def _sparql(text: str) -> Iterator[tuple[str, str, str]]:
    store = ox.Store()
    for data in (_ontology(), text):
        store.load(data.encode(), format=ox.RdfFormat.TURTLE)
    before = -1
    while len(store) != before:
        before = len(store)
        for rule in _SPARQL:
            store.update(_PREFIXES + rule)
    return (
        (q.subject.value, q.predicate.value, getattr(q.object, "value", str(q.object)))
        for q in store
    )


def main(stores: list[str]) -> None:
    for path in stores:
        store = ox.Store.read_only(path)
        begun = time.process_time()
        axioms = load_axioms()
        world = _Told(store, "https://kg.example/").world(axioms)
        read = time.process_time() - begun
        found = follow(axioms, world)
        took = time.process_time() - begun
        told = axioms.moving().union(*axioms.relations.values())
        new = {fact for fact in found if fact[1].startswith(KG)}
        print(
            f"{path}: {len(store):,} triples, {len(world.facts):,} facts, {len(world.kinds):,} things"
        )
        print(
            f"  ours        {took:8.2f} s ({read:.2f} to read), {len(found):,} in all, {len(new):,} of relations"
        )
        text = _text(set(world.facts), world.kinds)  # type: ignore[arg-type]
        rivals: dict[str, Callable[[str], Iterator[tuple[str, str, str]]]] = {
            "sparql": _sparql, "reasonable": _reasonable, "owlrl": _owlrl,
        }  # fmt: skip
        for name, rival in rivals.items():
            begun = time.process_time()
            try:
                theirs = set(rival(text))
            except ImportError:
                print(f"  {name:<11} not installed")
                continue
            spent = time.process_time() - begun
            relations = {
                (s, p, o) for s, p, o in theirs
                if p in told and s in world.kinds and s != o and (s, p, o) not in world.facts
            }  # fmt: skip
            print(
                f"  {name:<11} {spent:8.2f} s, {len(theirs):,} triples, {len(relations):,} of relations, "
                f"{len(relations & new):,} as ours, {len(new - relations):,} only ours"
            )
            for whose, facts in (("theirs", relations - new), ("ours", new - relations)):
                for fact in sorted(facts)[:4]:
                    print(f"     only {whose}:", *(part.rpartition("/")[2] for part in fact))


if __name__ == "__main__":
    main([str(Path(name)) for name in sys.argv[1:]])
