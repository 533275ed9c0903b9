"""Every error can go from one process to another, and says there what it said here; an unexpected
one is told in a line."""

from __future__ import annotations

import copy
import pickle
import pkgutil
from collections.abc import Callable
from importlib import import_module

import pytest

import kg
from kg.errors import KGError, QueryError, TooSlow, UnknownName, told
from kg.read.elsewhere import Elsewhere, Link
from kg.run.processes import WorkerDied, processes


class Several(KGError):
    """Somebody's own, with a constructor of its own."""

    def __init__(self, first: str, *, second: int) -> None:
        self.first, self.second = first, second
        super().__init__(f"{first} {second}")


def tree(kind: type[KGError] = KGError) -> list[type[KGError]]:
    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    return [kind, *(below for child in kind.__subclasses__() for below in tree_of(child))]


def tree_of(kind: type[KGError]) -> list[type[KGError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in tree_of(child))]


MADE: dict[type[KGError], Callable[[], KGError]] = {
    UnknownName: lambda: UnknownName("query", "whoo", ["who", "what"], "See --list."),
    QueryError: lambda: QueryError("not SPARQL", 3, 7),
    TooSlow: lambda: TooSlow(600),
    Elsewhere: lambda: Elsewhere("addresses alone", [Link("https://example.org/a")], near=True),
    WorkerDied: lambda: WorkerDied(-9),
    Several: lambda: Several("a", second=2),
}


@pytest.mark.parametrize("kind", tree(), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("way", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy])
def test_every_error_travels_with_its_words_and_attributes(kind, way):
    error = MADE[kind]() if kind in MADE else kind("what happened, where, what to do")
    error.add_note("a note")
    there = way(error)
    assert type(there) is kind
    assert str(there) == str(error)
    assert there.args == error.args
    assert vars(there) == vars(error)


def raise_(number: int) -> int:
    if number == 1:
        raise UnknownName("query", "whoo", ["who"])
    return number


def test_it_arrives_from_another_process():
    with pytest.raises(UnknownName, match="did you mean 'who'") as raised:
        list(processes(raise_, range(3), jobs=2))
    assert raised.value.known == ("who",)


class Mute(Exception):
    def __str__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (KeyError("x"), "KeyError: 'x'"),
        (ValueError("no: number"), "ValueError: no: number"),
        (ZeroDivisionError(), "ZeroDivisionError"),
        (Mute(), "Mute"),
    ],
)
def test_kind_words_and_place(error, line) -> None:
    assert told(error) == line
    try:
        raise error
    except Exception as caught:
        kind, _, place = told(caught).rpartition(" (")
    assert kind == line
    assert "test_errors.py:" in place
