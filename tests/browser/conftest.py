from __future__ import annotations

from pathlib import Path

import pytest

from kg.view import ViewOptions, write_view
from tests.support import browser as support
from tests.support.graphs import graph, small


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Pages by name, each written once: ``pages("small")``, ``pages("5000")``."""
    folder = tmp_path_factory.mktemp("pages")

    def page(name: str, **options) -> Path:
        path = folder / f"{name}{abs(hash(tuple(options.items()))) if options else ''}.html"
        if not path.exists():
            parts = small() if name == "small" else graph(int(name))
            write_view(path, *parts.parts(), options=ViewOptions(**options))
        return path

    return page


@pytest.fixture
def opened(chromium, pages):
    """Opens a page with the network off; at the end nothing must have gone wrong in it."""
    contexts = []
    watched = []

    def open_page(name="small", fragment="", *, size=(1440, 900), path=None, view=None, **context):
        made = chromium.new_context(
            offline=True, viewport={"width": size[0], "height": size[1]}, accept_downloads=True,
            **context,
        )  # fmt: skip
        contexts.append(made)
        watch = support.Watched(made.new_page())
        watched.append(watch)
        return watch.open(path or pages(name, **(view or {})), fragment)

    yield open_page
    for made in contexts:
        made.close()
    troubles = [trouble for watch in watched for trouble in watch.troubles]
    assert troubles == []
