"""Classes of entities: from labels, by vote, by the words around a name. Data in ``types.toml``."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_STOP: Final = re.compile(
    r"^(?:that|which|who|whose|whom|of|for|from|in|by|with|to|at|on|and|or|as|is|was|has|had|where"
    r"|when|while|but|about|behind|based|called|named|known)$"
)
_ING: Final = re.compile(r"\w{3,}(?:ing|ed)$")


@dataclass(frozen=True, slots=True)
class Kinds:
    """``labels``: entity label -> class; ``family``: class -> family; ``general``: family -> its
    most general class; ``nouns``: noun (lower case) -> class."""

    labels: Mapping[str, str]
    family: Mapping[str, str]
    general: Mapping[str, str]
    nouns: Mapping[str, str]


@cache
def kinds() -> Kinds:
    """The tables of ``types.toml``, read once."""
    data = tomllib.loads(Path(__file__).with_name("types.toml").read_text(encoding="utf-8"))
    return Kinds(
        labels=data["labels"],
        family={name: family for family, names in data["families"].items() for name in names},
        general={family: names[0] for family, names in data["families"].items()},
        nouns={noun: name for name, nouns in data["nouns"].items() for noun in nouns},
    )


def family(kind: str) -> str:
    """The family of a class; a class without one is a family by itself."""
    return kinds().family.get(kind, kind)


def vote(counts: Mapping[str, int]) -> str:
    """The class that the mentions agree on most.

    First the family with the most votes, then in it the most frequent class that says more than
    the family's general one. Ties go to the class that comes first in the alphabet.

    >>> vote({"CreativeWork": 3, "Series": 1, "Person": 2})
    'Series'
    """
    families: Counter[str] = Counter()
    for name, count in counts.items():
        families[family(name)] += count
    best = min(families, key=lambda name: (-families[name], name))
    inside = [name for name in counts if family(name) == best]
    general = kinds().general.get(best)
    special = [name for name in inside if name != general] or inside
    return min(special, key=lambda name: (-counts[name], name))


def noun_kind(phrase: str) -> str | None:
    """The class that the end of a noun phrase names, by its longest known noun.

    >>> noun_kind("its Gen-4 video generation model")
    'AIModel'
    """
    nouns = kinds().nouns
    parts = phrase.casefold().split()
    for length in range(min(3, len(parts)), 0, -1):
        found = nouns.get(" ".join(parts[-length:]))
        if found:
            return found
    return None


def hint_before(text: str, start: int) -> str | None:
    """The class of the noun right before a name: ``the series "El Eternauta"``."""
    before = text[max(0, start - 60) : start].rstrip(" \"'“‘«")
    before = re.split(r"[.,;:!?()\n\"“”—–]", before)[-1]
    gap = text[start - 1 : start]
    if not before or not gap or gap.isalnum():
        return None
    return noun_kind(before)


def hint_after(text: str, end: int) -> str | None:
    """The class of the noun phrase right after a name: ``the Sora 2 video generation tool``."""
    match = re.match(r"[\"'”’»]?(?: \d[\d.]*)? ((?:[a-z][\w-]* ?){1,3})", text[end : end + 60])
    if match is None:
        return None
    found = None
    parts = match.group(1).split()
    for length in range(1, len(parts) + 1):
        found = noun_kind(" ".join(parts[:length])) or found
    return found


def hint_apposition(text: str, end: int) -> str | None:
    """The class of the head of an apposition after a name: ``Runway, a startup gaining ...``."""
    match = re.match(
        r"[\"'”’»]?,? (?:is |was )?(?:an?|the) ([^.,;:!?()\n\"“”]{2,90})", text[end : end + 110]
    )
    if match is None or not re.match(r"[\"'”’»]?(?:, | is | was )", text[end : end + 8]):
        return None
    head: list[str] = []
    for part in match.group(1).split()[:8]:
        if _STOP.match(part) or (head and _ING.match(part)):
            break
        head.append(part)
    return noun_kind(" ".join(head)) if head else None
