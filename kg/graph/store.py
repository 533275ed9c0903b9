"""The graph on disk: an Oxigraph store that one process writes once and everybody reads.

`write_graph` makes a new store folder; `open_graph` opens one to read. A store is never changed in
place: a build writes a new one and makes it current by a rename (`kg.folder`), so a process that
is killed leaves the last good graph as it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.config import Settings
from kg.errors import Damaged, GraphError, InUse, is_full
from kg.graph.mapping import Mapper
from kg.graph.ontology import Ontology
from kg.graph.spool import Spool
from kg.graph.vocab import ABOUT, BASE, FACTS, KG, ONLY, term
from kg.model import Article, Corrected, Entity, Event, Statement

if TYPE_CHECKING:
    import rdflib

    from kg.graph.inferred import Infer
    from kg.graph.only import Only
    from kg.graph.query import Answer
    from kg.graph.reading import Reading

#: The files of RocksDB that say which tables make a store.
_NAMING: Final = ("CURRENT", "IDENTITY", "MANIFEST-", "OPTIONS-")
#: Triples that are loaded at once; the loader holds them in memory, several times their size.
_PIECE: Final = 20_000


def write_graph(
    folder: str | Path,
    entities: Iterable[Entity],
    statements: Iterable[Statement],
    articles: Iterable[Article],
    *,
    settings: Settings,
    events: Iterable[Event] = (),
    corrections: Iterable[Corrected] = (),
    ontology: Ontology | None = None,
    spool: Spool | None = None,
) -> int:
    """Write a new store in ``folder`` from these streams, and give the number of its triples.

    ``ontology`` (default: the shipped one) declares their terms; ``spool`` takes the triples as
    lines of N-Triples, for an export that need not read the store again.

    Raises `GraphError` when the folder is there already or the disk is full (nothing is left
    behind), `InUse` when another process has it open.
    """
    mapper = Mapper(settings.graph.base, settings.graph.facts, ontology)
    lines = _lines(mapper, entities, statements, articles, events, corrections)
    return write_lines(folder, lines, spool)


def write_lines(folder: str | Path, lines: Iterable[str], spool: Spool | None = None) -> int:
    """As `write_graph`, of triples as lines of N-Triples."""
    path, left = Path(folder), iter(lines)
    if path.exists():
        raise GraphError(f"{path}: there already; a store is written once, into a new folder.")
    try:
        store = _open(path)
        with ThreadPoolExecutor(1) as beside:  # one piece is loaded while the next is made
            loading: Future[None] | None = None
            while piece := list(islice(left, _PIECE)):
                if loading is not None:
                    loading.result()
                text = "\n".join(piece).encode()
                loading = beside.submit(
                    store.bulk_load, text, format=ox.RdfFormat.N_TRIPLES, lenient=True
                )
                if spool is not None:
                    spool.take(piece)
                del piece, text
            if loading is not None:
                loading.result()
        store.flush()
        triples = len(store)
        del store
    except BaseException as error:
        shutil.rmtree(path, ignore_errors=True)
        if isinstance(error, OSError | RuntimeError):
            raise _unwritten(path, error) from error
        raise
    return triples


def change_graph(
    current: Path, folder: Path, articles: Iterable[str], removed: set[str], added: set[str]
) -> tuple[set[str], set[str]]:
    """Write a new store in ``folder``: the current one without all triples of these articles (by
    IRI) and without the lines ``removed``, but with those ``added``; the lines that left and came.

    What the two have in common is on the disk once: files of a store are never changed, and the new
    one has links to them. Raises `Damaged` where the current store has not what is to leave, or has
    what is to come, `GraphError` as `write_graph`.
    """
    try:
        _twin(current, folder)
        store = ox.Store(str(folder))
        own = {
            f"{quad.subject} {quad.predicate} {quad.object} ."
            for iri in articles
            for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph())
        }
        gone, come = (removed | own) - added, added - own
        for quad in _quads(gone):
            if quad not in store:
                raise Damaged(f"{current}: it lacks {quad.subject} {quad.predicate}.")
            store.remove(quad)
        news = list(_quads(come))
        if any(quad in store for quad in news):
            raise Damaged(f"{current}: it has what was to come.")
        store.extend(news)
        store.flush()
        del store
    except BaseException as error:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, OSError | RuntimeError) and is_full(error):
            raise _unwritten(folder, error) from error
        if isinstance(error, OSError | RuntimeError):
            raise Damaged(f"{current}: cannot be taken up ({error}).") from error
        raise
    return gone, come


def _twin(current: Path, folder: Path) -> None:
    """A second store with the files of a closed one. Those of its tables are never changed and are links;
    the small ones, which name them, are copies."""
    folder.mkdir()
    for file in sorted(current.iterdir()):
        if file.suffix == ".sst":
            try:
                os.link(file, folder / file.name)
                continue
            except OSError:  # a file system without links, or the most that a file may have
                pass
        if file.suffix in (".sst", ".log") or file.name.startswith(_NAMING):
            shutil.copyfile(file, folder / file.name)


def _quads(lines: Iterable[str]) -> Iterator[ox.Quad]:
    text = "\n".join(sorted(lines)).encode()
    return iter(ox.parse(text, format=ox.RdfFormat.N_TRIPLES, lenient=True))


@cache
def _query() -> ModuleType:
    """Imported at the first query; an import statement costs more than a short query may."""
    return import_module("kg.graph.query")


def _lines(
    mapper: Mapper,
    entities: Iterable[Entity],
    statements: Iterable[Statement],
    articles: Iterable[Article],
    events: Iterable[Event],
    corrections: Iterable[Corrected],
) -> Iterator[str]:
    told = chain(
        map(mapper.article, articles),
        map(mapper.entity, entities),
        map(mapper.statement, statements),
        map(mapper.event, events),
        map(mapper.correction, corrections),
    )
    # The vocabulary last: it declares what the mapper met.
    return chain(mapper.about(), chain.from_iterable(told), mapper.vocabulary())


def _open(path: Path, *, read_only: bool = False) -> ox.Store:
    try:
        return ox.Store.read_only(str(path)) if read_only else ox.Store(str(path))
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).casefold():
            raise InUse(f"{path}: another process has it open; wait for it, or end it.") from error
        if not read_only:
            raise _unwritten(path, error) from error
        raise Damaged(f"{path}: not a readable store ({error}). Build again.") from error


def _unwritten(path: Path, error: OSError | RuntimeError) -> GraphError:
    """Why a store could not be written."""
    if is_full(error):
        return GraphError(
            f"{path}: the disk is full ({error}). The last good graph is as it was; make room and "
            "build again."
        )
    return GraphError(f"{path}: cannot write the store: {error}")


def open_graph(folder: str | Path) -> GraphStore:
    """Open a store to read. Raises `GraphError` when there is none."""
    path = Path(folder)
    if not path.is_dir():
        raise GraphError(f"{path}: no graph here. Build one: kg build SOURCE --out DIR")
    return GraphStore(_open(path, read_only=True), folder=path)


def loaded(path: str | Path) -> GraphStore:
    """A graph in memory, of a Turtle or N-Triples file. Raises `GraphError` for one that cannot be
    read."""
    store, kind = ox.Store(), ox.RdfFormat.from_extension(Path(path).suffix.lstrip("."))
    if kind not in (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES):
        raise GraphError(f"{path}: neither a folder of a graph nor a file .ttl or .nt of one.")
    try:
        store.bulk_load(path=str(path), format=kind)
    except (OSError, SyntaxError) as error:
        raise GraphError(f"{path}: cannot be read: {error}") from error
    return GraphStore(store)


class GraphStore:
    """A graph to read: SPARQL, the values of `kg.model`, rdflib. Use as a context manager, or
    call `close`."""

    def __init__(
        self, store: ox.Store, base: str | None = None, *, folder: Path | None = None
    ) -> None:
        self._store: ox.Store | None = store
        self._folder = folder
        self.base = base or self._stored_base()

    def __enter__(self) -> GraphStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store; nothing can be read afterwards."""
        self._store = None

    @property
    def store(self) -> ox.Store:
        """The Oxigraph store itself, for whoever wants it raw."""
        if self._store is None:
            raise GraphError("the graph is closed; open it again.")
        return self._store

    @property
    def folder(self) -> Path | None:
        """Where the store lies; None for one in memory."""
        return self._folder

    def __len__(self) -> int:
        """The number of triples."""
        return len(self.store)

    def query(
        self,
        query: str,
        *,
        timeout: float | None = None,
        allow_service: bool = False,
        infer: Infer | None = None,
        **parameters: str,
    ) -> Answer:
        """The answer of a SPARQL 1.1 query, or of a shipped query by its name.

        With a ``timeout`` (seconds; ``math.inf``: none) it is answered by a process apart, which
        can be ended: by the time, and by Ctrl-C. Without one it is answered in this process, a
        tenth of a second sooner, and nothing ends it. ``SERVICE`` asks another server, and is
        refused without ``allow_service``. ``infer`` looks in what follows from the facts, too.

        Raises `kg.errors.QueryError` with line and column for one that does not parse, and
        `kg.errors.QueryTimeout`.
        """
        answer: Answer = _query().run(
            self.store, query, self.base, parameters,
            timeout=timeout, allow_service=allow_service, folder=self._folder, infer=infer,
        )  # fmt: skip
        return answer

    def articles(self) -> Iterator[Article]:
        """All articles, sorted by IRI."""
        return self._reading().articles()

    def entities(self) -> Iterator[Entity]:
        """All entities, sorted by IRI."""
        return self._reading().entities()

    def entity(self, iri: str) -> Entity:
        """One entity. Raises `GraphError` when there is none of that IRI."""
        return self._reading().entity(iri)

    def corrections(self) -> Iterator[Corrected]:
        """What became of each correction, sorted by id."""
        return self._reading().corrections()

    def source(self, article: str) -> str:
        """Where an article, by its id, came from; empty for one that is not there."""
        return self._reading().source(article)

    def statements(self) -> Iterator[Statement]:
        """All statements with their evidence, sorted by IRI."""
        return self._reading().statements()

    def statements_of(self, *predicates: str) -> Iterator[Statement]:
        """The statements with these predicates, by IRI, sorted by IRI."""
        return self._reading().statements_of(predicates)

    def statement(self, iri: str) -> Statement:
        """One statement. Raises `GraphError` when there is none of that IRI."""
        return self._reading().statement(iri)

    def events(self) -> Iterator[Event]:
        """All events that statements tell of, sorted by IRI."""
        return self._reading().events()

    def event(self, iri: str) -> Event:
        """One event. Raises `GraphError` when there is none of that IRI."""
        return self._reading().event(iri)

    def _reading(self) -> Reading:
        from kg.graph.reading import Reading

        return Reading(self.store, self.base)

    def rdf(self) -> rdflib.Graph:
        """The graph as an rdflib graph, over the same store (nothing is copied; read only)."""
        import rdflib
        from oxrdflib import OxigraphStore
        from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

        from kg.graph.vocab import prefixes

        # oxrdflib takes Oxigraph's default graph for the graph of this identifier.
        graph = rdflib.Graph(
            store=OxigraphStore(store=self.store), identifier=DATASET_DEFAULT_GRAPH_ID
        )
        try:
            for name, iri in prefixes(self.base).items():
                graph.bind(name, iri)
        except OSError:  # a read-only store takes no prefixes
            pass
        return graph

    def about(self) -> Iterator[ox.Triple]:
        """What the graph says about itself: its base, and which statuses make facts."""
        return (q.triple for q in self.store.quads_for_pattern(term(ABOUT), None, None))

    def fact_statuses(self) -> frozenset[str]:
        """The statuses that made a statement a fact here (setting ``graph.assert``)."""
        quads = self.store.quads_for_pattern(term(ABOUT), term(FACTS), None)
        found = {str(quad.object).rpartition("#")[2].rstrip(">").casefold() for quad in quads}
        return frozenset(found or {"asserted"})

    def only(self) -> Only | None:
        """In which terms of a user's facts are told here; None: as they are."""
        from kg.graph.only import Only

        if not any(self.store.quads_for_pattern(term(ABOUT), term(ONLY), None)):
            return None
        told: dict[str, dict[str, set[tuple[str, bool]]]] = {"relation": {}, "class": {}}
        for name, what in (
            ("factAs", "relation"),
            ("inverseFactAs", "relation"),
            ("instancesAs", "class"),
        ):
            for quad in self.store.quads_for_pattern(None, term(KG + name), None):
                pair = (quad.object.value, name == "inverseFactAs")  # type: ignore[union-attr]
                told[what].setdefault(quad.subject.value, set()).add(pair)  # type: ignore[union-attr]
        relations = {name: tuple(sorted(found)) for name, found in told["relation"].items()}
        classes = {n: tuple(iri for iri, _ in sorted(found)) for n, found in told["class"].items()}
        return Only(relations, classes)

    def _stored_base(self) -> str:
        for quad in self.store.quads_for_pattern(term(ABOUT), term(BASE), None):
            if isinstance(quad.object, ox.Literal):
                return quad.object.value
        return "https://kg.example/"
