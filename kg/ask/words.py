"""The word lists of questions, read once from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from kg.extract.words.load import word_lists

_FILE: Final = Path(__file__).with_name("words.toml")


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def words(table: str, name: str) -> frozenset[str]:
    """A list as a set."""
    return frozenset(_lists()[table][name])


@cache
def listed(table: str, name: str) -> tuple[str, ...]:
    """A list in its order."""
    return tuple(_lists()[table][name])


@cache
def mapping(table: str) -> dict[str, Any]:
    """A table as it stands; not to be changed."""
    found: dict[str, Any] = _lists()[table]
    return found


@cache
def kin() -> frozenset[str]:
    """The nouns of family."""
    tables = word_lists("attributes")
    parts = (
        tables[t].get(n, ())
        for t in ("relation", "turned")
        for n in ("spouse", "childOf", "siblingOf")
    )
    return frozenset(word for part in parts for word in part)


@cache
def near_words(words: str) -> tuple[str, ...]:
    """The words themselves and those that are used for them (``near.toml``)."""
    found = (group for group in _groups() if words in group)
    return tuple(dict.fromkeys((words, *(word for group in found for word in group))))


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    read = tomllib.loads(_FILE.with_name("near.toml").read_text(encoding="utf-8"))
    return tuple(tuple(group) for group in read["groups"])


def is_one_verb(verb: str, particle: str) -> bool:
    """Whether a verb with a word behind it is known as one verb: "come out"."""
    return f"{verb} {particle}" in _beginnings()


@cache
def _beginnings() -> frozenset[str]:
    """The first two words of the longer verbs of ``near.toml``."""
    known = (verb.split() for group in _groups() for verb in group)
    return frozenset(" ".join(parts[:2]) for parts in known if len(parts) > 1)
