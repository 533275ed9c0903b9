"""The reference of the ontology and the shipped queries, as Markdown.

``python -m kg.graph.reference > docs/reference/ontology.md``
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.ontology import Term, load_ontology
from kg.graph.query import shipped_queries
from kg.graph.vocab import SCHEMA, prefixes

_SPACES = {
    **{iri: name for name, iri in prefixes("https://kg.example/").items()},
    "http://www.wikidata.org/entity/": "wd",
    "http://www.wikidata.org/prop/direct/": "wdt",
}
_HOW = {
    "equivalentClass": "=",
    "equivalentProperty": "=",
    "exactMatch": "=",
    "subClassOf": "below",
    "subPropertyOf": "below",
    "inverseOf": "inverse of",
    "closeMatch": "near",
    "relatedMatch": "see",
}


def reference() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    terms = load_ontology().terms.values()
    yield "# The ontology: reference"
    yield ""
    yield "Made from `ontology/kg.ttl` by `python -m kg.graph.reference`; do not edit."
    yield "`=` is the same term elsewhere, *near* a close match, *below* a broader one."
    yield ""
    yield "## Classes"
    yield ""
    yield "| class | below | what it is | elsewhere |"
    yield "|---|---|---|---|"
    for term in terms:
        if term.kind == "class":
            yield f"| `kg:{term.name}` | {_names(term)} | {_cell(term.comment)} | {_matches(term)} |"
    yield ""
    yield "## Relations and properties"
    yield ""
    yield "*sensitive*: a `kg:SensitiveRelation`."
    yield ""
    yield "| term | label | from | to | below | what it says | elsewhere |"
    yield "|---|---|---|---|---|---|---|"
    for term in terms:
        if term.kind == "relation":
            kinds = ", ".join(filter(None, (_names(term), "*sensitive*" if term.sensitive else "")))
            yield (
                f"| `kg:{term.name}` | {_cell(term.label)} | {_short(term.domain)} "
                f"| {_short(term.range)} | {kinds} | {_cell(term.comment)} "
                f"| {_matches(term)} |"
            )
    yield ""
    yield "## Named values"
    yield ""
    yield "| value | what it means |"
    yield "|---|---|"
    for term in terms:
        if term.kind == "value":
            yield f"| `kg:{term.name}` | {_cell(term.comment)} |"
    yield ""
    yield "## Shipped queries"
    yield ""
    yield "| name | what it answers | parameters |"
    yield "|---|---|---|"
    for query in shipped_queries():
        given = "; ".join(f"`{name}`: {_cell(words)}" for name, words in query.parameters)
        yield f"| `{query.name}` | {_cell(query.title)} | {given} |"


def _names(term: Term) -> str:
    return ", ".join(f"`kg:{name}`" for name in term.parents)


def _matches(term: Term) -> str:
    found = []
    for how, iri in term.mappings:
        name = how.rpartition("#")[2].rpartition("/")[2]
        if name in _HOW and iri != f"{SCHEMA}Thing":
            found.append(f"{_HOW[name]} {_short(iri)}")
    return ", ".join(sorted(set(found)))


def _short(iri: str | None) -> str:
    for space, name in sorted(_SPACES.items(), key=lambda pair: -len(pair[0])):
        if iri and iri.startswith(space):
            return f"`{name}:{iri.removeprefix(space)}`"
    return f"`{iri}`" if iri else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    print(reference(), end="")
