"""What a Python user holds: a built graph, to ask, walk, explain, export and look at.

::

    import kg

    graph = kg.build(["articles/"])
    for row in graph.query("SELECT ?who WHERE { ?who kg:used ent:Runway }"):
        print(row["who"])
"""

from __future__ import annotations

import inspect
import io
import os
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, TypeVar

from kg import building, registry
from kg.building import Report
from kg.config import Settings, load_config
from kg.errors import Damaged, KGError, is_damage, told
from kg.folder import hold, replacing, writing
from kg.model import Article, Corrected, Correction, Entity, Event, Inferred, Statement
from kg.storing import Progress

if TYPE_CHECKING:
    import networkx as nx
    import rdflib
    from spacy.language import Language

    from kg.ask import Answered, Asker
    from kg.compare.differences import Change
    from kg.compare.disagreements import Disagreement
    from kg.compare.quotes import Utterance
    from kg.graph import Answer, Explained, Found, GraphStore, Stats, Violation
    from kg.graph.inferred import Infer, Inferences
    from kg.view import ViewOptions

T = TypeVar("T")
#: Triples of a graph whose statements would fill a gigabyte.
_MANY: Final = 1_000_000


class Graph:
    """A built graph, open to read. Use it in a ``with`` block, or `close` it when done.

    ``folder`` is what a build wrote; ``report`` is set by `build`: what that build did. A graph
    that is opened stays as it is: a later build writes a new one, `open_graph` it again to see that.
    """

    def __init__(self, folder: str | Path = "output", *, report: Report | None = None) -> None:
        self.folder = Path(folder)
        self.report = report
        self._held = hold(self.folder)
        self._inferring: Infer | None = None
        try:
            with self._guarded():
                self.store: GraphStore = self._opened()
        except BaseException:
            self._held.close()
            raise

    def _opened(self) -> GraphStore:
        from kg.damage import count_damage, is_small, store_damage
        from kg.graph.store import open_graph

        path, manifest = self._held.path, self._held.manifest
        if wrong := store_damage(path, manifest):
            raise self._damaged(wrong[0])
        store = open_graph(path)
        if is_small(manifest) and (wrong := count_damage(path, manifest, len(store))):
            raise self._damaged(wrong[0])
        return store

    def _damaged(self, what: str) -> Damaged:
        return Damaged(
            f"{what} Build again, also from one article that is in the graph: kg build SOURCE "
            f"--out {self.folder}; what is sound is kept."
        )

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """What the store's library says of a damaged file becomes a `Damaged`."""
        try:
            yield
        except (RuntimeError, OSError) as error:
            if not is_damage(error):
                raise
            raise self._damaged(f"{self._held.path}: damaged ({error}).") from error

    def _each(self, items: Iterable[T]) -> Iterator[T]:
        with self._guarded():
            yield from items

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        """The number of triples."""
        with self._guarded():
            return len(self.store)

    def __repr__(self) -> str:
        return f"Graph({str(self.folder)!r})"

    @property
    def name(self) -> str:
        """Which state of the graph this is; each build makes a new one."""
        return f"{self._held.path.name}-{self._held.manifest.content[:16]}"

    @property
    def base(self) -> str:
        """The IRI below which entities, statements and evidence live."""
        return self.store.base

    def close(self) -> None:
        """Let go of the store."""
        self._inferring = None
        self.store.close()
        self._held.close()

    def query(
        self,
        query: str | Path,
        *,
        timeout: float | None = None,
        allow_service: bool = False,
        infer: bool = False,
        **parameters: str,
    ) -> Answer:
        """The answer of a SPARQL 1.1 query, of a ``.rq`` file, or of a shipped query by name.

        Well-known prefixes are declared. ``parameters`` fill in what a shipped query leaves open.
        With a ``timeout`` (seconds; ``math.inf``: none) the query is answered by a process apart
        that the time, or Ctrl-C, ends; without one nothing ends it before it is done. ``SERVICE``
        asks another server and is refused without ``allow_service``. With ``infer`` it looks in what
        follows from the facts, too (`inferred`); a graph built without that infers for the query.

        Raises `kg.errors.QueryError` with line and column for a query that does not parse, and
        `kg.errors.QueryTimeout`.
        """
        text = str(query)
        if text.endswith(".rq") and "\n" not in text:
            from kg.errors import ConfigError

            try:
                text = Path(text).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(f"{text}: cannot be read: {error}") from error
        with self._guarded():
            return self.store.query(
                text,
                timeout=timeout,
                allow_service=allow_service,
                infer=self._infer() if infer else None,
                **parameters,
            )

    def _infer(self) -> Infer:
        from kg.graph.inferred import Infer

        if self._inferring is None:
            self._inferring = Infer(self.base, self._held.manifest.vocabulary.ontology)
        return self._inferring

    @property
    def infers(self) -> bool:
        """Whether it was built with what follows from its facts (setting ``graph.infer``)."""
        from kg.graph.inferred import has_inferred

        return has_inferred(self.store.store)

    def inferred(
        self, subject: str | None = None, predicate: str | None = None, object: str | None = None
    ) -> Iterator[Inferred]:
        """What follows from the facts and no text says, each with what it follows from
        (`kg.model.Inferred`), sorted: all of it, or what is about a thing or a triple, named
        as `explain` takes them. A graph built without it infers now, in memory."""
        from kg.graph.explain import explain_inferred

        with self._guarded():
            reading = self._inferences()
            if subject is None:
                yield from reading.all()
            else:
                yield from explain_inferred(self.store, reading, subject, predicate, object)

    def _inferences(self) -> Inferences:
        from kg.graph.inferred import Inferences, beside

        given = self._infer()
        found = beside(self.store.store, given.base, given.own)
        return Inferences(self.store.store, found, self.base)

    def entities(self) -> Iterator[Entity]:
        """All entities, sorted by IRI."""
        return self._each(self.store.entities())

    def statements(self) -> Iterator[Statement]:
        """All statements with their evidence, sorted by IRI."""
        return self._each(self.store.statements())

    def events(self) -> Iterator[Event]:
        """All events that statements tell of, with who took part, when and where; sorted by IRI."""
        return self._each(self.store.events())

    def articles(self) -> Iterator[Article]:
        """All articles, sorted by id."""
        return self._each(self.store.articles())

    def corrections(self) -> Iterator[Corrected]:
        """What became of each correction when this graph was built, sorted by id."""
        return self._each(self.store.corrections())

    def judged(self) -> str:
        """What was rejected and confirmed, as JSON that confidence can be learned from
        (`kg.corrections.judged`)."""
        from kg.corrections.judged import judged
        from kg.folder import read_result

        made = (corrected.correction for corrected in self.corrections())
        here = set(self._held.manifest.articles)
        return judged(made, here, lambda article: read_result(self.folder, article))

    def explain(
        self,
        subject: str,
        predicate: str | None = None,
        object: str | None = None,
        *,
        everything: bool = False,
    ) -> Explained:
        """What the graph says of a thing, or of a triple (``*`` stands for anything), with the
        passages, the most telling first; with ``everything`` also rhetoric. Names are labels,
        aliases, IRIs or prefixed names."""
        from kg.graph.explain import explain

        with self._guarded():
            return explain(self.store, subject, predicate, object, everything=everything)

    def search(self, words: str, **options: Any) -> Found:
        """Names, statements and passages that have these words, with status, who says so, source
        and place (`kg.graph.search.search` tells the options). The first search of a graph makes an
        index beside its store."""
        from kg.graph.search import search

        with self._guarded():
            return search(self.store, words, **options)

    def ask(self, question: str) -> Answered:
        """What the graph knows of a question in plain English: "Who sued Midjourney?", "When did
        Reyes join Rovers?", "Did Disney sue Midjourney?", "What did Sarandos say about AI?".

        The answer tells how the question was understood, with the SPARQL that it became; every
        answer carries the statements that say it. A question that is not understood, or of which the
        graph knows nothing, has no answers and says which (``why``). The first question reads the
        names of the graph and loads the pipeline, which takes seconds.
        """
        with self._guarded():
            return self._asker.ask(question)

    @cached_property
    def _asker(self) -> Asker:
        from kg.ask import Asker
        from kg.nlp.load import load_pipeline

        return Asker.of(self.store, load_pipeline())

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Where articles contradict each other (`kg.compare.disagreements`)."""
        from kg.compare.disagreements import disagreements

        dates = {article.id: article.date for article in self.articles()}
        return disagreements(self.statements(), dates)

    def quotes(self, speaker: str | None = None) -> tuple[Utterance, ...]:
        """What was said, each utterance once, with the words that each article has for it; of one
        speaker, by name, alias or IRI, or of all. What most articles have comes first."""
        from kg.compare.quotes import ledger
        from kg.graph.vocab import KG

        with self._guarded():
            said = self.store.statements_of(f"{KG}said", f"{KG}denied", f"{KG}hasRole")
            found = ledger(said, self.store.articles())
        if speaker is None:
            return found
        wanted = " ".join(speaker.split()).casefold()
        return tuple(
            u
            for u in found
            if wanted in (n.casefold() for n in (u.speaker.id, u.speaker.label, *u.speaker.aliases))
        )

    def stats(self, top: int = 10, *, everything: bool = False) -> Stats:
        """What the graph holds, in numbers; rhetoric is counted apart but with ``everything``."""
        from kg.graph.stats import stats

        with self._guarded():
            return stats(self.store, top, everything=everything)

    def check(self) -> tuple[Violation, ...]:
        """What in the graph breaks its rules (``ontology/shapes.ttl``); empty when nothing does."""
        from kg.graph.shapes import check

        with self._guarded():
            return tuple(check(self.store))

    def damage(self, *, deep: bool = False) -> tuple[str, ...]:
        """What in the folder is lost or not as it was written (`kg.damage.damage`)."""
        from kg.damage import damage

        return damage(self.folder, deep=deep)

    def to_rdflib(self) -> rdflib.Graph:
        """The graph as an rdflib graph over the same store; read only."""
        return self.store.rdf()

    def to_networkx(self, statuses: Collection[str] | None = None) -> nx.MultiDiGraph[str]:
        """Entities and the statements between them as a networkx graph; ``statuses`` restricts
        the statements (default: all)."""
        from kg.graph.network import network

        with self._guarded():
            return network(self.store, statuses)

    def rdf(self) -> rdflib.Graph:
        """As `to_rdflib`, its older name."""
        return self.to_rdflib()

    def network(self, statuses: Collection[str] | None = None) -> nx.MultiDiGraph[str]:
        """As `to_networkx`, its older name."""
        return self.to_networkx(statuses)

    def export(
        self,
        format: str = "turtle",
        to: IO[str] | str | Path | None = None,
        *,
        raw: bool = False,
        infer: bool = False,
    ) -> str | None:
        """The graph in an exchange format (see ``kg components``), sorted.

        Written to ``to`` (an open text file, or a path that appears whole or not at all); without
        it, the text is the answer. ``csv`` to a folder (a name that ends in ``/`` is made one)
        writes nodes.csv and relationships.csv there, as property-graph loaders take them; ``parquet``
        is always a folder, of tables. Cells of
        csv that a spreadsheet would run as formulas start with an apostrophe, unless ``raw``. With
        ``infer`` what follows from the facts stands there, too (`inferred`), marked as such.
        Raises `kg.errors.UnknownName` for an unknown format, and `KGError` for a place that cannot
        be written, for arguments in another order, or a format that has no room for what follows.
        """
        _check_export(format, to)
        with self._guarded():
            options: dict[str, Any] = {"raw": raw} if format == "csv" else {}
            options |= {"inferred": self._inferences()} if infer else {}
            return self._export(format, to, options)

    def export_shards(
        self, format: str, folder: str | Path, number: int, *, raw: bool = False
    ) -> tuple[Path, ...]:
        """Write the graph to so many files in a folder, and give their paths.

        All of a subject or entity lies in one file, the same for each graph (`kg.graph.shards`).
        ``format`` is turtle, nt, jsonl, articles or csv. Raises as `export` does.
        """
        from kg.graph.shards import shards

        with self._guarded():
            return shards(self.store, format, Path(folder), number, opener=written, raw=raw)

    def _export(
        self, format: str, to: IO[str] | str | Path | None, options: dict[str, Any]
    ) -> str | None:
        exporter = _exporter(format, options)
        if to is None:
            out = io.StringIO()
            exporter(self.store, out)
            return out.getvalue()
        if isinstance(to, str | Path):
            with _refusal_told(to):
                is_folder = Path(to).is_dir() or str(to).endswith(("/", os.sep))
                if format == "parquet":
                    from kg.graph.parquet import parquet_folder

                    parquet_folder(self.store, Path(to), **options)
                    return None
                if format == "csv" and is_folder:
                    from kg.graph.export import csv_folder

                    csv_folder(self.store, Path(to), **options)
                    return None
            if is_folder:
                raise KGError(f"{to}: is a folder; name the file to write {format} to.")
            with written(Path(to)) as file:
                exporter(self.store, file)
        else:
            exporter(self.store, to)
        return None

    def view(self, to: str | Path | None = None, **options: Any) -> Path:
        """Write the graph as one HTML file and give its path (default: ``graph.html`` in the
        folder). ``options`` are those of `kg.view.ViewOptions`: ``focus="Netflix", hops=2``..."""
        from kg.view import ViewOptions

        shown = ViewOptions(base=self.base, graph=self._held.manifest.content, **options)
        if to is None:  # one of the outputs, which one process writes at a time
            with writing(self.folder):
                return self._view(self.folder / "graph.html", shown)
        return self._view(Path(to), shown)

    def _view(self, path: Path, shown: ViewOptions) -> Path:
        from kg.view import write_view
        from kg.view.source import Stream

        with _refusal_told(path):
            if len(self.store) > _MANY:  # read again what is needed again, rather than held
                told = Stream(self.statements, self._statement)
                read = (self.entities, told, self.articles)
                return write_view(path, *read, shown, self._following())
            held = (self.entities(), self.statements(), self.articles())
            return write_view(path, *held, shown, self._following())

    def _statement(self, iri: str) -> Statement:
        with self._guarded():
            return self.store.statement(iri)

    def _following(self) -> Iterable[Inferred]:
        """What a page draws of what follows: nothing, where the graph was not built with it."""
        return self._inferences().telling() if self.infers else ()

    def network_page(self, to: str | Path | None = None, **options: Any) -> Path:
        """Write the graph as pyvis draws it, as one HTML file that makes no request, and give its
        path (default: ``network.html`` in the folder). ``options`` as in `view`; past a thousand
        entities it is slow, so choose a part."""
        from kg.view import ViewOptions, render_pyvis, write_page

        path = self.folder / "network.html" if to is None else Path(to)
        shown = ViewOptions(base=self.base, **options)
        with _refusal_told(path):
            page = render_pyvis(self.entities, self.statements, self.articles, shown)
            return write_page(path, [page.encode()])

    def _repr_html_(self) -> str:
        """The view in a frame: what a notebook shows of a graph. Nothing is written."""
        from kg.view import ViewOptions, inline, render

        shown = ViewOptions(base=self.base)
        read = (self.entities, self.statements, self.articles)
        return inline(render(*read, shown, self._following()))


@contextmanager
def written(to: Path) -> Iterator[IO[str]]:
    """An open text file that appears at ``to`` whole or not at all, in a folder that is made if
    need be; a pipe or a device there is written to as it is. Raises `KGError` for a place that
    cannot be written."""
    with _refusal_told(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        special = to.exists() and not to.is_file()
        with to.open("w", encoding="utf-8", newline="\n") if special else replacing(to) as file:
            yield file


@contextmanager
def _refusal_told(to: str | Path) -> Iterator[None]:
    """Turns the system's refusal to write there into a `KGError`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise KGError(f"{to}: cannot be written: {reason}. Choose another place.") from error


