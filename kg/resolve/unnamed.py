"""Claims in which nothing is named: "the measure eased the pressure".

Nobody can look for them nor join them to what another article tells, and of ten such claims readers
wanted one or two in a graph. `without_names` puts them apart. A name at an end or beside it, somebody
whose claim it is, a number or a date makes a claim of use; so does a relation of the ontology where an
end has a class ("rebels killed a nurse").
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Final

from kg.model import Argument, LinkedClaim
from kg.resolve.names import words
from kg.resolve.within import Resolved

#: The class of what has none.
_NOTHING: Final = "Topic"
_READ: Final = frozenset({"relations", "nominals"})


def without_names(resolved: Resolved) -> tuple[Resolved, tuple[LinkedClaim, ...]]:
    """What has something named in it, and the other claims. What another claim tells of stays; a
    topic that only the others speak of goes."""
    named = {one.key for one in resolved.entities if one.named}
    kinds = {one.key: one.type for one in resolved.entities}
    told = {linked.claim.object.claim for linked in resolved.claims}
    out = {
        linked.claim.key: linked
        for linked in resolved.claims
        if linked.claim.key not in told and _names_nothing(linked, named, kinds)
    }
    if not out:
        return resolved, ()
    kept = tuple(_unlinked(c, out) for c in resolved.claims if c.claim.key not in out)
    used = {key for c in kept for key in (c.subject, c.object, c.attribution, *c.arguments)}
    used |= {key for q in resolved.quotes for key in (q.speaker, q.addressee, *q.about)}
    entities = tuple(one for one in resolved.entities if one.key in named or one.key in used)
    return replace(resolved, entities=entities, claims=kept), tuple(out.values())


def _unlinked(linked: LinkedClaim, out: Container[str | None]) -> LinkedClaim:
    claim = linked.claim
    if not any(a.claim in out for a in claim.arguments):
        return linked
    further = (replace(a, claim=None) if a.claim in out else a for a in claim.arguments)
    return replace(linked, claim=replace(claim, arguments=tuple(further)))


def _names_nothing(
    linked: LinkedClaim, named: Container[str | None], kinds: Mapping[str, str]
) -> bool:
    claim = linked.claim
    if claim.attribution is not None or claim.extractor not in _READ:
        return False
    ends = [kinds.get(key or "", _NOTHING) for key in (linked.subject, linked.object)]
    classes = [kind for kind in ends if kind != _NOTHING]
    if len(classes) == len(ends) or (classes and claim.predicate.property is not None):
        return False
    keys = (linked.subject, linked.object, *linked.arguments)
    return not any(key in named for key in keys) and not any(
        _tells(one) for one in (claim.subject, claim.object, *claim.arguments)
    )


def _tells(one: Argument) -> bool:
    """Whether it is a value or a number of things, or has a name in it."""
    if one.kind == "literal" or any(letter.isupper() or letter.isdigit() for letter in one.label):
        return True
    return not words().counts.isdisjoint(one.label.casefold().split())
