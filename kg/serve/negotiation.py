"""Which media type a client gets: the Accept header of RFC 9110, with q values."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: Of answers to SELECT and ASK, and of graphs, the preferred first. A client that asks for one of
#: the general names (application/json) is answered under that name.
RESULTS: Final = (
    "application/sparql-results+json", "application/json", "application/sparql-results+xml",
    "application/xml", "text/xml", "text/csv", "text/tab-separated-values",
)  # fmt: skip
GRAPHS: Final = (
    "text/turtle", "application/n-triples", "application/ld+json", "application/json",
    "application/rdf+xml", "application/xml", "text/xml",
)  # fmt: skip
HTML: Final = "text/html"

#: Commas and semicolons within quotes part nothing.
_RANGES: Final = re.compile(r'((?:[^",]|"(?:[^"\\]|\\.)*")+)')
_PARTS: Final = re.compile(r'((?:[^";]|"(?:[^"\\]|\\.)*")+)')
#: Characters of a header that are read.
_LONGEST: Final = 4096
_RANGE: Final = re.compile(r"[\w!#$%&'*+.^`|~-]+/[\w!#$%&'*+.^`|~-]+")
_Q: Final = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.I)


@lru_cache(maxsize=256)
def choose(accept: str | None, offers: tuple[str, ...]) -> str | None:
    """The offer that suits the Accept header best, None where none does.

    The most specific range that fits an offer gives its q; of equal q, what was named wins over
    what a ``*`` takes in, then the earlier offer. What is no media range is passed over, a q that
    is none counts as 1; a header without any range, or none, takes the first offer.

    >>> choose("text/csv;q=0.5, application/json", RESULTS)
    'application/json'
    """
    ranges = _ranges(accept or "")
    if not ranges:
        return offers[0]
    best: tuple[float, int, str] | None = None
    for offer in offers:
        fits = [(_fit(name, offer), q) for name, q in ranges]
        fit, q = max(fits, key=lambda found: found[0])
        if fit and q and (best is None or (q, fit) > best[:2]):
            best = q, fit, offer
    return best[2] if best else None


def _ranges(accept: str) -> list[tuple[str, float]]:
    found = []
    for part in _RANGES.findall(accept[:_LONGEST]):
        name, *parameters = [piece.strip() for piece in _PARTS.findall(part)] or [""]
        if not _RANGE.fullmatch(name):
            continue
        qs = [float(match[1]) for piece in parameters if (match := _Q.fullmatch(piece))]
        found.append((name.lower(), qs[0] if qs else 1.0))
    return found


def _fit(name: str, offer: str) -> int:
    """How exactly a range names an offer; 0: not at all."""
    if name == offer:
        return 3
    if name == f"{offer.partition('/')[0]}/*":
        return 2
    return int(name == "*/*")
