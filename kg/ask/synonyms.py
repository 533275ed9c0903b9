"""Verbs that stand for one another, as WordNet groups them (``synonyms.txt``)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_suffix(".txt")


@cache
def synonyms(verb: str) -> tuple[str, ...]:
    """The verbs that may stand for one, with particles, sorted; itself is none of them.

    >>> "cancel" in synonyms("call off")
    True
    """
    return tuple(sorted(_table().get(verb, set()) - {verb}))


@cache
def _table() -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            group = line.split(", ")
            for verb in group:
                found[verb].update(group)
    return dict(found)
