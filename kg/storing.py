"""From results to the graph on disk: merged, stored, exported, and made the current one.

A merge of many articles is kept (`kg.layout.MERGE`); the next one takes it up and changes what its
articles change, in the merge and in the store. Where the kept one does not fit, is damaged, or is of
other settings, all is merged anew. So it is where the graph has a knowledge base, since a new article can
change what any name means: its merge is not kept.
"""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic

from kg.config import Settings
from kg.corrections.articles import Book
from kg.corrections.lines import to_lines
from kg.errors import Damaged
from kg.fingerprint import merge_fingerprint
from kg.folder import (
    CORRECTIONS,
    Manifest,
    land,
    next_graph,
    read_article,
    read_result,
    replacing,
    result_path,
    result_stamps,
    stamp_of,
    store_files,
    sync,
    unfinished,
)
from kg.graph.content import Sum
from kg.kb.keeping import base_in
from kg.layout import KB, MERGE, MERGE_SEAL, PAGE, RESULTS, TURTLE
from kg.listing import Listed, Listing
from kg.merge import Merged, merge
from kg.merge.counts import Census, counted
from kg.merge.tables import index_for_updates
from kg.merge.update import Kept, TooFar, keep_tallies, set_meta
from kg.model import Article, ArticleResult, Corrected, Correction, Entity, Statement
from kg.pipeline import unload
from kg.seeds import Seed
from kg.view.source import Source, Stream, T
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from kg.drawing import Beside

log = logging.getLogger("kg.storing")
#: Told of (what is going on, how many are done, how many there are or None).
Progress = Callable[[str, int, int | None], None]
#: Articles that are merged in memory, and anew each time: it takes a second.
FEW: Final = 100
#: A merge of more than these has the memory that understanding them took: it takes longer by far than
#: to load the language pipeline again, in a process that goes on.
LARGE: Final = 1_000
OPEN_SHOWN: Final = 20
_KEPT: Final = 4_000  # entities and statements that are kept from the store to the view
#: An update of more than this share of the articles is no cheaper than all.
SHARE: Final = 0.3
#: So many results are looked at in each update, in turn: whether they are as they were.
LOOKED: Final = 1_000
#: So many articles, or what they reach, may be changed at once: it is held in memory.
AT_ONCE: Final = 300


