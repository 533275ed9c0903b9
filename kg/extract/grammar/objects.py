"""What a verb acts on: its object, also where a relative clause, a coordination or a light verb
hides it ("the tool Netflix uses", "signed and published the agreement", "make use of AI"), and
which verbs only colour another ("plans to expand")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Token

from kg.extract.grammar.adjuncts import classify, is_time
from kg.extract.grammar.annotations import name_at
from kg.extract.grammar.arguments import is_generic
from kg.extract.grammar.index import below, kids, relation, tokens_of
from kg.extract.grammar.subjects import addressed, is_passive, own_subject
from kg.extract.grammar.tree import antecedent, child, children, preposition
from kg.extract.words.load import rule_words, word_table

_OWN: Final = rule_words("objects")

_RELATIVE: Final = _OWN["relative"]


@dataclass(frozen=True, slots=True)
class VerbWords:
    """The word lists of ``words/en/relations.toml`` and ``words/en/light.toml``."""

    folded: frozenset[str]
    folded_adjectives: frozenset[str]
    aspect: frozenset[str]
    linking: Mapping[str, str]
    skip_verbs_always: frozenset[str]
    skip_speech: frozenset[str]
    causatives: frozenset[str]
    viewing: frozenset[str]
    calling: frozenset[str]
    verbs: Mapping[str, str]
    nouns: frozenset[str]
    nothing: frozenset[str]
    states: frozenset[str]
    alone: frozenset[str]
    contents: frozenset[str]
    counted_verbs: frozenset[str]
    counted_nouns: frozenset[str]
    idioms: frozenset[str]
    wholes: frozenset[str]
    joining: frozenset[str]
    topical: frozenset[str]
    measured_verbs: frozenset[str]
    measured_nouns: frozenset[str]
    repealed_verbs: frozenset[str]
    repealed_nouns: frozenset[str]
    ideas_verbs: frozenset[str]
    ideas_nouns: frozenset[str]
    ideas_marks: frozenset[str]
    held_verbs: frozenset[str]
    held_nouns: frozenset[str]
    governed_verbs: frozenset[str]
    governed_nouns: frozenset[str]
    raced_verbs: frozenset[str]
    raced_nouns: frozenset[str]
    waged_verbs: frozenset[str]
    waged_nouns: frozenset[str]
    passed_verbs: frozenset[str]
    passed_nouns: frozenset[str]
    agreed_verbs: frozenset[str]
    agreed_nouns: frozenset[str]
    played_verbs: frozenset[str]
    played_nouns: frozenset[str]
    game_verbs: frozenset[str]
    game_words: frozenset[str]
    vying_verbs: frozenset[str]
    vying_nouns: frozenset[str]
    contest_verbs: frozenset[str]
    contest_words: frozenset[str]
    reached_verbs: frozenset[str]
    reached_nouns: frozenset[str]


@cache
def verb_words() -> VerbWords:
    """The word lists, read once."""
    return word_table(VerbWords, "relations", "light")


def folded_complement(verb: Token) -> Token | None:
    """The predicate that a verb only colours: "expand" for the "plans" of "plans to expand"."""
    words = verb_words()
    known = words.folded_adjectives if verb.pos_ == "ADJ" else words.folded
    if verb.lemma_.lower() not in known:
        return None
    for c in children(verb, "xcomp"):
        if c.pos_ not in ("VERB", "AUX") and child(c, "cop") is None:
            continue
        if child(verb, "obj", "iobj") is not None:
            return None
        return c
    return None


def colouring(verb: Token) -> list[Token]:
    """The predicates above that only colour this one, nearest first."""
    found: list[Token] = []
    at = verb
    while relation(at) == "xcomp" and len(found) < 4:
        above = at.head
        complement = folded_complement(above)
        if complement is None or complement != at:
            break
        found.append(above)
        at = above
    return found


def direct_object(verb: Token) -> Token | None:
    """The direct object, also where a relative clause leaves it out ("the tool Netflix uses")."""
    found = [c for c in children(verb, "obj") if preposition(c) is None]
    if _gives_two(verb, found):
        return antecedent(found[1])
    for c in found:
        if _of_next_clause(verb, c) or _only_gets(verb, c) or _is_how_far(verb, c):
            return None
        if len(found) > 1 and c.lower_ in _RELATIVE:
            continue  # "the first time that it has used AI": "that" is when, not what
        meant = antecedent(c)
        if _behind_another(verb, c) or (meant != c and _in_a_row(meant)):
            return None
        return meant
    if child(verb, "iobj") is not None and child(verb, "ccomp", "xcomp") is not None:
        return child(verb, "iobj")
    second = addressed(verb) if len(children(verb, "nsubj")) > 1 else None
    if second is not None:
        return None if _of_next_clause(verb, second) else second
    return _shared_object(verb) or _gap(verb)


def _is_how_far(verb: Token, noun: Token) -> bool:
    """ "sat *two rows* behind her": nothing that was sat."""
    after = noun.i + 1
    counted = child(noun, "nummod") is not None and verb.lemma_.lower() in verb_words().alone
    return counted and after < len(noun.doc) and noun.doc[after].lower_ in _OWN["how_far"]


def _gives_two(verb: Token, objects: list[Token]) -> bool:
    """Whether the first of two objects is who gets the second: "guarantees *the isles millions*"."""
    if len(objects) != 2 or verb.lemma_.lower() not in _OWN["giving"]:
        return False
    first, second = objects
    return verb.i < first.i and second.left_edge.i == first.right_edge.i + 1


def _only_gets(verb: Token, noun: Token) -> bool:
    """Whether the object is who gets what the parse hung elsewhere: "owes *the isles* | dozens of ships"."""
    after = noun.right_edge.i + 1
    if verb.lemma_.lower() not in _OWN["owing"] or noun.i < verb.i or after >= verb.sent.end:
        return False
    first = noun.doc[after]
    top = first if first.pos_ in ("NOUN", "PROPN", "NUM") else first.head
    phrase = first.pos_ in ("DET", "NUM", "ADJ", "NOUN", "PROPN") and top.left_edge == first
    return phrase and top.head in (verb, verb.head) and not is_time(top)


def _of_next_clause(verb: Token, noun: Token) -> bool:
    """ "When trade resumes in May, *the port* will open": the noun is of what follows the comma."""
    between = tokens_of(verb.doc)[verb.i + 1 : noun.left_edge.i]
    if not between or between[-1].text != "," or sum(t.text == "," for t in between) > 1:
        return False
    begun = [c for c in children(verb, "mark", "advmod") if c.i < verb.i]
    return len(between) > 2 and any(c.tag_ in ("WRB", "IN") for c in begun)


def _behind_another(verb: Token, object_: Token) -> bool:
    """ "stay inside and close *windows*", where the parse gives the object to the first verb."""
    after = [c for c in children(verb, "conj") if c.pos_ == "VERB" and verb.i < c.i < object_.i]
    if not after:
        return False
    own = any(verb.i < c.i < after[0].i for c in children(verb, "advmod", "obl"))
    return own or verb.lemma_.lower() in verb_words().alone


def _shared_object(verb: Token) -> Token | None:
    """The object of the verb that this one is coordinated with, in "signed and published *the
    agreement*", "use or store *data*"."""
    if child(verb, "obl", "xcomp", "ccomp", "iobj", "compound:prt") is not None or is_passive(verb):
        return None
    after = [c for c in children(verb, "conj") if c.pos_ == "VERB" and c.i - verb.i <= 4]
    if after and own_subject(after[0]) is None and not is_passive(after[0]):
        found = child(after[0], "obj")
        between = verb.doc[verb.i + 1 : after[0].i]
        if found is None or preposition(found) is not None:
            return None
        if verb.lemma_.lower() in verb_words().alone:
            return None  # "could collapse and flood the valley"
        light = light_object(after[0], found)
        if light is not None:
            found = light[0]  # "damaged and set fire to *the office*"
        joined = all(t.pos_ in ("CCONJ", "ADV", "PUNCT", "VERB", "AUX") for t in between)
        own = any(t.head == verb and relation(t) in ("advmod", "obl") for t in between)
        return antecedent(found) if joined and not own else None  # "stay inside and close windows"
    if relation(verb) == "conj" and verb.head.pos_ == "VERB" and own_subject(verb) is None:
        found = child(verb.head, "obj")
        if found is not None and found.i > verb.i and preposition(found) is None:
            return antecedent(found)
    return None


