"""Results of articles to the merged graph, whatever their order: all of them, from nothing.

Results are streamed, twice: for their names, and when these are resolved, for what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kg.corrections.articles import Book
from kg.graph.ontology import Ontology, load_ontology
from kg.kb.index import KnowledgeBase
from kg.merge.articles import take_statements
from kg.merge.corrected import Mending
from kg.merge.kb_links import Links
from kg.merge.merged import Merged
from kg.merge.names import Names
from kg.merge.tables import fresh_tables, index_statements
from kg.merge.update import keep_apart, list_articles, set_meta
from kg.model import ArticleResult
from kg.resolve.across import seed_iris
from kg.seeds import Seed


def merge(
    results: Callable[[], Iterable[ArticleResult]],
    *,
    base: str = "https://kg.example/",
    seeds: Sequence[Seed] = (),
    scratch: str | Path = ":memory:",
    ontology: Ontology | None = None,
    book: Book | None = None,
    base_of: KnowledgeBase | None = None,
) -> Merged:
    """Merge the results. ``results`` gives them anew at each call, in any order, each article once;
    ``scratch`` is a file to work in (``":memory:"`` for small inputs); ``ontology`` tells which
    relations can hurt (by default the shipped one); ``book`` holds a person's corrections,
    ``base_of`` is a knowledge base that names are looked up in.
    """
    book = book or Book((), {})
    db = fresh_tables(scratch)
    try:
        mending = Mending(db, book)
        names, links = Names(db, base, seeds), Links(db, base_of)
        for result in results():
            mended = book.mend(result)
            names.take(mended.result, mended.scopes)
        names.apart = mending.apart()
        names.resolve_all(links.seeds)
        mending.apply(names, links.settle)
        for result in results():
            take_statements(db, base, book.mend(result), mending)
            list_articles(db, [result])
        index_statements(db)
        keep_apart(db, names)
        set_meta(db, "seeds", sorted(seed_iris(seeds).values()))
        set_meta(db, "corrected", sorted(book.corrected_articles()))
        db.commit()
        corrected = tuple(mending.corrected())
        return Merged(db, base, ontology or load_ontology(), corrected, links)
    except BaseException:
        db.close()
        raise
