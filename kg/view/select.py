"""The part of a graph that a view shows: focus, dates, types, statuses, limits."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from typing import Any, Final

from kg.errors import ConfigError, UnknownName
from kg.model import Article, Entity, Node, Quotation, Statement
from kg.view.numbering import Numbering
from kg.view.options import ViewOptions
from kg.view.ranking import importance
from kg.view.source import Source, Stream, T

#: What names an entity: a statement that may be shown, one that is rhetoric.
_TOLD: Final = 1
_APART: Final = 2
#: Statements of so many passages are held, though they could be read again: 25 MB.
_HELD: Final = 10_000


class Chosen(Sequence[Statement]):
    """The statements that are shown, sorted by IRI, and their ``ids`` in the same order. Those of a `Stream`
    are read one by one, each time that they are looked at, unless they are few."""

    def __init__(self, read: Source[Statement]) -> None:
        self._one = read.one if isinstance(read, Stream) else None
        self._held: list[Statement] | None = []
        self._room = _HELD
        self.ids: list[str] = []

    def append(self, statement: Statement) -> None:
        """Take one more."""
        self.ids.append(statement.id)
        if self._held is not None:
            self._held.append(statement)
            self._room -= len(statement.evidence)
            if self._one is not None and self._room < 0:
                self._held = None

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[at] for at in range(len(self.ids))[place]]
        if self._held is not None:
            return self._held[place]
        found = self._one(self.ids[place]) if self._one is not None else None
        if found is None:
            raise LookupError(f"{self.ids[place]} is there no longer")
        return found

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Head:
    """What a page tells of an article besides its text; ``title`` is its headline or None, ``first`` the
    first line of one without, ``letters`` the length of the text."""

    id: str
    source: str
    title: str | None
    date: str | None
    publisher: str | None
    url: str | None
    authors: tuple[str, ...]
    first: str
    letters: int

    @classmethod
    def of(cls, a: Article) -> Head:
        """The head of an article."""
        first = "" if a.title else a.text.split("\n", 1)[0]
        return cls(
            a.id, a.source, a.title, a.date, a.publisher, a.url, a.authors, first, len(a.text)
        )


@dataclass(frozen=True, slots=True)
class Selection:
    """What is shown, most important first, and how much is not.

    ``entities`` are sorted by rank, ``statements`` by IRI, ``heads`` of articles by date and id;
    ``articles`` reads these and others anew. ``focus`` is the entity that ``ViewOptions.focus`` names.
    ``left_entities`` and ``left_statements`` count what the limits left out (not what the options
    filtered).
    """

    entities: tuple[Entity, ...]
    statements: Chosen
    heads: tuple[Head, ...]
    articles: Callable[[], Iterable[Article]] = field(compare=False)
    ranks: dict[str, float]
    focus: Entity | None = None
    left_entities: int = 0
    left_statements: int = 0
    total_entities: int = 0
    total_statements: int = 0


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
    dated = options.since or options.until
    found = _Outline(things(), told(), {a.id: a.date for a in texts()} if dated else {}, options)
    kept: Sequence[int] = range(found.passed)
    filtered = found.passed < found.total or focus is not None
    used: Sequence[int] = range(len(found.numbers))
    if focus is not None:
        near = found.near(focus.id, options.hops)
        kept = [
            at for at in kept if found.participants(at) & near and near.issuperset(found.ends(at))
        ]
        inside_kept = {found.place[at] for at in kept}
        named = (iri for s in _at(told(), inside_kept) for iri in mentioned(s))
        used = sorted({found.number(iri) for iri in named} | {found.number(focus.id)})
    elif filtered or found.apart:
        used = found.used(apart_from=not filtered)

    ranks = found.ranks(used, kept)
    if focus is not None:
        ranks[found.number(focus.id)] = 2.0
    # Numbers are in the order of the IRIs: of equals the first in the alphabet comes first.
    shown = set(nsmallest(options.limit_entities, used, key=lambda n: (-ranks[n], n)))
    inside: Sequence[int] = array("i", (at for at in kept if shown.issuperset(found.ends(at))))
    everything = not filtered and len(inside) == len(kept) <= options.limit_statements
    if len(inside) > options.limit_statements:
        inside = nsmallest(
            options.limit_statements,
            inside,
            key=lambda at: (
                -found.sources[at],
                -found.salience[at],
                -sum(ranks[n] for n in found.ends(at)),
                at,
            ),
        )
    places = {found.place[at] for at in inside}
    chosen = Chosen(statements)
    along: set[int] = set()
    same: dict[str, str] = {}  # each id of an article once: entities and statements have many
    cited: set[str] = set()
    for s in _at(told(), places):
        chosen.append(s)
        # Speakers and other participants of what is shown come along: they carry labels.
        along.update(found.number(iri) for iri in mentioned(s))
        cited.update(same.setdefault(e.article, e.article) for e in s.evidence)
    along -= shown
    order = sorted(shown | along, key=lambda n: (-ranks[n], n))
    by_number: dict[int, Entity] = {
        number: replace(  # the page does not tell why they are one, which can be much
            e, merges=(), articles=tuple(same.setdefault(a, a) for a in e.articles)
        )
        for e in things()
        if (number := found.number(e.id)) in shown or number in along
    }
    by_number = {found.number(iri): e for iri, e in found.others.items()} | by_number
    heads = (Head.of(a) for a in texts() if everything or a.id in cited)
    return Selection(
        entities=tuple(by_number[n] for n in order),
        statements=chosen,
        heads=tuple(sorted(heads, key=lambda a: (a.date or "", a.id))),
        articles=texts,
        ranks={by_number[n].id: ranks[n] for n in order},
        focus=focus,
        left_entities=len(used) - len(order),
        left_statements=len(kept) - len(chosen),
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
        self.numbers = Numbering()
        self._articles = array("i")
        types: set[str] = set()
        for entity in entities:
            self.numbers.take(entity.id)
            self._articles.append(len(entity.articles))
            types.add(entity.type)
        known = len(self.numbers)
        self.others: dict[str, Entity] = {}
        self.place, self.sources, self.salience = array("i"), array("i"), array("d")
        self.total = 0
        self.apart = False
        self._named = bytearray(known)  # by the order in which they came, as all until `_sort`
        self._subjects, self._objects = array("i"), array("i")
        self._about: dict[int, tuple[int, ...]] = {}
        for place, statement in enumerate(statements):
            named = self._complete(statement)
            if statement.salience == 0 and not options.everything:
                self.apart = True
                self._mark(named, _APART)
                continue
            self.total += 1
            if not _passes(statement, dates, options):
                continue
            self._mark(named, _TOLD)
            target, number = statement.object, self.numbers.find
            if isinstance(target, Quotation) and target.about:
                self._about[len(self.place)] = tuple(map(number, target.about))
            self._subjects.append(number(statement.subject.id))
            self._objects.append(number(target.id) if isinstance(target, Node) else -1)
            self.place.append(place)
            self.sources.append(statement.source_count)
            self.salience.append(statement.salience)
        types |= {entity.type for entity in self.others.values()}
        _check_types(types, options.types)
        self.passed = len(self.place)
        self._articles.extend([0] * len(self.others))
        self._sort(known)

    def number(self, iri: str) -> int:
        """The number of an entity of the graph."""
        return self._moved[self.numbers.find(iri)]

    def used(self, *, apart_from: bool) -> Sequence[int]:
        """The entities that a statement names which the options let pass; ``apart_from``: and all
        others but those that only rhetoric names."""
        return array(
            "l",
            (
                number
                for number, at in enumerate(self._order)
                if self._named[at] & _TOLD or (apart_from and not self._named[at])
            ),
        )

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
        near = edge = {self.number(start)}
        for _ in range(hops):
            edge = {other for number in edge for other in beside.get(number, ())} - near
            near = near | edge
        return near

    def ranks(self, used: Sequence[int], kept: Iterable[int]) -> array[float]:
        """How important these entities (sorted) are, as `kg.view.ranking.measure` counts it; 0 for
        others."""
        place = array("i", [0]) * len(self.numbers)
        for at, number in enumerate(used):
            place[number] = at
        ends = array("i")
        for at in kept:
            subject, target = self._subjects[at], self._objects[at]
            for other in (target,) if target >= 0 else self._about.get(at, ()):
                if subject != other:
                    a, b = place[subject], place[other]
                    ends.extend((a, b) if a < b else (b, a))
        ranks = array("d", [0.0]) * len(self.numbers)
        articles = array("i", (self._articles[self._order[number]] for number in used))
        for number, score in zip(used, importance(articles, ends), strict=True):
            ranks[number] = score
        return ranks

    def _complete(self, statement: Statement) -> list[int]:
        """The entities that a statement names, as they came; those that only statements name (an
        unknown speaker) come now."""
        for node in (statement.subject, statement.object, statement.attributed_to):
            if isinstance(node, Node) and self.numbers.find(node.id) < 0:
                self._take(Entity(node.id, node.label, node.type, node.aliases, named=False))
        found = []
        for iri in mentioned(statement):
            found.append(self.numbers.find(iri))
        if -1 in found:
            for iri in sorted(iri for iri in mentioned(statement) if self.numbers.find(iri) < 0):
                label = iri.rstrip("/").rsplit("/", 1)[-1].replace("_", " ")
                self._take(Entity(iri, label, "Thing", named=False))
            found = [self.numbers.find(iri) for iri in mentioned(statement)]
        return found

    def _take(self, entity: Entity) -> None:
        self.numbers.take(entity.id)
        self.others[entity.id] = entity
        self._named.append(0)

    def _mark(self, numbers: Iterable[int], how: int) -> None:
        for number in numbers:
            self._named[number] |= how

    def _sort(self, known: int) -> None:
        """Number all in the order of their IRIs: those that were ``known`` came in it."""
        order = array("i")
        before = 0
        for iri in sorted(self.others):
            at = bisect_left(range(known), iri, before, key=self.numbers.__getitem__)
            order.extend(range(before, at))
            order.append(self.numbers.find(iri))
            before = at
        order.extend(range(before, known))
        self._order = order
        self._moved = array("i", [0]) * len(order)
        for number, at in enumerate(order):
            self._moved[at] = number
        moved = self._moved
        self._subjects = array("i", (moved[n] for n in self._subjects))
        self._objects = array("i", (n if n < 0 else moved[n] for n in self._objects))
        self._about = {at: tuple(moved[n] for n in links) for at, links in self._about.items()}


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
