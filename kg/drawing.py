"""The page of a new graph, drawn by a process of its own while this one writes the store and the Turtle file.

It reads the tables of the merge and the results on the disk, as this process would. Where it dies (of memory that
is short, say), the page is drawn here.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from kg.folder import read_article
from kg.merge import Merged
from kg.model import Article
from kg.run.processes import processes
from kg.view.options import ViewOptions
from kg.view.source import Stream
from kg.vocabulary import Vocabulary

log = logging.getLogger("kg.storing")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page to draw at ``path``: of the ``tables`` of a merge under the IRI ``base``, and of the articles with
    results in ``folder``, each with the source that the graph tells."""

    path: Path
    tables: Path
    base: str
    folder: Path
    articles: tuple[tuple[str, str], ...]
    vocabulary: Vocabulary

    def texts(self) -> Iterator[Article]:
        """All articles."""
        return (read_article(self.folder, key, source) for key, source in self.articles)


def draw(drawing: Drawing | None) -> None:
    """Draw the page of a graph whose id nobody knows yet (`kg.view.html.show_graph` tells it); of None, get ready to."""
    from kg.view.html import write_view

    if drawing is None:
        return
    with closing(sqlite3.connect(drawing.tables)) as db:
        merged = Merged(db, drawing.base, drawing.vocabulary.terms())
        told = Stream(merged.statements, merged.statement)
        options = ViewOptions(base=drawing.base)
        write_view(drawing.path, merged.entities, told, drawing.texts, options)


class Beside:
    """A process that is to draw a page, as soon as somebody says that its tables are `ready`."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._is_ready, self._is_over = Event(), Event()
        self._thread = ThreadPoolExecutor(1)
        self._drawn = self._thread.submit(lambda: [*processes(draw, self._wanted(), jobs=1)])

    def _wanted(self) -> Iterator[Drawing | None]:
        yield None  # it starts while the tables are filled
        self._is_ready.wait()
        if not self._is_over.is_set():
            yield self._drawing

    def ready(self) -> None:
        """The tables are whole, and stay as they are until the page is there."""
        self._is_ready.set()

    def shows(self, graph: str) -> bool:
        """Wait for the page, and tell in it which graph it shows; False where its process died. Raises
        what went wrong there."""
        from kg.view.html import show_graph

        died = self._drawn.result()[-1]
        if died is not None:
            log.warning("the page is drawn once more: %s", died)
            return False
        show_graph(self._drawing.path, graph)
        return True

    def close(self) -> None:
        """Wait until nobody is at work any more; a page that was not begun is not drawn."""
        self._is_over.set()
        self._is_ready.set()
        self._thread.shutdown()
