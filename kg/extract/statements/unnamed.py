"""Claims in which nothing is named: "the measure eased the pressure".

Nobody can look for them nor join them to what another article tells, and of ten such claims readers
wanted one or two in a graph. `without_names` puts them apart. A name at an end or beside it, somebody
whose claim it is, a number or a date makes a claim of use; so does a relation of the ontology where an
end has a class ("rebels killed a nurse").
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc

from kg.extract.grammar.index import kids, relation
from kg.extract.statements.gate import Refused
from kg.model import Argument, Claim

REASON = "nothing named"
_READ: Final = frozenset({"relations", "nominals"})


def without_names(
    doc: Doc, claims: Iterable[Claim], first_person: Iterable[int] = ()
) -> tuple[tuple[Claim, ...], tuple[Refused, ...]]:
    """The claims with something named in them, in their order, and where the others stood. What
    another claim tells of stays. ``first_person``: where an "I" or "we" has a known speaker."""
    claims = tuple(claims)
    mentions = doc._.kg_mentions if doc.has_extension("kg_mentions") else ()
    clusters = {m.cluster for m in mentions if m.kind == "name"}
    known = {m.start for m in mentions if m.cluster in clusters} | {*first_person}
    told = {claim.object.claim for claim in claims}
    out = {c.key: c for c in claims if c.key not in told and _names_nothing(doc, c, known)}
    if not out:
        return claims, ()
    kept = (_unlinked(c, out) for c in claims if c.key not in out)
    return tuple(kept), tuple(Refused(c.start, c.end, REASON) for c in out.values())


def _unlinked(claim: Claim, out: Container[str | None]) -> Claim:
    if not any(a.claim in out for a in claim.arguments):
        return claim
    further = (replace(a, claim=None) if a.claim in out else a for a in claim.arguments)
    return replace(claim, arguments=tuple(further))


def _names_nothing(doc: Doc, claim: Claim, known: set[int]) -> bool:
    if claim.attribution is not None or claim.extractor not in _READ:
        return False
    ends = (claim.subject, claim.object)
    classes = [end.type for end in ends if end.type]
    if len(classes) == len(ends) or (classes and claim.predicate.property is not None):
        return False
    return not any(_tells(doc, one, known) for one in (*ends, *claim.arguments))


def _tells(doc: Doc, one: Argument, known: set[int]) -> bool:
    """Whether it is a name, a value or a number of things, or stands for a name."""
    if one.kind == "literal" or one.head_start in known:
        return True
    if any(letter.isupper() or letter.isdigit() for letter in one.label):
        return True
    head = doc.char_span(one.head_start, one.head_end, alignment_mode="expand")
    return head is not None and any(relation(c) == "nummod" for c in kids(head.root))
