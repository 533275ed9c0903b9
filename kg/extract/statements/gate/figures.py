"""Words that mean something else than they say."""

from __future__ import annotations

from kg.extract.statements.gate.text import Text
from kg.extract.statements.gate.words import gate_words
from kg.model import Claim


def figure(claim: Claim, text: Text) -> bool:
    """Whether its words are an idiom or a figure of speech."""
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


def part_of_body(claim: Claim, text: Text) -> bool:
    """ "played with bone chips *in his knee*": the knee is nothing that one takes part in."""
    known = (
        claim.predicate.property in gate_words().casualties_apart and claim.object.kind == "topic"
    )
    return known and text.head(claim.object).lemma_.lower() in gate_words().casualties_body
