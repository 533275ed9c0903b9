"""Across articles: which entities of different articles are one.

Names are compared as `kg.resolve.names.normal` leaves them. Three things join:

- the same full name, within a family of classes (a person and a company of one name stay two);
- a second name that a text gives (brackets, "also known as", an acronym with its long form), if
  only one full name claims it: a name that two different full names claim joins neither, so no
  chain of half-right matches forms;
- a seed that knows both names.

A name that articles put into different families is one thing where one reading far outweighs the
other (`outvoted`). A person known by a surname alone is never joined to anybody of another article,
and people of one full name whose ages, deaths or posts do not agree are several
(`kg.resolve.conflicts`). The outcome is a function of the set of names: the order of articles
changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Final, Protocol

from kg.model import LocalEntity
from kg.resolve.kinds import family, kinds, vote
from kg.resolve.likeness import Weighed
from kg.resolve.names import normal, person_parts, slug
from kg.resolve.national import with_country
from kg.resolve.sets import Sets
from kg.resolve.variants import SOUND, forms, known_as, variants
from kg.seeds import Seed

#: Reasons that make a second name good enough to join articles by.
JOINING = ("acronym", "bracket", "apposition")
TOPIC = "topic"
#: Why a bare noun is a name in one article only: "the company" is another one in the next.
DEFINITE = "definite"
Key = tuple[str, str, str]
#: How much heavier a family must be to take over a name of another, and a name of one word.
RATIO: Final = 1.5
RATIOS: Final = {"person": 3.0, "place": 4.0}
#: Names that are never joined, each with the others: what a person says.
Apart = Mapping[Key, Collection[Key]]
_Union = Callable[[Key, Key, str], bool]
#: What a class adds to a name in an IRI, where it is not the family's own word.
_SUFFIXES: Final = {"organization": "org", "made": "work"}
#: Words of a name that are letters, and that stay small; what an IRI cannot carry, how long one is at most; a name that
#: is short enough to be an abbreviation.
_LETTERS: Final = frozenset("eu uk un us".split())
_SMALL: Final = frozenset("and at de for in of on the to".split())
_ODD: Final = re.compile(r"[^\w -]|_|  ")
_LONGEST: Final = 100
_SHORT: Final = 3


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


class Likeness(Protocol):
    """What is known of names that may be one."""

    def claimants(self, family: str, form: str) -> Sequence[tuple[str, str]]:
        """The names that may be written so, each with the way; none where they are too many."""
        ...

    def weigh(self, way: str, one: Key, other: Key) -> Weighed:
        """Whether two are one."""
        ...

    def doubt(self, one: Key, other: Key, found: Weighed) -> None:
        """Remember a pair that is likely one, but not surely."""
        ...


@dataclass(frozen=True, slots=True)
class Joined:
    """One entity of the graph: its groups, sorted, and why each belongs (by group key). ``home`` is the
    one that it has its IRI of."""

    label: str
    type: str
    home: Key
    groups: tuple[Key, ...]
    reasons: Mapping[Key, str]
    articles: int = 0
    seed: Seed | None = None


def group_key(entity: LocalEntity, article: str) -> Key:
    """The group that an article's entity belongs to by its own name.

    >>> group_key(LocalEntity("e1", "Sarandos", "Person"), "a1")
    ('person', 'sarandos', 'a1')
    """
    if not entity.named:
        own = any(name.reason == DEFINITE for name in entity.names)
        name = known_as(TOPIC, normal(entity.label)) or entity.label
        return (TOPIC, name, article if own else "")
    kind = family(entity.type)
    if kind == "person":
        parts = person_parts(entity.label)
        name = " ".join(parts) or normal(entity.label)
        if entity.apart:
            return (kind, name, f"{article}:{entity.key}")
        return (kind, name, article if len(parts) < 2 else "")
    name = key_name(kind, entity.label) or entity.label
    return (kind, name, article if entity.apart else "")


def key_name(family: str, name: str) -> str:
    """What a name is in the keys of a family of classes that is no person's."""
    known = known_as(family, normal(name))
    return with_country(known) if family == "organization" else known


