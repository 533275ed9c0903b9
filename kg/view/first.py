"""What the first screen shows: things with a name that something happens to, linked by what tells most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Entity, Node, Statement
from kg.view.styles import styles

Pair = tuple[str, str]

#: So many stories have their strongest links on the first screen before others follow.
_STORIES = 8
_EACH = 3


def is_attribute(statement: Statement) -> bool:
    """Whether it tells what somebody is (a post, a nationality, an age, a class): no line."""
    return statement.predicate.id.rsplit("#", 1)[-1] in styles()["attributes"]


@dataclass(frozen=True, slots=True)
class Told:
    """Of a statement, what choosing and grouping needs: the ends (``other`` is None where the object
    is no entity), whether it is an attribute, salience times sources, and its articles."""

    subject: str
    other: str | None
    attribute: bool
    weight: float
    articles: frozenset[str]


def outlined(statements: Iterable[Statement], told: list[Told]) -> Iterator[Statement]:
    """The statements, which may have to be read from the store, and are read once: each is ``told`` in
    short when it is taken."""
    same: dict[str, str] = {}  # each id of an article once
    for s in statements:
        other = s.object.id if isinstance(s.object, Node) else None
        articles = frozenset(same.setdefault(e.article, e.article) for e in s.evidence)
        weight = s.salience * s.source_count
        told.append(Told(s.subject.id, other, is_attribute(s), weight, articles))
        yield s


def shapes(entities: Iterable[Entity], told: Iterable[Told]) -> set[str]:
    """The entities worth a shape: named, and no mere class or nationality, which others are and
    which itself does nothing ("American", "Republican")."""
    does: set[str] = set()
    classes: set[str | None] = set()
    for t in told:
        if t.attribute:
            classes.add(t.other)
        else:
            does.add(t.subject)
    return {
        e.id
        for e in entities
        if e.named and (e.id in does or not (e.id in classes or e.type == "Group"))
    }


def links(worth: set[str], told: Iterable[Told]) -> dict[Pair, float]:
    """How much is told between each two of them: salience times independent sources. What somebody
    is and who speaks of whom do not count."""
    found: dict[Pair, float] = defaultdict(float)
    for t in told:
        if t.other is None or t.attribute or t.other == t.subject:
            continue
        if t.subject in worth and t.other in worth:
            found[min(t.subject, t.other), max(t.subject, t.other)] += t.weight
    return dict(found)


def first_screen(
    entities: Sequence[Entity],
    told: Iterable[Told],
    worth: set[str],
    home: Mapping[str, int],
    count: int,
) -> list[str]:
    """Up to ``count`` entities, each linked to another of them: the strongest links of the most
    reported stories, then of all. ``home`` is the story of each entity. Where nothing is linked,
    the most important names; where nothing has a name, the most important things."""
    linked = links(worth, told)
    order = {e.id: i for i, e in enumerate(entities)}
    strongest = sorted(linked, key=lambda p: (-linked[p], order[p[0]] + order[p[1]], p))
    of_story: dict[int, list[Pair]] = defaultdict(list)
    for pair in strongest:
        if home[pair[0]] == home[pair[1]]:
            of_story[home[pair[0]]].append(pair)
    stories = sorted(n for n in of_story if n >= 0)[:_STORIES]
    queue = [of_story[n][i] for i in range(_EACH) for n in stories if i < len(of_story[n])]
    chosen: dict[str, None] = {}
    for pair in queue + strongest:
        if len(chosen.keys() | set(pair)) <= count:
            chosen |= dict.fromkeys(pair)
    if not chosen:
        chosen = dict.fromkeys([e.id for e in entities if e.id in worth][:count])
    return list(chosen) or [e.id for e in entities][:count]
