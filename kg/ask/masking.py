"""A question in which the names that the graph knows are replaced by plain ones.

The parser takes "The House of Commons" or "a House for the Tide" apart, and lower-case names for
common nouns; with a plain name in their place it reads the rest as it stands.
"""

from __future__ import annotations

import re
from typing import Final

from kg.ask.names import Names
from kg.ask.resolving import Meant
from kg.ask.words import listed, words
from kg.graph.named import plain

_WORD: Final = re.compile(r"[^\s\"“”?!,;()]+")
#: Words of one name.
_LONGEST: Final = 8


def masked(text: str, names: Names) -> tuple[str, dict[str, Meant]]:
    """The question with plain names, and what each of these stands for; none where it has no name
    that the graph knows."""
    places = [match.span() for match in _WORD.finditer(text)]
    given: dict[str, Meant] = {}
    out: list[str] = []
    at, done = 0, 0
    while at < len(places):
        found = _longest(text, places[at:], names)
        if found is None:
            at += 1
            continue
        count, start, end, meant = found
        name = _placeholder(names.thing(meant.iris[0]).type, given)
        if name is None:
            break
        given[name] = meant
        out += [text[done:start], name]
        done, at = end, at + count
    return "".join([*out, text[done:]]), given


def _longest(
    text: str, places: list[tuple[int, int]], names: Names
) -> tuple[int, int, int, Meant] | None:
    """How many words from the first on are a name, where it stands and what it means."""
    lower = text == text.lower()
    for count in range(min(_LONGEST, len(places)), 0, -1):
        start, end = places[0][0], places[count - 1][1]
        said = text[start:end]
        bare = re.sub(r"['’]s$", "", said)
        if plain(bare) in _no_names():
            continue
        if not lower and not any(word[:1].isupper() for word in bare.split()):
            continue
        iris = tuple(iri for iri in names.called(bare) if iri in names.named)
        if iris:
            return count, start, start + len(bare), Meant(iris, names.label[iris[0]])
    return None


def _no_names() -> frozenset[str]:
    """Words that are no names in a question, whatever the graph calls so: "who", "Wednesday"."""
    return words("names", "articles") | words("asked", "all") | words("numbers", "vague")


def _placeholder(kind: str, given: dict[str, Meant]) -> str | None:
    kept = kind if kind in ("Person", "Place") else "Organization"
    return next((name for name in listed("plain", kept) if name not in given), None)
