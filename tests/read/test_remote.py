"""Articles that lie in a store of objects, and files that a runner reads where they lie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.config import load_config
from kg.model import Article, Failure
from kg.read import Place, read
from tests.support.needs import needs

TEXT = "The council of Porthaven met on Monday. It voted for the harbour.\n"


@pytest.fixture
def store() -> Iterator[str]:
    """The address of a folder that fsspec keeps."""
    needs("fsspec")
    from fsspec.implementations.memory import MemoryFileSystem

    system = MemoryFileSystem()
    system.pipe("/news/day/one.txt", TEXT.encode())
    system.pipe("/news/two.md", f"# Two\n\n{TEXT}".encode())
    system.pipe("/news/.hidden/three.txt", TEXT.encode())
    system.pipe("/news/picture.raw", b"\x00")
    system.pipe("/pictures/picture.raw", b"\x00")
    yield "memory://news"
    system.rm("/news", recursive=True)
    system.rm("/pictures", recursive=True)


def all_of(*sources: str | Path, **more: object) -> list[Article | Failure]:
    return list(read(sources, settings=load_config(**more.pop("settings", {})), **more))


def test_a_remote_folder_is_read_as_one_here(store):
    assert [(item.source, item.text) for item in all_of(store)] == [
        ("day/one.txt", TEXT.strip()),
        ("two.md", f"Two\n\n{TEXT.strip()}"),
    ]


def test_a_remote_file_is_named_by_its_address(store):
    (item,) = all_of(f"{store}/day/one.txt")
    assert (item.source, item.text) == (f"{store}/day/one.txt", TEXT.strip())


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("memory://news/none.txt", "no such file or folder"),
        ("memory://pictures", "no file that is read"),
        ("abfs://news/one.txt", r"pip install 'kg\[remote\]'"),
    ],
)
def test_what_cannot_be_had_is_a_failure_with_its_address(store, source, said):
    (failure,) = all_of(source)
    assert isinstance(failure, Failure)
    assert failure.source == source
    assert failure.error.startswith(source)
    assert re.search(said, failure.error)


def test_a_remote_file_that_is_too_large_is_not_fetched(store):
    (failure,) = all_of(f"{store}/two.md", settings={"read": {"max_bytes": 20}})
    assert "more than the limit" in failure.error
    assert "/tmp" not in failure.error


# --- read by a runner --------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path) -> Path:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"Number {number} won. {TEXT}")
    (tmp_path / "bad.txt").write_bytes(b"%PDF-1.4 no text")
    return tmp_path


def test_a_runner_gives_what_reading_here_gives(folder, store):
    sources = [folder, store, folder / "gone.txt"]
    assert all_of(*sources, run=map) == all_of(*sources)


def test_what_another_machine_has_not_is_read_here(folder):
    def elsewhere(function, places):
        for place in places:
            if isinstance(place, Place) and place.name == "1.txt":
                yield function(Place(place.reader, "/nowhere/1.txt", "1.txt", place.size))
            elif isinstance(place, Place) and place.name == "2.txt":
                yield function(Place(place.reader, place.source, "2.txt", 3))  # another file
            else:
                yield function(place)

    assert all_of(folder, run=elsewhere) == all_of(folder)


def test_a_file_that_a_worker_dies_of_is_a_failure(folder):
    def dying(function, places):
        for place in places:
            yield RuntimeError("it died") if place.name == "2.txt" else function(place)

    found = all_of(folder, run=dying)
    told = [item.error for item in found if isinstance(item, Failure)]
    assert f"{folder}/2.txt: it died." in told
    assert len([item for item in found if isinstance(item, Article)]) == 3
