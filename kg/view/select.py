"""The part of a graph that a view shows: focus, dates, types, statuses, limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.errors import ConfigError, UnknownName
from kg.model import Article, Entity, Node, Quotation, Statement
from kg.view.network import measure, network
from kg.view.options import ViewOptions


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown, most important first, and how much is not.

    ``entities`` are sorted by rank, ``statements`` by IRI, ``articles`` by date and id.
    ``focus`` is the entity that ``ViewOptions.focus`` names. ``left_entities`` and
    ``left_statements`` count what the limits left out (not what the options filtered).
    """

    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    articles: tuple[Article, ...]
    ranks: dict[str, float]
    focus: Entity | None = None
    left_entities: int = 0
    left_statements: int = 0
    total_entities: int = 0
    total_statements: int = 0


def select(
    entities: Iterable[Entity],
    statements: Iterable[Statement],
    articles: Iterable[Article],
    options: ViewOptions,
) -> Selection:
    """The part of the graph that ``options`` ask for.

    Raises `UnknownName` for a focus that names no entity or a type that no entity has.
    """
    by_article = {article.id: article for article in articles}
    everything = sorted(statements, key=lambda s: s.id)
    things = _complete(entities, everything)
    focus = find(things.values(), options.focus) if options.focus else None
    _check_types(things.values(), options.types)

    kept = [s for s in everything if _passes(s, by_article, options)]
    if focus is not None:
        near = neighbourhood(kept, focus.id, options.hops)
        kept = [s for s in kept if participants(s) & near and set(ends(s)) <= near]
    filtered = len(kept) < len(everything) or focus is not None
    if filtered:
        used = {iri for s in kept for iri in mentioned(s)} | ({focus.id} if focus else set())
        things = {iri: entity for iri, entity in things.items() if iri in used}

    ranks = measure(network(things.values(), kept))
    if focus is not None:
        ranks[focus.id] = 2.0
    order = sorted(things, key=lambda iri: (-ranks.get(iri, 0.0), iri))
    shown = set(order[: options.limit_entities])
    inside = [s for s in kept if set(ends(s)) <= shown]
    if len(inside) > options.limit_statements:
        inside = sorted(
            inside, key=lambda s: (-s.source_count, -sum(ranks[i] for i in ends(s)), s.id)
        )[: options.limit_statements]
        inside.sort(key=lambda s: s.id)
    # Speakers and other participants of what is shown come along: they carry labels.
    along = {iri for s in inside for iri in mentioned(s)} - shown
    chosen = [things[iri] for iri in order if iri in shown or iri in along]
    cited = {e.article for s in inside for e in s.evidence}
    if not filtered and len(inside) == len(kept):
        cited |= set(by_article)
    return Selection(
        entities=tuple(chosen),
        statements=tuple(inside),
        articles=tuple(
            sorted(
                (by_article[a] for a in cited if a in by_article),
                key=lambda a: (a.date or "", a.id),
            )
        ),
        ranks={entity.id: ranks[entity.id] for entity in chosen},
        focus=focus,
        left_entities=len(order) - len(chosen),
        left_statements=len(kept) - len(inside),
        total_entities=len(order),
        total_statements=len(kept),
    )


def find(entities: Iterable[Entity], name: str) -> Entity:
    """The entity called ``name``: by IRI, label or alias, letter case aside; the one in most
    articles where several are. Raises `UnknownName` with the nearest known name."""
    wanted = " ".join(name.split()).casefold()
    known = sorted(entities, key=lambda e: (-len(e.articles), e.id))
    for names in (lambda e: (e.id,), lambda e: (e.label,), lambda e: e.aliases):
        for entity in known:
            if wanted in (" ".join(n.split()).casefold() for n in names(entity)):
                return entity
    raise _unknown("entity", name, [e.label for e in known])


def ends(statement: Statement) -> tuple[str, ...]:
    """The entities that a statement is between: its subject, and its object if that is one."""
    target = statement.object
    return (
        (statement.subject.id, target.id) if isinstance(target, Node) else (statement.subject.id,)
    )


def participants(statement: Statement) -> set[str]:
    """Subject, object, and what a quotation is about: the entities that it links."""
    target = statement.object
    about = target.about if isinstance(target, Quotation) else ()
    return {*ends(statement), *about}


def mentioned(statement: Statement) -> set[str]:
    """Every entity that a statement names: participants, speaker and further arguments."""
    more = {a.entity for a in statement.arguments if a.entity}
    if statement.attributed_to is not None:
        more.add(statement.attributed_to.id)
    return participants(statement) | more


def neighbourhood(statements: Iterable[Statement], start: str, hops: int) -> set[str]:
    """The entities within so many hops of ``start``, itself included."""
    beside: dict[str, set[str]] = {}
    for statement in statements:
        linked = participants(statement)
        for iri in linked:
            beside.setdefault(iri, set()).update(linked)
    near = edge = {start}
    for _ in range(hops):
        edge = {other for iri in edge for other in beside.get(iri, ())} - near
        near = near | edge
    return near


def _complete(entities: Iterable[Entity], statements: Sequence[Statement]) -> dict[str, Entity]:
    """The entities by IRI, with those that only statements name (an unknown speaker)."""
    things = {entity.id: entity for entity in entities}
    for statement in statements:
        nodes = [statement.subject, statement.object, statement.attributed_to]
        for node in nodes:
            if isinstance(node, Node) and node.id not in things:
                things[node.id] = Entity(node.id, node.label, node.type, node.aliases, named=False)
        for iri in sorted(iri for iri in mentioned(statement) if iri not in things):
            label = iri.rstrip("/").rsplit("/", 1)[-1].replace("_", " ")
            things[iri] = Entity(iri, label, "Thing", named=False)
    return things


def _passes(statement: Statement, articles: dict[str, Article], options: ViewOptions) -> bool:
    if options.statuses and statement.status not in options.statuses:
        return False
    if statement.source_count < options.min_sources:
        return False
    if options.types:
        nodes = [n for n in (statement.subject, statement.object) if isinstance(n, Node)]
        if not any(node.type in options.types for node in nodes):
            return False
    if options.since or options.until:
        dates = [
            article.date
            for e in statement.evidence
            if (article := articles.get(e.article)) is not None and article.date
        ]
        low, high = options.since or "", options.until or "9999"
        return any(date >= low and date[: len(high)] <= high for date in dates)
    return True


def _check_types(entities: Iterable[Entity], types: Iterable[str]) -> None:
    known = {entity.type for entity in entities}
    for name in types:
        if known and name not in known:
            raise UnknownName("type", name, known)


def _unknown(kind: str, name: str, known: list[str]) -> ConfigError:
    """As `UnknownName`, without listing thousands of names."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=3, cutoff=0.5)
    shown = near or known[:5]
    return UnknownName(
        kind, name, shown, f"{len(known)} entities in all." if len(known) > len(shown) else ""
    )
