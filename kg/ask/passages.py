"""The words around what a statement was read from: its sentence, and its article."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.graph.store import GraphStore
from kg.graph.vocab import SCHEMA, article_iri, term
from kg.model import Evidence

#: Characters of a sentence on either side of a passage, at most.
_MOST: Final = 400
#: Characters at the head of an article, at least, up to the end of a sentence: a date line is none.
_HEAD: Final = 60
_END: Final = re.compile(r"[.!?][\"'”’]*\s+(?=[\"'“‘(]*[A-Z])|\n\s*\n")


class Passages:
    """The texts of a graph's articles."""

    def __init__(self, graph: GraphStore) -> None:
        self._graph = graph
        self.body = lru_cache(maxsize=200)(self._body)

    def _body(self, article: str) -> str:
        iri = term(article_iri(self._graph.base, article))
        body = term(f"{SCHEMA}articleBody")
        found = next(self._graph.store.quads_for_pattern(iri, body, None), None)
        return found.object.value if found is not None else ""  # type: ignore[union-attr]

    def head(self, article: str) -> str:
        """The headline of an article, and its first sentence, which tell what all of it is about."""
        iri = term(article_iri(self._graph.base, article))
        quads = self._graph.store.quads_for_pattern(iri, term(f"{SCHEMA}headline"), None)
        headline = " ".join(quad.object.value for quad in quads)  # type: ignore[union-attr]
        body = self.body(article)
        end = _END.search(body, _HEAD)
        return f"{headline} {body[: end.start() if end else len(body)]}"

    def sentence(self, place: Evidence) -> str:
        """The sentence, or sentences, that a passage stands in."""
        text = self.body(place.article)
        if not text:
            return place.text
        before = text[max(0, place.start - _MOST) : place.start]
        begin = max((match.end() for match in _END.finditer(before)), default=0)
        behind = text[place.end : place.end + _MOST]
        end = next((match.start() + 1 for match in _END.finditer(behind)), len(behind))
        return before[begin:] + text[place.start : place.end] + behind[:end]

    def paragraph(self, place: Evidence) -> str:
        """The words before and behind a passage that are of its paragraph."""
        text = self.body(place.article)
        begin = max(text.rfind("\n", 0, place.start) + 1, place.start - _MOST)
        end = text.find("\n", place.end)
        return text[begin : min(end if end >= 0 else len(text), place.end + _MOST)] or place.text

    def window(self, place: Evidence) -> str:
        """The words before and behind a passage that may be about the same."""
        text = self.body(place.article)
        return text[max(0, place.start - _MOST) : place.end + _MOST] or place.text
