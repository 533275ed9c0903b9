"""A parsed article in, its claims and quotes out: one extractor a module.

`extract` runs the chosen ones, drops what two of them both found, and orders the rest by place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kg.budget import check
from kg.model import STATUSES, Argument, Article, Claim, Quote
from kg.registry import get
from kg.registry import names as registered

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.statements.gate import Refused

#: Where two extractors find the same, the one named first is kept.
_FIRST: Final = ("roles", "attributes", "relations", "nominals")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the extractors found, in text order, each claim and quote once; ``first_person`` maps
    the offset of an "I" or "we" in somebody's words to whom it means; ``refused`` is what the gate
    (`kg.extract.statements.gate`) did not let pass, and why."""

    claims: tuple[Claim, ...] = ()
    quotes: tuple[Quote, ...] = ()
    first_person: Mapping[int, Argument] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()


def extract(doc: Doc, article: Article, extractors: Iterable[str] | None = None) -> Extraction:
    """Run the named extractors (default: all) on the parse of an article.

    The parse is mended in place (`kg.extract.grammar.repair`); quotation marks are read first, so that the status of every claim knows who speaks. An unknown
    name is an `kg.errors.UnknownName`. The result depends on the parse and the article only.
    """
    from kg.extract.grammar.annotations import forget
    from kg.extract.grammar.repair import mend
    from kg.extract.speech.parties import named
    from kg.extract.speech.turns import turns_of
    from kg.extract.statements.claims import block_of
    from kg.extract.statements.gate import gate
    from kg.extract.statements.quotes import first_person_links, mark
    from kg.extract.statements.spoken import voice

    chosen = tuple(extractors) if extractors is not None else registered("extractors")
    parts = [(name, get("extractors", name)) for name in chosen]
    turns = named(doc, article, turns_of(article))
    forget(doc)
    mend(doc)
    mark(doc)
    claims: list[Claim] = []
    quotes: list[Quote] = []
    for _, part in parts:
        check()
        for found in part(doc, article):
            if block_of(article, found.start) == "table":
                continue  # cells are no sentences
            if isinstance(found, Quote):
                quotes.append(found)
            else:
                claims.append(found)
    unique = {quote.key: quote for quote in sorted(quotes, key=_quote_order)}
    voiced = voice(doc, article, turns, distinct(claims), unique.values())
    links = voiced.first_person | first_person_links(doc, unique.values())
    stated = gate(doc, voiced.claims, voiced.quotes, links)
    return Extraction(stated.claims, stated.quotes, links, stated.refused)


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
    rank = _FIRST.index(claim.extractor) if claim.extractor in _FIRST else len(_FIRST)
    return (
        claim.predicate.start,
        claim.subject.head_start,
        claim.object.head_start,
        rank,
        claim.key,
    )


def _quote_order(quote: Quote) -> tuple[object, ...]:
    return (quote.start, quote.end, quote.key)
