"""The formats a graph is written in: the same triples, the same bytes, read by other parsers."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.graph.export import articles, csv_folder, graphml, jsonl, jsonld, ntriples, trig, turtle
from kg.graph.mapping import Mapper
from kg.graph.store import GraphStore
from kg.model import (
    Article,
)
from tests.graph.small import (
    KG,
    RUNWAY,
    TEXT,
    B,
    text,
    write,
)
from tests.support.graphs import graph as invented


def test_no_blank_nodes(small: GraphStore) -> None:
    assert "_:" not in text(ntriples, small).replace("“", "")


@pytest.mark.parametrize("exporter", [turtle, ntriples, trig, jsonld, jsonl, articles, graphml])
def test_an_export_is_the_same_bytes_twice(exporter, tmp_path: Path) -> None:
    made = invented(30, 80)
    with (
        write(tmp_path / "a", made.entities, made.statements, made.articles) as one,
        write(
            tmp_path / "b", list(reversed(made.entities)), list(reversed(made.statements)),
            list(reversed(made.articles)),
        ) as other,
    ):  # fmt: skip
        assert text(exporter, one) == text(exporter, other)


@pytest.mark.parametrize(("exporter", "form"), [(turtle, "turtle"), (jsonld, "json-ld")])
def test_exports_hold_the_same_triples(exporter, form: str, large: GraphStore) -> None:
    lines = rdflib.Graph().parse(data=text(ntriples, large), format="nt")
    other = rdflib.Graph().parse(data=text(exporter, large), format=form)
    assert len(lines) > 1000
    assert isomorphic(lines, other)


def test_trig_has_a_graph_for_each_article(large: GraphStore) -> None:
    data = rdflib.Dataset()
    data.parse(data=text(trig, large), format="trig")
    named = [g for g in data.graphs() if str(g.identifier).startswith(f"{B}article/") and len(g)]
    assert len(named) == len(list(large.articles()))


def test_in_trig_an_argument_stands_with_the_article_that_gives_it(employed):
    made = rdflib.Dataset(default_union=False)
    made.parse(data=text(trig, employed), format="trig")
    labels = rdflib.URIRef(f"{KG}role")
    for name, employer in (("a1", "Netflix"), ("a2", "Runway")):
        part = made.graph(rdflib.URIRef(f"{B}article/{name}"))
        at = list(part.subjects(labels, rdflib.Literal("at")))
        assert [str(part.value(s, rdflib.RDFS.label)) for s in at] == [employer]


def test_json_lines_have_the_exchange_form(small: GraphStore) -> None:
    first, said, *_ = map(json.loads, text(jsonl, small).splitlines())
    assert first["subject"]["label"] == "Netflix"
    assert first["object"] == {
        "id": RUNWAY.id,
        "label": "Runway",
        "aliases": [],
        "type": "Organization",
    }
    assert first["arguments"][0] == {
        "role": "time", "label": "April 2025", "value": "2025-04", "datatype": "xsd:gYearMonth",
    }  # fmt: skip
    piece = first["evidence"][0]
    assert TEXT[piece["start"] : piece["end"]] == piece["text"]
    assert said["object"]["type"] == "Quotation"
    assert said["object"]["text"] == "It works,"
    assert said["attributed_to"] is None


def test_graphml_and_csv_are_read_by_their_parsers(small: GraphStore, tmp_path: Path) -> None:
    ElementTree.fromstring(text(graphml, small))
    nodes, links = csv_folder(small, tmp_path / "tables")
    rows = list(csv.DictReader(nodes.open(encoding="utf-8")))
    assert {row["label"] for row in rows} == {"Netflix", "Runway", "Ted Sarandos"}
    assert [row[":TYPE"] for row in csv.DictReader(links.open(encoding="utf-8"))] == [
        "USED",
        "SUED",
    ]


@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_hostile_text_survives_every_text_format(title: str, label: str) -> None:
    import pyoxigraph as ox

    article = Article("x", "x.txt", label, title or None)
    store = ox.Store()
    lines = "\n".join(Mapper(B).article(article))
    store.load(lines.encode(), format=ox.RdfFormat.N_TRIPLES)
    graph = GraphStore(store, B)
    assert list(graph.articles()) == [article]
    for exporter, form in ((turtle, ox.RdfFormat.TURTLE), (jsonld, ox.RdfFormat.JSON_LD)):
        data = text(exporter, graph).encode("utf-8", "surrogatepass")
        assert {q.triple for q in ox.parse(data, format=form)} == {q.triple for q in store}
