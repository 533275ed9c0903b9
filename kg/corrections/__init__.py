"""A person's corrections, which every build from then on respects.

A correction is a value (`kg.model.Correction`) that knows what it is about by content: an entity by
the name that articles give it, a statement by its passages. So it holds whatever else comes and goes.
Functions named as the commands make them of an open graph; `kg.correct` puts them into its folder::

    graph = kg.open_graph("output")
    wrong = kg.corrections.merge(graph, "Disney", "Walt Disney Studios", editor="Ann")
    graph = kg.correct(wrong, "output")
"""

from __future__ import annotations

from kg.corrections.lines import KINDS, from_lines, to_lines, told
from kg.corrections.making import (
    add,
    alias,
    confirm,
    distinct,
    link,
    merge,
    reject,
    rename,
    retype,
    split,
    status,
)

__all__ = [
    "KINDS",
    "add",
    "alias",
    "confirm",
    "distinct",
    "from_lines",
    "link",
    "merge",
    "reject",
    "rename",
    "retype",
    "split",
    "status",
    "to_lines",
    "told",
]
