"""What two graphs hold differently: things and statements that came, went, merged, split, changed.

Things are followed through the passages that speak of them, whose IRIs do not depend on how names
were joined: a thing is the one that has most of its passages in the other graph. So a merge, a
split or a new name does not make everything said of it look new.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from typing import Literal as OneOf

from kg.compare.disagreements import Disagreement, disagreements
from kg.model import Article, Entity, Literal, Node, Quotation, Statement

What = OneOf["came", "went", "status", "merged", "split", "renamed", "class", "contradicted"]
WHATS: Final[tuple[What, ...]] = (
    "came", "went", "status", "merged", "split", "renamed", "class", "contradicted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One of the graphs, whole in memory."""

    entities: Mapping[str, Entity]
    statements: tuple[Statement, ...]
    articles: Mapping[str, Article]

    @classmethod
    def of(
        cls,
        entities: Iterable[Entity],
        statements: Iterable[Statement],
        articles: Iterable[Article],
    ) -> Side:
        return cls({e.id: e for e in entities}, tuple(statements), {a.id: a for a in articles})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``kind`` is ``article``, ``thing`` or ``statement``; ``label`` says it in words,
    ``before`` and ``after`` what it was and is (labels, statuses, classes), ``ids`` the IRIs concerned, those of the
    old graph first; ``sources`` the articles that say it now, or said it."""

    what: What
    kind: OneOf["article", "thing", "statement"]
    label: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


#: A passage, and which part of its statement somebody is.
_Place = tuple[str, str]
#: What makes a statement the same one in both graphs: subject, relation, object.
_Key = tuple[str, str, str]


def differences(old: Side, new: Side) -> tuple[Change, ...]:
    """All differences, sorted by kind, then by what happened, then by label."""
    places = _roles(new)
    links = _links(old, new, places)
    found = [
        *_articles(old, new),
        *_things(old, new, links),
        *_statements(old, new, _Heirs(links, places)),
        *_contradictions(old, new),
    ]
    kinds = ("article", "thing", "statement")
    return tuple(
        sorted(
            found, key=lambda c: (kinds.index(c.kind), WHATS.index(c.what), c.label, c.ids, c.after)
        )
    )


def _articles(old: Side, new: Side) -> Iterator[Change]:
    for what, one, other in (("came", new, old), ("went", old, new)):
        for key in one.articles.keys() - other.articles.keys():
            article = one.articles[key]
            label = article.title or article.source
            yield Change(what, "article", label, ids=(key,), sources=(article.source,))  # type: ignore[arg-type]


# --- things ------------------------------------------------------------------------------------


class _Heirs:
    """What became of the things of the old graph."""

    def __init__(self, links: Mapping[str, Counter[str]], places: Mapping[_Place, str]) -> None:
        self._places = places
        self._most = {
            iri: min(others, key=lambda other: (-others[other], other))
            for iri, others in links.items()
        }

    def of(self, iri: str, statement: Statement, role: str) -> str:
        """The thing of the new graph: the one in this statement's own passages, if they tell."""
        here = [self._places.get((piece.id, role)) for piece in statement.evidence]
        return next((new for new in here if new), None) or self._most.get(iri, iri)


def _links(old: Side, new: Side, places: Mapping[_Place, str]) -> dict[str, Counter[str]]:
    """For each thing of the old graph, those of the new one that have its passages, counted."""
    links: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for place, before in _roles(old).items():
        after = places.get(place)
        if after is not None:
            links[before][after] += 1
    for iri in old.entities.keys() & new.entities.keys():
        links[iri][iri] += 0
    for entity in new.entities.values():
        for retired in entity.replaces:
            links[retired][entity.id] += 1
    return dict(links)


def _roles(side: Side) -> dict[_Place, str]:
    """Who each passage is about, in each of its parts."""
    found = {}
    for statement in side.statements:
        ends = (
            ("subject", statement.subject),
            ("object", statement.object),
            ("by", statement.attributed_to),
        )
        for role, end in ends:
            if isinstance(end, Node):
                found.update({(piece.id, role): end.id for piece in statement.evidence})
    return found


def _things(old: Side, new: Side, links: Mapping[str, Counter[str]]) -> Iterator[Change]:
    named_old = {iri for iri, entity in old.entities.items() if entity.named}
    named_new = {iri for iri, entity in new.entities.items() if entity.named}
    heirs = {
        iri: [other for other in links.get(iri, ()) if other in new.entities] for iri in named_old
    }
    makers: defaultdict[str, list[str]] = defaultdict(list)
    for iri, others in heirs.items():
        for other in others:
            makers[other].append(iri)
    for iri in named_new - old.entities.keys():
        if not makers[iri]:
            yield _change("came", new.entities[iri], new)
    for iri in named_old:
        entity = old.entities[iri]
        inside = sorted(heirs[iri])
        if not inside:
            yield _change("went", entity, old)
        elif len(inside) > 1:
            yield Change(
                "split", "thing", entity.label, (entity.label,),
                tuple(new.entities[i].label for i in inside), (iri, *inside),
            )  # fmt: skip
        elif len(makers[inside[0]]) == 1:
            yield from _same_thing(entity, new.entities[inside[0]])
    for iri, before in makers.items():
        if len(before) > 1:
            labels = tuple(old.entities[i].label for i in sorted(before))
            entity = new.entities[iri]
            yield Change(
                "merged", "thing", entity.label, labels, (entity.label,), (*sorted(before), iri)
            )


