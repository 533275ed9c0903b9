"""What a name of the graph means in the world, and how sure that is.

Candidates have the name and the family of classes. Each weighs as much as it is known; a mere
alias weighs less, and one whose country the same articles name weighs more. No base has all the
things of a name, so what it does not have weighs, too: as much as the best known hundredth of the base.
What nearly all the weight is on is sure; what most is on is told as near; else the name is
nobody's that is known (NIL). A country among words of sport is most often its team: never sure. A
name with a word of its kind ("Skåne County") is the thing of that kind, if there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Final

from kg.kb.entries import (
    Entry,
    bygone_words,
    contest_words,
    kind_and_rest,
    kinds_of_word,
    seat_kinds,
)
from kg.kb.index import Candidate, KnowledgeBase

#: Part of the weight that makes a link sure, and one that makes it worth telling.
SURE: Final = 0.9
NEAR: Final = 0.5
#: How much less an alias weighs than a name of its own, and how much more the right surroundings.
_ALIAS: Final = 0.1
_AROUND: Final = 20.0
#: What lies in nothing else and has a code, a country, is known at least so well.
_TOP: Final = 5.0
#: The weight of what the base does not have, in weights of the best known hundredth.
_UNKNOWN: Final = 0.15
#: How much of it is left where the surroundings are right, or the name has several words.
_SURE_OF_IT: Final = 0.1
#: An abbreviation of so few letters is never sure where it can mean several things.
_SHORT: Final = 2
#: One in so many names and phrases of an article is enough to tell what it is about.
_OF_MANY: Final = 8


@dataclass(frozen=True, slots=True)
class Linked:
    """A name's meaning: the thing, the part of the weight it has, 0 to 1, and whether that is enough."""

    entry: Entry
    score: float
    sure: bool


def link(
    base: KnowledgeBase,
    name: str,
    family: str,
    around: Callable[[], Collection[str]] = tuple,
    elsewhere: Callable[[], bool] = bool,
) -> Linked | None:
    """What a name (as `kg.kb.index.name_key` leaves it) of a family of classes means; None: nothing that is known.
    ``around`` gives the names in the same articles, ``contest`` tells whether these are of sport."""
    found = base.candidates(name, family)
    of_kind = () if found else tuple(_of_kind(base, name, family))
    found = found or of_kind
    if not found:
        return None
    named = frozenset(around()) if any(c.entry.within for c in found) else frozenset()
    inside = {c.entry.id for c in found if any(n in named for n in base.around(c.entry))}
    weights = {c.entry.id: _weight(c, base.unknown, c.entry.id in inside) for c in found}
    best = min(found, key=lambda c: (-weights[c.entry.id], c.entry.id))
    unknown = _UNKNOWN * sqrt(base.unknown)
    if best.entry.id in inside:
        unknown *= _SURE_OF_IT
    if best.own and " " in name:
        unknown *= _SURE_OF_IT
    if of_kind:
        unknown = 0.0  # its own words say what it is
    score = weights[best.entry.id] / (sum(weights.values()) + unknown)
    if score < NEAR:
        return None
    doubtful = len(name) <= _SHORT and not best.own and len(found) > 1
    doubtful |= not of_kind and best.entry.description.casefold() in seat_kinds()
    sure = score >= SURE and not doubtful and not (best.entry.type == "Place" and elsewhere())
    return Linked(best.entry, round(score, 3), sure)


def is_elsewhere(texts: Iterable[str]) -> bool:
    """Whether these names and phrases, all of an article, speak of sport or of times long past, where a
    country's name is most often that of its team, or of another state. One word of many is not enough."""
    others = contest_words() | bygone_words()
    told = [bool(others & {*text.casefold().split()}) for text in texts]
    return sum(told) * _OF_MANY > len(told)


def _of_kind(base: KnowledgeBase, name: str, family: str) -> Iterator[Candidate]:
    """The things whose name this is but for a word that tells their kind: "state of X", "X County"."""
    if family != "place":
        return
    for kind, rest in kind_and_rest(name):
        for candidate in base.candidates(rest, family):
            if candidate.own and candidate.entry.description.casefold() in kinds_of_word(kind):
                yield candidate


def _weight(candidate: Candidate, unknown: float, inside: bool) -> float:
    weight = sqrt(1.0 + candidate.entry.rank)
    if candidate.entry.code and not candidate.entry.within:
        weight += _TOP * sqrt(unknown)
    if not candidate.own:
        weight *= _ALIAS
    return weight * _AROUND if inside else weight
