"""The part of a graph that a view shows: focus, dates, types, statuses, limits."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import TypeVar

from kg.errors import ConfigError, UnknownName
from kg.model import Article, Entity, Node, Quotation, Statement
from kg.view.options import ViewOptions
from kg.view.ranking import importance

T = TypeVar("T", Article, Entity, Statement)


class Chosen:
    """Statements by their places among all, and their ``ids`` in the same order."""

    def __init__(
        self, read: Callable[[], Iterable[Statement]], places: Collection[int], ids: list[str]
    ) -> None:
        self._read, self._places = read, places
        self.ids = ids

    def __iter__(self) -> Iterator[Statement]:
        return _at(self._read(), self._places)

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown, most important first, and how much is not.

    ``entities`` are sorted by rank, ``statements`` by IRI, ``articles`` by date and id.
    ``statements`` are read anew each time they are looped over, so that memory need not hold them.
    ``focus`` is the entity that ``ViewOptions.focus`` names. ``left_entities`` and
    ``left_statements`` count what the limits left out (not what the options filtered).
    """

    entities: tuple[Entity, ...]
    statements: Chosen
    articles: tuple[Article, ...]
    ranks: dict[str, float]
    focus: Entity | None = None
    left_entities: int = 0
    left_statements: int = 0
    total_entities: int = 0
    total_statements: int = 0


#: Items, or a function that gives them anew at each call, sorted by IRI: then memory holds what is
#: shown, and of the rest a few numbers.
Source = Iterable[T] | Callable[[], Iterable[T]]


def select(
    entities: Source[Entity],
    statements: Source[Statement],
    articles: Source[Article],
    options: ViewOptions,
) -> Selection:
    """The part of the graph that ``options`` ask for.

    Raises `UnknownName` for a focus that names no entity or a type that no entity has.
    """
    things, told, texts = _again(entities), _again(statements), _again(articles)
    focus = find(things(), options.focus) if options.focus else None
    found = _Outline(things(), told(), {a.id: a.date for a in texts()}, options)
    kept: Sequence[int] = range(len(found.sources))
    if focus is not None:
        near = found.near(focus.id, options.hops)
        kept = [
            at for at in kept if found.participants(at) & near and near.issuperset(found.ends(at))
        ]
    filtered = found.passed < found.total or focus is not None
    used: Collection[int] = range(len(found.iris))
    if filtered or found.apart:
        inside_kept = {found.place[at] for at in kept}
        named = (iri for s in _at(told(), inside_kept) for iri in mentioned(s))
        used = {found.number[iri] for iri in named}
        used |= {found.number[focus.id]} if focus else set()
    if not filtered and found.apart:
        only = {found.number[iri] for iri in found.apart} - set(used)
        used = [number for number in range(len(found.iris)) if number not in only]

    ranks = found.ranks(used, kept)
    if focus is not None:
        ranks[found.number[focus.id]] = 2.0
    # Numbers are in the order of the IRIs: of equals the first in the alphabet comes first.
    shown = set(nsmallest(options.limit_entities, used, key=lambda n: (-ranks[n], n)))
    inside = [at for at in kept if shown.issuperset(found.ends(at))]
    if len(inside) > options.limit_statements:
        inside.sort(
            key=lambda at: (
                -found.sources[at],
                -found.salience[at],
                -sum(ranks[n] for n in found.ends(at)),
                at,
            )
        )
        inside = inside[: options.limit_statements]
    places = {found.place[at] for at in inside}
    ids: list[str] = []
    along: set[int] = set()
    cited: set[str] = set()
    for s in _at(told(), places):
        ids.append(s.id)
        # Speakers and other participants of what is shown come along: they carry labels.
        along.update(found.number[iri] for iri in mentioned(s))
        cited.update(e.article for e in s.evidence)
    along -= shown
    order = sorted(shown | along, key=lambda n: (-ranks[n], n))
    wanted = [found.iris[n] for n in order]
    by_iri = found.others | {
        e.id: replace(e, merges=())  # the page does not tell them, and they can be many
        for e in things()
        if found.number[e.id] in shown or found.number[e.id] in along
    }
    everything = not filtered and len(inside) == len(kept)
    return Selection(
        entities=tuple(by_iri[iri] for iri in wanted),
        statements=Chosen(told, places, ids),
        articles=tuple(
            sorted(
                (a for a in texts() if everything or a.id in cited),
                key=lambda a: (a.date or "", a.id),
            )
        ),
        ranks={iri: ranks[found.number[iri]] for iri in wanted},
        focus=focus,
        left_entities=len(used) - len(wanted),
        left_statements=len(kept) - len(inside),
        total_entities=len(used),
        total_statements=len(kept),
    )