def _check_export(format: object, to: object) -> None:
    """Raise `KGError` where what was given is not a format and a place for text, in this order."""
    given = f"export({format!r}, {to!r})"
    known = registry.names("exporters")
    if not isinstance(format, str) or (format not in known and to in known):
        raise KGError(
            f"{given}: the format comes first, then the place: export('jsonl', 'statements.jsonl')."
        )
    binary = isinstance(to, io.RawIOBase | io.BufferedIOBase)
    if binary or not (to is None or isinstance(to, str | Path) or hasattr(to, "write")):
        raise KGError(
            f"{given}: the place is a path or a file that is open for text "
            "(open(path, 'w', encoding='utf-8')); without one the text is the answer."
        )


def _exporter(format: str, options: dict[str, Any]) -> Callable[[GraphStore, IO[str]], None]:
    """The exporter of a format. What one from elsewhere raises becomes a `KGError` that names it."""
    exporter: Any = registry.get("exporters", format)
    if "inferred" in options and not _takes_inferred(exporter):
        every = {name: registry.get("exporters", name) for name in registry.names("exporters")}
        able = ", ".join(name for name, known in every.items() if _takes_inferred(known))
        raise KGError(f"{format} has no room for what follows from facts; these have: {able}.")

    def export(graph: GraphStore, to: IO[str]) -> None:
        try:
            exporter(graph, to, **options)
        except (KGError, OSError, KeyboardInterrupt):
            raise
        except BaseException as error:
            origin = registry.origin("exporters", format)
            raise KGError(f"exporter {format!r} (from {origin}) failed: {told(error)}.") from error

    return export


