"""No query asks another server, unless the user says so.

``SERVICE`` makes Oxigraph send a request, to this machine or any other. Whether a query has one is
for Oxigraph's own grammar to say, for a second reading of SPARQL would differ somewhere, and be
slipped past there: in a comment, behind ``<``, in a name with an escape. So each place that spells
the word is spelt wrong, and the query parsed. In a string, a comment or a name that changes
nothing; the keyword is a syntax error then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from kg.errors import QueryError


def _letter(letter: str) -> str:
    r"""Matches a letter, small or capital, or written as \uXXXX or \UXXXXXXXX, as SPARQL allows."""
    codes = "|".join(f"{ord(form):04x}" for form in (letter, letter.upper()))
    return rf"(?:{letter}|\\u(?:{codes})|\\U0000(?:{codes}))"


_MOST: Final = "".join(map(_letter, "servic"))
_SPELT: Final = re.compile(f"({_MOST}){_letter('e')}", re.I)
_WRONG: Final = re.compile(rf"{_MOST}x(?:\s|#[^\n]*)*", re.I)
_PLACE: Final = re.compile(r"error at (\d+):(\d+): ")


def refuse_service(text: str, prefixes: Mapping[str, str]) -> None:
    """Raise a `QueryError` for a query that would ask another server; `SyntaxError` for none at
    all. The answer of the query plays no part: it is read over nothing."""
    if not _SPELT.search(text):
        return
    wrong = _SPELT.sub(r"\1x", text)
    try:
        ox.Store().query(wrong, prefixes=dict(prefixes))
    except SyntaxError as error:
        if _spelt_at(wrong, str(error)):
            raise QueryError(
                "SERVICE asks another server, and this query has one. "
                "'kg query --allow-service' (allow_service=True in Python) lets it."
            ) from None
        raise


def _spelt_at(wrong: str, message: str) -> bool:
    """Whether the error is at a word that was spelt wrong (the grammar stops in it, or at what
    follows); if not, something else is wrong with the query."""
    match = _PLACE.match(message)
    if not match:
        return True
    lines = wrong.splitlines(keepends=True)
    place = sum(map(len, lines[: int(match[1]) - 1])) + int(match[2]) - 1
    return any(found.start() <= place <= found.end() for found in _WRONG.finditer(wrong))
