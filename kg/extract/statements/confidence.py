"""How sure a claim is, and what is left out for being unsure.

`kg.extract.statements.features` says in numbers what a claim rests on, ``confidence.toml`` weighs
them (a logistic regression over statements that were judged by reading, ``training/confidence.py``),
and `confidence` is then about the chance that a careful reader finds the claim right in its core: who
did what to whom, and whether it is so. `kg.limits` leaves out what is below its limit; a sentence of which
nothing else is known is then reported as ``unsure``. What a limit gives and costs:
``docs/decisions/unsure-claims.md``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import exp
from pathlib import Path
from typing import Final

from spacy.tokens import Doc

from kg.analysis import analysis_of
from kg.extract.statements.features import Features, Reader
from kg.model import Claim

#: Nothing that was read is certain.
_MOST: Final = 0.99


@dataclass(frozen=True, slots=True)
class Weights:
    """The logistic regression: ``weights`` by feature (0 for a feature that it does not know).

    ``extractors`` are those whose claims it knows; ``doubt`` is what the feature of that name is
    taken to be where a parser does not say how certain it is; ``arguments``, by role: a further
    argument of that role (or of ``other`` ones) is left out when its arc is less probable.
    """

    extractors: frozenset[str]
    intercept: float
    weights: dict[str, float]
    doubt: float
    arguments: dict[str, float]


@cache
def load_weights() -> Weights:
    """The shipped weights."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return Weights(
        extractors=frozenset(data["extractors"]),
        intercept=data["intercept"],
        weights=dict(data["weights"]),
        doubt=data["doubt"],
        arguments=dict(data["arguments"]),
    )


def rated(doc: Doc, claims: Iterable[Claim], weights: Weights | None = None) -> tuple[Claim, ...]:
    """The claims, each with its `confidence` (one of an extractor that the weights do not know keeps its
    own) and with such further arguments only as are sure."""
    weights = weights or load_weights()
    reader = analysis_of(doc).known[Reader]
    return tuple(_rated(_trimmed(claim, reader, weights), reader, weights) for claim in claims)


def without(
    claims: Iterable[Claim], unwanted: Callable[[Claim], bool]
) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """The claims that are left, and those that are not, both in their order. With a claim goes every
    claim that has it as its object."""
    claims = tuple(claims)
    out = {claim.key for claim in claims if unwanted(claim)}
    above = set(out)
    while above:
        above = {claim.key for claim in claims if claim.object.claim in above} - out
        out |= above
    kept = tuple(_unlinked(claim, out) for claim in claims if claim.key not in out)
    return kept, tuple(claim for claim in claims if claim.key in out)


def sure(
    doc: Doc, claims: Iterable[Claim], limit: float = 0.0, weights: Weights | None = None
) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """The claims whose confidence reaches ``limit`` (0..1), and the others (see `rated`, `without`)."""
    return without(rated(doc, claims, weights), lambda claim: claim.confidence < limit)


def _trimmed(claim: Claim, reader: Reader, weights: Weights) -> Claim:
    if claim.extractor not in weights.extractors:
        return claim
    limits = weights.arguments
    if claim.extractor == "roles":
        return claim  # a post without its "former" or its body says something else
    further = tuple(
        one
        for one in claim.arguments
        if reader.chance(one) >= limits.get(one.role, limits["other"])
    )
    return claim if further == claim.arguments else replace(claim, arguments=further)


def _rated(claim: Claim, reader: Reader, weights: Weights) -> Claim:
    if claim.extractor not in weights.extractors:
        return claim
    features = reader.features(claim, unknown=weights.doubt)
    return replace(claim, confidence=min(round(confidence(features, weights), 2), _MOST))


def _unlinked(claim: Claim, out: set[str]) -> Claim:
    if not any(one.claim in out for one in claim.arguments):
        return claim
    further = tuple(
        replace(one, claim=None) if one.claim in out else one for one in claim.arguments
    )
    return replace(claim, arguments=further)


def confidence(features: Features, weights: Weights) -> float:
    """About the chance, 0..1, that the claim with these features is right in its core."""
    return chance(features, weights.intercept, weights.weights)


def chance(features: Features, intercept: float, weights: Mapping[str, float]) -> float:
    """What a logistic regression says of these features, 0..1; one that has no weight says nothing."""
    total = sum([weights[name] * value for name, value in features.items() if name in weights])
    return 1 / (1 + exp(-intercept - total))
