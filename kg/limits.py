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
from kg.extract.grammar.index import top_of
from kg.extract.statements.confidence import load_weights
from kg.extract.statements.features import (
    head_of,
    is_bare,
    is_cut,
    is_guessed,
    is_open,
    is_words,
    points_back,
)
from kg.extract.words.load import word_sets
from kg.extract.words.pronouns import PRONOUNS
from kg.model import Argument, Claim, LinkedClaim, LinkedQuote
from kg.resolve.linking import SHARED
from kg.resolve.within import Resolved
from kg.vocabulary import SHIPPED, Vocabulary
from kg.worth import Worth

#: More than any claim can be sure.
_NEVER: Final = 2.0
#: Whom a wrong statement hurts most.
_SOMEBODY: Final = frozenset({"Person", "Group"})
#: What something is: "Ann Berg is an actress".
_KIND: Final = "isA"
#: Fewer words than these say nothing without the sentence they stand in: called it "a sham".
_FEWEST: Final = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """How sure a statement must be (0..1): ``plain``, if nothing else holds; ``relation``, of a name by
    a relation of the ontology; ``named``, where that joins two names; ``unnamed``, of what nobody can
    look up; ``little``, of what says too little, is only supposed, or is of a person whom the article
    does not show; ``sensitive``, at least, of what can hurt somebody (of two bodies or works that are
    named it is as of others: "Orion Motors sued Tarn Films"). ``worth`` is another thing: how likely an
    editor must want it (`kg.worth`), and ``worth_quoted`` the same of a quotation."""

    plain: float
    relation: float
    named: float
    unnamed: float
    little: float
    sensitive: float
    worth: float = 0.0
    worth_quoted: float = 0.0
    vocabulary: Vocabulary = SHIPPED

    @property
    def least(self) -> float:
        """What is less sure is told of nothing."""
        return min(self.plain, self.relation, self.named, self.unnamed, self.little)

    def of(
        self, doc: Doc, resolved: Resolved, worth: Worth | None = None
    ) -> Callable[[LinkedClaim], float]:
        """The limit of each statement of an article; ``worth`` is its `weigher`, where that is there.

        Resolution has its say: "the firm" is a name where the article shows which one. One that can
        hurt somebody is told of no pronoun that may as well stand for another person; none is told
        of a surname that may be that of two people, nor of a name that begins before its words.
        """
        named = frozenset(entity.key for entity in resolved.entities if entity.named)
        nobody = frozenset(e.key for e in resolved.entities if e.named and e.type not in _SOMEBODY)
        somebody = frozenset(e.key for e in resolved.entities if e.type == "Person")
        of_several = _of_several(resolved)
        worth = worth or self.weigher(doc, resolved)

        def of(linked: LinkedClaim) -> float:
            least = sure(linked)
            if worth is None or linked.claim.confidence < least or _is_wanted(linked, named):
                return least
            return least if worth.of_claim(linked) >= self.worth else _NEVER

        def sure(linked: LinkedClaim) -> float:
            if self.least and {linked.subject, linked.object} & of_several:
                return _NEVER
            if self.least and any(is_cut(doc, end) for end in _ends(linked.claim)):
                return _NEVER
            plain = self._plain(doc, linked, named, somebody)
            most = max(plain, self.sensitive)
            if not most or not self._hurts(linked.claim):
                return plain
            if (
                linked.subject in nobody
                and linked.object in nobody
                and linked.claim.predicate.property
            ):
                return plain
            return _NEVER if is_open(doc, linked.claim) else most

        return of

    def of_quotes(
        self, doc: Doc, resolved: Resolved, worth: Worth | None = None
    ) -> Callable[[LinkedQuote], float]:
        """The limit of each quotation of an article: ``little`` where the article does not show who
        speaks ("the lawyer said", and which?) or has only a word or two of it, else none; one that an
        editor would not want is not told, nor one of "he" where two may be meant."""
        named = frozenset(entity.key for entity in resolved.entities if entity.named)
        worth = worth or self.weigher(doc, resolved)
        wanted = worth.wanted(resolved.quotes, self.worth_quoted) if worth else None

        def of(linked: LinkedQuote) -> float:
            quote = linked.quote
            if self.least and quote.speaker is not None and is_guessed(doc, quote.speaker):
                return _NEVER
            short = len(quote.text.split()) < _FEWEST
            nobody = linked.speaker not in named and _is_nobody(doc, quote.speaker)
            if short or nobody:
                return self.little
            if wanted is None or quote.extractor != "quotes" or quote.key in wanted:
                return 0.0
            if quote.polarity == "negative":  # who is accused and denies it is heard
                return 0.0
            return _NEVER

        return of

    def weigher(self, doc: Doc, resolved: Resolved) -> Worth | None:
        """Who tells what things are worth; None where all is told."""
        return Worth(doc, resolved) if self.least and (self.worth or self.worth_quoted) else None

    def _plain(
        self, doc: Doc, linked: LinkedClaim, named: frozenset[str], somebody: frozenset[str]
    ) -> float:
        claim = linked.claim
        known = (linked.subject in named, linked.object in named)
        if claim.status == "hypothetical" or (not known[1] and _says_little(doc, claim)):
            return self.little
        if linked.attribution not in named and _is_hearsay(doc, claim):
            return self.little
        # "Ann Berg left the meeting" tells something of Ann Berg, "the firm left" of nobody, and "the lawyer
        # left" of somebody, and whom?
        ends = ((linked.subject, claim.subject), (linked.object, claim.object))
        back = {key for key, end in ends if key not in named and points_back(doc, end)}
        if not known[0] and back:
            return self.little if back & somebody else self.unnamed
        if claim.predicate.property is None:
            return self.plain if any(known) or not is_words(claim.object) else self.unnamed
        told = _is_of_name(claim, known[0])
        limit = self.named if all(known) else self.relation if told else self.plain
        return min(self.plain, limit)

    def _hurts(self, claim: Claim) -> bool:
        relation = claim.predicate
        terms = self.vocabulary.terms()
        # A storm kills forty: that hurts nobody whom one could name.
        return "mention" in (claim.subject.kind, claim.object.kind) and terms.is_sensitive(
            relation.property, relation.label, claim.object.label
        )


