"""Graphs to look at: `html` writes one page that needs no network, `network` gives networkx.

::

    from kg.view import ViewOptions, write_view

    write_view("graph.html", entities, statements, articles, options=ViewOptions(focus="Netflix"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.view.options import ViewOptions

if TYPE_CHECKING:
    from kg.view.html import inline, render, write_view

__all__ = ["ViewOptions", "inline", "render", "write_view"]


def __getattr__(name: str) -> Any:
    if name in ("inline", "render", "write_view"):
        from kg.view import html

        return getattr(html, name)
    raise AttributeError(f"module 'kg.view' has no attribute {name!r}")
