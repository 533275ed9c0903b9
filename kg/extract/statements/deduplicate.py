"""Each statement once, where several extractors found it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from kg.model import STATUSES, Argument, Claim

#: Where two extractors find the same, the one named first is kept; then those of other people.
PRIORITY: Final = ("roles", "attributes", "relations", "nominals", "taught")


def distinct(claims: Iterable[Claim]) -> list[Claim]:
    """Each statement of a sentence once, in text order, with keys that are all different.

    Of two claims with the same participants and overlapping predicate words, or the same property,
    the more specific is kept (a property before an open predicate), with the weaker status and
    the further arguments of both.
    """
    kept: dict[tuple[object, ...], Claim] = {}
    renamed: dict[str, str] = {}
    for claim in sorted(claims, key=_order):
        place = _place(claim)
        known = kept.get(place)
        if known is not None and _disputes(known, claim):
            place = (*place, claim.status)
            known = kept.get(place)
        if known is None:
            kept[place] = claim
            continue
        if known.key == claim.key:
            continue
        kept[place] = _joined(known, claim)
        renamed[claim.key] = kept[place].key
        renamed[known.key] = kept[place].key
    found: dict[str, Claim] = {}
    for claim in sorted(kept.values(), key=_order):
        if claim.key not in found:
            found[claim.key] = _relinked(claim, renamed)
    return list(found.values())


def _place(claim: Claim) -> tuple[object, ...]:
    said = claim.predicate.property or claim.predicate.label
    return (
        claim.subject.head_start,
        claim.object.head_start,
        claim.object.literal.value if claim.object.literal is not None else None,
        said,
    )


def _disputes(one: Claim, other: Claim) -> bool:
    """ "Lund denied Berg's claim that he sold it": what one says and another denies are two."""
    if {one.status, other.status} != {"claimed", "denied"} or one.extractor != other.extractor:
        return False
    if one.attribution is None or other.attribution is None:
        return False
    return one.attribution.head_start != other.attribution.head_start


def _joined(one: Claim, other: Claim) -> Claim:
    further = list(one.arguments)
    known = {(a.head_start, a.head_end) for a in further}
    further += [a for a in other.arguments if (a.head_start, a.head_end) not in known]
    weak = max(one, other, key=lambda c: STATUSES.index(c.status))
    return replace(
        one,
        arguments=tuple(further),
        status=weak.status,
        polarity=weak.polarity,
        certainty=weak.certainty,
        attribution=one.attribution or other.attribution,
        sourcing=one.sourcing or other.sourcing,
        confidence=max(one.confidence, other.confidence),
    )


def _relinked(claim: Claim, renamed: dict[str, str]) -> Claim:
    if not any(one.claim in renamed for one in (claim.object, *claim.arguments)):
        return claim

    def link(one: Argument) -> Argument:
        return replace(one, claim=renamed[one.claim]) if one.claim in renamed else one

    return replace(
        claim, object=link(claim.object), arguments=tuple(link(a) for a in claim.arguments)
    )


def _order(claim: Claim) -> tuple[object, ...]:
    rank = PRIORITY.index(claim.extractor) if claim.extractor in PRIORITY else len(PRIORITY)
    return (
        claim.predicate.start,
        claim.subject.head_start,
        claim.object.head_start,
        rank,
        claim.key,
    )