@dataclass(frozen=True, slots=True)
class Trusted:
    """The kept merge of an output; ``usable`` if it is sound and of these settings. ``note`` says
    what is wrong with it."""

    made: str = ""
    note: str = ""
    usable: bool = False
    #: Articles that are not in it, of those that the manifest lists.
    missing: frozenset[str] = frozenset()
    #: Those whose result is not the one that was merged, as far as a look at the folder tells.
    altered: frozenset[str] = frozenset()
    #: The last article that was looked at, "" for the last of all.
    looked: str = ""
    #: Whether the folder of results has the files that the last build left there, and no others.
    tidy: bool = False

    @property
    def doubtful(self) -> frozenset[str]:
        """The articles of the manifest that have to be read again, or made again."""
        return self.missing | self.altered

    def is_sound(self, key: str) -> bool:
        """Whether the merge has an article of the manifest as its result says it."""
        return self.usable and key not in self.missing and key not in self.altered


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be stored: these articles but those of ``damaged`` results. ``fresh`` results need
    not be read, those ``made`` now may not be on the disk yet; ``outputs`` are written for people. ``jobs``
    processes may be at work."""

    folder: Path
    before: Manifest
    articles: Listing
    settings: Settings
    seeds: tuple[Seed, ...]
    own_seeds: str | None
    vocabulary: Vocabulary
    corrections: tuple[Correction, ...] = ()
    outputs: tuple[str, ...] = ()
    trusted: Trusted = Trusted()
    fresh: Mapping[str, ArticleResult] = field(default_factory=dict)
    made: frozenset[str] = frozenset()
    damaged: frozenset[str] = frozenset()
    jobs: int = 1
    tell: Progress = lambda what, done, total: None

    @property
    def keys(self) -> list[str]:
        """The articles that the graph will hold."""
        return list(self.sound)

    @property
    def sound(self) -> Listing:
        """The same, as they are listed."""
        return self.articles.changed(dict.fromkeys(self.damaged)) if self.damaged else self.articles

    @property
    def changes(self) -> Mapping[str, Listed | None]:
        """What of the manifest's articles is otherwise than before."""
        return self.articles.since(self.before.articles)

    @property
    def book(self) -> Book:
        """The corrections, bound to the articles."""
        if not self.corrections:
            return Book((), {})
        return Book(self.corrections, self.sound, self.sound.of_source)

    @property
    def base(self) -> str:
        """The IRI that all others begin with."""
        return self.settings.graph.base

    def result(self, key: str) -> ArticleResult:
        """The result of an article, under the source that the graph tells."""
        made = self.fresh.get(key)
        if made is None:
            return read_result(self.folder, key, self.articles[key].source)
        return replace(made, article=self.article(key))

    def article(self, key: str) -> Article:
        """An article, under the source that the graph tells."""
        source, made = self.articles[key].source, self.fresh.get(key)
        if made is None:
            return read_article(self.folder, key, source)
        return replace(made.article, source=source)

    def texts(self) -> Iterator[Article]:
        """All articles."""
        return map(self.article, self.keys)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the graph holds now (`kg.building.Report` tells what each means); ``notes`` say what had
    to be made anew."""

    articles: int
    sentences: int
    silent: int
    quotes: int
    unchecked: int
    entities: tuple[tuple[str, int], ...]
    statements: tuple[tuple[str, int], ...]
    open: tuple[tuple[str, int], ...]
    corrected: tuple[Corrected, ...]
    notes: tuple[str, ...] = ()
    inferred: int = 0


def trusted(
    folder: Path,
    before: Manifest,
    settings: Settings,
    seeds: tuple[Seed, ...],
    vocabulary: Vocabulary,
    *,
    sound: bool = True,
) -> Trusted:
    """The kept merge of an output, if it can be taken up: its store is ``sound``. To be called by the
    process that writes."""
    made = merge_fingerprint(settings, seeds, vocabulary)
    path, seal = folder / MERGE, folder / MERGE_SEAL
    if not sound or not (path.exists() or seal.exists()):
        return Trusted(made)
    note = f"{path}: not as it was written; all was merged anew."
    try:
        told = json.loads(seal.read_text(encoding="utf-8"))
        if told["file"] != stamp_of(path.stat()):
            return Trusted(made, note)
        if (told["graph"], told["sum"]) != (before.graph, before.sum):
            note = f"{path}: of another state of the graph; all was merged anew."
            return Trusted(made, note)
        if told["made"] != made:
            return Trusted(made)
        missing = frozenset(told["missing"])
        same = told["results"] == stamp_of((folder / RESULTS).stat())
        with _read_only(path) as db:
            altered, looked = _look(folder, db, told["looked"], LOOKED if same else -1)
    except (OSError, ValueError, LookupError, TypeError, sqlite3.Error):
        return Trusted(made, note)
    return Trusted(made, "", True, missing, altered, looked, same)


def _look(
    folder: Path, db: sqlite3.Connection, after: str, most: int
) -> tuple[frozenset[str], str]:
    """Which of so many articles (-1: of all), those that follow ``after``, have no longer the result
    that was merged; and the last of them, "" where no other follows."""
    rows = db.execute(
        "SELECT key, stamp FROM article WHERE key > ? ORDER BY key LIMIT ?",
        (after if most > 0 else "", most),
    ).fetchall()
    there = result_stamps(folder, [key for key, _ in rows] if most > 0 else None)
    altered = frozenset(key for key, stamp in rows if there.get(key) != stamp)
    return altered, rows[-1][0] if len(rows) == most else ""


@contextmanager
def _read_only(path: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(path)
    try:
        yield db
    finally:
        db.close()


def store(task: Task) -> Stored:
    """Merge the results of these articles, store them, and make that the current graph."""
    note = task.trusted.note
    if task.trusted.usable and not (task.folder / KB).exists():
        try:
            return _updated(task)
        except TooFar as error:
            log.info("all is merged anew: the update reaches %s", error)
        except (Damaged, sqlite3.DatabaseError, ValueError, LookupError) as error:
            if "full" in str(error):
                raise
            log.warning("the kept merge does not fit", exc_info=error)
            note = f"{task.folder / MERGE}: does not fit ({error}); all was merged anew."
            (task.folder / MERGE_SEAL).unlink(
                missing_ok=True
            )  # the next build looks at each result
    return replace(_whole(task), notes=(note,) if note else ())


# --- all ---------------------------------------------------------------------------------------


def _whole(task: Task) -> Stored:
    """Merge all results into a new store."""
    from kg.graph.spool import Spool
    from kg.graph.store import write_graph

    keys, folder = task.keys, task.folder
    came = {key for key in task.changes if key not in task.before.articles}
    place = next_graph(folder, task.before)
    scratch = folder / f"{MERGE}.new"
    scratch.unlink(missing_ok=True)
    many, base_of = len(keys) > FEW, base_in(folder)
    keep = many and base_of is None
    if len(keys) > LARGE:
        unload()
        _give_back()
    census = Census()

    def results() -> Iterator[ArticleResult]:
        for done, key in enumerate(keys, 1):
            result = task.result(key)
            task.tell("merging", done, len(keys))
            yield result

    with (
        _undone(place),
        removed(scratch),
        base_of or nullcontext(),
        _drawn_beside(task, scratch) if keep else nullcontext() as drawn,
        merge(
            results,
            base=task.base,
            seeds=task.seeds,
            scratch=scratch if many else ":memory:",
            ontology=task.vocabulary.terms(),
            book=task.book,
            base_of=base_of,
        ) as merged,
    ):
        if drawn is not None:
            drawn.ready()
        _give_back()
        here = PAGE in task.outputs and drawn is None
        entities = _Again(merged.entities, here)
        statements = _Again(Stream(merged.statements, merged.statement), here)
        with Spool() as spool:
            task.tell("storing", 0, None)
            triples = write_graph(
                place,
                census.each_entity(entities.first()),
                census.each_statement(statements.first()),
                task.texts(),
                settings=task.settings,
                events=census.each_event(merged.events()),
                corrections=merged.corrections(),
                ontology=task.vocabulary.terms(),
                spool=spool,
            )
            total = Sum()
            content = _turtle(task, total.each(spool)) or str(total)
        _give_back()
        follow, triples = _inferred(task, place) or (0, triples)
        if drawn is None or not drawn.shows(content):
            _page(task, place, content, entities.again(), statements.again())
        census.add_to(merged.db)
        if keep:
            _keep(task, merged)
        _write_corrections(task, place)
        manifest = _manifest(task, place, content, str(total), triples)
        stored = _stored(task, merged.db, tuple(merged.corrections()), follow)
        land(folder, manifest, task.made | came)
        if keep:
            merged.close()
            sync(scratch)
            _forget(folder)
            scratch.replace(folder / MERGE)
            _seal(task, manifest)
        else:
            _forget(folder)
    log.info("%s is the current graph: %d articles", place, len(keys))
    return stored


def _give_back() -> None:
    """Give the system what was freed, where the C library can: what the language pipeline or the
    store's loader took would stay with their threads, and what comes next would come on top."""
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def _keep(task: Task, merged: Merged) -> None:
    """Make the tables of a whole merge ready to be taken up."""
    from kg.graph.mapping import Mapper

    db = merged.db
    mapper = Mapper(task.base)
    told = [line for found in merged.corrections() for line in mapper.correction(found)]
    set_meta(db, "corrections", told)
    keep_tallies(merged)
    _stamp(task, db, task.keys)
    index_for_updates(db)


