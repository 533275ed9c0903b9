"""What is known of a place by its name alone: "Lyon" is a town of the land "FR", "French" its people.

Countries, the states of the United States and towns of 100,000 people and more, of ``seeds/places.tsv``
(GeoNames), and the words for peoples of `kg.countries`. Of places that share a name a country goes
before a state, a state before a town, the larger before the smaller.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.config import data_folder
from kg.countries import country, is_continent, is_country, is_nation
from kg.tsv import opened, rows, values

#: The descriptions of the file, ours; those before go before.
_LEVELS: Final = {"country": "country", "state of the United States": "state", "town": "town"}


@dataclass(frozen=True, slots=True)
class Known:
    """``kind`` is country, state, town, people or continent; ``land`` the letters of its country, empty
    where it has none or several."""

    kind: str
    land: str = ""


def known_place(name: str) -> Known | None:
    """What is known of a name; None for one that no list has.

    >>> known_place("Lyon"), known_place("the French")
    (Known(kind='town', land='FR'), Known(kind='people', land='FR'))
    """
    name = name[4:] if name[:4].lower() == "the " else name
    if is_continent(name):
        return Known("continent")
    if (found := _places().get(name)) is not None:
        return found
    land = country(name)
    if land is not None or is_nation(name):
        place = _places().get(land or "")
        return Known("people", place.land if place is not None else "")
    return Known("country") if is_country(name) else None


@cache
def joined_countries() -> frozenset[tuple[str, ...]]:
    """The words of countries that are one though "and" stands in their names, as `place_word` gives
    them; not of two that are countries of their own ("Serbia and Montenegro").

    >>> ("trinidad", "and", "tobago") in joined_countries()
    True
    """
    names = (name for name, place in _places().items() if place.kind == "country")
    joined = (name.strip() for name in names if " and " in name)
    whole = (name for name in joined if not is_country(name.split(" and ")[0]))
    return frozenset(tuple(map(place_word, name.replace(",", " ,").split())) for name in whole)


def place_word(word: str) -> str:
    """A word of a place's name as its variants share it: "Príncipe" is "principe", "St." "saint"."""
    letters = unicodedata.normalize("NFKD", word.lower())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return "saint" if plain.rstrip(".") == "st" else plain


@cache
def _places() -> dict[str, Known]:
    ranked: dict[str, tuple[int, float, Known]] = {}
    order = list(_LEVELS)
    with opened(data_folder("seeds") / "places.tsv") as file:
        for row in rows(file):
            level = row["description"]
            here = Known(_LEVELS[level], row["code"] or row["within"])
            place = (order.index(level), -float(row["rank"] or 0), here)
            for name in (row["label"], *values(row["aliases"])):
                if name not in ranked or place[:2] < ranked[name][:2]:
                    ranked[name] = place
    return {name: found for name, (_, _, found) in ranked.items()}
