"""The word lists of a language as they stand in its folder: ``en/`` for English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

_FOLDER: Final = Path(__file__).parent / "en"
T = TypeVar("T")


@cache
def word_lists(name: str) -> dict[str, Any]:
    """What ``en/NAME.toml`` says, read once and not to be changed."""
    return tomllib.loads(word_file(f"{name}.toml"))


def word_file(name: str) -> str:
    """The text of a file of the language's folder."""
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def word_sets(name: str) -> Mapping[str, frozenset[str]]:
    """The lists of ``en/NAME.toml`` by name, as sets."""
    return MappingProxyType(_mapping(word_lists(name), sets=True))


@cache
def rule_words(module: str) -> Mapping[str, frozenset[str]]:
    """The lists of ``en/rules.toml`` that the rules of a module ask for, by name, as sets."""
    return MappingProxyType(_mapping(word_lists("rules")[module], sets=True))


def word_table(kind: type[T], *names: str) -> T:
    """``kind``, a dataclass, filled from the files ``en/NAME.toml``: each field has what stands
    there under its name, or under ``table_name`` for a list in a table of several
    (but for the table ``lists``, which is no more than them).

    The field's type tells what becomes of it: a ``frozenset`` or ``tuple`` of words, or a mapping.
    A table of lists that is to be a mapping to words is turned round: word -> name of its list,
    the first where it stands in two.
    """
    found: dict[str, Any] = {}
    for name in names:
        for key, value in word_lists(name).items():
            found[key] = value
            if isinstance(value, dict):
                lead = "" if key == "lists" else f"{key}_"
                found |= {f"{lead}{inner}": words for inner, words in value.items()}
    return kind(**{field.name: _made(field.type, found[field.name]) for field in fields(kind)})  # type: ignore[arg-type]


def _made(type_: object, found: Any) -> object:
    told = str(type_)
    if told.startswith("Mapping"):
        return MappingProxyType(_mapping(found, sets="frozenset" in told))
    words = found if isinstance(found, list) else [w for part in found.values() for w in part]
    return tuple(words) if told.startswith("tuple") else frozenset(words)


def _mapping(found: Mapping[str, Any], *, sets: bool) -> dict[str, Any]:
    if sets:
        return {key: frozenset(words) for key, words in found.items()}
    turned: dict[str, Any] = {}
    for key, value in found.items():
        if not isinstance(value, list):
            turned[key] = value
            continue
        for word in value:
            turned.setdefault(word, key)
    return turned
