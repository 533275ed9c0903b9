"""Corrections of plain values, as a program sends them.

Either form is taken: a line of ``corrections.jsonl`` (it has ``things`` or ``passages``), and what `kg correct`
takes, with names in place of things::

    {"what": "merge", "keep": "Disney", "other": "Walt Disney Studios", "editor": "Ann"}
    {"what": "status", "statement": ["Ada", "leads", "Alder"], "to": "claimed"}
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any, get_type_hints

import msgspec

from kg.corrections import making
from kg.corrections.lines import KINDS, from_lines
from kg.corrections.making import Open, Signed
from kg.errors import ConfigError, UnknownName
from kg.model import Correction


def of_plain(graph: Open, plain: Mapping[str, Any]) -> Correction:
    """The correction that is meant. Raises `ConfigError` for what is none, and `GraphError` for
    names and statements that the graph does not have."""
    if "things" in plain or "passages" in plain:
        (made,) = from_lines(json.dumps(plain))
        return made
    what = str(plain.get("what"))
    if what not in KINDS:
        raise UnknownName("kind of correction", what, KINDS)
    function = getattr(making, what)
    names = inspect.signature(function).parameters
    hints = {**get_type_hints(function), **get_type_hints(Signed)}
    given = {}
    for name, value in plain.items():
        if name == "what":
            continue
        if name not in hints or name in ("graph", "signed", "return"):
            raise ConfigError(f"{what}: no field {name!r}.")
        try:
            given[name] = msgspec.convert(value, hints[name])
        except msgspec.ValidationError as error:
            raise ConfigError(f"{what}: {name}: {error}.") from None
    needed = [n for n, p in names.items() if p.default is p.empty and n not in ("graph", "signed")]
    if missing := [name for name in needed if name not in given]:
        raise ConfigError(f"{what}: the field {missing[0]!r} is missing.")
    made = function(graph, **given)
    assert isinstance(made, Correction)
    return made
