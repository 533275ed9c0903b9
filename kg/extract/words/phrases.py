"""The word lists of ``words/en/phrases.toml``, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.extract.words.load import word_lists


@dataclass(frozen=True, slots=True)
class PhraseWords:
    transparent: frozenset[str]
    shares: frozenset[str]
    about_numbers: frozenset[str]
    generic: frozenset[str]
    products: frozenset[str]
    makers: frozenset[str]
    making: frozenset[str]
    examples: frozenset[str]
    types: dict[str, str]
    stay_group: frozenset[str]


@cache
def phrase_words() -> PhraseWords:
    data = word_lists("phrases")
    types: dict[str, str] = {}
    for name, lemmas in data["types"].items():
        for lemma in lemmas:
            types.setdefault(lemma, name)
    return PhraseWords(
        transparent=frozenset(data["transparent"]),
        shares=frozenset(data["shares"]),
        about_numbers=frozenset(data["about_numbers"]),
        generic=frozenset(data["generic"]),
        products=frozenset(data["products"]),
        makers=frozenset(data["makers"]),
        making=frozenset(data["making"]),
        examples=frozenset(data["examples"]["words"]),
        types=types,
        stay_group=frozenset(data["singular"]["stay_group"]),
    )
