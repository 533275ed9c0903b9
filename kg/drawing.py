"""The page of a new graph, drawn by a process of its own while this one writes the store and the Turtle file.

It reads the tables of the merge and the results on the disk, as this process would. Where it dies (of memory that
is short, say), the page is drawn here.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.folder import read_article
from kg.merge import Merged
from kg.model import Article
from kg.run.processes import WorkerDied, processes
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


def draw(drawing: Drawing) -> None:
    """Draw the page of a graph whose id nobody knows yet (`kg.view.html.show_graph` tells it)."""
    from kg.view import write_view

    with closing(sqlite3.connect(drawing.tables)) as db:
        merged = Merged(db, drawing.base, drawing.vocabulary.terms())
        told = Stream(merged.statements, merged.statement)
        options = ViewOptions(base=drawing.base)
        write_view(drawing.path, merged.entities, told, drawing.texts, options)


class Beside:
    """A page that is being drawn."""

    def __init__(self, drawing: Drawing, drawn: Future[list[WorkerDied | None]]) -> None:
        self._drawing, self._drawn = drawing, drawn

    def shows(self, graph: str) -> bool:
        """Wait for the page, and tell in it which graph it shows; False where its process died. Raises
        what went wrong there."""
        from kg.view.html import show_graph

        (died,) = self._drawn.result()
        if died is not None:
            log.warning("the page is drawn once more: %s", died)
            return False
        show_graph(self._drawing.path, graph)
        return True


@contextmanager
def beside(drawing: Drawing) -> Iterator[Beside]:
    """Draw a page while the block does other things; when it ends, nobody is at work any more."""
    with ThreadPoolExecutor(1) as thread:
        yield Beside(drawing, thread.submit(lambda: list(processes(draw, [drawing], jobs=1))))
