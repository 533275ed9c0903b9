"""The index of names: in memory, on the disk, and taken along from the store before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.ask.names import without_articles
from kg.config import load_config
from kg.graph import name_index as module
from kg.graph.name_index import INDEX, NameIndex, carry, name_index
from kg.graph.store import GraphStore, change_graph, open_graph, write_graph
from kg.model import Entity

SETTINGS = load_config()
BASE = "https://kg.example/entity/"


def entity(name: str, *aliases: str, type: str = "Person", named: bool = True) -> Entity:
    iri = BASE + name.replace(" ", "_")
    return Entity(id=iri, label=name, type=type, aliases=aliases, articles=(), named=named)


ENTITIES = (
    entity("Ada Núñez", "Núñez", "the Ada"),
    entity("The Hague", "Den Haag", type="Place"),
    entity("an inquiry into the fire", type="Topic", named=False),
    entity("Brightwater", "Brightwater Ltd", type="Company"),
)
CHANGED = (
    replace(ENTITIES[0], aliases=("Núñez",)),
    replace(ENTITIES[1], label="Hague", aliases=("Den Haag", "The Hague")),
    entity("Coldstream", type="Company"),
    ENTITIES[2],
)


def stored(folder: Path, entities: tuple[Entity, ...]) -> Path:
    write_graph(folder, entities, (), (), settings=SETTINGS)
    return folder


def told(index: NameIndex) -> dict[str, object]:
    tables = ("label", "kind", "names", "exact", "own", "inside")
    found: dict[str, object] = {name: dict(getattr(index, name)) for name in tables}
    words = {w for word in index.inside for w in (word[:2], word)}
    return found | {
        "named": set(index.named),
        "kinds": index.kinds(),
        "starting": {word: index.starting(word, word) for word in words},
    }


def opened(folder: Path) -> GraphStore:
    return open_graph(folder)


@pytest.fixture
def large(monkeypatch) -> None:
    """Every graph is a large one."""
    monkeypatch.setattr(module, "_FEW", 0)


def test_what_is_told_of_names(tmp_path):
    with opened(stored(tmp_path / "a", ENTITIES)) as graph:
        index = name_index(graph, without_articles)
    ada, hague, inquiry, water = (e.id for e in ENTITIES)
    assert (index.label[hague], index.kind[hague], inquiry in index.label) == (
        "The Hague",
        "Place",
        True,
    )
    assert "nothing" not in index.label and "nothing" not in index.exact
    assert index.names["nothing"] == index.exact["nothing"] == set()
    assert set(index.named) == {ada, hague, water} and inquiry not in index.named
    assert index.names[ada] == {"ada nunez", "nunez", "the ada"}
    assert index.exact["hague"] == {hague} and "hague" not in index.own
    assert index.own["the hague"] == {hague}
    assert index.inside["the"] == {ada, hague, inquiry}
    assert index.letters["^br"] == {"brightwater"}
    assert index.starting("bright", "water ltd") == {(water, "brightwater ltd")}
    assert index.kinds() == {"Person", "Place", "Topic", "Company"}


def test_a_large_graph_has_its_index_on_the_disk_and_another_reader_takes_it(
    tmp_path, large, monkeypatch
):
    folder = stored(tmp_path / "a", ENTITIES)
    with opened(folder) as graph:
        made = told(name_index(graph, without_articles))
        assert [path.name for path in folder.glob("names.*")] == [INDEX]
        monkeypatch.setattr(module, "_fill", None)  # nothing is read again
        assert told(name_index(graph, without_articles)) == made
    monkeypatch.undo()
    with opened(folder) as graph:
        (folder / INDEX).write_bytes(b"no index")
        assert told(name_index(graph, without_articles)) == made


@pytest.mark.parametrize("asked_between", [True, False])
def test_the_index_goes_along_with_changes_of_the_store(
    tmp_path, large, monkeypatch, asked_between
):
    fresh = stored(tmp_path / "fresh", CHANGED)
    with opened(fresh) as graph:
        wanted = told(name_index(graph, without_articles))
    before, between, after = stored(tmp_path / "a", ENTITIES), tmp_path / "b", tmp_path / "c"
    with opened(before) as graph:
        name_index(graph, without_articles)
        here = {f"{t.subject} {t.predicate} {t.object} ." for t in graph.store}
    with opened(fresh) as graph:
        there = {f"{t.subject} {t.predicate} {t.object} ." for t in graph.store}
    monkeypatch.setattr(module, "_fill", None)  # it is never made anew
    half = {line for line in here - there if "Hague" in line}
    carry(before, between, change(before, between, half, set()))
    if asked_between:
        with opened(between) as graph:
            name_index(graph, without_articles)
    carry(between, after, change(between, after, here - there - half, there - here))
    with opened(after) as graph:
        assert told(name_index(graph, without_articles)) == wanted
    assert [path.name for path in after.glob("names.*")] == [INDEX]


def change(before: Path, after: Path, gone: set[str], come: set[str]) -> set[str]:
    left, came = change_graph(before, after, (), gone, come)
    return left | came