class _Outline:
    """What choosing needs to know of a graph, as numbers: an entity's is its place among the IRIs.

    Of the statements that the options let pass, in order: ``place`` among all, ``sources``,
    ``salience``, and the entities that they link. ``others`` are entities that only statements name.
    """

    def __init__(
        self,
        entities: Iterable[Entity],
        statements: Iterable[Statement],
        dates: Mapping[str, str | None],
        options: ViewOptions,
    ) -> None:
        articles: dict[str, int] = {}
        types: set[str] = set()
        for entity in entities:
            articles[entity.id] = len(entity.articles)
            types.add(entity.type)
        self.others: dict[str, Entity] = {}
        self.place, self.sources, self.salience = array("L"), array("L"), array("d")
        self.total = 0
        self.apart: set[str] = set()
        first = dict.fromkeys(articles, 0)
        for number, iri in enumerate(first):
            first[iri] = number
        subjects, objects = array("l"), array("l")
        about: dict[int, tuple[int, ...]] = {}
        for place, statement in enumerate(statements):
            if statement.salience == 0 and not options.everything:
                self._complete(statement, first)
                self.apart |= mentioned(statement)
                continue
            self.total += 1
            self._complete(statement, first)
            if not _passes(statement, dates, options):
                continue
            target = statement.object
            if isinstance(target, Quotation) and target.about:
                about[len(self.place)] = tuple(first[iri] for iri in target.about)
            subjects.append(first[statement.subject.id])
            objects.append(first[target.id] if isinstance(target, Node) else -1)
            self.place.append(place)
            self.sources.append(statement.source_count)
            self.salience.append(statement.salience)
        types |= {entity.type for entity in self.others.values()}
        _check_types(types, options.types)
        self.passed = len(self.place)
        self.iris = sorted(first)
        self._articles = array("L", (articles.get(iri, 0) for iri in self.iris))
        del articles
        moved = array("l", [0]) * len(first)
        for number, iri in enumerate(self.iris):
            moved[first[iri]] = number
            first[iri] = number
        self.number = first
        self._subjects = array("l", (moved[n] for n in subjects))
        self._objects = array("l", (n if n < 0 else moved[n] for n in objects))
        self._about = {at: tuple(moved[n] for n in links) for at, links in about.items()}

    def ends(self, at: int) -> tuple[int, ...]:
        """The entities that a statement is between: its subject, and its object if that is one."""
        subject, target = self._subjects[at], self._objects[at]
        return (subject,) if target < 0 else (subject, target)

    def participants(self, at: int) -> set[int]:
        """Subject, object, and what a quotation is about: the entities that it links."""
        return {*self.ends(at), *self._about.get(at, ())}

    def near(self, start: str, hops: int) -> set[int]:
        """The entities within so many hops of ``start``, itself included."""
        beside: dict[int, set[int]] = {}
        for at in range(self.passed):
            linked = self.participants(at)
            for number in linked:
                beside.setdefault(number, set()).update(linked)
        near = edge = {self.number[start]}
        for _ in range(hops):
            edge = {other for number in edge for other in beside.get(number, ())} - near
            near = near | edge
        return near

    def ranks(self, used: Collection[int], kept: Iterable[int]) -> array[float]:
        """How important these entities are, as `kg.view.ranking.measure` counts it; 0 for others."""
        order = array("l", sorted(used))
        place = array("l", [0]) * len(self.iris)
        for at, number in enumerate(order):
            place[number] = at
        pairs: set[tuple[int, int]] = set()
        for at in kept:
            subject, target = self._subjects[at], self._objects[at]
            for other in (target,) if target >= 0 else self._about.get(at, ()):
                if subject != other:
                    a, b = place[subject], place[other]
                    pairs.add((a, b) if a < b else (b, a))
        ranks = array("d", [0.0]) * len(self.iris)
        scores = importance([self._articles[number] for number in order], pairs)
        for number, score in zip(order, scores, strict=True):
            ranks[number] = score
        return ranks

    def _complete(self, statement: Statement, first: dict[str, int]) -> None:
        """Number the entities that only statements name (an unknown speaker)."""
        for node in (statement.subject, statement.object, statement.attributed_to):
            if isinstance(node, Node) and node.id not in first:
                first[node.id] = len(first)
                self.others[node.id] = Entity(
                    node.id, node.label, node.type, node.aliases, named=False
                )
        for iri in sorted(iri for iri in mentioned(statement) if iri not in first):
            label = iri.rstrip("/").rsplit("/", 1)[-1].replace("_", " ")
            first[iri] = len(first)
            self.others[iri] = Entity(iri, label, "Thing", named=False)


def _again(source: Source[T]) -> Callable[[], Iterable[T]]:
    """A function that gives the items anew, sorted by IRI."""
    if callable(source):
        return source
    items = sorted(source, key=lambda item: item.id)
    return lambda: items


def _at(items: Iterable[T], places: Collection[int]) -> Iterator[T]:
    return (item for place, item in enumerate(items) if place in places)


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


def mentioned(statement: Statement) -> set[str]:
    """Every entity that a statement names: subject, object, what a quotation is about,
    speaker and further arguments."""
    target = statement.object
    found = {a.entity for a in statement.arguments if a.entity}
    found.add(statement.subject.id)
    if isinstance(target, Node):
        found.add(target.id)
    elif isinstance(target, Quotation):
        found.update(target.about)
    if statement.attributed_to is not None:
        found.add(statement.attributed_to.id)
    return found


def _passes(statement: Statement, dates: Mapping[str, str | None], options: ViewOptions) -> bool:
    if options.statuses and statement.status not in options.statuses:
        return False
    if statement.source_count < options.min_sources:
        return False
    if options.types:
        nodes = [n for n in (statement.subject, statement.object) if isinstance(n, Node)]
        if not any(node.type in options.types for node in nodes):
            return False
    if options.since or options.until:
        days = [day for e in statement.evidence if (day := dates.get(e.article))]
        low, high = options.since or "", options.until or "9999"
        return any(date >= low and date[: len(high)] <= high for date in days)
    return True


def _check_types(known: set[str], types: Iterable[str]) -> None:
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
