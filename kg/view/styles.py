"""How things look (`styles.toml`), and which verbs say the same (`alike.toml`); each read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def styles() -> dict[str, Any]:
    """The file's ``attributes``, and its ``family`` and ``status`` tables, in its order."""
    path = Path(__file__).with_name("styles.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def family(kind: str) -> dict[str, Any]:
    """The look of a type (a local name of the ontology); unknown types share the last one."""
    families: list[dict[str, Any]] = styles()["family"]
    return next((f for f in families if kind in f["types"]), families[-1])


def status_style(status: str) -> dict[str, Any]:
    """The line of a status. Raises `StopIteration` for no status of `kg.model`."""
    found: dict[str, Any] = next(s for s in styles()["status"] if s["name"] == status)
    return found


@cache
def alike() -> dict[str, int]:
    """The group of each verb that says the same as others: an ontology relation by its local name,
    another by its label."""
    path = Path(__file__).with_name("alike.toml")
    groups: list[list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))["groups"]
    return {verb: number for number, group in enumerate(groups) for verb in group}
