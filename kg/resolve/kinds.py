"""Classes of entities: from labels, by vote, by the words around a name. Data in ``types.toml``."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from kg.model import Claim

#: Said of what has a president.
BODY: Final = "body"
_STOP: Final = re.compile(
    r"^(?:that|which|who|whose|whom|of|for|from|in|by|with|to|at|on|and|or|as|is|was|has|had|where"
    r"|when|while|but|about|behind|based|called|named|known)$"
)
_BREAK: Final = re.compile(r"[.,;:!?()\n\"“”—–]")
_AFTER: Final = re.compile(r"[\"'”’»]?(?: \d[\d.]*)? ((?:[a-z][\w-]* ?){1,3})")
_APPOSITION: Final = re.compile(r"[\"'”’»]?,? (?:is |was )?(?:an?|the) ([^.,;:!?()\n\"“”]{2,90})")
_SET_OFF: Final = re.compile(r"[\"'”’»]?(?:, | is | was )")
_ING: Final = re.compile(r"\w{3,}(?:ing|ed)$")


@dataclass(frozen=True, slots=True)
class Kinds:
    """``labels``: entity label -> class; ``family``: class -> family; ``general``: family -> its
    most general class; ``nouns``: noun (lower case) -> class; ``first`` and ``last``: words that
    begin or end a name -> class; ``names``: name -> class; ``made``: property -> the classes of
    an object that it makes a product of; ``heads``: posts at the head of a body."""

    labels: Mapping[str, str]
    family: Mapping[str, str]
    general: Mapping[str, str]
    nouns: Mapping[str, str]
    first: Mapping[str, str]
    last: Mapping[str, str]
    names: Mapping[str, str]
    made: Mapping[str, frozenset[str]]
    heads: frozenset[str]


@cache
def kinds() -> Kinds:
    """The tables of ``types.toml``, read once."""
    data = tomllib.loads(Path(__file__).with_name("types.toml").read_text(encoding="utf-8"))

    def by_word(table: str) -> dict[str, str]:
        return {word: name for name, words in data[table].items() for word in words}

    return Kinds(
        labels=data["labels"],
        family={name: family for family, names in data["families"].items() for name in names},
        general={family: names[0] for family, names in data["families"].items()},
        nouns=by_word("nouns"),
        first=by_word("first"),
        last=by_word("last"),
        names=by_word("names"),
        heads=frozenset(data["heads"]["posts"]),
        made={name: frozenset(kinds) for name, kinds in data["made"].items()},
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
    if len(counts) == 1:
        return next(iter(counts))
    families: Counter[str] = Counter()
    for name, count in counts.items():
        families[family(name)] += count
    best = min(families, key=lambda name: (-families[name], name))
    inside = [name for name in counts if family(name) == best]
    general = kinds().general.get(best)
    special = [name for name in inside if name != general] or inside
    return min(special, key=lambda name: (-counts[name], name))


@lru_cache(maxsize=4_096)
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


def name_kind(name: str, voted: str) -> str | None:
    """The class that a name tells by itself, of a thing that its mentions take for ``voted``.

    >>> name_kind("Typhoon Haiyan", "Place")
    'Disaster'
    """
    known = kinds().names.get(name)
    if known is not None:
        return known
    parts = name.casefold().removeprefix("the ").split()
    if len(parts) < 2 or family(voted) == "made":
        return None
    for length in (2, 1):
        if len(parts) > length:
            found = kinds().first.get(" ".join(parts[:length]))
            if family(voted) != "person":
                found = found or kinds().last.get(" ".join(parts[-length:]))
            if found:
                return found
    return None


def without_style(name: str) -> str | None:
    """What is left of the name of a storm or ship without the word that says what it is.

    >>> without_style("Typhoon Haiyan")
    'Haiyan'
    """
    parts = name.split()
    for length in (2, 1):
        found = kinds().first.get(" ".join(parts[:length]).casefold())
        if len(parts) > length and found in ("Disaster", "Product"):
            return " ".join(parts[length:])
    return None


@lru_cache(maxsize=4_096)
def topic_kind(label: str) -> str | None:
    """The class of a phrase that is no name but has one in it.

    >>> topic_kind("Gen-4 video generation model")
    'AIModel'
    """
    known = kinds().names.get(label)
    if known is not None or " " not in label or not any(c.isupper() for c in label):
        return known
    found = noun_kind(label) if label.rsplit(maxsplit=1)[-1].islower() else None
    return found if found in ("AIModel", "Series", "Film", "Organization", "Disaster") else None


def long_form_kind(text: str, start: int, end: int) -> str | None:
    """The class of the common noun that initials in brackets stand for: ``virus disease (EVD)``."""
    name = text[start:end]
    if not name.isupper() or text[start - 1 : start] != "(" or text[end : end + 1] != ")":
        return None
    words = text[max(0, start - 80) : start - 1].split()[-len(name) :]
    if [word[0] for word in words] == list(name.casefold()) or (
        words and words[-1].islower() and [w[0].casefold() for w in words] == list(name.casefold())
    ):
        return noun_kind(" ".join(words)) or "Topic"
    return None


def told(claims: Iterable[Claim]) -> dict[int, list[str]]:
    """What claims say of the class of a participant, by where its head begins: "X is a probe",
    "Z launched X" (``Product``, see `made_class`), "X chairman Y" (`BODY`)."""
    found: dict[int, list[str]] = {}
    for claim in claims:
        said = claim.predicate.property or ""
        if claim.polarity == "negative":
            continue
        if said == "isA" and claim.object.kind == "topic":
            kind = noun_kind(claim.object.label)
            if kind is not None:
                found.setdefault(claim.subject.head_start, []).append(kind)
        elif claim.extractor == "roles" and claim.predicate.text.casefold() in kinds().heads:
            if claim.object.kind == "mention":  # "Orvell president Ida Orr"
                found.setdefault(claim.object.head_start, []).append(BODY)
        elif said in kinds().made and claim.subject.head_start != claim.object.head_start:
            found.setdefault(claim.object.head_start, []).append(said)
    return found


def hint_before(text: str, start: int) -> str | None:
    """The class of the noun right before a name: ``the series "El Eternauta"``."""
    return _noun_before(text[max(0, start - 60) : start])


@lru_cache(maxsize=4_096)
def _noun_before(words: str) -> str | None:
    before = _BREAK.split(words.rstrip(" \"'“‘«"))[-1]
    return noun_kind(before) if before and not words[-1].isalnum() else None


def hint_of(text: str, start: int) -> bool:
    """Whether the words before a name say that it is a place: ``the district of Groom``."""
    before = text[max(0, start - 40) : start].split()
    if len(before) < 2 or before[-1] != "of" or not text[start - 1].isspace():
        return False
    return before[-2] in kinds().nouns and kinds().nouns[before[-2]] == "Place"


def hint_after(text: str, end: int) -> str | None:
    """The class of the noun phrase right after a name: ``the Sora 2 video generation tool``."""
    return _noun_after(text[end : end + 60])


@lru_cache(maxsize=4_096)
def _noun_after(words: str) -> str | None:
    match = _AFTER.match(words)
    if match is None:
        return None
    found = None
    parts = match.group(1).split()
    for length in range(1, len(parts) + 1):
        found = noun_kind(" ".join(parts[:length])) or found
    return found


def hint_apposition(text: str, end: int) -> str | None:
    """The class of the head of an apposition after a name: ``Runway, a startup gaining ...``."""
    match = _APPOSITION.match(text, end, end + 110)
    if match is None or not _SET_OFF.match(text, end, end + 8):
        return None
    head: list[str] = []
    for part in match.group(1).split()[:8]:
        if _STOP.match(part) or (head and _ING.match(part)):
            break
        head.append(part)
    return noun_kind(" ".join(head)) if head else None
