"""Negation of a clause and its scope: "not", "never", "no longer", "nobody", "neither ... nor". The
words are in ``words/en/status.toml``."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.extract.factuality.standing import Standing, lists, standing, weaker
from kg.extract.grammar.coordination import NOMINAL
from kg.extract.grammar.index import kids, links, relation, remembered
from kg.extract.grammar.subjects import helping_verbs, is_infinitive, own_subject
from kg.extract.grammar.tree import child, children, preposition
from kg.extract.words.load import rule_words

_OWN: Final = rule_words("negation")

#: "with no plan", "for no reason": what they negate is not the clause.
_APART: Final = _OWN["apart"]
_UNTIL: Final = _OWN["until"]
#: "no doubt": what it leaves is certain.
_DOUBTS: Final = _OWN["doubts"]


#: "not one of them", "hardly any of them", "hardly anyone".
_HARDLY: Final = _OWN["hardly"]
_SOME: Final = _OWN["anyone"]


def negate(result: Standing) -> Standing:
    """Negation over the rest: "might not" stays possible, "will not", "cannot" are denied."""
    if result.status == "hypothetical" or (
        result.status == "possible" and result.certainty <= 0.45
    ):
        return replace(result, polarity="negative")
    return weaker(result, standing("denied"))


@remembered
def is_negated(verb: Token) -> bool:
    """Whether the clause of ``verb`` is negated: "not", "never", "no longer", "no one ...",
    "nor", or a shared "not" before "sue or settle", "enter and steal"."""
    if any(_negates(word, kind, verb) for word, _, kind in links(verb)):
        return True
    if relation(verb) == "conj" and own_subject(verb) is None and verb.head.pos_ == "VERB":
        joined = [c.lower_ for c in children(verb, "cc")]
        shares = helping_verbs(verb) == helping_verbs(verb.head)
        if "and" in joined and shares and verb.tag_ == verb.head.tag_ == "VB":
            # "did not shoot Berg and *kill* Ruiz"; but "vowed not to yield and *to reform* it"
            return not is_infinitive(verb) and is_negated(verb.head)
        if ("or" in joined or "nor" in joined) and shares and verb.tag_ == verb.head.tag_:
            never = any(c.lower_ == "never" for c in children(verb.head, "advmod"))
            return (verb.tag_ in ("VB", "VBN", "VBG") or never) and is_negated(verb.head)
    return False


def _negates(word: Token, kind: str, verb: Token) -> bool:
    """Whether a word right below the verb negates its clause."""
    if kind == "advmod" and _is_cut(word):
        return True
    if kind in ("advmod", "cc", "aux") and word.lower_ in lists()["negative"]:
        if word.lower_ in ("not", "n't", "n’t"):
            return not (_not_only(word) or _until(word) or _at_last(verb))
        return not (word.lower_ in _OWN["nor"] and word.i > verb.i)
    if kind in ("nsubj", "obj", "obl", "iobj"):
        return (
            is_negative(word)
            and not (kind == "obl" and preposition(word) in _APART)
            and not _beyond_doubt(word, verb)
            and not (kind == "nsubj" and before_but(word))
        )
    if kind == "advmod":
        return word.lower_ == "longer" and any(g.lower_ == "no" for g in kids(word))
    return (
        (kind == "mark" and word.lower_ == "without")
        or (kind == "cc" and word.lower_ == "rather" and relation(verb) == "conj")
        or (kind == "det" and word.lower_ == "no" and verb.pos_ in NOMINAL)
    )


def _is_cut(word: Token) -> bool:
    """ "Couldn ’ *t*": a "not" that was cut at its apostrophe."""
    if word.lower_ != "t" or word.i < 2 or word.nbor(-1).text not in _OWN["apostrophes"]:
        return False
    return word.nbor(-2).lower_.endswith("n")


def is_relative(verb: Token) -> bool:
    """Whether it is a relative clause of a noun; of "it was X that" a parse makes an
    ``advcl:relcl`` of X, or an ``acl:relcl``."""
    return verb.dep_ == "acl:relcl" or (verb.dep_ == "advcl:relcl" and verb.head.pos_ in NOMINAL)


def is_cleft(verb: Token) -> bool:
    """ "It was the driver who *opened* the gate": as true as the "was"."""
    noun = verb.head
    if not is_relative(verb) or child(noun, "cop") is None:
        return False
    who = own_subject(noun)
    if who is None:
        who = child(noun, "expl")
    return who is not None and who.lower_ == "it"


def is_denied_relative(verb: Token) -> bool:
    """ "It was Berg, not Marsh, who *sold* it", "She is not the woman who *sold* it"."""
    noun = verb.head
    if not is_relative(verb) or noun.pos_ not in NOMINAL or not is_negated(noun):
        return False
    if any(c.lower_ in _OWN["firsts"] for c in children(noun, "amod")):
        return False  # "not the *only* town that closed": it did
    if own_subject(noun) is None:
        return any(c.lower_ == "not" and c.i < noun.i for c in children(noun, "advmod", "cc"))
    does = own_subject(verb)
    return does is not None and does.tag_ in ("WP", "WDT")


def is_negative(phrase: Token) -> bool:
    """Whether a phrase is none at all: "nobody", "no firm", "neither A nor B"."""
    if phrase.lower_ in _OWN["nobody"]:
        return True
    return any(
        c.i < phrase.i
        and (
            (kind in ("det", "cc") and c.lower_ in ("no", "neither"))
            or (kind == "advmod" and c.lower_ in _HARDLY and phrase.lower_ in _SOME)
        )
        for c, _, kind in links(phrase)
    )


def before_but(phrase: Token) -> bool:
    """ "no one *but* Berg", "no choice *but* to leave"."""
    return phrase.doc[phrase.i + 1 : phrase.i + 2].text == "but"


def _beyond_doubt(phrase: Token, verb: Token) -> bool:
    """ "*No doubt* Orkla sold the yard": the phrase stands for "certainly"."""
    return phrase.lemma_ in _DOUBTS and any(
        relation(c) == "nsubj" and c != phrase for c in kids(verb)
    )


def _until(token: Token) -> bool:
    """ "*Not* until May did she sell it": she did."""
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    return after in _UNTIL and token.i < token.head.i


def _at_last(verb: Token) -> bool:
    """ "did *not* open it *until* the police came": then it did."""
    past = any(c.tag_ == "VBD" for c in helping_verbs(verb))
    return only_from(verb) is not None or (
        past
        and any(
            c.i > verb.i and any(m.lower_ in _UNTIL for m in children(c, "mark"))
            for c in children(verb, "advcl")
        )
    )


@remembered
def only_from(verb: Token) -> Token | None:
    """The phrase from when on it is so: "did not open *until May*", "will not open *until May*",
    "not until *May* did it open"."""
    for c in children(verb, "obl", "advmod", "nmod"):
        if not any(t.lower_ in _UNTIL for t in children(c, "case")):
            continue
        if any(t.lower_ in ("not", "only") and t.i < c.i for t in kids(c)):
            return c
        helping = helping_verbs(verb)
        told = any(
            t.tag_ == "VBD" or t.lower_ in _OWN["will"] for t in (*helping, *children(verb, "cop"))
        )
        if told and c.i > verb.i and any(t.lower_ in _OWN["not"] for t in children(verb, "advmod")):
            return c
    return None


def _not_only(token: Token) -> bool:
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    return after in _OWN["not_only"]
