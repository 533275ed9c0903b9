"""Sport: a team that is called like its town, and letters that mean something else in its pages.

"Leeds beat Chelsea 2-1" and "Denver coach Ana Ruiz" speak of teams; the SEC of a page of results is a
conference and no regulator. Words are in ``types.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.countries import country
from kg.model import Claim, Mention
from kg.resolve.linking import Group
from kg.resolve.names import clean, normal
from kg.seeds import Seed

#: So many different words of sport make a page of it.
_ENOUGH: Final = 4
_WORD: Final = re.compile(r"[a-z]+(?:-[a-z]+)?")
_LETTERS: Final = re.compile(r"[A-Z]{2,6}")
_OTHER_FIELD: Final = "letters of another field"


@dataclass(frozen=True, slots=True)
class _Words:
    words: frozenset[str]
    posts: frozenset[str]
    hiring: frozenset[str]
    contests: frozenset[str]
    places: frozenset[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(Path(__file__).with_name("types.toml").read_text(encoding="utf-8"))
    return _Words(**{name: frozenset(words) for name, words in data["sport"].items()})


def is_of_sport(text: str) -> bool:
    """Whether an article is of sport, by its words.

    >>> is_of_sport("The coach said the team won the game after a long season in the league.")
    True
    """
    return len(_words().words.intersection(_WORD.findall(text.casefold()))) >= _ENOUGH


def name_teams(
    text: str, groups: Iterable[Group], mentions: Sequence[Mention], claims: Iterable[Claim]
) -> None:
    """Groups called like a town, of which the text tells what only teams do, become organisations:
    all of its names must be free to mean the team ("in Leeds" means the town). Countries stay."""
    told = _told_of_teams(mentions, claims, of_sport=is_of_sport(text))
    if not told:
        return
    for group in groups:
        names = [m for m in group.mentions if m.kind == "name"]
        if group.kind != "Place" or not told.intersection(m.start for m in names):
            continue
        lands = any(country(clean(m.text)) for m in names)
        if not lands and not any(_is_where(text, m) for m in names):
            group.kind = "Organization"


def _told_of_teams(
    mentions: Sequence[Mention], claims: Iterable[Claim], *, of_sport: bool
) -> set[int]:
    """Where those stand that score, that hire a player, that have a coach, or, on a page of sport, that
    meet a team."""
    people = {m.start for m in mentions if m.label == "PERSON"}
    bodies = {m.start for m in mentions if m.label == "ORG"}
    found: set[int] = set()
    for claim in claims:
        ends = (claim.subject, claim.object)
        if any(a.role == "score" for a in claim.arguments):
            found.update(one.head_start for one in ends)
        elif claim.predicate.label in _words().hiring and claim.object.head_start in people:
            found.add(claim.subject.head_start)
        elif of_sport and claim.predicate.label in _words().contests:
            starts = {one.head_start for one in ends}
            found.update(starts if starts & bodies and not starts & people else ())
        elif claim.predicate.property == "hasRole" and claim.object.label in _words().posts:
            found.update(a.head_start for a in claim.arguments if a.role == "at")
    return found


def _is_where(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - 12) : mention.start].split()
    owns = text[mention.end : mention.end + 2].lstrip()[:1] in ("'", "’")  # "in *Leeds'* 2-1 win"
    return bool(before) and before[-1].casefold() in _words().places and not owns


def keep_letters_apart(text: str, group: Group, index: Mapping[str, Sequence[Seed]]) -> bool:
    """Whether a page of sport calls the group by nothing but letters that are short for a known body
    of another field: it is then its article's own."""
    if any(_LETTERS.fullmatch(name) is None for name in group.names) or not is_of_sport(text):
        return False
    known = [seed for name in group.names for seed in index.get(normal(name), ())]
    if not known or any(_LETTERS.fullmatch(seed.label) for seed in known):
        return False
    group.apart = _OTHER_FIELD
    return True
