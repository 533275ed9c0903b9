"""What the endpoint says of itself when it is asked nothing: SPARQL 1.1 Service Description."""

from __future__ import annotations

from typing import Final

from kg.serve.negotiation import GRAPHS, RESULTS

_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV",
                   "SPARQL_Results_TSV", "Turtle", "N-Triples", "JSON-LD", "RDF_XML")  # fmt: skip


def description(url: str, triples: int) -> str:
    """The description as N-Triples, which is Turtle too."""
    sd, rdf = (
        "http://www.w3.org/ns/sparql-service-description#",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    )
    service, dataset, graph = f"<{url}/sparql>", f"<{url}/sparql#dataset>", f"<{url}/sparql#graph>"
    lines = [
        f"{service} <{rdf}type> <{sd}Service> .",
        f"{service} <{sd}endpoint> {service} .",
        f"{service} <{sd}supportedLanguage> <{sd}SPARQL11Query> .",
        *(f"{service} <{sd}resultFormat> <{_FORMATS}{name}> ." for name in _RESULTS),
        f"{service} <{sd}defaultDataset> {dataset} .",
        f"{dataset} <{rdf}type> <{sd}Dataset> .",
        f"{dataset} <{sd}defaultGraph> {graph} .",
        f"{graph} <{rdf}type> <{sd}Graph> .",
        f"{graph} <http://rdfs.org/ns/void#triples> "
        f'"{triples}"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    ]
    return "\n".join(lines) + "\n"


#: What the page for people at the endpoint tells.
FORM: Final = f"""<h1>SPARQL</h1>
<form action="/sparql"><p><label>Query<br><textarea name="query" spellcheck="false">
SELECT ?who ?did ?what WHERE {{
  ?s rdf:subject/rdfs:label ?who ; rdf:predicate/rdfs:label ?did ; rdf:object/rdfs:label ?what
}} LIMIT 20</textarea></label></p><p><button>Ask</button></p></form>
<p class="note">Programs ask here by the SPARQL 1.1 Protocol. Rows come as {", ".join(RESULTS[:1])}
and its XML, CSV and TSV forms, graphs as {GRAPHS[0]} and others: Accept says which.</p>"""
