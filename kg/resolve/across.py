"""Across articles: which entities of different articles are one.

Names are compared as `kg.resolve.names.normal` leaves them. Three things join:

- the same full name, within a family of classes (a person and a company of one name stay two);
- a second name that a text gives (brackets, "also known as", an acronym with its long form), if
  only one full name claims it: a name that two different full names claim joins neither, so no
  chain of half-right matches forms;
- a seed that knows both names.

A person known by a surname alone is never joined to anybody of another article. The outcome is a
function of the set of names: the order of articles changes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count

from kg.model import LocalEntity
from kg.resolve.kinds import family, vote
from kg.resolve.names import normal, person_parts, slug
from kg.seeds import Seed

#: Reasons that make a second name good enough to join articles by.
JOINING = ("acronym", "bracket", "apposition")
TOPIC = "topic"
Key = tuple[str, str, str]
_Union = Callable[[Key, Key, str], None]


@dataclass(slots=True)
class Group:
    """All entities of one name and family: what joining works on.

    ``key`` is (family, normal name, article); the article only where the name is not enough to
    be known by outside it. ``aliases`` are normal names the texts give; ``labels`` and ``types``
    count mentions; ``articles`` is the number of articles.
    """

    key: Key
    labels: Counter[str] = field(default_factory=Counter)
    types: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Joined:
    """One entity of the graph: its groups, sorted, and why each belongs (by group key)."""

    local: str
    label: str
    type: str
    named: bool
    groups: tuple[Key, ...]
    reasons: Mapping[Key, str]
    seed: Seed | None = None


def group_key(entity: LocalEntity, article: str) -> Key:
    """The group that an article's entity belongs to by its own name.

    >>> group_key(LocalEntity("e1", "Sarandos", "Person"), "a1")
    ('person', 'sarandos', 'a1')
    """
    if not entity.named:
        return (TOPIC, normal(entity.label) or entity.label, "")
    kind = family(entity.type)
    if kind == "person":
        parts = person_parts(entity.label)
        name = " ".join(parts) or normal(entity.label)
        return (kind, name, article if len(parts) < 2 else "")
    name = normal(entity.label)
    return (kind, name or entity.label, "")


def join(groups: Iterable[Group], seeds: Sequence[Seed] = ()) -> list[Joined]:
    """The entities of the graph, sorted by their local name (the last part of the IRI)."""
    known = sorted(groups, key=lambda group: group.key)
    by_key = {group.key: group for group in known}
    parent = {key: key for key in by_key}
    reasons: dict[Key, str] = {}

    def find(key: Key) -> Key:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def union(one: Key, other: Key, reason: str) -> None:
        low, high = sorted((find(one), find(other)))
        if low != high:
            parent[high] = low
        reasons.setdefault(other, reason)

    _by_alias(known, by_key, union)
    owners = _by_seed(known, seeds, union)
    _by_words(known, owners, find, union)
    members: defaultdict[Key, list[Group]] = defaultdict(list)
    for group in known:
        members[find(group.key)].append(group)
    seed_of = {find(key): seed for key, seed in owners.items()}
    return _named_apart(
        [_joined(found, reasons, seed_of.get(root)) for root, found in sorted(members.items())],
        by_key,
    )


def _by_alias(known: Sequence[Group], by_key: Mapping[Key, Group], union: _Union) -> None:
    claims: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for group in known:
        kind, name, article = group.key
        if not article:
            for alias in group.aliases - {name}:
                claims[kind, alias].add(name)
    for (kind, alias), owners in sorted(claims.items()):
        if len(owners) != 1:
            continue
        (owner,) = owners
        if (kind, alias, "") in by_key:
            # "A (B)" here and "B (C)" there: B is A's second name and has one of its own; only
            # a text that names A and C together could tell that they are one.
            others = by_key[kind, alias, ""].aliases - {owner, alias}
            if not others:
                union((kind, owner, ""), (kind, alias, ""), "alias")


def _by_seed(known: Sequence[Group], seeds: Sequence[Seed], union: _Union) -> dict[Key, Seed]:
    """Groups that one seed names are joined; the answer tells each such group's seed."""
    named: defaultdict[str, set[int]] = defaultdict(set)
    for number, seed in enumerate(seeds):
        for name in (seed.label, *seed.aliases):
            named[normal(name)].add(number)
    first: dict[int, Key] = {}
    owners: dict[Key, Seed] = {}
    for group in known:
        kind, name, article = group.key
        if article:
            continue
        if kind == TOPIC:
            fitting = [n for n in named.get(name, ()) if _names_seed(group, seeds[n])]
        else:
            fitting = [n for n in named.get(name, ()) if family(seeds[n].type) == kind]
        if len(fitting) != 1:
            continue
        (number,) = fitting
        owners[group.key] = seeds[number]
        if number in first:
            union(first[number], group.key, "seed")
        else:
            first[number] = group.key
    return owners


