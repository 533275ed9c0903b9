"""What a Python user holds: the names it goes by, old and new."""

from __future__ import annotations

import io
from pathlib import Path

import networkx as nx
import pytest
import rdflib

import kg
from kg.errors import GraphError, KGError, UnknownName
from kg.knowledge_graph import Graph
from kg.view import inline
from tests.support.graphs import BASE, landed, small


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return landed(tmp_path_factory.mktemp("built"))


def test_a_graph_is_opened_by_a_name_that_hides_nothing(folder):
    with kg.open_graph(folder) as graph:
        assert isinstance(graph, Graph)
        assert len(list(graph.entities())) == len(small().entities)
    assert "open" not in kg.__all__


def test_the_old_name_opens_too_and_names_the_new_one(folder):
    with pytest.warns(DeprecationWarning, match=r"kg\.open_graph"), kg.open(folder) as graph:
        assert len(graph) > 0


def test_a_folder_without_a_graph_is_told(tmp_path):
    with pytest.raises(GraphError):
        kg.open_graph(tmp_path)


def test_rdflib_and_networkx_have_the_same_graph(folder):
    with kg.open_graph(folder) as graph:
        rdf = graph.to_rdflib()
        assert isinstance(rdf, rdflib.Graph)
        assert len(rdf) == len(graph) == len(graph.rdf())
        network = graph.to_networkx()
        assert isinstance(network, nx.MultiDiGraph)
        assert f"{BASE}entity/Alder_Studios" in network
        assert nx.utils.graphs_equal(network, graph.network())
        denied = graph.to_networkx(["denied"])
        assert {data["status"] for *_, data in denied.edges(data=True)} == {"denied"}


def test_a_notebook_shows_the_view_and_nothing_is_written(folder):
    before = sorted(folder.rglob("*"))
    with kg.open_graph(folder) as graph:
        shown = graph._repr_html_()
        assert sorted(folder.rglob("*")) == before
        page = graph.view(folder / "page.html")
    assert shown == inline(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((Path("out.jsonl"), "jsonl"), "the format comes first"),
        (("out.jsonl", "jsonl"), "the format comes first"),
        ((None,), "the format comes first"),
        (("jsonl", 3), "open for text"),
        (("jsonl", io.BytesIO()), "open for text"),
    ],
)
def test_an_export_with_swapped_or_wrong_arguments_says_what_to_give(folder, given, told):
    with kg.open_graph(folder) as graph:
        with pytest.raises(KGError, match=told):
            graph.export(*given)
        with pytest.raises(UnknownName, match="did you mean 'jsonl'"):
            graph.export("jsnol", "out.jsonl")
