"""Words as evidence compares them: without inflection, without what carries nothing, and with one word
for a country, its people and what is of it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from kg.ask.words import mapping, words
from kg.countries import countries, country
from kg.graph.named import plain

#: Letters of a word that is left as it is.
_SHORT: Final = 3
_VOWEL: Final = re.compile("[aeiouy]")
#: One syllable that keeps its last "e": "plane" is no "plan"; without it, before an ending: "hop" of "hoping".
_ONE: Final = re.compile("[^aeiou]*[aeiouy][^aeiouwxy]")


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry something, in their order.

    >>> stems("The Canadians' studies of U.S. bombings")
    ('=canada', 'study', '=united states', 'bomb')
    """
    return tuple(stem for stem in _folded(_spelt(text)) if stem)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word, in small letters, without inflection; not always a word.

    >>> [stem(word) for word in ("parties", "stopped", "releases", "won", "bus")]
    ['party', 'stop', 'releas', 'win', 'bus']
    >>> [stem(word) for word in ("planes", "plans", "planned", "hoping", "cares", "cars")]
    ['plane', 'plan', 'plan', 'hope', 'care', 'car']
    """
    if other := mapping("stems")["irregular"].get(word):
        return stem(other)
    if len(word) <= _SHORT or not word.isalpha():
        return word
    if word.endswith(("ies", "ied")):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and _VOWEL.search(word[: -len(ending)]):
            word = _without_ending(word[: -len(ending)])
            break
    if word.endswith("e") and len(word) > _SHORT and not _ONE.fullmatch(word[:-1]):
        return word[:-1]
    return word


def _without_ending(word: str) -> str:
    """What stands before "ing" or "ed" as it is written alone."""
    if len(word) > _SHORT and word[-1] == word[-2] and word[-1] not in "aeioulsz":
        return word[:-1]
    return f"{word}e" if _ONE.fullmatch(word) else word


def _spelt(text: str) -> str:
    """With "U.S." and its like written out."""
    for short, long in mapping("stems")["written"].items():
        text = re.sub(short, long, text)
    return text


def _folded(text: str) -> list[str]:
    tokens = plain(text).split()
    found: list[str] = []
    at = 0
    while at < len(tokens):
        count, name = _country(tokens, at)
        found.append(name or _kept(tokens[at]))
        at += count
    return found


def _kept(token: str) -> str:
    return "" if token in words("stems", "empty") else stem(token)


def _country(tokens: list[str], at: int) -> tuple[int, str]:
    """How many words from here on are a country or of one, and the one word for it."""
    for count in (4, 3, 2, 1):
        said = " ".join(tokens[at : at + count])
        if len(tokens) - at >= count and said in _lands():
            return count, _lands()[said]
    token = tokens[at]
    found = country(token) or (country(token[:-1]) if token.endswith("s") else None)
    return 1, f"={found.casefold()}" if found else ""


@cache
def _lands() -> dict[str, str]:
    found = {plain(name): f"={plain(name)}" for name in countries()}
    return found | {name: f"={land}" for name, land in mapping("stems")["lands"].items()}