def join(
    groups: Iterable[Group],
    seeds: Sequence[Seed] = (),
    apart: Apart = MappingProxyType({}),
    owners_of: Callable[[str, str], Sequence[str]] | None = None,
    likeness: Likeness | None = None,
) -> list[Joined]:
    """The named entities of the graph, the most written about first (then by name).

    Names of different families have nothing to do with each other, so families can be joined one
    after the other. Of a part of the groups, all that names and seeds bring together, ``owners_of``
    tells which names of a family claim a second name. With ``likeness``, names that may be one by more
    than their spelling are weighed.
    """
    known = sorted(groups, key=lambda group: group.key)
    by_key = {group.key: group for group in known}
    sets = Sets[Key]()
    find = sets.find
    reasons: dict[Key, str] = {}
    foes = {key: {*others} for key, others in apart.items() if key in by_key}

    def union(one: Key, other: Key, reason: str) -> bool:
        low, high = sorted((find(one), find(other)))
        if low != high:
            if any(find(foe) == high for foe in foes.get(low, ()) if foe in by_key):
                return False
            sets.join(low, high)
            if high in foes:
                foes.setdefault(low, set()).update(foes.pop(high))
        reasons.setdefault(other, reason)
        return True

    _by_alias(known, by_key, union, owners_of)
    owners = _by_seed(known, seeds, union, apart)
    if likeness is not None:
        count = Counter(map(find, by_key))
        alone = {key for key in by_key if count[find(key)] == 1}
        _by_likeness(by_key, alone, owners, union, likeness, apart)
    members: defaultdict[Key, list[Group]] = defaultdict(list)
    for group in known:
        members[find(group.key)].append(group)
    seed_of = {find(key): seed for key, seed in owners.items()}
    made = [_joined(found, reasons, seed_of.get(root)) for root, found in members.items()]
    return sorted(made, key=lambda entity: (-entity.articles, entity.groups))


def outvoted(groups: Sequence[Group]) -> dict[Key, Key]:
    """Of groups with one name in several families: each that is likely a slip -> where it belongs.

    A class that the words around a name gave it (a series, an AI model) weighs more than a bare
    label. A family loses to one that outweighs it by as much as homonyms are likely between the
    two: people and places share names of one word with other things (``RATIOS``), a place of
    one word that two articles speak of is a place, and a work's title is no place's name. Equal
    weights stay apart.
    """
    weights = {group.key: _weight(group) for group in groups}
    best = min(groups, key=lambda g: (-weights[g.key], bool(g.key[2]), g.key))
    if best.key[2]:
        return {}
    lost = {}
    one_word = " " not in best.key[1]
    for group in groups:
        if group.key[2] and group.key[0] == best.key[0]:
            continue  # somebody kept them apart
        pair = {group.key[0], best.key[0]}
        ratio = max(RATIOS.get(kind, RATIO) if one_word else RATIO for kind in pair)
        if group.key[2] and "place" not in pair:
            # A person of one word in its article, whom no full name explains: most often a company.
            ratio = 1.0
        if one_word and "place" in pair and group.articles > 1:
            continue
        if best.key[0] == "place" and group.key[0] == "made" and "Product" not in group.types:
            continue  # the film "Australia"
        if group is not best and weights[best.key] >= ratio * weights[group.key]:
            lost[group.key] = best.key
    return lost


def _weight(group: Group) -> int:
    general = {*kinds().general.values(), "Product", "Group"}
    return sum(n * (1 if kind in general else 3) for kind, n in group.types.items())


def local_name(key: Key, label: str = "") -> str:
    """The last part of the IRI of what a group's ``key`` names: a function of that key alone, so no
    other article changes it, and two keys never have one.

    The name, with the family of its class unless that is as expected: of a name of one word a body,
    of several a person. An article's own ("the company", a surname) has the article's id behind it, and a
    phrase begins small. ``label`` spells the name, where that is known beforehand.

    >>> local_name(("person", "ted sarandos", "")), local_name(("organization", "netflix", ""))
    ('Ted_Sarandos', 'Netflix')
    >>> local_name(("place", "us", "")), local_name(("made", "heart of stone", ""))
    ('US_place', 'Heart_of_Stone_work')
    >>> local_name(("topic", "visual effects", "")), local_name(("person", "vale", "3f2a1b2c9d"))
    ('visual_effects', 'Vale_3f2a1b2c')
    """
    kind, name, scope = key
    spelled = label if has_capital(label) else _spelled(kind, name)
    parts = [slug(spelled)]
    is_whole = len(spelled) <= _LONGEST and not _ODD.search(spelled)
    if kind != TOPIC:
        expected = "person" if " " in name or scope else "organization"
        if kind != expected or not has_capital(spelled):
            parts.append(_SUFFIXES.get(kind, kind.lower()))
        is_whole &= has_capital(spelled)
    if scope:
        article, _, entity = scope.partition(":")
        parts += [slug(article)[:8], *([slug(entity)] if entity else [])]
    if not is_whole:
        parts.append(sha256("\n".join(key).encode()).hexdigest()[:8])
    return "_".join(parts)


