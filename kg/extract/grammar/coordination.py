"""Who is meant where several are named: coordinated phrases, and examples of a group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from spacy.tokens import Token

from kg.extract.grammar.annotations import marked, name_at, value_at
from kg.extract.grammar.index import kids, relation, remembered
from kg.extract.grammar.noun_phrases import shares_count
from kg.extract.grammar.tree import antecedent, child, children, is_clausal, is_plural, preposition
from kg.extract.words.load import rule_words
from kg.extract.words.phrases import phrase_words

_OWN: Final = rule_words("coordination")

NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})


def conjuncts(token: Token) -> tuple[Token, ...]:
    """The token and what is coordinated with it and meant: "X and Y", "X as well as Y", but of
    "not X but Y" only Y, of "X rather than Y" and "X, not Y" only X."""
    found = _conjuncts(token)
    return found[1:] if len(found) > 1 and _negated(token) else found


def is_alternative(token: Token) -> bool:
    """Whether it is one of several of which only one need be meant: "a shotgun *or* a rifle"."""
    first = token.head if relation(token) == "conj" else token
    joined = [one for c in children(first, "conj") for one in children(c, "cc")]
    if len(joined) == 1 and joined[0].i and joined[0].nbor(-1).text == ",":
        return False  # "the statues, or moai": another word for them
    values = [value_at(c) for c in children(first, "conj")]
    if any(value is not None and value.unit == "%" for value in values) and value_at(first) is None:
        return False  # "lost 20 points or 2 per cent": one and the same
    return any(one.lower_ == "or" for one in joined) and not any(
        c.lower_ == "whether" for c in kids(first)
    )


@remembered
def _conjuncts(token: Token) -> tuple[Token, ...]:
    found = [token]
    clausal = is_clausal(token)
    for c in children(token, "conj"):
        mixed = is_clausal(c) != clausal and not (clausal and c.pos_ in NOMINAL)
        if (mixed and (clausal or not _plain_noun(c))) or _is_of_another(c):
            continue
        if (
            _of_one_value(token, c)
            or shares_count(c, token)
            or _left_out(c)
            or (not clausal and (_starts_clause(c) or _behind_clause(token, c)))
        ):
            continue
        found += _conjuncts(c)
    return tuple(found)


def _is_of_another(noun: Token) -> bool:
    """ "his father was a clerk and *his mother is a nurse*": no second thing that he was."""
    return (
        noun.pos_ in NOMINAL and child(noun, "cop") is not None and child(noun, "nsubj") is not None
    )


def _of_one_value(token: Token, conjunct: Token) -> bool:
    """ "between $2m and *$3m*": both are the ends of one range."""
    spans = marked(token.doc).value_span
    return token.i in spans and spans[token.i] == spans.get(conjunct.i)


def _starts_clause(conjunct: Token) -> bool:
    """Whether a noun that the parse hung on an object is the subject of a verb right after it:
    "studios adopt AI, and even Disney ... is considering it"."""
    doc, at = conjunct.doc, conjunct.right_edge.i + 1
    while at < len(doc) and (doc[at].text == "," or doc[at].pos_ == "ADV"):
        at += 1
    if at >= len(doc) or doc[at].tag_ not in ("VBZ", "VBP", "VBD", "MD"):
        return False
    verb = doc[at].head if relation(doc[at]) in ("aux", "cop") else doc[at]
    if relation(verb) not in ("conj", "parataxis") or verb.i < conjunct.i:
        return False
    return child(verb, "nsubj", "cc", "mark") is None and child(conjunct, "cc") is not None


def _behind_clause(token: Token, conjunct: Token) -> bool:
    """Whether a clause that hangs on neither stands between two nouns: they are no list then."""
    doc = token.doc
    return any(
        doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD") and token not in doc[i].ancestors
        for i in range(token.i + 1, conjunct.i)
    )


def _plain_noun(token: Token) -> bool:
    return token.pos_ in NOMINAL and child(token, "nsubj") is None


def _negated(token: Token) -> bool:
    for c in kids(token):
        if c.lower_ == "not" and c.i < token.i and relation(c) in ("advmod", "cc"):
            following = token.doc[c.i + 1].lower_ if c.i + 1 < len(token.doc) else ""
            return following not in _OWN["only"]
    return False


def _left_out(conjunct: Token) -> bool:
    """Whether a conjunct is the one that is not meant: "rather than Y", "but not Y", "all but
    Y"."""
    first, start = conjunct.head, conjunct.left_edge.i
    if start > 1 and conjunct.doc[start - 2 : start].text == "rather than":
        return True  # wherever the parse hung the two words
    if conjunct.left_edge.text == "(" and any(c.lower_ == "or" for c in children(conjunct, "cc")):
        return True  # "fell a dollar from its high (*or 2 percent*)": another word for it
    for c in children(conjunct, "cc", "advmod", "case", "mark"):
        if c.i > conjunct.i:
            continue
        if c.lower_ == "nor" and any(k.lower_ == "neither" for k in kids(first)):
            continue  # "neither X nor Y": of both it is denied
        if c.lower_ == "but" and first.lower_ in _OWN["everybody"]:
            return True
        if c.lower_ in _OWN["contrasting"]:
            following = conjunct.doc[c.i + 1].lower_
            if following not in _OWN["only_or_alone"]:
                return True
    return False


@remembered
def examples(token: Token) -> tuple[Token, ...]:
    """The members that "such as", "including" or "like" name of a group: Sony Pictures and
    Lionsgate for "studios such as Sony Pictures and Lionsgate". Names only."""
    words = phrase_words().examples
    found: list[Token] = []
    for c in children(token, "nmod", "acl", "appos", "obl"):
        first = (preposition(c) or "").split(" ")[0]
        if first in words and c.i > token.i:
            found += [t for t in conjuncts(c) if name_at(t) is not None]
    return tuple(found) if found and is_plural(token) else ()


def is_besides(token: Token) -> bool:
    """ "resorts such as Brighton, *as well as the airport*": not one of them."""
    start = token.left_edge.i
    apart = token.doc[start].text == ","
    lead = token.doc[start + apart : start + apart + 3].text.lower()
    return lead == "as well as" and (apart or token.doc[start - 1].text == ",")


def of_verb(found: Iterable[Token], verb: Token) -> tuple[Token, ...]:
    """Those of several joined ones of which a verb tells: of "Lund, *who left*, and Berg" only Lund, of
    "Lund and Berg, *who leads it*" only Berg."""
    told = tuple(found)
    before = tuple(t for t in told if t.i < verb.i)
    if not before or not told or told[0] not in before:
        return told
    relative = verb.dep_ == "acl:relcl" and len(before) > 1
    finite = (verb, *(c for c in kids(verb) if c.dep_.startswith(("aux", "cop"))))
    if relative and any(t.tag_ == "VBZ" or t.lower_ == "was" for t in finite):
        return before[-1:]
    return before


def meant(token: Token) -> tuple[Token, ...]:
    """All participants that a phrase names: its conjuncts, and the examples of each."""
    out: list[Token] = []
    for at in conjuncts(antecedent(token)):
        out.append(at)
        out += [t for t in examples(at) if t not in out]
    return tuple(out)
