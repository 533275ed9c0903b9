"""Terms of ours that a query names and nothing knows: a slip of the pen, most often."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg.graph.ontology import load_ontology
from kg.graph.vocab import KG, RDFS, term

#: Comments and strings say nothing; an IRI may hold a "#".
_SILENT: Final = re.compile(
    r'<[^<>"{}|^`\\\s]*>|"""(?:[^\\]|\\.)*?"""|' r"'''(?:[^\\]|\\.)*?'''"
    r'|"(?:[^"\\\n]|\\.)*"|' r"'(?:[^'\\\n]|\\.)*'|#[^\n]*", re.S,
)  # fmt: skip
_OURS: Final = re.compile(r"(?<![\w?$:-])(kg|rel):(\w(?:[\w.-]*[\w-])?)(?!\\)")


def unknown_terms(store: ox.Store, text: str, base: str) -> tuple[str, ...]:
    """A sentence for each class or relation of ours in a query that neither the graph nor the
    ontology has, in the order of the query, with the nearest that there is."""
    notes = []
    for prefix, name in _named(text, base):
        space = KG if prefix == "kg" else f"{base}relation/"
        known = load_ontology().terms if prefix == "kg" else {}
        if name in known or _occurs(store, ox.NamedNode(space + name)):
            continue
        near = get_close_matches(name, known or _open_relations(store, space), n=1)
        guess = f"; did you mean {prefix}:{near[0]}?" if near else "."
        notes.append(f"the graph has no {prefix}:{name}{guess}")
    return tuple(notes)


@lru_cache(maxsize=256)
def _named(text: str, base: str) -> tuple[tuple[str, str], ...]:
    """The (prefix, local name) of each term of ours in a query, each once."""
    spaces = {KG: "kg", f"{base}relation/": "rel"}

    def shortened(match: re.Match[str]) -> str:
        for space, prefix in spaces.items():
            if match[0].startswith(f"<{space}"):
                return f" {prefix}:{match[0][1 + len(space) : -1]} "
        return " "

    return tuple(dict.fromkeys(_OURS.findall(_SILENT.sub(shortened, text))))


def _occurs(store: ox.Store, node: ox.NamedNode) -> bool:
    patterns = ((node, None, None), (None, node, None), (None, None, node))
    return any(True for pattern in patterns for _ in store.quads_for_pattern(*pattern))


def _open_relations(store: ox.Store, space: str) -> list[str]:
    """The local names of the graph's own relations."""
    quads = store.quads_for_pattern(None, term(f"{RDFS}subPropertyOf"), term(f"{KG}relatedTo"))
    found = (quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
    return sorted(iri.removeprefix(space) for iri in found if iri.startswith(space))
