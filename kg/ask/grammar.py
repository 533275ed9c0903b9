"""How the words of a parsed question hang together."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.ask.question import Asks
from kg.ask.words import words
from kg.extract.grammar.annotations import value_at
from kg.extract.statements import predicates


def is_copula(root: Token) -> bool:
    if any(c.dep_ == "cop" for c in root.children) or root.lemma_ == "be":
        return True
    asks = root.lower_ in words("asked", "who") | words("asked", "what")
    return asks and any(c.dep_.startswith("nsubj") for c in root.children)


def is_truth(doc: Doc) -> bool:
    first = next((t for t in doc if not t.is_punct), None)
    return first is not None and (first.pos_ == "AUX" or first.lemma_ in ("do", "be", "have"))


def determined(token: Token) -> Asks | None:
    """What "which X", "how many X" ask for; None where the phrase is told."""
    for c in token.children:
        if c.lower_ in words("asked", "what") and c.dep_.startswith("det"):
            return "thing"
        if c.lower_ in ("many", "much") and how(c):
            return "count" if c.lower_ == "many" else "amount"
    if token.lower_ in ("many", "much") and how(token):
        return "count" if token.lower_ == "many" else "amount"
    return None


def how(token: Token) -> bool:
    return any(c.lower_ == "how" for c in token.children)


def adverb(token: Token) -> Asks | None:
    low = token.lower_
    if low in words("asked", "where"):
        return "place"
    if low in words("asked", "when"):
        return "time"
    return "amount" if low in ("much", "long") and how(token) else None


def child_of(token: Token) -> Token | None:
    """Y of "the N of Y", "the N at Y"."""
    return next(
        (
            c
            for c in token.children
            if c.dep_ == "nmod" and preposition(c) in ("of", "at", "for", "to", "in", "from")
        ),
        None,
    )


def makers(token: Token) -> list[Token]:
    """ "Castell Marine" of "the Castell Marine spokesman"."""
    if token.pos_ != "NOUN":
        return []
    return [c for c in token.children if c.dep_ == "compound" and c.pos_ == "PROPN"]


def before(token: Token) -> list[Token]:
    """The words of a phrase before (and, of a name, after) its head that are no article."""
    kept = ("compound", "amod", "flat", "nummod", "nmod:desc", "nmod:unmarked", "appos")
    inside: list[Token] = []
    for c in token.children:
        torn = token.dep_.startswith("nsubj") and token.i < token.head.i < c.i
        if (c.dep_ in kept or c.dep_.startswith("flat")) and not c.is_punct and not torn:
            inside += [*before(c), c]
    return sorted(inside, key=lambda t: t.i)


def text(token: Token) -> str:
    """The words of a phrase without its article, question word and relative clause."""
    left = [t for t in token.subtree if not beyond(t, token)]
    while left and (
        left[0].lower_ in words("names", "articles")
        or left[0].is_punct
        or left[0].dep_ in ("case", "fixed")
        or left[0].tag_ in ("WDT", "WP$", "WP", "PRP$")
    ):
        left.pop(0)
    while left and (left[-1].is_punct or left[-1].tag_ == "POS"):
        left.pop()
    return "".join(t.text_with_ws for t in left).strip()


def beyond(token: Token, head: Token) -> bool:
    at = token
    if head.dep_.startswith("nsubj") and head.i < head.head.i < token.i:
        return True
    while at != head:
        if (
            at.dep_ in ("acl:relcl", "acl", "cop", "nsubj", "aux", "punct", "appos")
            and at.head == head
        ):
            return True
        at = at.head
    return False


def preposition(token: Token) -> str | None:
    """The preposition before a phrase; "according to" whole."""
    for c in token.children:
        if c.dep_ == "case" and c.i < token.i and c.tag_ != "POS":
            more = [d for d in c.children if d.dep_ == "fixed"]
            return " ".join(t.lower_ for t in sorted([c, *more], key=lambda t: t.i))
    return None


def stranded(parts: list[Token]) -> str | None:
    """The preposition at the end: "Who did she meet *with*?" """
    for part in parts:
        if (
            part.pos_ == "ADP"
            and part.dep_ in ("case", "obl", "advmod", "mark")
            and not list(part.children)
        ):
            return part.lower_
        for c in part.children:
            if c.dep_ == "case" and c.i > part.i and c.pos_ == "ADP" and c.tag_ != "POS":
                return c.lower_
    return None


def torn(verb: Token) -> list[Token]:
    """What the parse took for the rest of a name before the verb: "Did *X* sue *Y*?" """
    return [
        c
        for subject in verb.children
        for c in subject.children
        if subject.dep_.startswith("nsubj")
        and subject.i < verb.i < c.i
        and c.dep_.startswith("flat")
    ]


def passive(verb: Token) -> bool:
    return any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children)


def negated(verb: Token) -> bool:
    return any(c.lower_ in ("not", "n't", "n’t", "never") for c in verb.children)


def lemma(verb: Token) -> str:
    """A verb with its particles: "take over"."""
    helped = any(c.lemma_ == "do" and c.dep_ == "aux" for c in verb.children)
    return " ".join([verb.lower_ if helped else verb.lemma_.lower(), *_particles(verb)])


def form(verb: Token) -> str:
    """The same as it stands: "taken over"."""
    return " ".join([verb.lower_, *_particles(verb)])


def _particles(verb: Token) -> list[str]:
    return [c.lower_ for c in predicates.particles(verb)]


def coloured(verb: Token) -> Token:
    """The verb that another only colours: "plans to *extend*", "is said to *own*"."""
    colours = verb.lemma_ in words("verbs", "planning")
    reported = passive(verb) and verb.lemma_ in words("verbs", "say") | words("verbs", "reported")
    for c in verb.children if colours or reported else ():
        if c.dep_ == "xcomp" and c.pos_ == "VERB":
            return c
    return verb


def light(verb: Token) -> str:
    fixed = words("verbs", "fixed")
    found = (c for c in verb.children if c.dep_ == "obj" and not list(c.children))
    return next((f" {c.lower_}" for c in found if f"{verb.lemma_} {c.lower_}" in fixed), "")


def future(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in ("will", "shall", "'ll") for c in verb.children)


def value(token: Token) -> str:
    found = value_at(token)
    return found.value if found is not None else ""


def content(token: Token) -> tuple[str, ...]:
    """The words that carry what was said."""
    kinds = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
    return tuple(t.lemma_.casefold() for t in token.subtree if t.pos_ in kinds and not t.is_stop)
