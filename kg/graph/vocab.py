"""The namespaces and terms of the graph.

The terms of `ontology/kg.ttl` have one fixed namespace; what a build makes (entities, statements,
evidence...) lives under the base IRI of the settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

KG: Final = "https://kg.example/ontology#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SCHEMA: Final = "https://schema.org/"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
PROV: Final = "http://www.w3.org/ns/prov#"
OA: Final = "http://www.w3.org/ns/oa#"
DCTERMS: Final = "http://purl.org/dc/terms/"
#: Extended Date/Time Format of the Library of Congress: seasons, quarters, decades, intervals.
EDTF: Final = "http://id.loc.gov/datatypes/edtf/"
OWL: Final = "http://www.w3.org/2002/07/owl#"
#: The Simple Event Model (van Hage et al. 2011).
SEM: Final = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SH: Final = "http://www.w3.org/ns/shacl#"

#: What a graph says of itself: its node, its base IRI, the statuses that make facts.
ABOUT: Final = "https://kg.example/graph"
BASE: Final = f"{KG}base"
FACTS: Final = f"{KG}factStatus"
#: Facts are told in the terms of a user's ontology alone (`kg.graph.only`).
ONLY: Final = f"{KG}onlyOwnTerms"

#: The graph of what texts say. The store's other graph has what follows from it (`INFERRED`): who
#: reads by patterns names the graph.
SAID: Final = ox.DefaultGraph()
INFERRED: Final = ox.NamedNode(f"{ABOUT}/inferred")

#: The schema.org class that is emitted beside a class of ours.
SCHEMA_TYPES: Final = {
    "Person": "Person",
    "Organization": "Organization",
    "Company": "Organization",
    "Place": "Place",
    "CreativeWork": "CreativeWork",
    "Series": "CreativeWorkSeries",
    "Film": "Movie",
    "Article": "Article",
    "Book": "Book",
    "Song": "MusicRecording",
    "Product": "Product",
    "Software": "SoftwareApplication",
    "AIModel": "SoftwareApplication",
    "Event": "Event",
    "Law": "Legislation",
}


#: Prefixes of datatypes as values carry them.
_DATATYPES: Final = {"xsd": XSD, "edtf": EDTF}


@cache
def prefixes(base: str) -> Mapping[str, str]:
    """The prefixes that are declared in every query and export, in their order."""
    return {
        "ent": f"{base}entity/",
        "kg": KG,
        "rel": f"{base}relation/",
        "stmt": f"{base}statement/",
        "ev": f"{base}evidence/",
        "art": f"{base}article/",
        "quote": f"{base}quote/",
        "event": f"{base}event/",
        "rdf": RDF,
        "rdfs": RDFS,
        "xsd": XSD,
        "schema": SCHEMA,
        "skos": SKOS,
        "prov": PROV,
        "oa": OA,
        "dcterms": DCTERMS,
        "owl": OWL,
        "sem": SEM,
        "edtf": EDTF,
    }


@cache
def term(iri: str) -> ox.NamedNode:
    """A named node, made once: ``term(KG + "used")``."""
    return ox.NamedNode(iri)


TYPE: Final = term(f"{RDF}type")
LABEL: Final = term(f"{RDFS}label")


def expand(datatype: str) -> str:
    """``xsd:date`` and ``edtf:EDTF`` to their IRIs; a full IRI stays."""
    name, _, local = datatype.partition(":")
    return _DATATYPES[name] + local if name in _DATATYPES else datatype


def compact(datatype: str) -> str:
    """The IRI of an XSD or EDTF datatype to ``xsd:date``, ``edtf:EDTF``; another stays."""
    for name, space in _DATATYPES.items():
        if datatype.startswith(space):
            return f"{name}:{datatype[len(space) :]}"
    return datatype


@lru_cache(maxsize=1024)
def article_iri(base: str, identifier: str) -> str:
    """The IRI of an article; its id is escaped, so that any id makes an IRI of its own."""
    return f"{base}article/{quote(identifier, safe='')}"
