"""A graph in pieces that together are the whole."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import rdflib

import kg
from kg.cli import run
from kg.errors import KGError, UnknownName
from kg.graph.shards import FORMATS, piece_of
from tests.support.graphs import graph, landed


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return landed(tmp_path_factory.mktemp("shards"), graph(60, 200))


def whole(folder: Path, form: str) -> str:
    with kg.open_graph(folder) as found:
        text = found.export(form)
    assert text is not None
    return text


def pieces(folder: Path, form: str, number: int, to: Path, **more: bool) -> list[str]:
    with kg.open_graph(folder) as found:
        paths = found.export_shards(form, to, number, **more)
    assert len(paths) == number
    return [path.read_text(encoding="utf-8") for path in paths]


@pytest.mark.parametrize("form", ["nt", "jsonl", "articles"])
@pytest.mark.parametrize("number", [1, 3, 7])
def test_the_lines_of_the_pieces_are_those_of_the_whole_in_its_order(
    folder, tmp_path, form, number
):
    found = [piece.splitlines() for piece in pieces(folder, form, number, tmp_path)]
    lines = whole(folder, form).splitlines()
    place = {line: n for n, line in enumerate(lines)}
    assert sorted(line for piece in found for line in piece) == sorted(lines)
    for piece in found:
        assert piece == sorted(piece, key=place.__getitem__)
    assert number == 1 or min(map(len, found)) > 0


def test_each_table_has_a_header_and_rows_with_line_ends_in_them_stay_whole(folder, tmp_path):
    found = [list(csv.reader(io.StringIO(p))) for p in pieces(folder, "csv", 4, tmp_path)]
    header, *rows = csv.reader(io.StringIO(whole(folder, "csv")))
    assert {tuple(piece[0]) for piece in found} == {tuple(header)}
    assert sorted(row for piece in found for row in piece[1:]) == sorted(rows)


def test_pieces_of_turtle_are_turtle_of_the_same_triples(folder, tmp_path):
    all_of, together = rdflib.Graph(), rdflib.Graph()
    all_of.parse(data=whole(folder, "turtle"), format="turtle")
    subjects: set[object] = set()
    for piece in pieces(folder, "turtle", 3, tmp_path):
        part = rdflib.Graph().parse(data=piece, format="turtle")
        assert subjects.isdisjoint(part.subjects())
        subjects |= set(part.subjects())
        together += part
    assert set(together) == set(all_of)


def test_an_entity_lies_in_the_piece_that_its_name_tells(folder, tmp_path):
    with kg.open_graph(folder) as found:
        names = {entity.id for entity in found.entities()}
    for number, piece in enumerate(pieces(folder, "nt", 5, tmp_path)):
        subjects = {line.split(" ", 1)[0][1:-1] for line in piece.splitlines()}
        for name in names & subjects:
            assert piece_of(name, 5) == number
    assert [piece_of(f"https://kg.example/entity/{n}", 8) for n in "abc"] == [0, 5, 5]


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_two_runs_are_the_same_bytes(folder, tmp_path, form):
    assert pieces(folder, form, 3, tmp_path / "a") == pieces(folder, form, 3, tmp_path / "b")


def test_pieces_of_another_number_are_not_mixed_in(folder, tmp_path):
    pieces(folder, "nt", 3, tmp_path)
    with pytest.raises(KGError, match=r"pieces of another number \(graph-1-of-3\.nt\)"):
        pieces(folder, "nt", 2, tmp_path)
    assert len(list(tmp_path.iterdir())) == 3


def test_a_format_that_has_no_pieces_is_told(folder, tmp_path):
    with pytest.raises(UnknownName, match="no format in pieces 'gexf'"):
        pieces(folder, "gexf", 2, tmp_path)


def test_the_command_writes_them_to_a_folder(folder, tmp_path, capsys):
    args = ["export", "--graph", str(folder), "--format", "jsonl", "--shards", "2"]
    assert run([*args, "--to", str(tmp_path / "new")]) == 0
    found = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert found == ["graph-1-of-2.jsonl", "graph-2-of-2.jsonl"]
    assert run(args) == 2
    assert "--to" in capsys.readouterr().err
