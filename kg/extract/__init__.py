"""A parsed article in, its claims and quotes out: one extractor a module.

`extract` runs the chosen ones, drops what two of them both found, and orders the rest by place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.analysis import analysis_of, keep
from kg.budget import check
from kg.model import Argument, Article, Claim, Quote
from kg.registry import get
from kg.registry import names as registered

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.statements.gate import Refused


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

    The parse is mended in place (`kg.extract.grammar.repair`). An unknown name is an `kg.errors.UnknownName`. The result depends on the parse and the article only.
    """
    from kg.extract.grammar.repair import mend
    from kg.extract.speech.direct import pieces_of
    from kg.extract.speech.going_on import link_speakers
    from kg.extract.speech.parties import named
    from kg.extract.speech.turns import turns_in
    from kg.extract.statements.blocks import block_of
    from kg.extract.statements.deduplicate import distinct
    from kg.extract.statements.gate import gate
    from kg.extract.statements.quotes import first_person_links
    from kg.extract.statements.spoken import voice

    chosen = tuple(extractors) if extractors is not None else registered("extractors")
    parts = [(name, get("extractors", name)) for name in chosen]
    turns = named(doc, article, turns_in(doc, article))
    keep(replace(analysis_of(doc), turns=tuple(part for turn in turns for part in turn.parts)))
    mend(doc)
    link_speakers(doc, pieces_of(doc))
    claims: list[Claim] = []
    quotes: list[Quote] = []
    cells: list[Claim] = []
    for _, part in parts:
        check()
        for found in part(doc, article):
            if block_of(article, found.start) == "table":  # cells are no sentences
                if isinstance(found, Claim) and found.extractor == "tables":
                    cells.append(found)
            elif isinstance(found, Quote):
                quotes.append(found)
            else:
                claims.append(found)
    unique = {quote.key: quote for quote in sorted(quotes, key=_quote_order)}
    voiced = voice(doc, article, turns, distinct(claims), unique.values())
    links = voiced.first_person | first_person_links(doc, unique.values())
    stated = gate(doc, voiced.claims, voiced.quotes, links)
    claims = [*stated.claims, *cells]
    if cells:
        claims.sort(key=lambda claim: claim.start)
    return Extraction(tuple(claims), stated.quotes, links, stated.refused)


def _quote_order(quote: Quote) -> tuple[object, ...]:
    return (quote.start, quote.end, quote.key)