def _takes_inferred(exporter: Any) -> bool:
    return "inferred" in inspect.signature(exporter).parameters


def build(
    sources: Iterable[str | Path] | str | Path,
    out: str | Path = "output",
    *,
    settings: Settings | None = None,
    seeds: str | Path | None = None,
    meta: str | Path | None = None,
    corrections: str | Path | None = None,
    kb: str | Path | None = None,
    infer: bool = False,
    progress: Progress | None = None,
) -> Graph:
    """Build (or bring up to date) the graph of these articles in ``out``, and open it.

    As `kg.building.build`, whose report is ``graph.report``; ``infer`` is the setting
    ``graph.infer``: write what follows from the facts, too. With ``settings`` of more than one
    job, call it below ``if __name__ == "__main__":``, as always where processes are started.
    """
    given = [sources] if isinstance(sources, str | Path) else sources
    if infer:
        settings = settings or load_config()
        settings = replace(settings, graph=replace(settings.graph, infer=True))
    report = building.build(
        given, out, settings=settings, seeds=seeds, meta=meta, corrections=corrections,
        kb=kb, progress=progress,
    )  # fmt: skip
    return Graph(out, report=report)


def remove(articles: Iterable[str] | str, out: str | Path = "output") -> Graph:
    """Take articles out of the graph in ``out``, and open what is left."""
    given = [articles] if isinstance(articles, str) else articles
    return Graph(out, report=building.remove(given, out))


