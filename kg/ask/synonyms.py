"""Words that stand for one another, as WordNet groups them (``synonyms.txt`` for verbs, ``nouns.txt``,
``adjectives.txt``)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent


@cache
def synonyms(verb: str) -> tuple[str, ...]:
    """The verbs that may stand for one, with particles, sorted; itself is none of them.

    >>> "cancel" in synonyms("call off")
    True
    """
    return tuple(sorted(groups("synonyms").get(verb, set()) - {verb}))


@cache
def groups(name: str) -> dict[str, set[str]]:
    """All words that stand in a group with each, itself among them, of one of the lists."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines(name):
        group = line.split(", ")
        for word in group:
            found[word].update(group)
    return dict(found)


def lines(name: str) -> list[str]:
    """The lines of a list, without what is said of it at its head."""
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
