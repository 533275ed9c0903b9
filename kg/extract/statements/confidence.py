"""How sure a claim is, told from what it rests on; and what is left out for being unsure.

A claim is surer when its subject and object stand close together and the parser is certain of the
arcs between them, and less sure when a participle or a relative clause has to be read for its
subject, or when a pronoun is the subject that may stand for several. `Reader.features` says these things in numbers,
``confidence.toml`` weighs them (a logistic regression over statements that were judged by reading,
``training/confidence.py``), and `confidence` is then about the chance that an editor would sign the
claim. `sure` leaves out what is below a limit; a sentence of which nothing else is known is then
reported as ``unsure``. What a limit gives and costs: ``docs/decisions/unsure-claims.md``.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp, log, log1p
from pathlib import Path
from typing import Final

from spacy.tokens import Doc, Token

from kg.extract.grammar.index import above, links, tokens_of
from kg.model import Argument, Claim

#: Where the shipped parser keeps how probable the head of each word is.
ARCS: Final = "kg_arcs"
#: Where coreference keeps how probable the antecedent of each pronoun is.
ANTECEDENTS: Final = "kg_antecedents"
#: Where coreference keeps the pronouns that may as well stand for another person.
RIVALS: Final = "kg_rivals"
#: No head is held to be less probable than this, no claim more doubtful, and no distance greater
#: (some 24 words).
_LEAST: Final = 0.05
_DOUBTED: Final = 1.5
_FAR: Final = 3.2
#: From here on a doubt tells against a claim by itself: chances below 0.3 and 0.7.
_LOOSE: Final = 1.2
_VAGUE: Final = 0.357
#: The doubt of a pronoun of which coreference says nothing ("I", "this").
_UNTOLD: Final = 0.3


@dataclass(frozen=True, slots=True)
class Weights:
    """The logistic regression: ``weights`` by feature.

    ``extractors`` are those whose claims it knows; ``doubt`` is what the feature of that name is
    taken to be where a parser does not say how certain it is; ``arguments``, by role: a further
    argument of that role is left out when its arc is less probable.
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


def sure(
    doc: Doc,
    claims: Iterable[Claim],
    limit: float | Callable[[Claim], float] = 0.0,
    weights: Weights | None = None,
) -> tuple[tuple[Claim, ...], tuple[Claim, ...]]:
    """The claims whose confidence reaches ``limit`` (0..1; of each claim, if it is a function), and
    the others, both in their order.

    Each carries its `confidence`; one of an extractor that the weights do not know keeps its own.
    Those that are kept have only such further arguments as are sure. With a claim goes every
    claim that has it as its object.
    """
    weights = weights or load_weights()
    reader = Reader(doc)
    rated = [_rated(claim, reader, weights) for claim in claims]
    least = limit if callable(limit) else lambda _: limit
    out = {claim.key for claim in rated if claim.confidence < least(claim)}
    above = set(out)
    while above:
        above = {claim.key for claim in rated if claim.object.claim in above} - out
        out |= above
    kept = tuple(_trimmed(claim, out, reader, weights) for claim in rated if claim.key not in out)
    return kept, tuple(claim for claim in rated if claim.key in out)


def _rated(claim: Claim, reader: Reader, weights: Weights) -> Claim:
    if claim.extractor not in weights.extractors:
        return claim
    features = reader.features(claim, unknown=weights.doubt)
    return replace(claim, confidence=round(confidence(features, weights), 2))


def _trimmed(claim: Claim, out: set[str], reader: Reader, weights: Weights) -> Claim:
    if not claim.arguments:
        return claim
    further = tuple(
        replace(one, claim=None) if one.claim in out else one
        for one in claim.arguments
        if reader.chance(one) >= weights.arguments.get(one.role, 0.0)
    )
    return claim if further == claim.arguments else replace(claim, arguments=further)


def confidence(features: dict[str, float], weights: Weights) -> float:
    """About the chance, 0..1, that the claim with these features is right."""
    total = weights.intercept
    for name, weight in weights.weights.items():
        total += weight * features[name]
    return 1 / (1 + exp(-total))


