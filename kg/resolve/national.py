"""Bodies that every country has, and whose one an article means: "Parliament" is Iraq's here, Samoa's there.

By such a name alone a body is known in its article only. With its country it is one everywhere,
however that is put: "the Iraqi Parliament", "Parliament of Iraq". Lists are in ``names.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

from kg.countries import countries, country, is_nation
from kg.model import Mention
from kg.resolve.bodies import PORTFOLIO, is_national, is_shared
from kg.resolve.kinds import family
from kg.resolve.linking import Group
from kg.resolve.names import clean, normal, words
from kg.resolve.variants import known_as, variants

#: Words of the longest name of a country, or of its people.
_LONGEST: Final = 4
_OF: Final = re.compile(r" (?:of|in) (?:the )?")
_BEFORE: Final = re.compile(r"(?: ?['’]s?)? $")
_SENTENCE_END: Final = re.compile(r"[.!?][\"'”’)]*\s|\n")
#: How much more a country must be named than any other to own what nobody is said to own.
_RATIO: Final = 2
#: Why a body is its article's own.
_SEVERAL: Final = "several have one"


@lru_cache(maxsize=4_096)
def with_country(name: str) -> str:
    """What a country's body is known by, of its normal name that has the country in it; another name as it is.

    >>> with_country("iraqi parliament"), with_country("defense ministry of the united kingdom")
    ('parliament of iraq', 'ministry of defense of united kingdom')
    >>> with_country("supreme court of the united states"), with_country("british airways")
    ('us supreme court', 'british airways')
    """
    body, land = _split(name)
    return _known(body, land) if land else name


def _split(name: str) -> tuple[str, str]:
    """A country's body and its country; the name and nothing, where it is another."""
    parts = name.split()
    for count in range(min(_LONGEST, len(parts) - 1), 0, -1):
        body = " ".join(parts[count:])
        if is_national(body) and (land := _named(" ".join(parts[:count]).removesuffix("'s"))):
            return body, land
    body, _, of = name.rpartition(" of ")
    land = _named(of.removeprefix("the ")) if is_national(body) else ""
    return (body, land) if land else (name, "")


def owned(text: str, groups: Sequence[Group]) -> None:
    """Groups whose label is such a body are called by their country too, or are their article's own."""
    shared = [
        group
        for group in groups
        if family(group.kind) == "organization" and is_shared(normal(group.label))
    ]
    lands = _Lands(groups if shared else ())
    for group in shared:
        owner = _owner(text, group, lands) if is_national(normal(group.label)) else ""
        if not owner:
            group.apart = _SEVERAL
            continue
        group.names[group.label] = "full name"
        spelled = _countries()[owner]
        us = spelled == "United States"
        group.label = f"US {group.label}" if us else f"{group.label} of {spelled}"
        group.names[group.label] = "full name"


def _owner(text: str, group: Group, lands: _Lands) -> str:
    """The country that stands beside the name, else the one that the article is about and has named
    by then: what follows may be another story."""
    at = [m for m in group.mentions if m.kind == "name"]
    told = {land for m in at for land in _beside(text, m, lands)}
    if at and not told and (land := _split(normal(at[0].text))[1]):
        told = {land}  # "the *Peruvian* Senate" first, "the Senate" from then on
    if len(told) > 1:
        return ""
    if told:
        owner = told.pop()
    else:
        abroad = normal(group.label) in words().forces
        owner = _foremost(lands.counts) if not abroad or len(lands.counts) == 1 else ""
        end = _SENTENCE_END.search(text, max(m.end for m in at))
        if lands.first.get(owner, len(text)) >= (end.end() if end else len(text)):
            return ""
        if _countries().get(owner) == "United States" and "ministry" in normal(group.label):
            return ""  # it has departments
    return owner if owner in _countries() else ""


class _Lands:
    """Where an article names countries and their people, and how often which.

    ``starting`` and ``ending``: the country at the places where a name of it begins and ends, or ends
    what stands for it ("*its* Parliament"); ``counts`` how often, ``first`` where first each is named.
    """

    def __init__(self, groups: Iterable[Group]) -> None:
        self.starting: dict[int, str] = {}
        self.ending: dict[int, str] = {}
        places: list[tuple[int, str]] = []
        for group in groups:
            body = family(group.kind) == "organization"
            short = {name for name, why in group.names.items() if body and why == "acronym"}
            short |= {m.text for m in group.mentions if body and len(clean(m.text)) == 2}
            names = (m for m in group.mentions if m.kind == "name" and m.text not in short)
            named = [(m, _land(clean(m.text))) for m in names]  # no "SC" of a Salt Commission
            self.starting.update((m.start, land) for m, land in named if land)
            own = {land for _, land in named}
            if len(own) == 1 and (land := own.pop()):
                self.ending.update((m.end, land) for m in group.mentions)
            self.ending.update((m.end, land) for m, land in named if land)
            if group.label and (
                land := _split(normal(group.label))[1] or (_led(group.label) if body else "")
            ):
                places.append((min(m.start for m in group.mentions), land))
        us = known_as("place", "us")
        places += self.starting.items()
        lands = [(at, land if land in _countries() else us) for at, land in places]
        self.counts = Counter(land for _, land in lands)
        self.first = {land: at for at, land in sorted(lands, reverse=True)}


def _led(label: str) -> str:
    """The country whose people a name begins with: "*Samoan* Ferry Lines"."""
    first, _, rest = label.removeprefix("The ").partition(" ")
    return _named(first) if rest and is_nation(first) else ""


def _beside(text: str, body: Mention, lands: _Lands) -> Iterable[str]:
    """The countries right before or behind the name of a body: "Iraq's Parliament", "Parliament of Iraq"."""
    before = _BEFORE.search(text, max(0, body.start - 3), body.start)
    if before is not None and before.start() in lands.ending:
        yield lands.ending[before.start()]
    after = _OF.match(text, body.end)
    if after is not None and after.end() in lands.starting:
        yield lands.starting[after.end()]


def _foremost(counts: Counter[str]) -> str:
    """The one country that an article is about."""
    most = counts.most_common(2)
    if not most or (len(most) > 1 and most[0][1] < _RATIO * most[1][1]):
        return ""
    return most[0][0]


def _known(body: str, land: str) -> str:
    found = PORTFOLIO.fullmatch(body)
    if found is not None and found["last"]:
        body = f"{found['last']} of {found['first']}"
    return f"us {body}" if land == "united states" else f"{body} of {land}"


@lru_cache(maxsize=4_096)
def _named(name: str) -> str:
    """The country that a name means, its own or that of its people, as it is known; else nothing."""
    word = normal(name)
    found = country(word) or country(word.removesuffix("s"))
    known = known_as("place", normal(found) if found else word)
    return known if known in _countries() else ""


def _land(name: str) -> str:
    """As `_named`, also a state of the US."""
    known = known_as("place", normal(name))
    return known if known in variants().places.values() else _named(name)


@cache
def _countries() -> dict[str, str]:
    """Countries by what they are known by, as they are spelled."""
    return {known_as("place", normal(name)): name for name in countries()}
