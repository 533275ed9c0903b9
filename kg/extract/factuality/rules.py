"""How a rule about a clause is written: a name, the sentence that taught it, a guard, and what it gives.

A table of rules is asked from the top; the first whose guard holds decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from kg.extract.factuality.evidence import Bearing
from kg.extract.factuality.governors import speech_only
from kg.extract.factuality.standing import Standing, standing, weaker
from kg.model import Status

#: What is open: it may be so, or become so.
OPEN: Final = ("planned", "possible", "hypothetical")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, by its head word ``verb``, the word ``head`` that it hangs on, and how that stands
    (``above``). ``marks`` are the words that lead it in; ``kind`` is what its head makes of a clause
    (``subject_kind``: before it was seen to be the subject); ``infinitive``: it has no subject of
    its own; ``negated``: its head is."""

    verb: Token
    head: Token
    above: Standing
    marks: frozenset[str] = frozenset()
    kind: str | None = None
    subject_kind: str | None = None
    infinitive: bool = False
    negated: bool = False

    @property
    def speaker(self) -> Standing:
        """Who speaks above, and nothing else of it."""
        return speech_only(self.above)


Guard = Callable[[Clause], object]
Effect = Callable[[Clause], Standing]


@dataclass(frozen=True, slots=True)
class Rule:
    """One construction of English. ``taught_by`` is the sentence that it was learned from."""

    name: str
    taught_by: str
    guard: Guard
    effect: Effect


def decided(rules: tuple[Rule, ...], clause: Clause) -> Standing:
    """What the first rule that holds gives; the last of a table always holds."""
    for rule in rules:
        if rule.guard(clause):
            return rule.effect(clause)
    raise AssertionError("a table of rules ends with one that always holds")


def always(_: Clause) -> bool:
    """The guard of the last rule of a table."""
    return True


def as_above(clause: Clause) -> Standing:
    """It stands as what it hangs on."""
    return clause.above


def by_the_way(clause: Clause) -> Standing:
    """It is told by whoever speaks, whatever becomes of what it hangs on."""
    return clause.speaker


def lowered(status: Status, *, certainty: float | None = None) -> Effect:
    """It is at most that, and no more than what it hangs on."""
    return lambda clause: weaker(standing(status, certainty=certainty), clause.above)


def only(status: Status) -> Effect:
    """It is that, whatever becomes of what it hangs on."""
    return lambda clause: weaker(standing(status), clause.speaker)


def borne(bearing: Bearing, above: Standing) -> Standing:
    """What a clause has from the table of evidence. A negated governor is denied itself, the clause
    under it need not be: it keeps from above who speaks."""
    if bearing.negated:
        above = speech_only(above)
    result = weaker(standing(bearing.status), above)
    if bearing.by is None:
        return result
    if result.status == "asserted":
        result = weaker(standing("claimed"), result)
    return replace(result, attribution=bearing.by)