def _gap(verb: Token) -> Token | None:
    """The antecedent of a relative clause without pronoun whose verb lacks its object."""
    at = verb
    while relation(at) == "xcomp" and folded_complement(at.head) is not None:
        at = at.head
    if at.dep_ != "acl:relcl" or own_subject(at) is None:
        return None
    if child(verb, "ccomp", "xcomp", "obj") is not None:
        return None
    for c in below(at):
        if c.i >= verb.i:
            break
        if c.lower_ in _RELATIVE and c.pos_ in ("PRON", "SCONJ", "DET"):
            return None
        if c.lower_ in _OWN["clause_words"]:
            return None
    noun = _right_before(at)
    if is_time(noun) or is_generic(noun) or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    if noun.lemma_.lower() in verb_words().contents or _in_a_row(noun):
        return None  # "the danger the roof might collapse"
    if any(c.pos_ == "ADP" and not kids(c) and c.i > verb.i for c in kids(verb)):
        return None
    return noun


def _right_before(clause: Token) -> Token:
    """The common noun right before a relative clause without pronoun: "five boys at a *cinema* the
    class was visiting", "a race with *telescopes* we build"; else the one of the parse."""
    who = own_subject(clause)
    start = (who or clause).left_edge.i
    noun = clause.doc[start - 1] if start else clause.head
    plain = (
        noun.pos_ == "NOUN" and relation(noun) in ("nmod", "obl", "obj") and name_at(noun) is None
    )
    return noun if plain and noun.i > clause.head.i else clause.head


