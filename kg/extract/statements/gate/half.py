"""Claims that leave out what makes them one: which it is, of what, or of whom it is told."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kg.extract.factuality.negation import is_relative
from kg.extract.grammar.adjuncts import is_time
from kg.extract.grammar.annotations import name_at
from kg.extract.grammar.index import kids, relation
from kg.extract.grammar.noun_phrases import ranked
from kg.extract.grammar.subjects import is_passive, own_subject
from kg.extract.grammar.tree import child, children, is_plural, sentence_of
from kg.extract.statements.gate.text import SPECIFIC, Text
from kg.extract.statements.gate.words import gate_words
from kg.extract.words.pronouns import PRONOUNS
from kg.model import Claim

#: Further arguments that only tell when and where.
_WHEN: Final = frozenset({"time", "place"})


def half(claim: Claim, text: Text) -> bool:
    """ "is among the airlines", "are those planets": which ones the text goes on to tell."""
    if (
        _only_when(claim, text)
        or _shares_feat(claim, text)
        or claim.predicate.label in ("be located using", "be located by")
        or _calls_what(claim, text)
        or _names_to_what(claim, text)
        or any(map(text.is_whose, (claim.subject, claim.object)))
    ):
        return True  # "is located two hours by train from Orsk"
    if text.is_score(claim.object) and claim.predicate.label in gate_words().being_so:
        return True  # "the Bulls are 7-3", "was 284-286 lifetime"
    if claim.object.kind == "literal":
        return _bare_number(claim, text)
    noun = text.head(claim.object)
    people = name_at(noun)
    if (
        people is not None
        and people[2] == "NORP"
        and claim.object.kind != "clause"
        and ranked(noun)
    ):
        return True  # "became the *first* Norwegian to win it"
    if claim.object.kind == "clause" or name_at(noun) is not None or noun.pos_ != "NOUN":
        return False
    pointing = any(c.lower_ == "following" for c in children(noun, "amod"))
    if text.is_rest(claim.object) or (pointing and child(noun, "nmod") is None):
        return True  # "wanted the other guys", "released the following statement"
    if claim.predicate.label == "be among":
        return not any(relation(c) in SPECIFIC and c.i < noun.i for c in kids(noun))
    return _part_missing(claim, noun)


def _part_missing(claim: Claim, noun: Token) -> bool:
    """Whether what makes the noun that one stands outside of the object, or nowhere."""
    if any(c.lower_ in gate_words().comparing for c in children(noun, "amod")):
        return _than_what(claim, noun)
    told, lemma = child(noun, "acl"), noun.lemma_.lower()
    goes_on = told is not None and told.idx > claim.object.end
    if goes_on and lemma in gate_words().cut and child(noun, "compound", "nummod") is None:
        return True  # "are the best ways", "identified some ways"
    if told is not None and goes_on and _had_of_a_kind(noun, told):
        return True
    if claim.predicate.property != "isA" and claim.predicate.label not in ("become", "be"):
        return False
    beside = goes_on and claim.extractor == "attributes"  # "Lund, *the first woman* to lead it"
    if lemma in gate_words().members and ranked(noun) and (beside or _is_alone(noun)):
        return True  # "became the third country"
    return goes_on and any(c.lower_ in gate_words().restricting for c in kids(noun))


def _had_of_a_kind(noun: Token, told: Token) -> bool:
    """ "uses a counting *system* that differs from ours": that it uses one says nothing."""
    one = any(c.lower_ in ("a", "an") for c in children(noun, "det"))
    kind = noun.lemma_.lower() in gate_words().cut_one and noun.head.lemma_ in gate_words().having
    return one and kind and relation(noun) == "obj" and is_relative(told)


def _is_alone(noun: Token) -> bool:
    """Whether no more than an article and a number stand with the noun, or what follows is apart."""
    return not any(
        relation(c) in ("compound", "nmod", "appos", "flat") or c.dep_ == "nmod:poss"
        for c in kids(noun)
    ) and not any(relation(c) == "acl" and c.left_edge.i == noun.i + 1 for c in kids(noun))


def _than_what(claim: Claim, noun: Token) -> bool:
    """ "has more voters" than what?"""
    doc, (_, end) = noun.doc, sentence_of(noun)
    behind = [t for t in doc[noun.i + 1 : min(end, noun.i + 12)] if t.lower_ == "than"]
    return bool(behind) and behind[0].idx > claim.object.end


def _only_when(claim: Claim, text: Text) -> bool:
    """ "struggled *Monday* to restore power", "spent *the last decade* out and about": the object
    is only when or how long, and what was done is missing."""
    if claim.extractor != "relations" or claim.object.kind == "clause":
        return False
    verb, noun, words = text.verb(claim), text.head(claim.object), gate_words()
    if verb.lemma_.lower() in words.complement_spent and is_time(noun):
        return not any(a.role in words.spent_with for a in claim.arguments)
    return (
        noun.lower_ in words.days
        and verb.lemma_.lower() in words.striving
        and child(verb, "xcomp", "advcl") is not None
    )


def _calls_what(claim: Claim, text: Text) -> bool:
    """'called the help "*half-hearted*"': the parse lost what it was called."""
    if claim.predicate.label != "call" or {"as", "clause"} & {a.role for a in claim.arguments}:
        return False
    doc = text.head(claim.object).doc
    behind = next((t for t in doc[text.head(claim.object).i :] if t.idx >= claim.object.end), None)
    return behind is not None and behind.is_quote


def _names_to_what(claim: Claim, text: Text) -> bool:
    """ "named Lund", but not "named Lund *in a suit*": what he is named is told apart, or nowhere."""
    if claim.predicate.label != "name" or any(a.role not in _WHEN for a in claim.arguments):
        return False
    name = name_at(text.head(claim.object))
    return name is not None and name[2] == "PERSON"


def _shares_feat(claim: Claim, text: Text) -> bool:
    """ "joined Berg *as the only players* with three goals": nobody was joined, but did the same."""
    if text.verb(claim).lemma_.lower() != "join":
        return False
    of_both = [a for a in claim.arguments if a.role == "as" and a.kind != "literal"]
    return any(is_plural(head) or ranked(head) for head in map(text.head, of_both))


def _bare_number(claim: Claim, text: Text) -> bool:
    """ "tested 7": of what isn't told; but "killed 7", "won 7"."""
    value = claim.object.literal
    return (
        claim.extractor == "relations"
        and value is not None
        and value.datatype == "xsd:integer"
        and not value.unit
        and text.verb(claim).lemma_.lower() not in gate_words().counting
        and text.verb(claim).pos_ == "VERB"
    )


