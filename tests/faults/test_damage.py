"""Files that are cut, flipped or lost."""

from __future__ import annotations

import contextlib
import random
import zipfile
from pathlib import Path

import pytest

import kg
from kg.building import build
from kg.cli import run
from kg.errors import Damaged, GraphError
from tests.faults.attack import (
    LONG,
    SEED,
    SETTINGS,
    content,
    cut,
    damage,
    flip,
    places,
    rebuild,
    whole,
)

pytestmark = pytest.mark.xdist_group("faults")

KINDS = {
    "manifest": "manifest.json",
    "its copy": "graph-*/kg.json",
    "a result": "results/*.jsonl",
    "the Turtle file": "graph.ttl",
    "the page": "graph.html",
    "the store's tables": "graph-*/*.sst",
    "the store's list of tables": "graph-*/MANIFEST-*",
    "the store's pointer": "graph-*/CURRENT",
    "the store's log": "graph-*/000004.log",
}


def trials() -> list[tuple[str, int]]:
    """How a file is damaged, and the number of the class of offsets (`places`) at which."""
    return [(how, number) for how in ("flip", "cut") for number in range(7)] + [("lost", 0)]


def attacked(world, kind: str, how: str, number: int, rng: random.Random) -> tuple[Path, Path]:
    out = world.copy("attacked")
    files = sorted(f for f in out.glob(KINDS[kind]) if f.stat().st_size)
    path = rng.choice(files)
    offsets = places(path.stat().st_size, rng)
    at = offsets[number % len(offsets)] if number < 7 else rng.randrange(path.stat().st_size)
    if how == "flip":
        flip(path, at, rng.randrange(8))
    elif how == "cut":
        cut(path, at)
    else:
        path.unlink()
    return out, path


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_told_and_made_good(world, kind):
    rng = random.Random(f"{SEED} {kind}")
    good = content(world.three)
    chosen = trials()
    if LONG:
        chosen += [(how, 7) for how in ("flip", "cut") for _ in range(25)]
    else:
        chosen = rng.sample(chosen[:7], 1) + rng.sample(chosen[7:14], 1) + chosen[-1:]
    for how, number in chosen:
        out, path = attacked(world, kind, how, number, rng)
        where = (how, number, str(path))
        # Reading gives the whole graph, or an error that says what to do.
        try:
            assert content(out) == good, where
        except Damaged as error:
            assert "kg build" in str(error), where
        # It is never called clean.
        with contextlib.suppress(GraphError):
            assert damage(out, deep=True), where
        # The next build makes everything whole, also from one article.
        report = rebuild(world, out, "two.txt")
        assert report.failures == (), where
        assert content(out) == good, where
        whole(out)
        if kind in ("manifest", "a result") or (kind.startswith("the store's") and how != "flip"):
            assert report.repaired, where
    print(f"{len(chosen)} trials on {kind}")


def test_a_store_cut_in_half_is_no_empty_graph(world, capsys):
    out = world.copy("half")
    for path in out.glob("graph-*/*"):
        cut(path, path.stat().st_size // 2)
    with pytest.raises(Damaged, match="kg build"):
        kg.open_graph(out)
    assert run(["check", "-g", str(out)]) == 1
    assert "Clean" not in "".join(capsys.readouterr())


def test_a_flipped_bit_in_a_table_is_seen_by_a_deep_check(world, capsys):
    out = world.copy("bit")
    path = max(out.glob("graph-*/*.sst"), key=lambda p: p.stat().st_size)
    flip(path, path.stat().st_size // 2, 3)
    assert run(["check", "--deep", "-g", str(out)]) == 1
    shown = "".join(capsys.readouterr())
    assert "checksum" in shown
    assert "kg build" in shown


def lost_result(world, name: str) -> tuple[Path, Path]:
    """An output where nothing but the source still has an article: its result and the store are
    damaged."""
    out = world.copy("lost")
    result = next(p for p in out.glob("results/*") if f'"{name}"' in p.read_text())
    cut(result, result.stat().st_size // 8)
    for path in out.glob("graph-*/*.sst"):
        cut(path, 10)
    return out, result


def test_a_result_that_is_lost_is_made_from_its_source(world):
    out, _ = lost_result(world, "three.txt")
    report = rebuild(world, out, "two.txt")
    assert report.failures == ()
    assert any("three" in line or "results" in line for line in report.repaired)
    assert content(out) == content(world.three)
    whole(out)


def test_a_result_that_is_lost_is_made_from_the_archive_it_was_read_from(world, tmp_path):
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        for name in ("two.txt", "three.txt"):
            archive.write(world.articles / name, f"2025/{name}")
    out = tmp_path / "packed"
    build([tmp_path / "news.zip"], out, settings=SETTINGS)
    good = content(out)
    for path in out.glob("results/*"):
        cut(path, path.stat().st_size // 8)
    for path in out.glob("graph-*/*.sst"):
        cut(path, 10)
    report = build([world.articles / "two.txt"], out, settings=SETTINGS)
    assert report.failures == ()
    assert report.articles == 2
    assert content(out) == good
    whole(out)


def test_a_result_that_nothing_can_replace_is_a_failure_of_its_own(world, tmp_path):
    out, result = lost_result(world, "three.txt")
    source = world.articles / "three.txt"
    source.rename(tmp_path / "three.txt")
    try:
        report = rebuild(world, out, "two.txt")
        (failure,) = report.failures
        assert failure.source == "three.txt"
        assert "kg remove" in failure.hint
        assert report.articles == 2
        assert [line for line in damage(out) if result.name not in line] == []
        # It is said again, until the source is back...
        assert len(rebuild(world, out, "two.txt").failures) == 1
    finally:
        (tmp_path / "three.txt").rename(source)
    assert rebuild(world, out, "two.txt").failures == ()
    assert content(out) == content(world.three)
    whole(out)


def test_a_manifest_and_its_copy_lost_are_made_from_the_results(world):
    out = world.copy("both")
    (out / "manifest.json").write_text("{")
    for path in out.glob("graph-*/kg.json"):
        path.unlink()
    report = rebuild(world, out, "two.txt")
    assert report.articles == 3
    assert "made anew from 3 results" in report.repaired[0]
    assert content(out) == content(world.three)
    whole(out)


def test_results_that_changed_places_are_noticed(world):
    out = world.copy("swapped")
    first, second, _ = sorted(out.glob("results/*"))
    text = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(text)
    assert len(damage(out, deep=True)) == 2
    rebuild(world, out, "two.txt")
    assert content(out) == content(world.three)
    whole(out)
