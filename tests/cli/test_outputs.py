"""Files that a build writes for people, where they are wanted."""

from __future__ import annotations

from pathlib import Path

import kg
from kg.cli import run
from kg.damage import damage
from kg.layout import OUTPUTS


def there(out: Path) -> set[str]:
    return {name for name in OUTPUTS if (out / name).exists()}


def test_turtle_and_page_are_written_where_they_are_wanted(tmp_path, capsys):
    text, out = tmp_path / "one.txt", tmp_path / "out"
    text.write_text("Netflix used software from Runway.\n")
    assert run(["build", str(text), "-o", str(out), "-q"]) == 0
    assert there(out) == {"graph.ttl", "graph.html"}
    with kg.open_graph(out) as graph:
        before = graph.export("turtle")
        iri = next(e.id for e in graph.entities() if e.label == "Netflix")
    # What was written of an older graph does not stay.
    assert run(["build", str(text), "-o", str(out), "--no-turtle", "-q"]) == 0
    assert there(out) == {"graph.html"}
    assert run(["build", str(text), "-o", str(out), "--no-turtle", "--no-page"]) == 0
    assert "Written" not in capsys.readouterr().err
    assert there(out) == set()
    assert damage(out, deep=True) == ()
    with kg.open_graph(out) as graph:
        assert graph.export("turtle") == before
    # A correction writes what is there.
    assert run(["correct", "rename", iri, "Netflix Inc.", "-g", str(out), "-q"]) == 0
    assert there(out) == set()
    assert run(["build", str(text), "-o", str(out), "-q"]) == 0
    assert there(out) == {"graph.ttl", "graph.html"}
    assert damage(out, deep=True) == ()
