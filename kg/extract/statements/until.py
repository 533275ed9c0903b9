"""When something begins that is "not until" then.

"The bridge did not open *until 2011*" says that it opened in 2011: it is read as so
(`kg.extract.factuality.negation`), and here the phrase becomes its time. One that is no date keeps its
words ("not until three weeks before the vote").
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from kg.extract.factuality.negation import only_from
from kg.extract.grammar.adjuncts import Circumstance, circumstances, is_time
from kg.extract.grammar.annotations import value_at


def told_beside(verb: Token, *relations: str) -> list[Circumstance]:
    """The phrases beside ``verb`` as `circumstances` gives them, with that one read as its time."""
    found = circumstances(verb, *relations)
    start = only_from(verb)
    return found if start is None else [_begun(c) if c.token == start else c for c in found]


def _begun(phrase: Circumstance) -> Circumstance:
    later = phrase.mark.partition(" ")[2]  # "until *after* the war"
    if later:
        return replace(phrase, role=later, mark=later)
    value = value_at(phrase.token)
    if not is_time(phrase.token) or (value is not None and value.value.startswith("P")):
        return replace(phrase, role="not until", mark="not until", core=False)
    day = value is None or value.datatype == "xsd:date"
    return replace(phrase, role="time", mark="on" if day else "in", core=False)
