"""The word lists of ``words/en/phrases.toml``, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract.words.load import word_table


@dataclass(frozen=True, slots=True)
class PhraseWords:
    transparent: frozenset[str]
    plurals: frozenset[str]
    shares: frozenset[str]
    parts: frozenset[str]
    runs: frozenset[str]
    negative: frozenset[str]
    crowds: frozenset[str]
    quantifiers: frozenset[str]
    quantities: frozenset[str]
    about_numbers: frozenset[str]
    generic: frozenset[str]
    products: frozenset[str]
    makers: frozenset[str]
    making: frozenset[str]
    examples: frozenset[str]
    types: Mapping[str, str]
    pairs: Mapping[str, str]
    classless_of: frozenset[str]
    classless_for: frozenset[str]
    classless_bare: frozenset[str]
    classless_many: frozenset[str]
    classless_pairs: frozenset[str]
    classless_endings: tuple[str, ...]
    singular_stay_group: frozenset[str]


@cache
def phrase_words() -> PhraseWords:
    """The word lists, read once."""
    return word_table(PhraseWords, "phrases")
