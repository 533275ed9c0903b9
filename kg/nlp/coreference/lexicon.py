"""The word lists of the component, read once."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.nlp.mentions import Gender

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Titles, endings, aliases, nouns by entity label, nouns that tell a gender, and so on."""

    titles: Mapping[str, Gender]
    legal: frozenset[str]
    tails: frozenset[str]
    tail_nouns: frozenset[str]
    also: re.Pattern[str]
    aliases: Mapping[str, str]
    nouns: Mapping[str, frozenset[str]]
    gender: Mapping[str, Gender]
    groups: frozenset[str]
    light: frozenset[str]
    never: frozenset[str]
    expletive_verbs: frozenset[str]
    expletive_words: frozenset[str]
    expletive_times: frozenset[str]
    speech: frozenset[str]
    for_others: frozenset[str]
    blame: frozenset[str]
    blame_marks: frozenset[str]
    having: frozenset[str]
    posts: frozenset[str]
    anybody: frozenset[str]
    abstract: frozenset[str]
    general: frozenset[str]
    meta: frozenset[str]
    vessels: frozenset[str]
    calling: frozenset[str]
    classes: Mapping[str, int]
    known_only: frozenset[str]
    apart: Mapping[str, frozenset[int]]
    apart_called: Mapping[str, frozenset[str]]
    agents: frozenset[str]
    bodies: Mapping[str, frozenset[str]]
    body_ends: Mapping[str, frozenset[str]]
    countries: frozenset[str]
    of_countries: frozenset[str]
    of_others: frozenset[str]
    landforms: frozenset[str]
    named_with_of: frozenset[str]
    elsewhere: frozenset[str]
    always_elsewhere: frozenset[str]
    of_other_laws: frozenset[str]
    suffering: Mapping[str, frozenset[str]]
    doing: Mapping[str, frozenset[str]]
    alike: Mapping[str, frozenset[str]]
    becoming: frozenset[str]
    making: frozenset[str]
    serving: frozenset[str]
    identifying: frozenset[str]
    identifiers: frozenset[str]
    mistaken: frozenset[str]
    of_places: frozenset[str]
    things: Mapping[str, frozenset[str]]
    settlements: frozenset[str]
    known_places: Mapping[str, frozenset[str]]
    told: frozenset[str]
    only_told: frozenset[str]
    of_any_sort: frozenset[str]
    lands: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lists of ``words.toml``."""
    data: dict[str, Any] = tomllib.loads((_HERE / "words.toml").read_text(encoding="utf-8"))
    titles: dict[str, Gender] = dict.fromkeys(data["titles"]["any"], "")
    titles |= dict.fromkeys(data["titles"]["men"], "m")
    titles |= dict.fromkeys(data["titles"]["women"], "f")
    nouns: dict[str, set[str]] = {}
    for label, members in data["nouns"].items():
        for noun in members:
            nouns.setdefault(noun, set()).add(label)
    gender: dict[str, Gender] = dict.fromkeys(data["gender"]["men"], "m")
    gender |= dict.fromkeys(data["gender"]["women"], "f")
    classes = {noun: at for at, nouns in enumerate(data["classes"]["of"]) for noun in nouns}
    phrases = "|".join(
        re.escape(p) for p in sorted(data["also"]["phrases"], key=lambda p: (-len(p), p))
    )
    return Lexicon(
        titles=titles,
        legal=frozenset(data["company"]["legal"]),
        tails=frozenset(data["company"]["tails"]),
        tail_nouns=frozenset(data["tail_nouns"]["words"]),
        also=re.compile(rf"\W*\b(?:{phrases})\W*(?:the\W+)?", re.IGNORECASE),
        aliases={a: name for name, own in data["aliases"].items() for a in [name, *own]},
        nouns={noun: frozenset(labels) for noun, labels in nouns.items()},
        gender=gender,
        groups=frozenset(data["groups"]["words"]),
        light=frozenset(data["light"]["words"]),
        never=frozenset(data["never"]["words"]),
        expletive_verbs=frozenset(data["expletive"]["verbs"]),
        expletive_words=frozenset(data["expletive"]["words"]),
        expletive_times=frozenset(data["expletive"]["times"]),
        speech=frozenset(data["speech"]["verbs"]),
        for_others=frozenset(data["speech"]["for_others"]),
        blame=frozenset(data["blame"]["verbs"]),
        blame_marks=frozenset(data["blame"]["marks"]),
        having=frozenset(data["having"]["verbs"]),
        posts=frozenset(data["posts"]["words"]),
        anybody=frozenset(data["posts"]["anybody"]),
        abstract=frozenset(data["posts"]["abstract"]),
        general=frozenset(data["general"]["words"]),
        meta=frozenset(data["meta"]["words"]),
        vessels=frozenset(data["vessels"]["words"]),
        calling=frozenset(data["calling"]["words"]),
        classes=classes,
        known_only=frozenset(data["classes"]["known"]),
        apart={
            noun: frozenset(classes[other] for other in one["from"])
            for one in data["apart"]
            for noun in one["nouns"]
        },
        apart_called={
            noun: frozenset(one.get("called", ())) for one in data["apart"] for noun in one["nouns"]
        },
        agents=frozenset(data["agents"]["words"]),
        bodies=_by_member(data["bodies"]["names"]),
        body_ends=_by_member(data["bodies"]["ends"]),
        countries=frozenset(data["places"]["countries"]),
        of_countries=frozenset(data["places"]["of_countries"]),
        landforms=frozenset(data["places"]["landforms"]),
        of_others=frozenset(data["places"]["of_others"]),
        named_with_of=frozenset(data["places"]["named_with_of"]),
        elsewhere=frozenset(data["elsewhere"]["words"]),
        always_elsewhere=frozenset(data["elsewhere"]["always"]),
        of_other_laws=frozenset(data["elsewhere"]["laws"]),
        suffering=_by_member(data["parts"]["of_whom"]),
        doing=_by_member(data["parts"]["of_who"]),
        alike=_by_member(data["parts"]["of_called"]),
        becoming=frozenset(data["becoming"]["plain"]),
        making=frozenset(data["becoming"]["made"]),
        serving=frozenset(data["becoming"]["serving"]),
        identifying=frozenset(data["identified"]["verbs"]),
        identifiers=frozenset(data["identified"]["by"]),
        mistaken=frozenset(data["identified"]["mistaken"]),
        of_places=frozenset(data["tail_nouns"]["places"]),
        things=_by_member(data["things"]),
        known_places=_by_member(
            {k: data["places"][f"{k}s"] for k in ("state", "province", "island")}
        ),
        told=frozenset(data["sorts"]["told"]),
        only_told=frozenset(data["sorts"]["only_told"]),
        of_any_sort=frozenset(data["sorts"]["any"]),
        settlements=frozenset(data["places"]["settlements"]),
        lands=frozenset(data["places"]["lands"]),
    )


def _by_member(lists: Mapping[str, list[str]]) -> Mapping[str, frozenset[str]]:
    members = {member for listed in lists.values() for member in listed}
    return {m: frozenset(k for k, listed in lists.items() if m in listed) for m in members}


def plain(word: str) -> str:
    """The word without accents: the same name is written Yucatán and Yucatan."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@cache
def given_names() -> Mapping[str, Gender]:
    """Given names, lower case, that are (nearly) always a man's or a woman's; with accents and
    without."""
    known: dict[str, Gender] = {}
    for line in (_HERE / "given_names.txt").read_text(encoding="utf-8").splitlines():
        kind, _, names = line.partition(" ")
        if kind in ("men", "women"):
            known |= dict.fromkeys(names.split(), "m" if kind == "men" else "f")
    for name in [name for name in known if not name.isascii()]:
        known.setdefault(plain(name), known[name])
    return known


def labels_of(noun: str) -> frozenset[str]:
    """The entity labels that a noun can stand for; empty for an unknown noun."""
    return lexicon().nouns.get(noun, frozenset())


def may_be_person(noun: str) -> bool:
    """Whether somebody can be called so: nobody is a company, or a town."""
    labels = labels_of(noun)
    return not labels or "PERSON" in labels or noun in lexicon().agents
