"""``kg correct`` and ``kg corrections``: each subcommand, over one ready-made graph."""

from __future__ import annotations

import json

import pytest

import kg
from kg.cli import run
from kg.cli.correct import command
from tests.corrections.test_folder import CORRECTIONS, stored, turtle, two


@pytest.fixture
def out(tmp_path):
    return stored(tmp_path / "out")


def test_every_kind_is_a_subcommand():
    assert set(command.commands) == set(kg.corrections.KINDS)


def test_each_subcommand_keeps_one_correction_and_undo_takes_it_back(out, capsys):
    one, other = two(out)
    before = turtle(out)
    with kg.open_graph(out) as graph:
        first = next(s for s in graph.statements() if len(s.evidence) == 1)
        article = next(graph.articles())
    statement = f"stmt:{first.id.rpartition('/')[2]}"
    for words in (
        ["merge", one, other],
        ["split", one, "--mention", one, "--as", "Another"],
        ["distinct", one, other],
        ["rename", one, "Another Name"],
        ["retype", one, "Company"],
        ["alias", one, "AN"],
        ["link", one, "Q1"],
        ["reject", statement],
        ["confirm", statement],
        ["status", statement, "claimed", "--by", other],
        ["add", one, "used", other, "--passage", article.id, "0", "10", "--status", "planned"],
    ):
        given = [
            "correct",
            *words,
            "--graph",
            str(out),
            "-q",
            "--editor",
            "Ann",
            "--date",
            "2026-11-30",
        ]
        assert run(given) == 0, words
        told = capsys.readouterr().out
        (line,) = (out / CORRECTIONS).read_text().splitlines()
        made = json.loads(line)
        assert (made["what"], made["editor"], made["date"]) == (words[0], "Ann", "2026-11-30")
        assert told.startswith(made["id"])
        assert run(["corrections", "undo", made["id"], "-g", str(out), "-q"]) == 0
        assert turtle(out) == before, words
    assert run(["corrections", "list", "-g", str(out)]) == 0
    assert "No corrections." in capsys.readouterr().err


def test_what_contradicts_is_told_and_the_exit_code_says_so(out, capsys, tmp_path):
    one, other = two(out)
    assert run(["correct", "merge", one, other, "-g", str(out), "-q"]) == 0
    with kg.open_graph(out) as graph:
        (merge,) = (c.correction for c in graph.corrections())
    apart = {"what": "distinct", "things": [kg.results.to_plain(thing) for thing in merge.things]}
    (tmp_path / "more.jsonl").write_text(json.dumps(apart) + "\n")
    assert run(["corrections", "add", str(tmp_path / "more.jsonl"), "-g", str(out), "-q"]) == 3
    assert f"contradicts {merge.id}" in capsys.readouterr().err
    assert run(["corrections", "check", "-g", str(out)]) == 1
    assert capsys.readouterr().out.count("conflict: contradicts") == 2
    assert run(["corrections", "list", "--json", "-g", str(out)]) == 0
    assert {json.loads(line)["state"] for line in capsys.readouterr().out.splitlines()} == {
        "conflict"
    }
    assert run(["corrections", "export", "-g", str(out), "--to", str(tmp_path / "all.jsonl")]) == 0
    assert (tmp_path / "all.jsonl").read_bytes() == (out / CORRECTIONS).read_bytes()
