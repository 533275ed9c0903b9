"""A newcomer finds the way: tests in the file of a module's name, in one that imports it, or where
`elsewhere.toml` says; what is decided where, in the files that the architecture page names."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import kg
from kg.cli import COMMANDS

HOME = Path(kg.__file__).parent
TESTS = Path(__file__).parents[1]
ELSEWHERE: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("elsewhere.toml").read_text(encoding="utf-8")
)


def _name(file: Path) -> str:
    """ "extract.speech.cues"; a package is called as its folder is."""
    return ".".join(file.relative_to(HOME).with_suffix("").parts).removesuffix(".__init__")


MODULES = {_name(file): file for file in sorted(HOME.rglob("*.py"))}


@cache
def _imports(file: Path) -> frozenset[str]:
    """The modules of kg that a file imports, also within functions, or names ("kg.read.text:read_text")."""
    return frozenset(name for name in _named(file) if name in MODULES)


def _named(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kg"):
            yield node.module.removeprefix("kg.")
            yield from (f"{node.module}.{one.name}".removeprefix("kg.") for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name.removeprefix("kg.") for one in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = re.match(r"kg\.([\w.]+)", node.value)
            yield from [said[1]] if said else []


def _reached(test: Path) -> frozenset[str]:
    """The modules that a test can run: what it or its folder's fixtures import, what those import, and
    the commands that it gives."""
    found: set[str] = set()
    waiting = {"__init__", "__main__"}
    for file in (test, test.with_name("conftest.py")):
        if file.is_file():
            waiting |= _imports(file) | {f"cli.{command}" for command in _commands(file)}
    while waiting:
        name = waiting.pop()
        found.add(name)
        if name in MODULES:
            waiting |= _imports(MODULES[name]) - found
    return frozenset(found)


def _commands(file: Path) -> set[str]:
    said = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {
        word
        for node in said
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for word in node.value.split()
        if word in COMMANDS
    }


def _own() -> set[str]:
    """The modules with a test file of their name; packages have their docstring."""
    return {
        name
        for name, file in MODULES.items()
        if file.name == "__init__.py"
        or (TESTS / file.relative_to(HOME)).with_name(f"test_{file.name}").is_file()
    }


def test_the_tests_of_every_module_are_found():
    found = _own() | {one for test in TESTS.rglob("test_*.py") for one in _imports(test)}
    lost = set(MODULES) - found - {name for names in ELSEWHERE.values() for name in names}
    assert not lost, (
        f"Give these a test file of their name, or say in {Path(__file__).parent.name}/elsewhere.toml "
        f"which one tests them: {', '.join(sorted(lost))}"
    )


def test_the_table_is_true():
    own = _own()
    for test, names in ELSEWHERE.items():
        told, reached = set(names), _reached(TESTS / test)
        assert not told - MODULES.keys(), f"{test}: there is no {', '.join(told - MODULES.keys())}"
        assert not told & own, f"{test}: {', '.join(told & own)} has a test file of its own"
        assert not told - reached, f"{test}: it does not run {', '.join(sorted(told - reached))}"


def test_what_the_architecture_page_names_is_there():
    page = (TESTS.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.split("## Where things are decided", 1)[1].split("\n\nThe tests", 1)[0]
    told = re.findall(r"`([\w/]+/\w+\.(?:py|toml|ttl))`", table)
    assert len(told) > 20
    assert [
        name for name in told if not any((home / name).is_file() for home in (HOME, HOME.parent))
    ] == []