def _spelled(kind: str, name: str) -> str:
    """A normal name as it stands in IRIs: capitals as far as a name tells by itself that it has them."""
    parts = name.split()
    if kind == TOPIC:
        return name
    if len(parts) == 1 and kind != "person" and len(name) <= _SHORT:
        return name.upper()
    return " ".join(
        part.upper()
        if part in _LETTERS
        else part
        if number and part in _SMALL
        else part[:1].upper() + part[1:]
        for number, part in enumerate(parts)
    )


def seed_names(seeds: Sequence[Seed]) -> dict[str, Seed]:
    """Names with a capital that one seed alone has, letter for letter: a phrase that was not
    taken for a name is still that seed's when it reads so ("AI", not "ai")."""
    found: defaultdict[str, list[Seed]] = defaultdict(list)
    for seed in seeds:
        for name in {seed.label, *seed.aliases}:
            if has_capital(name) and family(seed.type) != "person":
                found[name].append(seed)
    return {name: owners[0] for name, owners in found.items() if len(owners) == 1}


def seed_iris(seeds: Sequence[Seed]) -> dict[str, str]:
    """The last parts of the IRIs of seeds whose label is theirs alone: by id."""
    found: defaultdict[Key, list[Seed]] = defaultdict(list)
    keys = {}
    for seed in seeds:
        kind = family(seed.type)
        keys[seed.id] = (kind, key_name(kind, seed.label), "")
        for name in {key_name(kind, text) for text in (seed.label, *seed.aliases)}:
            found[kind, name, ""].append(seed)
    return {
        seed.id: local_name(keys[seed.id], seed.label)
        for seed in seeds
        if len(found[keys[seed.id]]) == 1
    }


def has_capital(label: str) -> bool:
    """Is there a capital letter in it?"""
    return any(map(str.isupper, label))


def topic_type(types: Mapping[str, int]) -> str:
    """The class of a topic: the most frequent one that says more than ``Topic``."""
    special = [name for name in types if name != "Topic"] or ["Topic"]
    return min(special, key=lambda name: (-types[name], name))


def best_label(labels: Mapping[str, int]) -> str:
    """The most frequent label; of equals the longest, then the first in the alphabet."""
    return min(labels, key=lambda name: (-labels[name], -len(name), name))


def _by_alias(
    known: Sequence[Group],
    by_key: Mapping[Key, Group],
    union: _Union,
    owners_of: Callable[[str, str], Sequence[str]] | None,
) -> None:
    claims: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for group in known:
        kind, name, article = group.key
        if not article:
            for alias in group.aliases - {name}:
                claims[kind, alias].add(name)
    for (kind, alias), owners in sorted(claims.items()):
        if len(owners) != 1 or (owners_of is not None and len(owners_of(kind, alias)) != 1):
            continue
        (owner,) = owners
        if (kind, alias, "") in by_key:
            # "A (B)" here and "B (C)" there: B is A's second name and has one of its own; only
            # a text that names A and C together could tell that they are one.
            others = by_key[kind, alias, ""].aliases - {owner, alias}
            if not others:
                union((kind, owner, ""), (kind, alias, ""), "alias")