def points_at_words(claim: Claim, text: Text) -> bool:
    """ "He denies *it*": what was said before, and no thing that the text has named; "denied *a report*
    that he left": what it said is told by itself."""
    noun = text.head(claim.object)
    if claim.predicate.property not in gate_words().of_words:
        return False
    return (noun.pos_ == "PRON" and noun.lower_ in PRONOUNS.thing) or any(
        c.idx > claim.object.end and any(m.lower_ == "that" for m in children(c, "mark"))
        for c in children(noun, "acl")
    )


def or_hurt(claim: Claim, text: Text) -> bool:
    """ "20 people were *killed or wounded*", "it killed and wounded 20": not 20 dead, nor 20 wounded."""
    verb = text.verb(claim)
    beside = [*children(verb, "conj"), *([verb.head] if relation(verb) == "conj" else [])]
    return any(_as_one(verb, other) for other in beside)


def _as_one(verb: Token, other: Token) -> bool:
    """Whether killing and hurting are told of the same ones."""
    words = gate_words()
    pair = {verb.lemma_.lower(), other.lemma_.lower()}
    if not (pair & words.casualties_deadly and pair & words.casualties_hurting):
        return False
    first, second = sorted((verb, other), key=lambda t: t.i)
    if is_passive(first):
        return own_subject(second) is None
    return (child(first, "obj") is None) != (child(second, "obj") is None)
