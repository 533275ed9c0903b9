"""Which statements of an article are told: how sure each must be, for what it is.

What is read is told from a limit on, and the limit is another one for what is wanted more, is seldom
wrong, can hurt somebody or says little. The limits are settings (``pipeline.confidence`` and its
kin); what each gives and costs is in ``docs/decisions/unsure-claims.md``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc

from kg.config import Settings
from kg.extract.statements.features import is_open, points_back
from kg.model import Argument, Claim, LinkedClaim
from kg.resolve.within import Resolved
from kg.vocabulary import SHIPPED, Vocabulary

#: More than any claim can be sure.
_NEVER: Final = 2.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How sure a statement must be (0..1): ``plain``, if nothing else holds; ``relation``, of a name by
    a relation of the ontology; ``named``, where that joins two names; ``unnamed``, of what nobody can
    look up; ``sensitive``, at least, of what can hurt somebody; ``quotation``, of who said it."""

    plain: float
    relation: float
    named: float
    unnamed: float
    sensitive: float
    quotation: float = 0.0
    vocabulary: Vocabulary = SHIPPED

    @property
    def least(self) -> float:
        """What is less sure is told of nothing."""
        return min(self.plain, self.relation, self.named, self.unnamed)

    def of(self, doc: Doc, resolved: Resolved) -> Callable[[LinkedClaim], float]:
        """The limit of each statement of an article.

        Resolution has its say: "the firm" is a name where the article shows which one. One that can
        hurt somebody is told of no pronoun that may as well stand for another person.
        """
        named = frozenset(entity.key for entity in resolved.entities if entity.named)

        def of(linked: LinkedClaim) -> float:
            plain = self._plain(doc, linked, named)
            most = max(plain, self.sensitive)
            if not most or not self._hurts(linked.claim):
                return plain
            return _NEVER if is_open(doc, linked.claim) else most

        return of

    def _plain(self, doc: Doc, linked: LinkedClaim, named: frozenset[str]) -> float:
        claim = linked.claim
        known = (linked.subject in named, linked.object in named)
        # "Ann Berg left the meeting" tells something of Ann Berg, "the firm left" of nobody.
        if not known[0] and (
            points_back(doc, claim.subject) or (not known[1] and points_back(doc, claim.object))
        ):
            return self.unnamed
        if claim.predicate.property is None:
            return self.plain if any(known) or not _is_words(claim.object) else self.unnamed
        limit = self.named if all(known) else self.relation if known[0] else self.plain
        return min(self.plain, limit)

    def _hurts(self, claim: Claim) -> bool:
        relation = claim.predicate
        terms = self.vocabulary.terms()
        # A storm kills forty: that hurts nobody whom one could name.
        return "mention" in (claim.subject.kind, claim.object.kind) and terms.is_sensitive(
            relation.property, relation.label, claim.object.label
        )


def limits(settings: Settings, vocabulary: Vocabulary = SHIPPED) -> Limits:
    """The limits that the settings ask for."""
    asked = settings.pipeline
    least = asked.confidence
    return Limits(
        plain=least,
        relation=asked.confidence_relation,
        named=asked.confidence_named,
        unnamed=max(least, asked.confidence_unnamed) if least else 0.0,
        sensitive=asked.confidence_sensitive,
        quotation=asked.confidence_quotation if least else 0.0,
        vocabulary=vocabulary,
    )


def _is_words(end: Argument) -> bool:
    return end.literal is None and end.claim is None
