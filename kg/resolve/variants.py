"""Names that may be one by more than their spelling. Data in ``variants.toml``.

`known_as` gives what a thing is known by under all names that always mean it ("US"); `forms` gives
what else a name may be written as, which is not sure by itself: `kg.resolve.likeness` decides.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from kg.countries import country
from kg.resolve.names import normal

#: Before a form that is no name: what several spellings of one name share.
SOUND: Final = "~"
#: A surname of fewer letters is like too many others.
_SHORTEST: Final = 5
#: Letters and pairs of letters that scripts are written with in several ways, longest first.
_SOUNDS: Final = (
    ("sch", "c"), ("tch", "c"), ("kh", "k"), ("gh", "k"), ("ph", "f"), ("sh", "c"), ("ch", "c"), ("zh", "c"),
    ("dj", "c"), ("ck", "k"), ("q", "k"), ("g", "k"), ("w", "v"), ("x", "ks"), ("z", "s"),
)  # fmt: skip
_DEPARTMENT: Final = re.compile(r"(?:us|united states) (\w+) department")
#: "boston red sox": three or four words, no small ones.
_TEAM: Final = re.compile(r"(?!.*\b(?:and|at|for|in|of|on|the|to)\b)\S+(?: \S+){2,3}")
_SILENT: Final = re.compile(r"[aeiouyhj'-]")
_TWICE: Final = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Variants:
    """The tables of ``variants.toml``. ``same``, ``phrases`` and ``places`` tell what a thing is known by."""

    words: Mapping[str, str]
    same: Mapping[str, str]
    phrases: Mapping[str, str]
    places: Mapping[str, str]
    last: tuple[str, ...]
    first: tuple[str, ...]
    storms: tuple[str, ...]
    vessels: tuple[str, ...]
    islands: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    given: Mapping[str, str]
    weights: Mapping[str, float]


@cache
def variants() -> Variants:
    """The tables, read once."""
    path = Path(__file__).with_suffix(".toml")
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    same, phrases, places = (
        {name: first for first, *others in data["same"][table] for name in others}
        for table in ("names", "phrases", "places")
    )
    short = data["short"]
    names: dict[str, tuple[str, ...]] = {}
    for full, other in short["names"]:
        names[full] = (*names.get(full, ()), other)
    return Variants(
        words=data["words"],
        same=same | phrases,
        phrases=phrases,
        places=places,
        last=tuple(short["last"]),
        first=tuple(short["first"]),
        storms=tuple(sorted(short["storms"], key=len, reverse=True)),
        vessels=tuple(short["vessels"]),
        islands=tuple(short["islands"]),
        names=names,
        given={name: group[0] for group in data["given"]["spellings"] for name in group},
        weights=data["weights"],
    )


@lru_cache(maxsize=4_096)
def known_as(family: str, name: str) -> str:
    """What the thing of a normal name is known by, in a family of classes; most often that name. A person
    has no other.

    >>> known_as("place", "us"), known_as("organization", "united states air force")
    ('united states', 'us air force')
    >>> known_as("place", "tenn"), known_as("organization", "pa")
    ('tennessee', 'pa')
    >>> known_as("person", "labour"), known_as("topic", "covid")
    ('labour', 'covid-19')
    """
    tables = variants()
    if family == "person":
        return name
    if family == "organization":
        name = " ".join(tables.words.get(word, word) for word in name.split())
    found = (tables.phrases if family == "topic" else tables.same).get(name)
    if found is not None:
        return found
    if family == "place":
        return tables.places.get(name, name).removeprefix("state of ")
    if family == "event":
        for storm in tables.storms:
            if name.startswith(f"{storm} "):
                return f"storm {name.removeprefix(f'{storm} ')}"
    if family == "organization":
        if turned := _DEPARTMENT.fullmatch(name):
            return f"us department of {turned[1]}"
        for long, short in (("united states ", "us "), ("united nations ", "un ")):
            if name.startswith(long) and len(name) > len(long):
                return short + name.removeprefix(long)
    return name


def is_known_letters(short: str, full: str) -> bool:
    """Whether an abbreviation always means something else than a longer name that it spells.

    >>> is_known_letters("US", "University of Sheffield"), is_known_letters("WHO", "World Health Organization")
    (True, False)
    """
    meant = variants().same.get(normal(short))
    return meant is not None and meant != known_as("organization", normal(full))


def forms(family: str, name: str) -> Iterator[tuple[str, str]]:
    """What a normal name may be written as, each with the way that leads there.

    A form that begins with `SOUND` is no name: names that share it may be spellings of one.

    >>> list(forms("organization", "apple computer")), list(forms("organization", "us air force"))
    ([('apple', 'last word')], [('air force', 'first word')])
    >>> list(forms("person", "robert john downey"))[0]
    ('robert downey', 'middle name')
    """
    if family == "person":
        yield from _of_person(name.split())
        return
    tables = variants()
    for other in tables.names.get(name, ()):
        yield other, "other name"
    for family_of, words, at in (
        ("event", ("storm",), 0),
        ("made", tables.vessels, 0),
        ("place", tables.islands, -1),
    ):
        parts = name.split()
        if family == family_of and len(parts) == 2 and parts[at] in words:
            yield parts[1 if at == 0 else 0], "style"
    if family == "organization":
        for word in tables.last:
            if name.endswith(f" {word}"):
                rest = name.removesuffix(f" {word}")
                if country(rest) is None:  # "the French" are no news agency
                    yield rest, "last word"
                break
        first, _, rest = name.partition(" ")
        if first in tables.first and rest:
            yield rest, "first word"
        elif _TEAM.fullmatch(name):
            for count in range(1, name.count(" ")):
                yield name.split(" ", count)[-1], "town"


def _of_person(parts: list[str]) -> Iterator[tuple[str, str]]:
    if len(parts) < 2:
        return
    given, surname = parts[0], parts[-1]
    if len(parts) > 2:
        yield f"{given} {surname}", "middle name"
    if len(given) > 2:
        first = "".join(part[0] for part in parts[:-1])
        for initials in sorted({first, given[0]}):
            yield f"{initials} {surname}", "initials"
    if len(surname) >= _SHORTEST:
        middle = " ".join(parts[1:-1])
        key = variants().given.get(given, given)
        yield f"{SOUND}{key} {middle} {sound(surname)}", "spelling"


@lru_cache(maxsize=4_096)
def sound(word: str) -> str:
    """What spellings of one foreign word share.

    >>> sound("gaddafi") == sound("qaddafi") == sound("kadhafi"), sound("zelensky") == sound("zelenskyy")
    (True, True)
    """
    for letters, one in _SOUNDS:
        word = word.replace(letters, one)
    return word[:1] * (word[:1] in "aeiou") + _TWICE.sub(r"\1", _SILENT.sub("", word))
