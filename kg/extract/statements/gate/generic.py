"""Claims that say nothing of anybody: the same twice, a thing in general, a question, a condition."""

from __future__ import annotations

from typing import Final

from kg.extract.grammar.annotations import name_at
from kg.extract.grammar.index import kids, relation, tokens_of
from kg.extract.grammar.tree import children, is_plural
from kg.extract.statements.gate.text import Text
from kg.extract.statements.gate.words import gate_words
from kg.extract.words.load import rule_words
from kg.model import Argument, Claim

_SELF: Final = tuple(rule_words("generic")["self"])


def tautology(claim: Claim, text: Text) -> bool:
    """Whether both ends are the same thing."""
    subject, object_ = claim.subject, claim.object
    if object_.kind in ("literal", "clause"):
        return False
    words = object_.label.casefold()
    if words.endswith(_SELF):
        return False
    if text.head(object_).pos_ == "PRON" or text.head(subject).pos_ == "PRON":
        return False
    return words == subject.label.casefold()


def generic(claim: Claim, text: Text) -> bool:
    """Whether it is told of nobody and nothing in particular."""
    if claim.predicate.property == "isA" and claim.object.label.lower() in gate_words().of_whom:
        return True
    if claim.extractor == "attributes" and claim.predicate.property == "isA":
        said, words = claim.object.label.lower(), gate_words()  # "topics including Peru"
        last, one = said.rsplit(" ", 1)[-1], not is_plural(text.head(claim.object))
        of_nobody = one and (last in words.wordings or last in words.of_somebody)
        return said in words.generic or of_nobody
    if _is_setting(claim, text) or any(_of_two(end, text) for end in (claim.subject, claim.object)):
        return True
    if not text.is_generic(claim.object):
        return False
    if claim.predicate.property == "isA" and not is_plural(text.head(claim.object)):
        return True  # "she was a child"
    return text.is_generic(claim.subject) and all(
        a.kind == "clause" or text.is_generic(a) for a in claim.arguments
    )


def _is_setting(claim: Claim, text: Text) -> bool:
    """ "*It* was a festive atmosphere": it stands for nothing."""
    if claim.predicate.property != "isA" or claim.object.kind == "literal":
        return False
    noun = text.head(claim.object)
    return text.head(claim.subject).lower_ == "it" and noun.lemma_.lower() in gate_words().settings


def _of_two(one: Argument, text: Text) -> bool:
    """ "the *elder* Mr. Hale": one of two of a name, and not the one whom the name alone means."""
    if one.kind == "literal":
        return False
    head = text.head(one)
    name = name_at(head)
    if name is None or name[2] != "PERSON":
        return False
    before = tokens_of(head.doc)[head.left_edge.i : head.i]
    return any(t.lower_ in ("elder", "younger") for t in before)


def question(claim: Claim, text: Text) -> bool:
    """Whether an end is what is asked for."""
    if _asked(claim.subject, text, whole=True):
        return True
    if (
        claim.object.kind != "literal"
        and claim.object.label.rsplit(" ", 1)[-1] in gate_words().asking
    ):
        return True  # "a reminder of what"
    # "shows which advertisements they see": they see some
    return _asked(claim.object, text, whole=claim.predicate.label in ("is", "is a"))


def _asked(one: Argument, text: Text, *, whole: bool) -> bool:
    if one.kind in ("literal", "clause"):
        return False
    head = text.head(one)
    if name_at(head) is not None:
        return False
    if any(c.lower_ == "what" and c.dep_ == "det" for c in kids(head)):
        return True  # "had not confirmed what work the ship did"
    if whole and any(relation(c) == "det" and c.lower_ in gate_words().asking for c in kids(head)):
        return relation(head) not in ("nmod",)
    return head.lower_ in ("what", "whatever") or (
        head.lower_ == "who" and head.head.dep_ in ("ccomp", "csubj", "ROOT")
    )


def condition(claim: Claim, text: Text) -> bool:
    """Whether it is told of unnamed things under a condition, or wished."""
    verb = text.verb(claim)
    if verb.pos_ == "AUX":
        verb = verb.head  # "if it *were* a source"
    if any(c.lower_ == "may" and c.is_sent_start for c in children(verb, "aux")):
        return True
    return (
        any(c.lower_ in gate_words().conditions for c in children(verb, "mark"))
        and text.is_unnamed(claim.subject)
        and text.is_unnamed(claim.object)
    )


def place_kills(claim: Claim, text: Text) -> bool:
    """ "A quake shook Tarn, a town of 900. *It killed* six": the quake did."""
    words, verb = gate_words(), text.verb(claim).lemma_.lower()
    deadly = verb in words.casualties_deadly or verb in words.casualties_hurting
    return deadly and text.is_town(claim.subject)
