"""Whether two names that may be one are: what speaks for it, what against, and how sure that is.

A pair is looked at only where one name may be written as the other (`kg.resolve.variants`), so
never all with all. Each way is worth something by itself; the names beside both, one class and one
time speak for it. What contradicts, a life or one article that keeps two people apart, ends it. Weights
are in ``variants.toml``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from kg.resolve.conflicts import Facts, conflict
from kg.resolve.kinds import kinds
from kg.resolve.variants import variants

#: How much a name that stands beside both tells: one of several words more than a lone one.
_WHOLE: Final = 1.0
_LONE: Final = 0.5
_PLACE: Final = 0.2
_TOLD: Final = 3  # names
#: Years between articles that are one time, and that are none.
_NEAR: Final = 1
_FAR: Final = 10
#: So many lives of a name are compared.
_COMPARED: Final = 8


@dataclass(frozen=True, slots=True)
class Seen:
    """What articles tell of a name: the names beside it (family, name), those articles, its classes,
    the years they are of, and what they tell of a life."""

    around: frozenset[tuple[str, str]] = frozenset()
    articles: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    years: tuple[int, ...] = ()
    lives: tuple[Facts, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """How sure it is that two names are one, 0 to 1, and why."""

    score: float
    why: str

    @property
    def sure(self) -> bool:
        return self.score >= variants().weights["sure"]

    @property
    def likely(self) -> bool:
        return self.score >= variants().weights["likely"]


def weigh(way: str, one: Seen, other: Seen, family: str) -> Weighed:
    """Whether two names of a family of classes are one thing, the one written as the other by ``way``."""
    against = _against(way, one, other, family)
    if against:
        return Weighed(0.0, against)
    weights = variants().weights
    score, told = weights[way], [_WAYS[way]]
    both = sorted(one.around & other.around, key=lambda name: (-_tells(name), name))
    if both:
        beside = weights["beside"] * sum(map(_tells, both))
        score += min(beside, weights["beside_at_most"])
        told.append("beside both: " + ", ".join(name for _, name in both[:_TOLD]))
    if family != "person" and one.articles & other.articles:
        score += weights["same_article"]
        told.append("one article has both")
    if post := _post(one.lives, other.lives):
        score += weights["same_post"]
        told.append(f"both {post}")
    general = {*kinds().general.values()}
    if (one.types & other.types) - general:
        score += weights["same_class"]
        told.append("one class")
    if one.years and other.years:
        gap = max(one.years[0] - other.years[-1], other.years[0] - one.years[-1])
        if gap <= _NEAR:
            score += weights["near_in_time"]
        elif gap >= _FAR:
            score += weights["far_in_time"]
            told.append(f"{gap} years apart")
    return Weighed(round(min(score, 1.0), 3), "; ".join(told))


_WAYS: Final = {
    "last word": "short for it",
    "first word": "short for it",
    "town": "short for it",
    "style": "short for it",
    "middle name": "without a middle name",
    "initials": "with initials",
    "spelling": "another spelling",
    "other name": "another name of it",
}


def _tells(name: tuple[str, str]) -> float:
    family, text = name
    if family == "place":
        return _PLACE
    return _WHOLE if " " in text else _LONE


def _post(some: Collection[Facts], others: Collection[Facts]) -> str:
    """A post that one person holds at a time, which both have."""
    held = [{post for facts in lives for post, _ in facts.posts} for lives in (some, others)]
    return min(held[0] & held[1], default="")


def _against(way: str, one: Seen, other: Seen, family: str) -> str:
    # Of two spellings, an article that quotes has both.
    if family == "person" and way != "spelling" and one.articles & other.articles:
        return "one article keeps them apart"
    return _lives(one.lives[:_COMPARED], other.lives[:_COMPARED])


def _lives(some: Collection[Facts], others: Collection[Facts]) -> str:
    told = (conflict(one, other) for one in some for other in others)
    return next(filter(None, told), "")
