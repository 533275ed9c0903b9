"""Readers beside builds that never rest."""

from __future__ import annotations

import pytest

import kg
from kg.building import remove
from tests.faults.attack import LONG, begin, build_by_turns, content, rebuild, whole

pytestmark = pytest.mark.xdist_group("faults")


def test_a_reader_always_gets_a_whole_graph(world):
    out = world.copy("shared")
    states = {content(world.three), content(world.four)}
    writer = begin(build_by_turns, world, out, 150 if LONG else 4)
    seen, openings = set(), 0
    while writer.is_alive():
        found = content(out)
        assert found in states
        seen.add(found)
        openings += 1
    assert writer.exitcode == 0
    print(f"{openings} openings")
    assert openings > 10
    assert seen == states


def test_a_graph_that_is_open_stays_as_it_is(world):
    out = world.copy("held")
    old = content(out)
    with kg.open_graph(out) as graph:
        rebuild(world, out)
        remove(["one.txt"], out)
        rebuild(world, out)
        assert graph.export("turtle") == old
        assert len(list(out.glob("graph-*"))) == 2
    # Once nobody reads it, the next build sweeps it.
    rebuild(world, out)
    assert content(out) == content(world.four)
    whole(out)


def test_the_outputs_say_which_graph_they_show(world):
    ids = []
    for out in (world.three, world.four):
        turtle = (out / "graph.ttl").read_text().splitlines()[-1]
        page = (out / "graph.html").read_text().splitlines()[-1]
        assert turtle.removeprefix("# kg graph ") in page
        ids.append(turtle)
    assert ids[0] != ids[1]


def test_what_killed_processes_left_is_swept(world):
    out = world.copy("litter")
    for name in (".graph.html.x1y2", "..graph.html.part.ab", ".graph.ttl.part", ".merge.part"):
        (out / name).write_text("left")
    (out / "results/.0123.jsonl.part").write_text("left")
    (out / "graph-9").mkdir()
    (out / "graph-9/000001.sst").write_text("left")
    rebuild(world, out)
    whole(out)


def test_a_page_in_its_place_waits_for_builds(world):
    from kg.errors import InUse
    from kg.folder import writing

    out = world.copy("page")
    with kg.open_graph(out) as graph:
        with writing(out), pytest.raises(InUse):
            graph.view()
        graph.view(out.parent / "elsewhere.html")
        graph.view(focus="Runway")
    whole(out)