def _names_seed(topic: Group, seed: Seed) -> bool:
    """Is a phrase without a name this seed's name, letter for letter ("AI", not "ai")?"""
    names = {seed.label, *seed.aliases}
    return any(label in names and _has_capital(label) for label in topic.labels)


def _has_capital(label: str) -> bool:
    return any(c.isupper() for c in label)


def _by_words(
    known: Sequence[Group],
    owners: Mapping[Key, Seed],
    find: Callable[[Key], Key],
    union: _Union,
) -> None:
    """A phrase that was taken for a name here and for none there, letter for letter the same."""
    roots: defaultdict[str, set[Key]] = defaultdict(set)
    for group in known:
        if group.key[0] not in (TOPIC, "person") and not group.key[2]:
            for label in group.labels:
                roots[label].add(find(group.key))
    for group in known:
        if group.key[0] == TOPIC and group.key not in owners:
            homes = {root for label in group.labels if _has_capital(label) for root in roots[label]}
            if len(homes) == 1:
                union(homes.pop(), group.key, "same words")


def _joined(found: Sequence[Group], reasons: Mapping[Key, str], seed: Seed | None) -> Joined:
    labels: Counter[str] = Counter()
    types: Counter[str] = Counter()
    for group in found:
        labels.update(group.labels)
        types.update(group.types)
    topic = all(group.key[0] == TOPIC for group in found) and seed is None
    kind = TOPIC if topic else next((g.key[0] for g in found if g.key[0] != TOPIC), "")
    if not topic:
        types = Counter({name: n for name, n in types.items() if name != "Topic"}) or types
    label = min(labels, key=lambda name: (-labels[name], -len(name), name))
    if kind == "person" and seed is None:
        most = max(len(person_parts(name)) for name in labels)
        full = [name for name in labels if len(person_parts(name)) == most]
        label = min(full, key=lambda name: (-labels[name], len(name), name))
    keys = tuple(group.key for group in found)
    return Joined(
        local="",
        label=seed.label if seed else label,
        type=seed.type if seed else _topic_type(types) if topic else vote(types),
        named=not topic,
        groups=keys,
        reasons={key: reasons.get(key, "same name") for key in keys},
        seed=seed,
    )


def _topic_type(types: Counter[str]) -> str:
    special = [name for name in types if name != "Topic"] or ["Topic"]
    return min(special, key=lambda name: (-types[name], name))


def _named_apart(entities: Sequence[Joined], groups: Mapping[Key, Group]) -> list[Joined]:
    """Each entity with a local name of its own: the label's slug, then the type, then a number."""

    def weight(entity: Joined) -> tuple[object, ...]:
        articles = sum(groups[key].articles for key in entity.groups)
        return (not entity.named, -articles, entity.groups)

    taken: set[str] = set()
    out = []
    for entity in sorted(entities, key=weight):
        base = slug(entity.label)
        article = entity.groups[0][2]
        names = [f"{base}_{article[:8]}"] if article else [base, f"{base}_{entity.type}"]
        more = (f"{names[-1]}_{number}" for number in count(2))
        local = next(name for name in chain(names, more) if name.casefold() not in taken)
        taken.add(local.casefold())
        out.append(replace(entity, local=local))
    return sorted(out, key=lambda entity: entity.local)
