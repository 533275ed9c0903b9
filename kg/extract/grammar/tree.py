"""Small readings of a Universal Dependencies tree: children, prepositions, antecedents."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from spacy.tokens import Doc, Token

from kg.analysis import analysis_of
from kg.extract.grammar.annotations import name_at
from kg.extract.grammar.index import below, child, children, kids, links, relation, remembered
from kg.extract.words.load import rule_words

__all__ = [
    "FINITE",
    "after_comma",
    "antecedent",
    "child",
    "children",
    "features",
    "has_case",
    "has_gap_filled",
    "is_clausal",
    "is_plural",
    "left_neighbour",
    "possessor",
    "preposition",
    "sentence_of",
    "sentence_starts",
]

#: Tags of verbs that have a tense, or say "may".
FINITE: Final = frozenset({"VBD", "VBP", "VBZ", "MD"})
#: Of those that have a tense.
TENSED: Final = FINITE - {"MD"}

_OWN: Final = rule_words("tree")

_RELATIVE: Final = _OWN["relative"]
_BESIDE: Final = frozenset({"nmod", "appos", "flat"})


@remembered
def preposition(token: Token) -> str | None:
    """The preposition before a phrase, its fixed parts joined ("according to", "because of")."""
    cases = children(token, "case")
    for c in cases:
        if c.tag_ != "POS" and c.i < token.i:
            words = [c, *children(c, "fixed")]
            more = [
                d for d in cases
                if d != c and d.i == words[-1].i + 1 and d.i < token.i
            ]  # fmt: skip
            return " ".join(t.lower_ for t in sorted([*words, *more], key=lambda t: t.i))
    return None


def has_case(token: Token, *words: str) -> bool:
    """Whether one of these words marks the phrase: a preposition, or the "'s" of a possessive."""
    return any(c.dep_ == "case" and c.lower_ in words for c in kids(token))


def possessor(token: Token) -> Token | None:
    """The token of "X" in "X's token" or "its token"."""
    return child(token, "nmod:poss")


#: Hash of morphological features, the same in every vocabulary -> the features.
_FEATURES: Final[dict[int, frozenset[str]]] = {}


def features(token: Token) -> frozenset[str]:
    """Its morphological features ("Number=Plur")."""
    told = token.morph
    found = _FEATURES.get(hash(told))
    if found is None:
        each = (f"{name}={value}" for name in told.to_dict() for value in told.get(name, []))
        found = _FEATURES[hash(told)] = frozenset(each)
    return found


@remembered
def is_plural(token: Token) -> bool:
    """Whether the noun is plural by its tag or form."""
    return token.tag_ in ("NNS", "NNPS") or "Number=Plur" in features(token)


def is_clausal(token: Token) -> bool:
    """Whether a token heads a clause: a verb, or a noun or adjective with a copula or subject."""
    if token.pos_ == "VERB":
        return True
    return any(plain in ("nsubj", "cop", "csubj") for _, _, plain in links(token))


def sentence_of(token: Token) -> tuple[int, int]:
    """First token and end of the token's sentence. (``token.sent`` reads the whole Doc.)"""
    doc = token.doc
    starts = sentence_starts(doc)
    place = bisect_right(starts, token.i) - 1
    return starts[place], starts[place + 1] if place + 1 < len(starts) else len(doc)


def sentence_starts(doc: Doc) -> tuple[int, ...]:
    """The first token of each sentence, found once."""
    return analysis_of(doc).known[_starts]


def _starts(doc: Doc) -> tuple[int, ...]:
    return tuple(sentence.start for sentence in doc.sents)


@remembered
def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for, or the token itself."""
    if token.lower_ not in _RELATIVE or token.pos_ not in ("PRON", "DET", "SCONJ", "ADP"):
        return token
    at = token
    for _ in range(12):
        if at.dep_ in ("acl:relcl", "advcl:relcl"):
            return _fitting(token, at.head) if at.dep_ == "acl:relcl" else token
        if at.head == at:
            break
        at = at.head
    return _noun_before(token) or token


def _fitting(pronoun: Token, noun: Token) -> Token:
    """What a relative pronoun stands for where ``noun`` is what the parse says: not a person for
    "which" ("the death of Ojwang, which prompted ..."), and behind a comma nothing with another
    clause between."""
    nearer = _noun_before(pronoun)
    if (
        nearer is not None
        and nearer != noun
        and any(
            t.tag_ in ("VBD", "VBZ", "VBP", "MD") and noun not in t.ancestors
            for t in noun.doc[noun.i + 1 : nearer.i]
        )
    ):
        return nearer
    if pronoun.lower_ == "which":
        several = preposition(pronoun) == "of"  # "a strike by the Guild, both of which featured"
        for _ in range(3):
            if not (_is_person(noun) or (several and name_at(noun))) or is_plural(noun):
                break
            if relation(noun) not in _BESIDE:
                break
            noun = noun.head
    return noun


def _is_person(noun: Token) -> bool:
    """Whether a person's name covers it or stands right with it ("the President Donald Trump")."""
    beside = [noun, *(c for c in kids(noun) if relation(c) in ("flat", "appos"))]
    return any((name := name_at(t)) is not None and name[2] == "PERSON" for t in beside)


def _noun_before(token: Token) -> Token | None:
    """The noun that stands right before ", which": where the parse took the clause for another."""
    if token.lower_ not in ("which", "who") or token.is_sent_start or not token.i:
        return None
    doc = token.doc
    place = token.i - 1
    while place > token.i - 4 and place > 0 and (
        doc[place].pos_ in ("ADP", "DET", "NUM") or doc[place].lower_ in _OWN["most"]
    ):  # fmt: skip
        place -= 1
    if doc[place].text != ",":
        return None
    noun = doc[place - 1]
    while (
        relation(noun) in ("flat", "compound", "nmod", "punct", "appos") and noun.head.i < token.i
    ):
        noun = noun.head
    return noun if noun.pos_ in ("NOUN", "PROPN") else None


def after_comma(verb: Token) -> bool:
    """Whether a comma sets the clause of ``verb`` off from what stands before it."""
    first = verb.left_edge
    return first.text == "," or (first.i > 0 and first.nbor(-1).text == ",")


def has_gap_filled(verb: Token) -> bool:
    """Whether the relative pronoun is another part than the subject, or the verb is passive with
    a subject of its own: then the antecedent isn't the subject."""
    for c in below(verb):
        if c.i >= verb.i:
            break
        if c.lower_ in _OWN["other_parts"]:
            return True
        if c.lower_ in _OWN["relative_objects"] and c.head == verb and relation(c) in (
            "obj", "obl", "iobj",
        ):  # fmt: skip
            return True
    return False


def left_neighbour(verb: Token) -> Token | None:
    """A noun with its own "and" right before a finite verb without subject or "and": the parse of
    "studios adopt AI, and even Disney ... considers it" often hangs the noun on "AI"."""
    if child(verb, "cc", "mark") is not None:
        return None
    first = min((t.i for t in kids(verb) if relation(t) in ("aux", "advmod") and t.i < verb.i),
                default=verb.i)  # fmt: skip
    doc = verb.doc
    place = min(first, verb.i) - 1
    while place > 0 and doc[place].text == ",":
        place -= 1
    at = doc[place]
    for _ in range(8):
        if at.i <= sentence_of(verb)[0]:
            return None
        if relation(at) == "conj" and at.pos_ in ("NOUN", "PROPN", "PRON"):
            ands = [c for c in children(at, "cc") if c.i < at.i]
            return at if ands and at.right_edge.i >= place - 1 else None
        at = at.head
        if at.i > place:
            return None
    return None