def correct(
    corrections: Iterable[Correction] | Correction = (),
    out: str | Path = "output",
    *,
    undo: Iterable[str] = (),
) -> Graph:
    """Apply corrections (made by `kg.corrections`) to the graph in ``out``, now and in every build
    from now on, and open it. ``undo`` are ids of those to take back. What became of each:
    `Graph.corrections`."""
    given = [corrections] if isinstance(corrections, Correction) else corrections
    return Graph(out, report=building.correct(given, out, undo=undo))


def open_graph(folder: str | Path = "output") -> Graph:
    """Open the graph that a build wrote. Raises `kg.errors.GraphError` when there is none."""
    return Graph(folder)


def open(folder: str | Path = "output") -> Graph:
    """As `open_graph`, whose older name hides Python's own ``open``; deprecated."""
    warnings.warn("kg.open is now kg.open_graph.", DeprecationWarning, stacklevel=2)
    return open_graph(folder)


def diff(old: str | Path, new: str | Path) -> tuple[Change, ...]:
    """What two graphs hold differently (`kg.compare.differences`). Each is a folder that a build
    wrote, or a Turtle or N-Triples file of such a graph. Both are held in memory."""
    from kg.compare.differences import Side, differences

    sides = []
    for path in (old, new):
        with _store_of(path) as store:
            sides.append(Side.of(store.entities(), store.statements(), store.articles()))
    return differences(*sides)


