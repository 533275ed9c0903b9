"""Corrections made of an open graph: names and statements of it become what a correction keeps.

Each function takes the graph, what it is about by name (a label, another name, an IRI or a prefixed
name), and keywords ``editor`` (who says so), ``date`` (ISO 8601) and ``why``, all optional. Nothing
is written: `kg.correct` does that. Raises `kg.errors.GraphError` for what is not in the graph, and
`kg.errors.ConfigError` for what is no correction.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final, Protocol, TypedDict, Unpack

from kg.corrections.articles import REASON
from kg.corrections.lines import sealed
from kg.errors import ConfigError, GraphError, UnknownName
from kg.graph.explain import explain, find
from kg.graph.ontology import load_ontology
from kg.graph.store import GraphStore
from kg.graph.vocab import KG
from kg.model import (
    STATUSES,
    Article,
    Correction,
    Entity,
    Literal,
    Node,
    Passage,
    Quotation,
    Statement,
    Thing,
)
from kg.resolve.kinds import kinds
from kg.resolve.names import slug

_PIECE: Final = re.compile(r"\w{8}")
_QID: Final = re.compile(r"Q[1-9]\d*")
_WIKIDATA: Final = "http://www.wikidata.org/entity/"
#: A statement: its IRI, or what `kg explain` takes: subject, predicate, object.
Said = str | Sequence[str]


class Open(Protocol):
    """An open graph (`kg.Graph`)."""

    @property
    def store(self) -> GraphStore: ...


class Signed(TypedDict, total=False):
    """Who says so, when and why."""

    editor: str
    date: str
    why: str


def merge(graph: Open, keep: str, other: str, **signed: Unpack[Signed]) -> Correction:
    """Two entities are one: ``keep`` has its name and class; the IRI of ``other`` stays as one
    that is replaced."""
    store = graph.store
    first, second = _entity(store, keep), _entity(store, other)
    if first.id == second.id:
        raise GraphError(f"{keep!r} and {other!r} are one in this graph already: {first.id}")
    return sealed(Correction("merge", (_thing(store, first), _thing(store, second)), **signed))


def distinct(graph: Open, one: str, other: str, **signed: Unpack[Signed]) -> Correction:
    """Two names are never one thing. Give names, not IRIs, where they are one now."""
    store = graph.store
    things = (
        _thing(store, _entity(store, one), one),
        _thing(store, _entity(store, other), other),
    )
    return sealed(Correction("distinct", things, **signed))


def split(
    graph: Open,
    name: str,
    mentions: Iterable[str] = (),
    *,
    article: str | None = None,
    to: str | None = None,
    **signed: Unpack[Signed],
) -> Correction:
    """Some mentions of an entity mean another one, called ``to`` (default: its words).

    ``mentions`` are the words of them (all of those words), or one place as ``START-END`` of an
    ``article``. Without mentions, all in that article are meant.
    """
    store = graph.store
    entity = _entity(store, name)
    home = _article(store, article) if article else None
    words, thing = tuple(mentions), _thing(store, entity)
    if not words and home is None:
        raise ConfigError(f"split {name!r}: say which mentions, or in which article.")
    passages = tuple(_mention(entity, home, word) for word in words)
    if home is not None and not words:
        passages = _whole(entity, thing, home)
    label = to or next((p.text for p in passages if p.text), entity.label)
    part = Thing(label, entity.type, entity.named)
    return sealed(Correction("split", (thing, part), passages, **signed))


def rename(graph: Open, name: str, to: str, **signed: Unpack[Signed]) -> Correction:
    """An entity has another label; its IRI stays, and its old label is one of its other names."""
    return _of_one(graph, "rename", name, to, signed)


def retype(graph: Open, name: str, to: str, **signed: Unpack[Signed]) -> Correction:
    """An entity is of another class (a local name: ``Company``); its IRI stays."""
    known = {term.removeprefix(KG) for term in classes(graph.store)}
    kind = to.removeprefix("kg:")
    if kind not in known:
        raise UnknownName("class", kind, known)
    return _of_one(graph, "retype", name, kind, signed)


def alias(graph: Open, name: str, to: str, **signed: Unpack[Signed]) -> Correction:
    """An entity has one more name; what articles call so, and is no other's, is it."""
    return _of_one(graph, "alias", name, to, signed)


