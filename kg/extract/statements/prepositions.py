"""What a preposition says between two noun phrases: "reefs in Fiji", "residents near Mount Apo",
"a team of scientists from Oslo". Only where the second names a place or, after "from", a body."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Final

from spacy.tokens import Doc, Token

from kg.extract.factuality.standing import Standing
from kg.extract.factuality.status import hedged, presupposed, speech_only, status
from kg.extract.grammar.adjuncts import is_time
from kg.extract.grammar.annotations import mention_at, mentions_of, name_at, value_at
from kg.extract.grammar.arguments import argument, content_head, is_generic, named_head
from kg.extract.grammar.coordination import conjuncts
from kg.extract.grammar.index import kids, relation, standing_as
from kg.extract.grammar.labels import type_hint
from kg.extract.grammar.tree import child, children, preposition
from kg.extract.statements import predicates
from kg.extract.statements.claims import make_claim
from kg.extract.words.cues import cue_words
from kg.extract.words.load import rule_words
from kg.lexicon import lexicon_of
from kg.model import Argument, Claim

_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
_BODIES: Final = frozenset({"GPE", "LOC", "ORG", "NORP", "FAC"})
_WHERE: Final = rule_words("prepositions")["where"]
_AGAINST: Final = rule_words("prepositions")["against"]
#: Too little by themselves ("people in Oslo").
_VAGUE: Final = rule_words("prepositions")["vague"]


def beside(doc: Doc) -> Iterator[Claim]:
    """Where noun phrases put things and people, in text order."""
    pairs = [(c.head.i, c) for c in standing_as(doc, ("nmod",)) if c.head.i < c.i]
    for _, c in sorted(pairs, key=itemgetter(0)):
        if c.head.pos_ in ("NOUN", "PROPN"):
            yield from _of_pair(c.head, c)


def _of_pair(noun: Token, c: Token) -> Iterator[Claim]:
    mark = preposition(c)
    head = content_head(noun)
    if (mark not in _WHERE and mark != "from") or _is_listed(noun, c):
        return
    if not _locatable(noun, head):
        return
    if _is_unfit(mark, noun, head):
        return
    if mark != "from" and not _placeable(noun, head):
        return
    if mark == "in" and (own := name_at(head)) is not None and own[2] == "PERSON":
        return  # "Maro in Lima": whether she is there, or there is what is told of her
    if relation(noun) == "obl" and preposition(noun) == "as":
        return  # "landed as a hurricane in the Abacos": the landing was there
    subject = argument(noun, "subject")
    known = subject is not None and subject.kind in ("mention", "topic")
    if subject is None or not known or (mark != "from" and _active_there(noun, subject)):
        return
    for part in _parts(c, head):
        named = named_head(part)
        if named is None or named[1][2] not in (_BODIES if mark == "from" else _PLACES):
            continue
        object_ = argument(part, "object")
        if object_ is None or object_.kind != "mention" or object_.head_start == subject.head_start:
            continue
        if object_.label in subject.label and not _told_of(noun):
            continue  # "a base in Orsk" is in Orsk
        label = f"be {mark}"
        sense = predicates.lookup(
            label,
            predicates.class_of(subject, head),
            predicates.class_of(object_, named[0]),
            lexicon_of(noun.doc),
        )
        words = [t for t in kids(c) if t.dep_ == "case" and t.i < c.i]
        yield make_claim(
            subject,
            predicates.predicate(label, words, sense),
            object_,
            _standing(noun),
            extractor="relations",
            confidence=0.7,
        )


def _is_unfit(mark: str | None, noun: Token, head: Token) -> bool:
    """ "a house *from* Leeds", "people *at* Leeds"; "an expert *on* Peru" isn't there."""
    if mark == "on":
        return type_hint(noun) == "Person"
    return mark in ("from", "at") and (mark == "from") != _somebody(head)


def _parts(c: Token, head: Token) -> Iterator[Token]:
    """The places that a phrase names; of what has a name only the first of several phrases: "Fort Tarn
    in Peru *and in Chile*"."""
    for part in conjuncts(c):
        if part == c or child(part, "case") is None or name_at(head) is None:
            yield part


def _is_listed(noun: Token, c: Token) -> bool:
    """ "at Fort Tarn in Peru, *in Chile* and in Cuba": a list of places of which the fort is the first."""
    first = any(b.i < c.i and preposition(b) == preposition(c) for b in children(noun, "nmod"))
    joined = any(child(one, "case") is not None for one in children(c, "conj"))
    return first and (joined or child(c, "cc") is not None)


def _locatable(noun: Token, head: Token) -> bool:
    """Whether it is a thing of its own, no time and no number."""
    if is_generic(head) or is_time(noun) or value_at(noun) is not None:
        return False
    return head.lemma_.lower() not in _VAGUE or name_at(head) is not None


def _active_there(noun: Token, told_of: Argument) -> bool:
    """ "Norway, a *mediator* in Peru", "the biggest *investor* in Serbia": what a country or body does
    there, not where it is."""
    if noun.pos_ != "NOUN" or name_at(noun) is not None or type_hint(noun) == "Place":
        return False
    words = noun.doc.char_span(told_of.head_start, told_of.head_end)
    bearer = words[0] if words is not None and name_at(words[0]) is not None else noun.head
    name = name_at(bearer)
    if name is None or name[0] <= noun.idx < name[1]:
        return False
    kinds = {name[2], bearer.ent_type_}  # "Peru, an investor": the noun makes no person of it
    person = type_hint(noun) in ("Person", "Group") or (
        type_hint(noun) is None and noun.lemma_.lower().endswith(cue_words().person_endings)
    )
    return bool(kinds & _PLACES) or (person and bool(kinds & _BODIES))


def _told_of(noun: Token) -> bool:
    """Whether it has a name, or the article speaks of it again."""
    known = mention_at(noun)
    return (
        named_head(noun) is not None
        or noun.pos_ == "PROPN"
        or (
            known is not None
            and any(m.cluster == known.cluster and m != known for m in mentions_of(noun.doc))
        )
    )


def _standing(noun: Token) -> Standing:
    """As the sentence is told; no fact where the phrase itself says so ("a *possible* leak in")."""
    named = name_at(content_head(noun)) is not None  # "Delmore College in Oslo"
    return hedged(noun, presupposed(noun) if named else speech_only(status(noun)))


def _placeable(noun: Token, head: Token) -> bool:
    """Whether the phrase surely belongs to the noun: not to a body that itself stands behind a
    preposition ("clashes with Hezbollah in southern Lebanon")."""
    name = name_at(head)
    return not (
        name is not None
        and name[2] in ("PERSON", "ORG", "NORP")
        and relation(noun) in ("nmod", "obl", "appos")
        and (preposition(noun) in _AGAINST or preposition(noun.head) in _AGAINST)
    )


def _somebody(head: Token) -> bool:
    name = name_at(head)
    if name is not None:
        return name[2] in ("PERSON", "ORG")
    return type_hint(head) in ("Person", "Group", "Organization")
