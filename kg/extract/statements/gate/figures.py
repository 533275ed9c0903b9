"""Words that mean something else than they say."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.statements.gate.text import Text
from kg.extract.statements.gate.words import gate_words
from kg.model import Argument, Claim


def figure(claim: Claim, text: Text) -> bool:
    """Whether its words are an idiom or a figure of speech."""
    if any(one in gate_words().figures_sayings for one in _said(claim, text)):
        return True
    if claim.object.kind == "literal":
        return False
    noun = text.head(claim.object)
    said = f"{claim.predicate.label} {noun.lemma_.lower()}"
    if said in gate_words().figures_idioms and claim.object.label.count(" ") == 0:
        return True
    return (
        text.head(claim.object).lemma_.lower() in gate_words().figures_nouns
        and text.verb(claim).lemma_.lower() in gate_words().figures_verbs
    )


def _said(claim: Claim, text: Text) -> Iterator[str]:
    """The verb with its object, "pour cold water", and with each of its further phrases, "throw under bus"."""
    lemma = text.verb(claim).lemma_.lower()
    if claim.object.kind != "literal":
        yield from {
            f"{verb} {_noun(claim.object, text)}" for verb in (claim.predicate.label, lemma)
        }
    for one in claim.arguments:
        if one.kind in ("topic", "mention"):
            yield f"{lemma} {one.role} {_noun(one, text)}"


def _noun(one: Argument, text: Text) -> str:
    """The label up to its noun: "cold water" of "cold water from the well"."""
    words, lemma = one.label.split(), text.head(one).lemma_.lower()
    return " ".join(words[: words.index(lemma) + 1] if lemma in words else words)


def part_of_body(claim: Claim, text: Text) -> bool:
    """ "played with bone chips *in his knee*": the knee is nothing that one takes part in."""
    known = (
        claim.predicate.property in gate_words().casualties_apart and claim.object.kind == "topic"
    )
    return known and text.head(claim.object).lemma_.lower() in gate_words().casualties_body
