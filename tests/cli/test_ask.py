"""``kg ask``: a question on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.cli import run
from tests.ask.town import town


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    with town(tmp_path_factory.mktemp("town")) as graph:
        return graph.folder


def test_answers_go_to_stdout_and_the_reading_to_stderr(folder, capsys):
    assert run(["ask", "Who", "sued", "Orlo", "Mills?", "-g", str(folder)]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("Halden Foods\n")
    assert "asserted  Halden Foods  sued  Orlo Mills" in told.out
    assert told.err == "read as: Who – sued – Orlo Mills\n"


def test_what_the_graph_does_not_know_ends_with_1_and_what_comes_nearest(folder, capsys):
    assert run(["ask", "Who did Orlo Mills sue?", "-g", str(folder)]) == 1
    told = capsys.readouterr()
    assert "The graph does not know." in told.err
    assert "Halden Foods  sued  Orlo Mills" in told.out


def test_the_query_can_be_shown_and_asked(folder, capsys):
    assert run(["ask", "Who sued Orlo Mills?", "-g", str(folder), "--sparql"]) == 0
    query = capsys.readouterr().out.partition("\n}\n")[0] + "\n}"
    assert run(["query", query, "-g", str(folder)]) == 0
    assert "Halden_Foods" in capsys.readouterr().out


def test_the_whole_answer_as_json(folder, capsys):
    assert run(["ask", "Did Orlo Mills sue Halden Foods?", "-g", str(folder), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["verdict"], found.get("answers", [])) == ("silent", [])