def patch(old: str | Path, new: str | Path) -> Iterator[str]:
    """The lines of an RDF Patch that makes the one graph of the other: ``D`` takes a triple away,
    ``A`` adds one, sorted."""
    from kg.graph.export import sorted_lines

    with _store_of(old) as before, _store_of(new) as after:
        yield "TX ."
        for mark, line in unlike(sorted_lines(before), sorted_lines(after)):
            yield f"{'A' if mark == '+' else 'D'} {line}"
        yield "TC ."


def unlike(old: Iterable[str], new: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The lines that only one of two sorted lists has, in order: ``-`` the old, ``+`` the new."""
    left, right = iter(old), iter(new)
    one, other = next(left, None), next(right, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one < other):
            assert one is not None
            yield "-", one
            one = next(left, None)
        elif one is None or other < one:
            yield "+", other
            other = next(right, None)
        else:
            one, other = next(left, None), next(right, None)


@contextmanager
def _store_of(path: str | Path) -> Iterator[GraphStore]:
    """The store of a folder, or one in memory of a Turtle or N-Triples file."""
    if Path(path).is_dir():
        with Graph(path) as graph:
            yield graph.store
        return
    from kg.graph.store import loaded

    with loaded(path) as store:
        yield store


def load_pipeline(name: str | None = None) -> Language:
    """The language pipeline as a spaCy `Language`: the shipped one, or the one of that name."""
    from kg.nlp.load import load_pipeline as load

    return load(name)
