"""Exports for tools that draw and store networks: Gephi, Neo4j."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from collections.abc import Iterator

import networkx as nx
import pytest

from kg.graph import GraphStore, network, open_graph
from kg.graph.export import csv_folder, gexf
from tests.support.graphs import landed


@pytest.fixture(scope="module")
def graph(tmp_path_factory) -> Iterator[GraphStore]:
    with open_graph(landed(tmp_path_factory.mktemp("tools")) / "graph-1") as made:
        yield made


def test_gexf_is_the_network_and_the_same_bytes(graph):
    texts = []
    for _ in range(2):
        out = io.StringIO()
        gexf(graph, out)
        texts.append(out.getvalue())
    assert texts[0] == texts[1]
    assert "lastmodified" not in texts[0]
    read = nx.read_gexf(io.BytesIO(texts[0].encode()))
    made = network(graph)
    assert {n: d["label"] for n, d in read.nodes(data=True)} == dict(made.nodes(data="label"))
    assert read.number_of_edges() == made.number_of_edges()
    assert {d["status"] for *_, d in read.edges(data=True)} >= {"asserted", "denied", "planned"}


def test_neo4j_tables_have_the_documented_headers_and_a_script_loads_them(graph, tmp_path):
    nodes, links = csv_folder(graph, tmp_path)
    with nodes.open(newline="") as file:
        head, *rows = csv.reader(file)
    assert head == ["id:ID", "label", "aliases:string[]", "named:boolean", ":LABEL"]
    known = {row[0] for row in rows}
    assert len(known) == len(rows)
    assert {row[3] for row in rows} <= {"true", "false"}
    with links.open(newline="") as file:
        head, *rows = csv.reader(file)
    assert head[:3] == [":START_ID", ":END_ID", ":TYPE"]
    assert all(row[0] in known and row[1] in known and re.fullmatch(r"\w+", row[2]) for row in rows)
    # The script, with a neo4j-admin that tells what it was asked.
    tool = tmp_path / "neo4j-admin"
    tool.write_text('#!/bin/sh\nprintf "%s\\n" "$@"; ls nodes.csv relationships.csv\n')
    tool.chmod(0o755)
    told = subprocess.run(
        ["sh", str(tmp_path / "load.sh"), "news"], env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    assert told[:3] == ["database", "import", "full"]
    assert {"--array-delimiter=;", "--nodes=nodes.csv", "--relationships=relationships.csv", "news"} <= set(told)  # fmt: skip