def _by_likeness(
    by_key: Mapping[Key, Group],
    alone: Collection[Key],
    seeds: Mapping[Key, Seed],
    union: _Union,
    likeness: Likeness,
    apart: Apart,
) -> None:
    """Names of one article each that surely are another's, by evidence; what is likely is told.

    Only what nothing else joined is given away, to the one name that it surely is: no chain of
    guesses forms. A name that two could have by nearly as much goes to neither.
    """
    margin = variants().weights["margin"]
    given: set[Key] = set()
    taking: set[Key] = set()
    for key in sorted(by_key):
        kind, name, article = key
        if article or key not in alone or key in taking:
            continue
        found = []
        for other, way in _likely(kind, name, likeness):
            pair = (kind, other, "")
            if pair in by_key and pair not in given and pair not in apart.get(key, ()):
                if key in seeds and pair in seeds:
                    continue
                found.append((likeness.weigh(way, key, pair), pair))
        found.sort(key=lambda told: (-told[0].score, told[1]))
        if not found:
            continue
        best, owner = found[0]
        rivals = [told for told, _ in found[1:] if told.score > best.score - margin]
        if best.sure and not rivals and union(owner, key, f"{best.why} ({best.score:.2f})"):
            given.add(key)
            taking.add(owner)
            continue
        for told, pair in found:
            if told.likely:
                likeness.doubt(key, pair, told)


def _likely(kind: str, name: str, likeness: Likeness) -> list[tuple[str, str]]:
    """The names that a name may be, each with the way; of two spellings, the longer may be meant."""
    found = dict(likeness.claimants(kind, name))
    for form, way in forms(kind, name):
        if form.startswith(SOUND):
            for other, _ in likeness.claimants(kind, form):
                if (len(other), other) > (len(name), name):
                    found.setdefault(other, way)
    found.pop(name, None)
    return sorted(found.items())


def _by_seed(
    known: Sequence[Group], seeds: Sequence[Seed], union: _Union, apart: Apart
) -> dict[Key, Seed]:
    """Groups that one seed names are joined; the answer tells each such group's seed."""
    named: defaultdict[str, set[int]] = defaultdict(set)
    for number, seed in enumerate(seeds):
        for name in (seed.label, *seed.aliases):
            named[key_name(family(seed.type), name)].add(number)
    first: dict[int, Key] = {}
    owners: dict[Key, Seed] = {}
    if apart:  # what is called as the seed is comes first: another may not be the same
        labels = {key_name(family(seed.type), seed.label) for seed in seeds}
        known = sorted(known, key=lambda group: group.key[1] not in labels)
    for group in known:
        kind, name, article = group.key
        if article:
            continue
        fitting = [n for n in named.get(name, ()) if family(seeds[n].type) == kind]
        if len(fitting) != 1:
            continue
        (number,) = fitting
        if number not in first or union(first[number], group.key, "seed"):
            owners[group.key] = seeds[number]
        first.setdefault(number, group.key)
    return owners


def _home(found: Sequence[Group], seed: Seed | None) -> Key:
    """The group that gives its IRI to all that are joined: what the seed is called, what a text gives a
    second name to, the longest name. A further second name changes it not."""
    names = {group.key[1] for group in found}
    known = key_name(family(seed.type), seed.label) if seed else ""
    best = min(
        found,
        key=lambda group: (
            group.key[1] != known,
            not group.aliases & (names - {group.key[1]}),
            -len(group.key[1]),
            group.key,
        ),
    )
    return best.key


def _joined(found: Sequence[Group], reasons: Mapping[Key, str], seed: Seed | None) -> Joined:
    labels: Counter[str] = Counter()
    types: Counter[str] = Counter()
    for group in found:
        for told, counts in ((labels, group.labels), (types, group.types)):
            for name, times in counts.items():  # an update of a Counter takes longer for so few
                told[name] += times
    kind, known = vote(types), {group.key[1] for group in found}
    people = {n: k for n, k in labels.items() if kind == "Group" and normal(n) in known}
    label = best_label(people or labels)  # "Democrats" rather than "Democratic"
    if found[0].key[0] == "person":
        most = max(len(person_parts(name)) for name in labels)
        full = [name for name in labels if len(person_parts(name)) == most]
        label = min(full, key=lambda name: (-labels[name], len(name), name))
    keys = tuple(group.key for group in found)
    return Joined(
        label=seed.label if seed else label,
        type=seed.type if seed else kind,
        home=_home(found, seed),
        groups=keys,
        reasons={key: reasons.get(key, "same name") for key in keys},
        articles=sum(group.articles for group in found),
        seed=seed,
    )
