"""Countries, and words for their people: "Norwegian", and the country that each means.

Data in ``countries.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class _Words:
    country: Mapping[str, str]
    people_several: frozenset[str]
    continents: frozenset[str]
    in_region: Mapping[str, frozenset[str]]
    letters: Mapping[str, str]
    initials: frozenset[str]
    continental: frozenset[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return _Words(
        country={word: name for name, words in data["country"].items() for word in words},
        people_several=frozenset(data["people"]["several"]),
        continents=frozenset(data["continents"]["names"]),
        letters=data["letters"],
        initials=frozenset(data["initials"]["names"]),
        in_region={word: frozenset(names) for word, names in data["in_region"].items()},
        continental=frozenset(data["continents"]["people"]),
    )


def country(word: str) -> str | None:
    """The country that a word for its people means, None where it means none or several.

    >>> country("Norwegian"), country("Kurdish")
    ('Norway', None)
    """
    return _words().country.get(word.lower())


def is_country(name: str) -> bool:
    """Whether it is the name of a country whose people have a word, or letters that stand for one."""
    return name in countries() or name.replace(".", "") in _words().initials


def country_names() -> frozenset[str]:
    """All that `is_country` takes for the name of one, with dots between letters and without."""
    short = _words().initials
    return countries() | short | {"".join(f"{letter}." for letter in name) for name in short}


@cache
def countries() -> frozenset[str]:
    """The names of all countries whose people have a word, and of some lands."""
    return frozenset(_words().country.values())


def is_nation(word: str) -> bool:
    """Whether the word names a people; of "Iranian-American" the last part does."""
    last = word.lower().rsplit("-", 1)[-1]
    return any(
        one in _words().country or one in _words().people_several
        for one in (word.lower(), word.lower().rstrip("s"), last)
    )


def is_continent(name: str) -> bool:
    """Whether it is the name of a continent."""
    return name in _words().continents


def is_of_region(name: str, word: str) -> bool | None:
    """Whether a country belongs to the region that a word for its people names; None where the word names
    none, or the country is not known.

    >>> is_of_region("Kenya", "African"), is_of_region("Peru", "African"), is_of_region("Peru", "new")
    (True, False, None)
    """
    region, land = _words().in_region.get(word.lower()), _words().letters.get(name, name)
    return land in region if region is not None and land in countries() else None


def is_of_continent(word: str) -> bool:
    """Whether the word is for the people of a continent: "European"."""
    return word.lower().rstrip("s") in _words().continental
