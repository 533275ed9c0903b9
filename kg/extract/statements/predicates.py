"""The words of a predicate, its readable label and the property it expresses.

An open predicate is labelled by its lemma with particle and preposition ("result in", "carry
out", "be accused of"); the lexicon (`kg.lexicon`) turns such a label into a property where the
classes of the participants suit it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from spacy.tokens import Token

from kg.extract.grammar.annotations import name_at, text_of
from kg.extract.grammar.index import kids, links
from kg.extract.grammar.subjects import helping_verbs
from kg.extract.grammar.tree import children
from kg.extract.words.cues import whole_lemma
from kg.extract.words.load import rule_words, word_lists
from kg.lexicon import Lexicon, Sense, lexicon_of, property_label
from kg.model import Argument, Predicate

#: Entity label -> class, coarse: enough to choose between senses.
CLASSES: Final = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    "NORP": "Group",
    "PRODUCT": "Product",
    "WORK_OF_ART": "CreativeWork",
    "EVENT": "Event",
    "LAW": "Law",
    "LANGUAGE": "Language",
}
_PEOPLE: Final = rule_words("predicates")["people"]
_PRICES: Final = rule_words("predicates")["prices"]


def class_of(argument: Argument, token: Token | None) -> str | None:
    """The coarse class (Person, Organization, Place, Product, CreativeWork, Event, Group, Value)
    of a participant whose head word is ``token``; Topic for a common noun that tells none, and None
    for a name or pronoun that may be anything."""
    if argument.kind == "literal":
        return "Value"
    if argument.kind == "clause":
        return "Clause"
    if token is not None:
        name = name_at(token)
        if name is None and argument.kind == "mention":
            inside = token.doc.char_span(argument.head_start, argument.head_end)
            name = name_at(inside[0]) if inside is not None and len(inside) else None
        if name is not None:
            return CLASSES.get(name[2])
        if token.lower_ in _PEOPLE:
            return "Person"
    return argument.type or ("Topic" if argument.kind == "topic" else None)


def particles(verb: Token) -> list[Token]:
    """ "carry *out*", "set *up*", "fire *back* at", "was fired *on* by", "traded *lower* against"."""
    turning = word_lists("gate")["turning"]
    return [
        c
        for c in kids(verb)
        if c.dep_ == "compound:prt"
        or (c.i == verb.i + 1 and c.dep_ == "advmod" and c.lower_ in turning)
        or (c.i > verb.i and c.dep_ == "advmod" and c.lower_ in _PRICES and not kids(c))
        or (c.i == verb.i + 1 and verb.tag_ == "VBN" and _is_stranded(c))
    ]


def _is_stranded(word: Token) -> bool:
    """A preposition with nothing behind it: "was fired *on* by"."""
    return word.dep_ == "obl" and word.tag_ == "IN" and not kids(word)


def lemma(verb: Token) -> str:
    """The lemma of the verb with its particles, lower case."""
    known = lexicon_of(verb.doc).first_words
    base = whole_lemma(verb, known) if verb.pos_ == "VERB" else verb.lemma_.lower()
    return " ".join([base, *(p.lower_ for p in particles(verb))])


def group(verb: Token) -> list[Token]:
    """The verb with its helping verbs, negation and particles, in order."""
    own = [c for c, dep, kind in links(verb) if kind == "aux" or dep == "compound:prt"]
    own += [
        c for c, _, kind in links(verb)
        if kind == "advmod" and c.lower_ in ("not", "n't", "n’t", "never") and c.i < verb.i
    ]  # fmt: skip
    if verb.pos_ != "VERB":
        own += children(verb, "cop")
    shared = [] if own else helping_verbs(verb)
    near = [a for a in shared if verb.i - a.i <= 3]
    return sorted({*own, *near, verb}, key=lambda t: t.i)


def words(tokens: Iterable[Token]) -> tuple[int, int, str]:
    """Start, end and text of predicate words; words that are far apart are joined by blanks."""
    ordered = sorted(set(tokens), key=lambda t: t.i)
    start, end = ordered[0].idx, ordered[-1].idx + len(ordered[-1].text)
    doc = ordered[0].doc
    verbs = [t for t in ordered if t.pos_ in ("VERB", "AUX")]
    if verbs and ordered[0].dep_ == "case" and verbs[0].i - ordered[0].i > 2:
        # "In Lima, a fight was reported": the words of the verb
        ordered = [t for t in ordered if t.i >= verbs[0].i]
        start = ordered[0].idx
    gap = max((b.i - a.i for a, b in pairwise(ordered)), default=1)
    if gap <= 4:
        return start, end, " ".join(text_of(doc)[start:end].split())
    return start, end, " ".join(t.text for t in ordered)


def lookup(label: str, subject: str | None, object_: str | None, lexicon: Lexicon) -> Sense | None:
    """The sense of an open label for participants of these classes (grammatical order)."""
    return lexicon.verb(label, subject, object_)


def predicate(label: str, tokens: Iterable[Token], sense: Sense | None) -> Predicate:
    """The predicate of these words: the property's where ``sense`` is one, else open."""
    start, end, text = words(tokens)
    if sense is None:
        return Predicate(label, text, start, end)
    return Predicate(property_label(sense.property), text, start, end, sense.property)


def participle(verb: Token) -> str:
    """The past participle as it stands, with its particles: "accused", "carried out"."""
    return " ".join([verb.lower_, *(p.lower_ for p in particles(verb))])