def _forget(folder: Path) -> None:
    """Delete the kept merge, with what SQLite has beside it after a kill."""
    for name in (MERGE_SEAL, MERGE, f"{MERGE}-wal", f"{MERGE}-shm"):
        (folder / name).unlink(missing_ok=True)


def _stamp(task: Task, db: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Remember the results as they lie there."""
    db.executemany(
        "UPDATE article SET stamp = ? WHERE key = ?",
        ((stamp_of(result_path(task.folder, key).stat()), key) for key in keys),
    )


def _seal(task: Task, manifest: Manifest) -> None:
    """Tell which graph the kept merge is of, and that it is as it was written."""
    told = {
        "graph": manifest.graph,
        "sum": manifest.sum,
        "made": task.trusted.made,
        "missing": sorted(task.damaged),
        "results": stamp_of((task.folder / RESULTS).stat()),
        "looked": task.trusted.looked,
        "file": stamp_of((task.folder / MERGE).stat()),
    }
    with replacing(task.folder / MERGE_SEAL) as file:
        json.dump(told, file)


# --- what changed ------------------------------------------------------------------------------


def _updated(task: Task) -> Stored:
    """Take up the kept merge and the current store, and change what is otherwise now."""
    from kg.graph.name_index import carry
    from kg.graph.store import change_graph
    from kg.graph.vocab import article_iri

    folder, before, book = task.folder, task.before, task.book
    assert before.graph is not None
    gone, came = _changed(task)
    most = min(SHARE * len(before.articles), AT_ONCE)
    if book.is_everywhere or len(gone) + len(came) > most:
        raise TooFar(f"{len(gone) + len(came)} articles that came or went")
    place = next_graph(folder, before)
    task.tell("merging", 0, len(came))
    with _undone(place), Kept(folder / MERGE) as kept:
        difference = kept.update(
            gone,
            map(task.result, came),
            task.result,
            base=task.base,
            seeds=task.seeds,
            ontology=task.vocabulary.terms(),
            facts=task.settings.graph.facts,
            book=book,
            most=AT_ONCE,
        )
        task.tell("storing", 0, None)
        left, come = change_graph(
            folder / before.graph,
            place,
            [article_iri(task.base, key) for key in difference.articles],
            difference.removed,
            difference.added,
        )
        carry(folder / before.graph, place, chain(left, come))
        inferred = _inferred(task, place)
        total = Sum(before.sum)
        total.remove(left)
        total.add(come)
        content = _turtle_of_store(task, place) or str(total)
        merged = Merged(kept.db, task.base, task.vocabulary.terms())
        told = Stream(merged.statements, merged.statement)
        _page(task, place, content, merged.entities, told)
        _write_corrections(task, place)
        follow, triples = inferred or (0, before.triples + len(come) - len(left))
        manifest = _manifest(task, place, content, str(total), triples)
        _stamp(task, kept.db, came)
        stored = _stored(task, kept.db, difference.corrected, follow)
        swept = [key for key, item in task.changes.items() if item is None]
        land(folder, manifest, task.made.union(came),
             {*swept, *task.made} if task.trusted.tidy else None)  # fmt: skip
        kept.commit()
    _seal(task, manifest)
    log.info("%s is the current graph: %d came, %d went", place, len(came), len(gone))
    return stored


def _changed(task: Task) -> tuple[set[str], list[str]]:
    """The articles that only the kept merge has, and those that it has not, or not so."""
    before, kept = task.before.articles, task.trusted
    came = {*kept.doubtful, *task.made} | {
        key
        for key, item in task.changes.items()
        if item is not None and (key not in before or before[key].source != item.source)
    }
    left = {key for key, item in task.changes.items() if item is None} | task.damaged
    gone = {key for key in left if key in before and key not in kept.missing}
    return gone, sorted(key for key in came - task.damaged if key in task.articles)


# --- outputs -----------------------------------------------------------------------------------


def _manifest(task: Task, place: Path, content: str, total: str, triples: int) -> Manifest:
    given = task.settings.plain()
    return Manifest(
        task.articles,
        place.name,
        {name: given[name] for name in ("pipeline", "resolve", "graph")},
        task.own_seeds,
        task.vocabulary,
        content,
        triples,
        store_files(place, task.before.files, task.folder / (task.before.graph or "-")),
        total,
        task.outputs,
    )


def _turtle(task: Task, lines: Iterable[str]) -> str:
    """Write the Turtle file where it is wanted: the id of the graph, "" without it."""
    from kg.graph.turtle import turtle_of

    if TURTLE not in task.outputs:
        for _ in lines:
            pass
        return ""
    task.tell("exporting", 0, None)
    with unfinished(task.folder / TURTLE).open("w", encoding="utf-8", newline="\n") as file:
        return turtle_of(lines, task.base, file)


def _turtle_of_store(task: Task, place: Path) -> str:
    from kg.graph.export import sorted_lines
    from kg.graph.store import open_graph

    if TURTLE not in task.outputs:
        return ""
    with open_graph(place) as graph:
        return _turtle(task, sorted_lines(graph))


def _inferred(task: Task, place: Path) -> tuple[int, int] | None:
    """Write what follows from the facts of a new store, where that is wanted: how many facts that
    are, and its triples then; None where it has none of it, nor had."""
    from kg.graph.inferred import write_inferred

    was = task.before.settings.get("graph", {}).get("infer", False)
    if not (task.settings.graph.infer or was):
        return None
    task.tell("inferring", 0, None)
    own = task.vocabulary.ontology
    return write_inferred(place, task.base, infer=task.settings.graph.infer, own=own)


def _page(
    task: Task,
    place: Path,
    content: str,
    entities: Source[Entity],
    statements: Source[Statement],
) -> None:
    """Draw the page where it is wanted, with what follows, if the store has that."""
    from kg.graph.inferred import following
    from kg.view import ViewOptions, write_view

    if PAGE not in task.outputs:
        return
    task.tell("drawing", 0, None)
    options = ViewOptions(base=task.base, graph=content)
    with following(place, task.base) as found:
        write_view(unfinished(task.folder / PAGE), entities, statements, task.texts, options, found)


def _drawn_beside(task: Task, tables: Path) -> AbstractContextManager[Beside | None]:
    """Have the page drawn by a process of its own, of the tables of a merge, where it is wanted, another process
    may be at work, and nothing follows that would have to stand in it."""
    if PAGE not in task.outputs or task.jobs < 2 or task.settings.graph.infer:
        return nullcontext()
    from kg.drawing import Beside, Drawing

    sources = tuple((key, item.source) for key, item in task.sound.items())
    path = unfinished(task.folder / PAGE)
    drawing = Drawing(path, tables, task.base, task.folder, sources, task.vocabulary)
    return closing(Beside(drawing))


def _write_corrections(task: Task, place: Path) -> None:
    if task.corrections:
        for path in (place / CORRECTIONS, unfinished(task.folder / CORRECTIONS)):
            path.write_text(to_lines(task.corrections), encoding="utf-8", newline="\n")


def _stored(
    task: Task, db: sqlite3.Connection, corrected: tuple[Corrected, ...], follow: int
) -> Stored:
    sentences, silent = db.execute("SELECT SUM(sentences), SUM(silent) FROM article").fetchone()
    number = {
        what: sum(times for _, times in counted(db, what)) for what in ("quotes", "unchecked")
    }
    return Stored(
        articles=len(task.sound),
        sentences=sentences or 0,
        silent=silent or 0,
        quotes=number["quotes"],
        unchecked=number["unchecked"],
        entities=counted(db, "entity"),
        statements=counted(db, "statement"),
        open=counted(db, "open")[:OPEN_SHOWN],
        corrected=corrected,
        inferred=follow,
    )


class _Again(Generic[T]):
    """Items that are read again where they are ``wanted``: made once if they are few, made again if
    memory forbids."""

    def __init__(self, read: Callable[[], Iterable[T]] | Stream[T], wanted: bool) -> None:
        self._read: Callable[[], Iterable[T]] | Stream[T] = read
        self._kept: list[T] | None = [] if wanted else None

    def first(self) -> Iterator[T]:
        for item in self._read():
            if self._kept is not None:
                self._kept.append(item)
                if len(self._kept) > _KEPT:
                    self._kept = None
            yield item

    def again(self) -> Source[T]:
        return self._read if self._kept is None else self._kept


@contextmanager
def removed(path: Path) -> Iterator[None]:
    """No such file is left when the block ends."""
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def _undone(folder: Path) -> Iterator[None]:
    """Leave no folder behind when the block does not end well."""
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
