"""The graph in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from kg.graph.network import network
from kg.graph.store import GraphStore
from kg.graph.vocab import KG
from kg.model import Quotation


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of what the graph holds; each ranking is sorted by count, then name.

    ``connected`` are the named entities with the most different neighbours, as
    (label, type, neighbours, statements). ``unchecked`` are the statements of sensitive relations
    that no person has confirmed; ``apart`` those that are rhetoric (a salience of 0) and count
    nowhere else, unless everything was asked for.
    """

    triples: int
    articles: int
    entities: tuple[tuple[str, int], ...]
    statements: tuple[tuple[str, int], ...]
    relations: tuple[tuple[str, int], ...]
    open_relations: tuple[tuple[str, int], ...]
    quotes: int
    evidence: int
    connected: tuple[tuple[str, str, int, int], ...]
    components: int
    events: tuple[tuple[str, int], ...] = ()
    unchecked: int = 0
    apart: int = 0


def stats(graph: GraphStore, top: int = 10, *, everything: bool = False) -> Stats:
    """Count the graph; ``top`` bounds the rankings of relations and entities."""
    import networkx as nx

    kinds: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    own: Counter[str] = Counter()
    quotes = evidence = unchecked = apart = 0
    for entity in graph.entities():
        kinds[entity.type] += 1
    for statement in graph.statements():
        if statement.salience == 0 and not everything:
            apart += 1
            continue
        statuses[statement.status] += 1
        evidence += len(statement.evidence)
        unchecked += statement.unchecked
        if isinstance(statement.object, Quotation):
            quotes += 1
        elif statement.predicate.id.startswith(KG):
            relations[statement.predicate.label] += 1
        else:
            own[statement.predicate.label] += 1
    links = network(graph)
    ranked = sorted(
        (
            (-len(set(nx.all_neighbors(links, node))), data["label"], data["type"], node)
            for node, data in links.nodes(data=True)
            if data["named"]
        ),
    )[:top]
    return Stats(
        triples=len(graph),
        articles=sum(1 for _ in graph.articles()),
        entities=_ranked(kinds),
        statements=_ranked(statuses),
        relations=_ranked(relations)[:top],
        open_relations=_ranked(own)[:top],
        quotes=quotes,
        evidence=evidence,
        connected=tuple((b, c, -a, links.degree(node)) for a, b, c, node in ranked),
        events=_ranked(Counter(event.type for event in graph.events())),
        unchecked=unchecked,
        apart=apart,
        components=nx.number_weakly_connected_components(links) if len(links) else 0,
    )


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