def link(graph: Open, name: str, to: str, **signed: Unpack[Signed]) -> Correction:
    """An entity is the one of that address, or of that Wikidata number (``Q42``)."""
    address = f"{_WIKIDATA}{to}" if _QID.fullmatch(to) else to
    return _of_one(graph, "link", name, address, signed)


def reject(graph: Open, statement: Said, **signed: Unpack[Signed]) -> Correction:
    """A statement is not what its passages say: it goes. Another passage may say it again."""
    return sealed(Correction("reject", (), _passages(graph.store, statement), **signed))


def confirm(graph: Open, statement: Said, **signed: Unpack[Signed]) -> Correction:
    """A statement is what its passages say: it is marked so."""
    return sealed(Correction("confirm", (), _passages(graph.store, statement), **signed))


def status(
    graph: Open, statement: Said, to: str, by: str | None = None, **signed: Unpack[Signed]
) -> Correction:
    """A statement has another status, in all its passages; ``by`` is who says it."""
    if to not in STATUSES:
        raise UnknownName("status", to, STATUSES)
    things = (_named(graph.store, by),) if by else ()
    passages = _passages(graph.store, statement)
    return sealed(Correction("status", things, passages, to, **signed))


def add(
    graph: Open,
    subject: str,
    predicate: str,
    object: str,
    passage: tuple[str, int, int],
    *,
    to: str = "asserted",
    by: str | None = None,
    **signed: Unpack[Signed],
) -> Correction:
    """A statement that a passage (article, start, end) makes and `kg` did not read. ``to`` is its
    status, ``by`` who says it; names that the graph does not have become topics."""
    store = graph.store
    where, start, end = passage
    article = _article(store, where)
    if not 0 <= start < end <= len(article.text):
        raise GraphError(f"{article.source}: no passage {start}-{end}; it has {len(article.text)}.")
    names = (subject, object, *([by] if by else []))
    things = tuple(_named(store, name) for name in names)
    relation, label = _relation(store, predicate)
    place = Passage(
        article.id, article.source, start, end, article.text[start:end],
        relation=relation, predicate=label,
    )  # fmt: skip
    return sealed(Correction("add", things, (place,), to, **signed))


def classes(store: GraphStore) -> frozenset[str]:
    """The classes that an entity may have, as IRIs: of the ontology, and of this graph."""
    import pyoxigraph as ox

    from kg.graph.vocab import OWL, TYPE, term

    declared = store.store.quads_for_pattern(None, TYPE, term(f"{OWL}Class"))
    own = {q.subject.value for q in declared if isinstance(q.subject, ox.NamedNode)}
    ontology, known = load_ontology(), kinds().family
    shipped = {name for name, found in ontology.terms.items() if found.kind == "class"}
    fit = {
        name
        for name in shipped
        if name in known or not known.keys().isdisjoint(ontology.above(name))
    }
    others = {iri.removeprefix(KG) for iri in own if iri.startswith(KG)} - shipped
    return frozenset(KG + name for name in fit | others)


def _of_one(graph: Open, what: str, name: str, to: str, signed: Signed) -> Correction:
    thing = _thing(graph.store, _entity(graph.store, name))
    return sealed(Correction(what, (thing,), (), to.strip(), **signed))


# --- names -------------------------------------------------------------------------------------


