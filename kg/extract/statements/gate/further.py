"""Further arguments of a claim that are not its own, or point at nothing."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.grammar.annotations import name_at
from kg.extract.grammar.index import kids
from kg.extract.grammar.labels import type_hint
from kg.extract.grammar.tree import child
from kg.extract.statements.gate.text import Text
from kg.extract.statements.gate.words import gate_words
from kg.model import Argument, Claim


def strays(one: Argument, claim: Claim, text: Text) -> bool:
    """Whether a further argument is not the claim's: a place that repeats an end, or what belongs
    to the happening before it ("following the resignation of Ross *for family reasons*")."""
    if one.role == "place":
        return one.label.casefold() in (
            claim.subject.label.casefold(),
            claim.object.label.casefold(),
        )
    if one.role not in gate_words().nested_marks:
        return False
    return any(
        a.role in gate_words().nested_after
        and a.end < one.start <= a.end + 12
        and child(text.head(a), "nmod") is not None
        and happens(text.head(a), text)
        for a in claim.arguments
    )


def open_end(one: Argument) -> bool:
    """ "as a candidate for *what*": the text goes on where the argument ends."""
    return one.kind != "literal" and one.label.rsplit(" ", 1)[-1].lower() in gate_words().asking


def only_frames(one: Argument, text: Text) -> bool:
    """Whether a further argument only places the sentence among others ("*in the deadliest attack*, a
    bomb killed four"), or points at what is not named ("moved from a prison in Leeds *to one* in York")."""
    if one.label.lower() in gate_words().standing_in and one.role not in ("amount", "time"):
        return True
    if one.kind in ("literal", "clause"):
        return False
    head = text.head(one)
    if one.role != "in" or name_at(head) is not None or not happens(head, text):
        return False
    return any(c.tag_ == "JJS" or c.lower_ in gate_words().among_others for c in kids(head))


def happens(noun: Token, text: Text) -> bool:
    """Whether it is something that happens."""
    lemma = noun.lemma_.lower()
    return lemma in text.events or type_hint(noun) == "Event"