def is_open(doc: Doc, claim: Claim) -> bool:
    """Is an end of the claim a pronoun that may as well stand for another person?"""
    rivals: Iterable[int] = doc.user_data.get(RIVALS, ())
    places = {doc[i].idx for i in rivals}
    return claim.subject.head_start in places or claim.object.head_start in places


class Reader:
    """Reads the features of a document's claims."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._starts = [token.idx for token in tokens_of(doc)]
        self._arcs: Sequence[float] | None = doc.user_data.get(ARCS)
        self._antecedents: Sequence[float] = doc.user_data.get(ANTECEDENTS, ())

    def chance(self, argument: Argument) -> float:
        """How probable the arc above an argument is (1 where the parser does not say)."""
        if self._arcs is None:
            return 1.0
        return self._arcs[self._top(argument.head_start, argument.head_end).i]

    def features(self, claim: Claim, *, unknown: float = 0.0) -> dict[str, float]:
        """What a claim rests on, in numbers; ``unknown`` is the doubt of a parser that tells none.

        ``distance``: the words from subject to object, as the logarithm of one more; ``doubt``: of
        the arcs between them, the negative logarithms of their chances, added. Both are capped:
        far is far. ``antecedent``: where the subject is a pronoun, the negative logarithm of the
        chance of what it is taken to stand for. The others are 1 or 0. ``loose``: the arcs are more
        likely wrong than right; ``vague``: so is nearly the antecedent; ``verb``: found by the extractor of relations;
        ``participle``: the predicate is one, without an auxiliary; ``relative``: a relative clause
        lies between; ``open``: no property of the ontology;
        ``unsure``: the status is possible or hypothetical.
        """
        subject = self._top(claim.subject.head_start, claim.subject.head_end)
        object_ = self._top(claim.object.head_start, claim.object.head_end)
        predicate = self._top(claim.predicate.start, claim.predicate.end)
        between = _between(subject, object_)
        doubt = unknown if self._arcs is None else _doubt(self._arcs, between)
        antecedent = self._antecedent(subject)
        around = {t.dep_ for t in (*between, *_between(subject, predicate))}
        helped = any(kind == "aux" for _, _, kind in links(predicate))
        return {
            "distance": min(log1p(abs(subject.i - object_.i)), _FAR),
            "doubt": doubt,
            "loose": float(doubt > _LOOSE),
            "verb": float(claim.extractor == "relations"),
            "participle": float(predicate.tag_ in ("VBG", "VBN") and not helped),
            "relative": float("acl:relcl" in around),
            "antecedent": antecedent,
            "vague": float(antecedent > _VAGUE),
            "open": float(claim.predicate.property is None),
            "unsure": float(claim.status in ("possible", "hypothetical")),
        }

    def _antecedent(self, subject: Token) -> float:
        if subject.pos_ != "PRON":
            return 0.0
        told = self._antecedents[subject.i] if self._antecedents else 1.0
        return -log(max(told, _LEAST)) if told < 1 else _UNTOLD

    def _top(self, start: int, end: int) -> Token:
        """The highest word of a stretch of text."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first + 1, bisect_right(self._starts, max(start, end - 1)))
        if last == first + 1:
            return tokens_of(self._doc)[first]
        return self._doc[first:last].root


def _doubt(arcs: Sequence[float], tokens: Iterable[Token]) -> float:
    return min(sum(-log(max(arcs[t.i], _LEAST)) for t in tokens), _DOUBTED)


def _between(one: Token, other: Token) -> list[Token]:
    """The words whose arcs lead from one word to the other; of two sentences, up to their roots."""
    up, down = above(one), above(other)
    # Seen from the root, the two ways are one until they part.
    up_to, down_to = len(up), len(down)
    while up_to and down_to and up[up_to - 1] is down[down_to - 1]:
        up_to -= 1
        down_to -= 1
    return [*up[:up_to], *down[:down_to]]
