"""Graphs to look at: `html` writes one page that needs no network, `network` gives networkx.

::

    from kg.view import ViewOptions, write_view

    write_view("graph.html", entities, statements, articles, options=ViewOptions(focus="Netflix"))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.view.options import ViewOptions

if TYPE_CHECKING:
    from kg.view.html import inline, render, write_page, write_view
    from kg.view.pyvis_page import render_pyvis

__all__ = ["ViewOptions", "inline", "render", "render_pyvis", "write_page", "write_view"]


def __getattr__(name: str) -> Any:
    if name == "render_pyvis":
        from kg.view.pyvis_page import render_pyvis

        return render_pyvis
    if name in ("inline", "render", "write_page", "write_view"):
        from kg.view import html

        return getattr(html, name)
    raise AttributeError(f"module 'kg.view' has no attribute {name!r}")
