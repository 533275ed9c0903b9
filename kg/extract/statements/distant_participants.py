"""Where the participants of an event noun stand when they do not stand beside it.

These places are read where a noun is known to name an event and a guess is asked for (`participants`
with a low ``least``); what a claim says never rests on them. How often a phrase there is the noun's
subject or object was counted with the others (``words/en/nominalizations.tsv``). Their marks end with ``<``.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.grammar.adjuncts import is_time
from kg.extract.grammar.index import kids, relation
from kg.extract.grammar.subjects import subject
from kg.extract.grammar.tree import child, children, preposition

_ABOVE = ("nmod", "compound", "conj")


def farther(noun: Token) -> Iterator[tuple[str, Token]]:
    """Places with their marks, nearest first; one token may come more than once.

    ``compound<``, ``amod<`` ("*rebel* troops": the troops), ``appos<`` and ``with appos<`` ("Chan,
    another *leader*"), ``relcl<`` ("the *decision* that he made"), ``acl by<`` ("*stress* exerted by
    strings"), ``conj 's<``, ``conj of<`` ("Mao's life and *influence*"), ``obl obj<`` (the object of the
    verb whose oblique it is), ``nsubj to<`` ("their *support* extends to ..."), ``far subject<`` (the
    subject of the verb above all nouns that it hangs on), ``verb obj<`` and ``verb nsubj<`` (where the
    tagger reads a verb), ``self<`` ("a *leader*", "her *statement*": the noun names its participant).
    """
    yield from _beside(noun)
    at = noun
    while relation(at) == "conj" and at.head.pos_ == "NOUN":
        at = at.head
        yield from _of_conjunct(at)
    if at.head.pos_ == "VERB":
        yield from _of_verb(at)
    above = at
    while relation(above) in _ABOVE and above.head != above:
        above = above.head
    if above != at and relation(above) in ("obj", "obl") and above.head.pos_ in ("VERB", "ADJ"):
        yield from _one("far subject<", subject(above.head))
    yield "self<", noun


def _beside(noun: Token) -> Iterator[tuple[str, Token]]:
    if noun.pos_ == "VERB":
        yield from _one("verb obj<", child(noun, "obj"))
        yield from _one("verb nsubj<", subject(noun))
    kind = relation(noun)
    if kind == "appos" or (kind in ("compound", "amod") and noun.head.pos_ in ("NOUN", "PROPN")):
        yield f"{kind}<", noun.head
    yield from (("with appos<", c) for c in children(noun, "appos"))
    for c in kids(noun):
        if c.dep_ == "acl:relcl":
            yield from _one("relcl<", child(c, "nsubj"))
        elif relation(c) == "acl":
            yield from (("acl by<", o) for o in children(c, "obl") if preposition(o) == "by")


def _of_conjunct(first: Token) -> Iterator[tuple[str, Token]]:
    for c in kids(first):
        if c.dep_ == "nmod:poss" and c.i < first.i:
            yield "conj 's<", c
        elif relation(c) == "nmod" and preposition(c) is not None and not is_time(c):
            yield f"conj {preposition(c)}<", c


def _of_verb(noun: Token) -> Iterator[tuple[str, Token]]:
    if relation(noun) == "obl":
        yield from _one("obl obj<", child(noun.head, "obj"))
    if relation(noun) == "nsubj":
        for o in children(noun.head, "obl"):
            if preposition(o) is not None and not is_time(o):
                yield f"nsubj {preposition(o)}<", o


def _one(mark: str, token: Token | None) -> Iterator[tuple[str, Token]]:
    if token is not None:
        yield mark, token