def _entity(store: GraphStore, name: str) -> Entity:
    """The one entity of a name. Raises `GraphError` where there are several."""
    found = [store.entity(iri) for iri in sorted(find(store, name))]
    exact = [entity for entity in found if entity.label == name]
    if len(exact) == 1:
        return exact[0]
    if len(found) > 1:
        which = "; ".join(f"{e.label} ({e.type}) {e.id}" for e in found)
        raise GraphError(f"{name!r} is the name of {len(found)}: {which}. Give the IRI.")
    return found[0]


def _thing(store: GraphStore, entity: Entity, called: str | None = None) -> Thing:
    """An entity by what articles call it; ``called`` is another of its names, to be kept."""
    known = {c.correction.id: c.correction for c in store.corrections()}
    own = [known[key] for key in entity.corrections if key in known]
    name = next((c.things[0].name for c in own if c.what == "rename"), entity.label)
    kind = next((c.things[0].type for c in own if c.what == "retype"), entity.type)
    other = [
        a for a in (entity.label, *entity.aliases) if called and a.casefold() == called.casefold()
    ]
    if other and other[0] not in (entity.label, name):
        return Thing(other[0], kind, entity.named)
    scope = _scope(store, entity.id, known)
    return Thing(name, kind, entity.named, scope, store.source(scope) if scope else "")


def _scope(store: GraphStore, iri: str, corrections: Collection[str]) -> str:
    """The article or the split that an entity's name is known by, as its IRI tells; or nothing."""
    import pyoxigraph as ox

    from kg.graph.vocab import DCTERMS, term

    parts = {part for part in iri.split("_")[1:] if _PIECE.fullmatch(part)}
    if not parts:
        return ""
    quads = store.store.quads_for_pattern(None, term(f"{DCTERMS}identifier"), None)
    articles = {q.object.value for q in quads if isinstance(q.object, ox.Literal)}
    found = {key for key in (*corrections, *articles) if key[:8] in parts}
    return found.pop() if len(found) == 1 else ""


def _named(store: GraphStore, name: str) -> Thing:
    """The thing of a name, also where the graph does not have it yet."""
    try:
        return _thing(store, _entity(store, name))
    except GraphError:
        if ":" in name or find_many(store, name):
            raise
        return Thing(name.strip(), "Topic", named=False)


def find_many(store: GraphStore, name: str) -> bool:
    """Whether a name means several things here."""
    try:
        return bool(find(store, name))
    except GraphError:
        return False


# --- passages ----------------------------------------------------------------------------------


def statement_of(store: GraphStore, said: Said) -> Statement:
    """The one statement that is meant: by its IRI (``stmt:...``), or by subject, predicate, object.

    Raises `GraphError` where there is none, or several (which it lists).
    """
    words = (said,) if isinstance(said, str) else tuple(said)
    if len(words) == 1:
        name = words[0].removeprefix("stmt:")
        return store.statement(name if "://" in name else f"{store.base}statement/{name}")
    if len(words) != 3:
        raise ConfigError("a statement is its IRI (stmt:...), or subject, predicate and object.")
    found = _fitting(store, *words)
    if len(found) == 1:
        return found[0]
    if not found:
        raise GraphError(f"no statement {' '.join(words)!r}; 'kg explain' shows what there is.")
    which = "; ".join(
        f"stmt:{s.id.rpartition('/')[2]} ({s.status}) “{s.evidence[0].text}”" for s in found[:10]
    )
    raise GraphError(f"{' '.join(words)!r} are {len(found)} statements: {which}. Give the IRI.")


def _fitting(store: GraphStore, subject: str, predicate: str, object: str) -> list[Statement]:
    """The statements about a thing, by labels or by the words of their passages; ``*`` stands for any
    relation, or any object."""
    subjects, words = find(store, subject), predicate.removeprefix("kg:").removeprefix("rel:")
    found = explain(store, subject, "*", "*").statements
    return [
        statement
        for statement in found
        if statement.subject.id in subjects
        and _is(
            words, (*_relation_names(statement), *(e.predicate_text for e in statement.evidence))
        )
        and _is(object, (*_object_names(statement), *(e.object_text for e in statement.evidence)))
    ]