def _in_a_row(noun: Token) -> bool:
    """ "the third night *in a row* that they protested": when, not what."""
    return relation(noun) == "nmod" and is_time(noun.head)


def stranded(verb: Token) -> tuple[Token, str] | None:
    """ "the company he works for": the antecedent and its preposition."""
    if verb.dep_ != "acl:relcl":
        return None
    for c in kids(verb):
        if c.pos_ == "ADP" and c.i > verb.i and c.dep_ != "compound:prt" and not kids(c):
            return verb.head, c.lower_
    return None


def light_noun(noun: Token) -> bool:
    """Whether the noun is part of a light verb's predicate ("access" in "have access to")."""
    return relation(noun) == "obj" and light_object(noun.head, noun) is not None


def light_object(verb: Token, noun: Token) -> tuple[Token, str, list[Token]] | None:
    """Object, preposition and words of "make use *of AI*"."""
    words = verb_words()
    if verb.lemma_ not in words.verbs or noun.lemma_.lower() not in words.nouns:
        return None
    if name_at(noun) is not None or child(noun, "nmod:poss") is not None:
        return None
    if any(relation(c) in ("nummod", "conj") for c in kids(noun)):
        return None
    options = [c for c in children(noun, "nmod") if c.i > noun.i and preposition(c)]
    options += [
        c for c in children(verb, "obl") if c.i > noun.i and preposition(c) and c.left_edge.i == noun.i + 1
    ]  # fmt: skip
    for c in options:
        circumstance = classify(c)
        if (preposition(c) or "").startswith(tuple(_OWN["examples"])):
            continue
        if circumstance.role in ("time", "amount", "place") or is_generic(c):
            continue
        mark = [t for t in kids(c) if t.dep_ == "case" and t.i < c.i]
        return c, circumstance.mark, [noun, *mark]
    return None
