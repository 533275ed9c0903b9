"""Outputs whose merge is kept: killed, damaged, full, and read while they are written."""

from __future__ import annotations

import io
import os
import random
import signal
import sqlite3
from dataclasses import replace

import pytest

from kg import storing
from kg.building import build
from kg.cli import run
from kg.folder import hold
from kg.graph.export import turtle
from kg.graph.store import open_graph
from kg.layout import MERGE, MERGE_SEAL
from tests.faults.attack import (
    LONG,
    SEED,
    SETTINGS,
    World,
    apart,
    content,
    cut,
    damage,
    flip,
    places,
    rebuild,
    update_and_die,
    whole,
)

pytestmark = pytest.mark.xdist_group("faults")


@pytest.fixture
def kept(world, tmp_path, monkeypatch) -> World:
    """The outputs with their merges kept."""
    monkeypatch.setattr(storing, "FEW", 2)
    monkeypatch.setattr(storing, "SHARE", 9)
    made = replace(world, folder=tmp_path, three=tmp_path / "three")
    rebuild(made, made.three, "two.txt", "three.txt", "four.txt")
    assert (made.three / MERGE).exists()
    return made


def test_killed_before_any_step_of_an_update_the_graph_is_the_old_or_the_new_one(kept):
    states = {content(kept.three), content(kept.four)}
    points = 0
    for step in range(1, 400, 1 if LONG else 9):
        out = kept.copy("killed")
        code = apart(update_and_die, kept, out, step)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        points += 1
        assert content(out) in states, step
        for line in damage(out, deep=True):
            assert "made of another graph" in line, (step, line)
        rebuild(kept, out)
        assert content(out) == content(kept.four), step
        whole(out)
    assert points > 2


@pytest.mark.parametrize("name", [MERGE, MERGE_SEAL])
def test_a_kept_merge_that_is_damaged_is_made_anew(kept, name):
    rng = random.Random(f"{SEED} {name}")
    for how in ("flip", "cut", "lost"):
        out = kept.copy("attacked")
        path = out / name
        at = rng.choice(places(path.stat().st_size, rng))
        if how == "flip":
            flip(path, at, rng.randrange(8))
        elif how == "cut":
            cut(path, at)
        else:
            path.unlink()
        report = rebuild(kept, out)
        assert any("anew" in line for line in report.repaired), (how, at)
        assert content(out) == content(kept.four), (how, at)
        whole(out)
        assert rebuild(kept, out).repaired == ()


def test_a_bit_that_turns_in_what_is_kept_of_a_statement_is_told(kept):
    """Also where the file looks as it did."""
    out = kept.copy("bit")
    path = out / MERGE
    found = path.stat()
    db = sqlite3.connect(path)
    db.execute("UPDATE occurrence SET body = replace(body, 'Runway', 'Runwax')")
    db.commit()
    db.close()
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    if path.stat().st_size != found.st_size:
        pytest.skip("the file has another size")
    report = rebuild(kept, out)
    assert "anew" in report.repaired[0]
    assert content(out) == content(kept.four)
    whole(out)


def test_a_damaged_store_is_not_taken_up(kept):
    out = kept.copy("attacked")
    path = max(out.glob("graph-*/*.sst"), key=lambda p: p.stat().st_size)
    flip(path, path.stat().st_size // 2, 1)
    assert rebuild(kept, out).repaired
    assert content(out) == content(kept.four)
    whole(out)


@pytest.mark.parametrize("how", ["cut", "lost"])
def test_a_damaged_result_is_made_anew_also_where_nothing_else_changed(kept, how):
    out = kept.copy("attacked")
    path = min(out.glob("results/*"))
    if how == "cut":
        cut(path, path.stat().st_size // 2)
    else:
        path.unlink()
    report = rebuild(kept, out, "two.txt")
    assert any(path.name in line for line in report.repaired)
    assert content(out) == content(kept.three)
    whole(out)


@pytest.mark.parametrize(
    ("share", "names", "found"), [(9, ["two.txt"], 3), (0, ["one.txt", "two.txt"], 1)]
)
def test_a_few_results_are_looked_at_each_time_and_a_damaged_one_is_found(
    kept, monkeypatch, share, names, found
):
    out, plain = kept.copy("attacked"), replace(SETTINGS.build, page=False, turtle=False)
    sources = [kept.articles / name for name in names]
    rebuild(kept, out, "two.txt")  # what lies in the folder is known
    monkeypatch.setattr(storing, "LOOKED", 1)
    monkeypatch.setattr(storing, "SHARE", share)
    path = max(out.glob("results/*"))
    cut(path, path.stat().st_size // 2)
    reports = [build(sources, out, settings=replace(SETTINGS, build=plain)) for _ in range(found)]
    told = [[path.name in line for line in report.repaired] for report in reports]
    assert told == [[]] * (found - 1) + [[True]]
    assert content(out) == content(kept.three if found > 1 else kept.four)
    whole(out)


def test_an_update_shares_files_with_the_store_that_is_read_and_leaves_it_whole(kept):
    out = kept.copy("read")
    before, held = content(out), hold(out)
    inside = {path.name: path.stat().st_ino for path in held.path.glob("*.sst")}
    rebuild(kept, out)
    assert content(out) == content(kept.four)
    now = hold(out)
    shared = [p for p in now.path.glob("*.sst") if inside.get(p.name) == p.stat().st_ino]
    now.close()
    assert shared
    text = io.StringIO()
    with open_graph(held.path) as graph:
        turtle(graph, text)
    assert text.getvalue() == before
    held.close()


def test_anew_takes_nothing_up(kept, capsys):
    out = kept.copy("anew")
    path = max(out.glob("graph-*/*.sst"), key=lambda p: p.stat().st_size)
    before = path.stat().st_ino
    settings = replace(SETTINGS, build=replace(SETTINGS.build, anew=True))
    build([kept.articles], out, settings=settings)
    assert before not in {path.stat().st_ino for path in out.glob("graph-*/*.sst")}
    assert content(out) == content(kept.four)
    whole(out)
    assert run(["check", "--deep", "-g", str(out)]) == 0
    assert "Clean" in "".join(capsys.readouterr())