def _of_several(resolved: Resolved) -> frozenset[str]:
    """Those of whom the article tells no more than a surname that several people in it have."""
    return frozenset(
        entity.key
        for entity in resolved.entities
        if entity.names and all(name.reason == SHARED for name in entity.names)
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
        little=max(least, asked.confidence_little) if least else 0.0,
        sensitive=asked.confidence_sensitive,
        worth=asked.worth,
        worth_quoted=asked.worth_quoted,
        vocabulary=vocabulary,
    )


def _says_little(doc: Doc, claim: Claim) -> bool:
    """Whether it is of a thing that one plain word names, and of nothing more: "holds the *advantage*",
    "is a *newspaper*". With a time or a name beside it one can look it up ("signed the contract in
    March", "awarded the work to Tarn Films"), a post is one's own, a denial means what was
    said before, and other relations of the ontology tell more with a place or a value; but of "the
    final", and which?, only with a value ("won the final 3-1")."""
    relation = claim.predicate.property
    if relation in word_sets("features")["telling"] or not is_bare(doc, claim.object):
        return False
    if any(one.role == "time" or _is_name(doc, one) for one in claim.arguments):
        return False
    if relation in (None, _KIND) or not claim.arguments:
        return True
    valued = any(one.literal is not None for one in claim.arguments)
    return points_back(doc, claim.object) and not valued


def _is_name(doc: Doc, end: Argument) -> bool:
    words = head_of(doc, end)
    return bool(words) and bool(top_of(doc, words[0].i, words[-1].i + 1).ent_type_)


def _is_nobody(doc: Doc, speaker: Argument | None) -> bool:
    """Whether the words for a speaker only point at somebody."""
    return speaker is None or points_back(doc, speaker) or speaker.label.lower() in PRONOUNS.subject


def _is_hearsay(doc: Doc, claim: Claim) -> bool:
    """Whether somebody says it, and the text does not show who."""
    if claim.attribution is None:
        return claim.status == "claimed" and claim.sourcing is None
    return _is_nobody(doc, claim.attribution)


def _is_wanted(linked: LinkedClaim, named: frozenset[str]) -> bool:
    """Whether it is wanted whatever it is worth: of a name by a relation of the ontology, as a fact; or by
    an extractor of one's own, which says itself what is worth telling."""
    claim = linked.claim
    if claim.extractor not in load_weights().extractors:
        return True
    return claim.status == "asserted" and _is_of_name(claim, linked.subject in named)


def _is_of_name(claim: Claim, known: bool) -> bool:
    """Whether a relation of the ontology tells something of a subject whose name is known."""
    relation = claim.predicate.property
    return known and relation is not None and relation not in word_sets("features")["weak"]


def _ends(claim: Claim) -> tuple[Argument, Argument]:
    return claim.subject, claim.object