def _is(wanted: str, names: Iterable[str]) -> bool:
    plain = {slug(name).casefold() for name in names}
    key = slug(wanted).casefold()
    return wanted == "*" or not plain.isdisjoint({key, f"a_{key}", f"an_{key}", f"the_{key}"})


def _relation_names(statement: Statement) -> tuple[str, ...]:
    relation = statement.predicate
    return relation.label, relation.id, re.split(r"[/#]", relation.id)[-1]


def _object_names(statement: Statement) -> tuple[str, ...]:
    match statement.object:
        case Node() as node:
            return node.id, node.label, *node.aliases
        case Literal() as literal:
            return literal.value, literal.label
        case Quotation() as quotation:
            return (quotation.text,)
        case other:
            return (other,)


def _passages(store: GraphStore, said: Said) -> tuple[Passage, ...]:
    statement = statement_of(store, said)
    relation = statement.predicate.id
    for space in (KG, f"{store.base}relation/"):
        relation = relation.removeprefix(space)
    return tuple(
        Passage(
            piece.article, piece.source, piece.start, piece.end, piece.text, relation,
            piece.subject_text, piece.predicate_text, piece.object_text,
            statement.status, statement.polarity,
        )
        for piece in statement.evidence
    )  # fmt: skip


def _article(store: GraphStore, name: str) -> Article:
    """The article of an id, the start of one, or a source."""
    found = [
        a
        for a in store.articles()
        if name in (a.id, a.source, a.source.rpartition("/")[2])
        or (len(name) >= 4 and a.id.startswith(name))
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise GraphError(f"no article {name!r} in this graph.")
    ids = ", ".join(a.id for a in found)
    raise GraphError(f"{name!r} names {len(found)} articles: {ids}. Give the id.")


def _mention(entity: Entity, home: Article | None, words: str) -> Passage:
    place = re.fullmatch(r"(\d+)-(\d+)", words)
    if place and home is not None:
        start, end = int(place[1]), int(place[2])
        if not 0 <= start < end <= len(home.text):
            raise GraphError(f"{home.source}: no passage {words}; it has {len(home.text)}.")
        return Passage(home.id, home.source, start, end, home.text[start:end])
    names = {entity.label, *entity.aliases}
    if words and home is None and words not in names:
        known = ", ".join(sorted(names))
        raise GraphError(f"{entity.label!r} is nowhere called {words!r}. Its names: {known}.")
    if home is None:
        return Passage(text=words)
    return Passage(home.id, home.source, text=words)


def _whole(entity: Entity, thing: Thing, home: Article) -> tuple[Passage, ...]:
    """All mentions in an article, by the names that it has there."""
    if home.id not in entity.articles:
        raise GraphError(f"{home.source} says nothing of {entity.label!r}.")
    merges = [merge for merge in entity.merges if merge.article == home.id]
    names = sorted({m.name for m in merges if m.reason != REASON})
    if merges and not names:
        raise GraphError(
            f"{entity.label!r} is in {home.source} by a correction alone; undo that: kg corrections"
        )
    return tuple(Passage(home.id, home.source, subject=called) for called in names or [thing.name])


def _relation(store: GraphStore, name: str) -> tuple[str, str]:
    """Local name and label of a relation of the ontology; of another, no local name."""
    local = name.removeprefix("kg:").removeprefix("rel:")
    terms = load_ontology().terms
    if local in terms:
        return local, terms[local].label
    by_label = sorted(n for n, t in terms.items() if t.label == local and n[:1].islower())
    if by_label:
        return by_label[0], local
    label = " ".join(local.replace("_", " ").split()).casefold()
    if not label or slug(label) == "unnamed":
        raise ConfigError(f"{name!r} is no predicate.")
    return "", label