def _change(what: What, entity: Entity, side: Side) -> Change:
    sources = sorted({side.articles[a].source for a in entity.articles if a in side.articles})
    label = f"{entity.label} ({entity.type})"
    return Change(what, "thing", label, ids=(entity.id,), sources=tuple(sources))


def _same_thing(before: Entity, after: Entity) -> Iterator[Change]:
    ids = (before.id, after.id) if before.id != after.id else (before.id,)
    if before.label != after.label:
        yield Change("renamed", "thing", after.label, (before.label,), (after.label,), ids)
    if before.type != after.type:
        yield Change("class", "thing", after.label, (before.type,), (after.type,), ids)


# --- statements --------------------------------------------------------------------------------


def _statements(old: Side, new: Side, heirs: _Heirs) -> Iterator[Change]:
    before, after = _by_key(old, heirs), _by_key(new, None)
    for key in before.keys() - after.keys():
        yield _told("went", before[key], old)
    for key in after.keys() - before.keys():
        yield _told("came", after[key], new)
    for key in before.keys() & after.keys():
        was, now = _statuses(before[key]), _statuses(after[key])
        if was != now:
            made = _told("status", after[key], new)
            ids = tuple(sorted({s.id for s in before[key]})) + made.ids
            yield Change(
                "status", "statement", made.label, was, now, tuple(dict.fromkeys(ids)), made.sources
            )


def _by_key(side: Side, heirs: _Heirs | None) -> dict[_Key, list[Statement]]:
    """The statements of one subject, relation and object, things by what they are in the new graph."""
    known = {statement.id: statement for statement in side.statements}
    keys: dict[str, _Key] = {}

    def of(iri: str, statement: Statement, role: str) -> str:
        return iri if heirs is None else heirs.of(iri, statement, role)

    def key(statement: Statement, depth: int = 0) -> _Key:
        made = keys.get(statement.id)
        if made is None:
            target = statement.object
            if isinstance(target, str):
                inner = known.get(target)
                words = "\n".join(key(inner, depth + 1)) if inner and depth < 5 else target
            elif isinstance(target, Node):
                words = of(target.id, statement, "object")
            elif isinstance(target, Literal):
                words = f"{target.value} {target.datatype} {target.unit or ''}"
            else:
                words = " ".join(target.text.casefold().split())
            made = keys[statement.id] = (
                of(statement.subject.id, statement, "subject"),
                statement.predicate.id,
                words,
            )
        return made

    found: defaultdict[_Key, list[Statement]] = defaultdict(list)
    for statement in side.statements:
        found[key(statement)].append(statement)
    return dict(found)


def _statuses(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The statuses, each with who says so."""
    return tuple(
        sorted(
            {
                f"{s.status} by {s.attributed_to.label}" if s.attributed_to else s.status
                for s in statements
            }
        )
    )


def _told(what: What, statements: list[Statement], side: Side) -> Change:
    first = min(statements, key=lambda s: s.id)
    sources = tuple(sorted({e.source for s in statements for e in s.evidence}))
    statuses = _statuses(statements)
    return Change(
        what, "statement", sentence(first, side),
        statuses if what == "went" else (), statuses if what == "came" else (),
        tuple(sorted({s.id for s in statements})), sources,
    )  # fmt: skip


def sentence(statement: Statement, side: Side) -> str:
    """Subject, relation and object in words."""
    target = statement.object
    if isinstance(target, str):
        inner = next((s for s in side.statements if s.id == target), None)
        words = f"({sentence(inner, side)})" if inner is not None else "(...)"
    else:
        words = f"“{target.text}”" if isinstance(target, Quotation) else target.label
    return " ".join(f"{statement.subject.label} {statement.predicate.label} {words}".split())


def _contradictions(old: Side, new: Side) -> Iterator[Change]:
    """Where articles disagree now and did not before."""

    def passages(side: Side) -> dict[tuple[str, ...], Disagreement]:
        dates = {key: article.date for key, article in side.articles.items()}
        return {
            (d.kind, *sorted((d.passage.id, d.other_passage.id))): d
            for d in disagreements(side.statements, dates)
        }

    before = passages(old)
    for key, d in passages(new).items():
        if key not in before:
            ids = tuple(dict.fromkeys((d.one.id, d.other.id)))
            sources = (d.passage.source, d.other_passage.source)
            label = f"{sentence(d.one, new)} ({d.kind})"
            yield Change("contradicted", "statement", label, d.about[:1], d.about[1:], ids, sources)
