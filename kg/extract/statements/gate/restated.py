"""A claim that passes, as it is stated: with the words that it needs to be true."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.extract.grammar.annotations import name_at
from kg.extract.grammar.index import below, kids, relation
from kg.extract.grammar.labels import topic_label
from kg.extract.grammar.noun_phrases import ranked
from kg.extract.grammar.tree import child, children
from kg.extract.statements.gate.text import Text
from kg.extract.statements.gate.words import gate_words
from kg.extract.statements.predicates import class_of
from kg.extract.words.phrases import phrase_words
from kg.model import Argument, Claim, Literal

#: In words: of a longer clause the label would be a sentence.
_LONGEST_CLAUSE: Final = 9


def with_own_name(claim: Claim, text: Text) -> Claim:
    """The claim with what a thing is called as words: "a drink called *Rasmussen*" is nobody."""
    called = claim.predicate.property == "knownAs" or claim.predicate.label in gate_words().calling
    if not called or claim.object.kind != "mention":
        return claim
    name, noun = name_at(text.head(claim.object)), text.head(claim.subject)
    if name is None or name[2] != "PERSON" or noun.pos_ != "NOUN" or name_at(noun) is not None:
        return claim
    if class_of(claim.subject, noun) in ("Person", "Group"):
        return claim
    return replace(claim, object=replace(claim.object, kind="topic", type=None))


def of_some(claim: Claim, text: Text) -> Claim:
    """The claim with the words that tell of which of them it is so: "*candidates endorsed by the
    Front* have won" says nothing of candidates in general."""
    verb = text.verb(claim)
    subject, other = (_restricted(one, verb, text) for one in (claim.subject, claim.object))
    if subject is claim.subject and other is claim.object:
        return claim
    return replace(claim, subject=subject, object=other)


def _restricted(one: Argument, verb: Token | None, text: Text) -> Argument:
    """The bare plural in the subject of ``verb`` with the clause that stands right behind it."""
    if verb is None or one.kind not in ("mention", "topic"):
        return one
    noun = text.head(one)
    clause = next((c for c in children(noun, "acl") if c.left_edge.i == noun.i + 1), None)
    if clause is None or not _is_bare_plural(noun):
        return one
    words = [*below(clause)]
    end = max(t.i for t in words) + 1
    if end > verb.i or len(words) > _LONGEST_CLAUSE or any(t.text in ',;:“”"' for t in words):
        return one
    told = " ".join(noun.doc[noun.i + 1 : end].text.split())
    finite = clause.dep_.endswith("relcl")
    return replace(one, kind="topic", label=f"{topic_label(noun, counted=finite)} {told}")


def _is_bare_plural(noun: Token) -> bool:
    """ "*candidates* endorsed by the Front have won": not the candidates, nor two of them."""
    more = {relation(c) for c in kids(noun)} & {"det", "nummod", "nmod", "appos", "conj", "case"}
    return noun.tag_ == "NNS" and relation(noun) == "nsubj" and not more and name_at(noun) is None


def once(claim: Claim, text: Text) -> Claim:
    """The claim with the word that says that it is over: "Lund *was* a candidate", "*formerly* a clerk", or
    that it is told of then: "Lund *lived* in Leeds"."""
    if claim.predicate.property in gate_words().states:
        return _of_then(claim, text)
    if claim.predicate.property != "isA" or claim.object.kind == "literal":
        return claim
    noun = text.head(claim.object)
    over = [
        c for c in children(noun, "advmod") if c.lower_ in gate_words().formerly and c.i < noun.i
    ]
    word, label = (over[0], "former") if over else (child(noun, "cop"), "then")
    if word is None or (not over and not _has_passed(claim, word, noun, text)):
        return claim
    return _at_time(claim, word, label)


def _at_time(claim: Claim, word: Token, label: str) -> Claim:
    if any(a.role == "time" for a in claim.arguments):
        return claim
    start, end = word.idx, word.idx + len(word.text)
    said = Literal(label, "xsd:string", label)
    time = Argument("time", "literal", start, end, start, end, label, None, said)
    return replace(claim, arguments=(*claim.arguments, time))


def _of_then(claim: Claim, text: Text) -> Claim:
    """The claim of a state with a "then", where a simple past tells it: "*headed* the club"; in what somebody
    said, it may still be so."""
    verb = text.verb(claim)
    simple = verb is not None and verb.tag_ == "VBD" and verb.lemma_ in gate_words().lasting_verbs
    if verb is None or not simple or claim.attribution is not None or claim.status != "asserted":
        return claim
    if class_of(claim.object, text.head(claim.object)) in ("Event", "Topic"):
        return claim  # "led the raid"
    return _at_time(claim, verb, "then")


def _has_passed(claim: Claim, be: Token, noun: Token, text: Text) -> bool:
    """Whether somebody "was" what one can cease to be, and nobody else tells it."""
    if be.tag_ != "VBD" or claim.attribution is not None or claim.status != "asserted":
        return False
    lasting = ranked(noun) or noun.lemma_.lower() in gate_words().lasting
    kind = class_of(claim.subject, text.head(claim.subject))
    return not lasting and kind in ("Person", "Organization", "Place")


def of_one_kind(claim: Claim, text: Text) -> Claim:
    """The claim without a person for what says what a body, country or thing is ("Norland is a
    major oil *producer*", "acts as *trustee*"), nor for a post."""
    known = claim.object.type
    if known not in ("Person", "Group"):
        return claim
    if claim.predicate.property == "hasRole":
        return replace(claim, object=replace(claim.object, type=None))
    what = claim.predicate.property == "isA" or claim.predicate.label in gate_words().being
    if not what or name_at(text.head(claim.object)) is not None:
        return claim
    named = class_of(claim.subject, text.head(claim.subject))
    if named in ("Place", "Organization", "Product", "CreativeWork", "Event", "Law"):
        fitting = None
    elif (
        named == "Person"
        and phrase_words().types.get(text.head(claim.object).lemma_.lower()) == "Group"
    ):
        fitting = "Person"  # "one of her guests"
    else:
        return claim
    return claim if known == fitting else replace(claim, object=replace(claim.object, type=fitting))
