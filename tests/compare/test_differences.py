"""What `kg diff` tells of two real graphs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.cli import run
from kg.corrections import merge, reject, retype, status

ONE = "Halden bought Pinetree in May. Judge Jonas Moreau fined Halden Transit on Monday."
TWO = "Jon Moreau praised Halden. Harwick Rovers sued Dorall Motors."
THREE = "Harwick Rovers never sued Dorall Motors. Mia Holt praised Pinetree."


def built(folder: Path, *texts: str) -> Path:
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(f"---\ndate: 2025-06-1{number}\n---\n{text}\n")
    assert run(["build", str(folder), "--out", str(folder / "out"), "-q"]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def old(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("old") / "in", ONE, TWO)


@pytest.fixture
def new(old, tmp_path) -> Path:
    return Path(shutil.copytree(old, tmp_path / "new"))


def told(old, new):
    return {(c.what, c.label) for c in kg.diff(old, new) if c.kind != "article"}


def test_a_graph_does_not_differ_from_itself_its_file_or_its_copy(old, new, tmp_path, capsys):
    with kg.open_graph(old) as graph:
        graph.export("nt", tmp_path / "graph.nt")
    for other in (old, new, old / "graph.ttl", tmp_path / "graph.nt"):
        assert kg.diff(old, other) == ()
        assert run(["diff", str(old), str(other)]) == 0
        assert run(["diff", str(old), str(other), "-f", "patch"]) == 0
    assert "Nothing differs." in capsys.readouterr().err


def test_what_came_is_what_went_the_other_way_round(old, tmp_path):
    more = built(tmp_path / "in", ONE, TWO, THREE)
    forward, back = kg.diff(old, more), kg.diff(more, old)
    came = {(c.kind, c.label) for c in forward if c.what == "came"}
    assert came == {(c.kind, c.label) for c in back if c.what == "went"}
    assert ("thing", "Mia Holt (Person)") in came
    assert ("statement", "Mia Holt praised Pinetree") in came
    assert not [c for c in forward if c.what == "went"]
    assert [c.sources for c in forward if c.label == "Mia Holt praised Pinetree"] == [("2.txt",)]


def test_what_is_denied_now_changed_its_status_and_is_contradicted(old, tmp_path):
    more = built(tmp_path / "in", ONE, TWO, THREE)
    changes = {c.what: c for c in kg.diff(old, more) if c.what in ("status", "contradicted")}
    assert changes["status"].before == ("asserted",)
    assert changes["status"].after == ("asserted", "denied")
    assert changes["contradicted"].sources == ("1.txt", "2.txt")


def test_a_merge_is_a_merge_and_nothing_else_is_new(old, new):
    with kg.open_graph(new) as graph:
        fix = merge(graph, "Jonas Moreau", "Jon Moreau")
    kg.correct(fix, new)
    assert told(old, new) == {("merged", "Jonas Moreau")}
    assert told(new, old) == {("split", "Jonas Moreau")}


def test_a_class_and_a_status_by_hand(old, new):
    with kg.open_graph(new) as graph:
        (sued,) = (s for s in graph.statements() if s.predicate.label == "sued")
        (bought,) = (s for s in graph.statements() if s.predicate.label == "acquired")
        fixes = [
            retype(graph, "Harwick Rovers", "Company"),
            status(graph, sued.id, "claimed", by="Jonas Moreau"),
            reject(graph, bought.id),
        ]
    kg.correct(fixes, new)
    found = {(c.what, c.label): (c.before, c.after) for c in kg.diff(old, new)}
    assert found["class", "Harwick Rovers"][1] == ("Company",)
    assert found["status", "Harwick Rovers sued Dorall Motors"] == (
        ("asserted",), ("claimed by Jonas Moreau",),
    )  # fmt: skip
    assert ("went", "Halden acquired Pinetree") in found


def test_the_patch_makes_the_one_graph_of_the_other(old, tmp_path, capsys):
    more = built(tmp_path / "in", ONE, THREE)
    assert run(["diff", str(old), str(more), "-f", "patch", "--to", str(tmp_path / "p")]) == 1
    lines = (tmp_path / "p").read_text().splitlines()
    assert (lines[0], lines[-1]) == ("TX .", "TC .")
    store = ox.Store()
    store.load(path=str(old / "graph.ttl"))
    for line in lines[1:-1]:
        (triple,) = ox.parse(line[2:], format=ox.RdfFormat.N_TRIPLES)
        quad = ox.Quad(triple.subject, triple.predicate, triple.object)
        (store.add if line[0] == "A" else store.remove)(quad)
    after = ox.Store()
    after.load(path=str(more / "graph.ttl"))
    assert set(store) == set(after)


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
def test_every_form_tells_the_same_changes(form, old, tmp_path, capsys):
    more = built(tmp_path / "in", ONE, TWO, THREE)
    capsys.readouterr()
    assert run(["diff", str(old), str(more), "-f", form, "--only", "came,contradicted"]) == 1
    out = capsys.readouterr().out
    assert "Mia Holt praised Pinetree" in out and "contradicted" in out and "status" not in out
    if form == "json":
        assert {json.loads(line)["what"] for line in out.splitlines()} == {"came", "contradicted"}


def test_what_cannot_be_compared_is_told(old, tmp_path, capsys):
    (tmp_path / "a.csv").write_text("x")
    (tmp_path / "a.ttl").write_text("not turtle")
    for other, words in (
        ("a.csv", "neither a folder"),
        ("a.ttl", "cannot be read"),
        ("b", "neither"),
    ):
        assert run(["diff", str(old), str(tmp_path / other)]) == 2
        assert words in capsys.readouterr().err
    assert run(["diff", str(old), str(old), "--only", "lost"]) == 2
