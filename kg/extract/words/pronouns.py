"""Pronouns by whom they mean, as ``words/en/pronouns.toml`` has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.extract.words.load import word_table


@dataclass(frozen=True, slots=True)
class Pronouns:
    """In lower case: who speaks, whose group, who is spoken to, who else, and what."""

    speaker: frozenset[str]
    group: frozenset[str]
    hearer: frozenset[str]
    third: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    person: frozenset[str]
    thing: frozenset[str]
    subject: frozenset[str]


PRONOUNS: Final = word_table(Pronouns, "pronouns")
