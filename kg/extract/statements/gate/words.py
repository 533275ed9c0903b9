"""The words that the gate asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from kg.extract.words.load import word_table
from kg.extract.words.phrases import phrase_words


@dataclass(frozen=True, slots=True)
class GateWords:
    """The lists of ``words/en/gate.toml``."""

    generic: frozenset[str]
    speech_voices: frozenset[str]
    speech_silent: frozenset[str]
    crowds: frozenset[str]
    guesses: frozenset[str]
    figures_verbs: frozenset[str]
    figures_nouns: frozenset[str]
    figures_idioms: frozenset[str]
    figures_sayings: frozenset[str]
    asking: frozenset[str]
    standing_in: frozenset[str]
    among_others: frozenset[str]
    conditions: frozenset[str]
    counting: frozenset[str]
    restricting: frozenset[str]
    comparing: frozenset[str]
    members: frozenset[str]
    cut: frozenset[str]
    cut_one: frozenset[str]
    having: frozenset[str]
    being: frozenset[str]
    being_so: frozenset[str]
    months: frozenset[str]
    casualties_deadly: frozenset[str]
    casualties_hurting: frozenset[str]
    casualties_apart: frozenset[str]
    casualties_body: frozenset[str]
    wordings: frozenset[str]
    of_somebody: frozenset[str]
    of_whom: frozenset[str]
    complement_spent: frozenset[str]
    days: frozenset[str]
    striving: frozenset[str]
    spent_with: frozenset[str]
    nested_after: frozenset[str]
    nested_marks: frozenset[str]
    calling: frozenset[str]
    settings: frozenset[str]
    formerly: frozenset[str]
    lasting: frozenset[str]
    lasting_verbs: frozenset[str]
    states: frozenset[str]
    of_words: frozenset[str]


@cache
def gate_words() -> GateWords:
    """The words, read once."""
    own = word_table(GateWords, "gate")
    return replace(own, generic=own.generic | phrase_words().generic)
