"""Parquet: tables that other tools read, the same bytes for the same graph, in groups of rows."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pyarrow.parquet as pq
import pytest

from kg import knowledge_graph
from kg.errors import ConfigError, KGError
from kg.graph import GraphStore, open_graph
from kg.graph.parquet import TABLES, parquet_folder
from kg.model import Literal, Node
from tests.support.graphs import landed


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return landed(tmp_path_factory.mktemp("parquet"))


@pytest.fixture(scope="module")
def graph(folder) -> Iterator[GraphStore]:
    with open_graph(folder / "graph-1") as made:
        yield made


def test_tables_hold_what_the_graph_holds(graph, tmp_path):
    paths = parquet_folder(graph, tmp_path / "tables")
    assert [path.stem for path in paths] == list(TABLES)
    entities, statements, evidence, articles = (pq.read_table(p).to_pylist() for p in paths)
    assert [row["id"] for row in entities] == [entity.id for entity in graph.entities()]
    made = list(graph.statements())
    assert [row["id"] for row in statements] == [s.id for s in made]
    for row, statement in zip(statements, made, strict=True):
        assert row["status"] == statement.status
        assert row["confidence"] == statement.confidence
        assert [a["label"] for a in row["arguments"]] == [a.label for a in statement.arguments]
        if isinstance(statement.object, Node):
            assert (row["object"], row["value"]) == (statement.object.id, None)
        if isinstance(statement.object, Literal):
            assert (row["object"], row["value"]) == (None, statement.object.value)
            assert row["unit"] == statement.object.unit
    texts = {row["id"]: row["text"] for row in articles}
    assert {row["statement"] for row in evidence} == {s.id for s in made if s.evidence}
    assert evidence
    for row in evidence:
        assert texts[row["article"]][row["start"] : row["end"]] == row["text"]


def test_the_same_graph_is_the_same_bytes_in_groups_of_rows(graph, tmp_path):
    one, other = (parquet_folder(graph, tmp_path / name, group=2) for name in ("a", "b"))
    for left, right in zip(one, other, strict=True):
        assert left.read_bytes() == right.read_bytes()
    file = pq.ParquetFile(one[1])
    assert file.num_row_groups == -(-file.metadata.num_rows // 2) > 1


def test_an_export_that_fails_leaves_the_files_as_they_were(graph, tmp_path, monkeypatch):
    parquet_folder(graph, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.setattr("kg.graph.parquet._article", lambda article: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        parquet_folder(graph, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_from_python_a_folder_is_needed_and_made(folder, tmp_path):
    with knowledge_graph.Graph(folder) as graph:
        graph.export("parquet", tmp_path / "new" / "tables")
        with pytest.raises(KGError, match="folder of tables"):
            graph.export("parquet")
        (tmp_path / "file").write_text("")
        with pytest.raises(KGError, match="cannot be written"):
            graph.export("parquet", tmp_path / "file")
    assert len(list((tmp_path / "new" / "tables").glob("*.parquet"))) == len(TABLES)


def test_without_pyarrow_the_error_says_what_to_install(graph, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigError, match=r"kg\[parquet\]"):
        parquet_folder(graph, tmp_path)
