"""Articles in, graph out: read, run, merge, store, and the outputs a person opens.

`build` over an output that is there already updates it: the articles of the given sources are
added, a changed file takes the place of its older version, everything else stays; only new and
changed articles are processed. `remove` takes articles out. Either way the exports are those of
one build of the articles that are left.
"""

from __future__ import annotations

import gc
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from kg import registry
from kg.config import Settings, data_folder, load_config
from kg.errors import KGError, ReadError
from kg.fingerprint import merge_fingerprint, pipeline_fingerprint
from kg.folder import (
    Listed,
    Manifest,
    has_result,
    read_article,
    read_manifest,
    read_result,
    replacing,
    sweep,
    write_manifest,
    write_result,
    writing,
)
from kg.merge import Merged
from kg.model import Article, ArticleResult, Entity, Failure, Quotation, Statement
from kg.pipeline import Worker, check_names
from kg.results import from_json, to_json
from kg.seeds import Seed, load_seeds
from kg.vocabulary import SHIPPED, Vocabulary, load_vocabulary, use

T = TypeVar("T")
#: Told of (what is going on, how many are done, how many there are or None).
Progress = Callable[[str, int, int | None], None]
OPEN_SHOWN: Final = 20
_COLLECT: Final = 30_000  # new values after which Python looks for rings of them
_FRESH: Final = 100  # articles whose results and names stay in memory until they are merged
_KEPT: Final = 12_000  # entities and statements that are kept from the store to the view


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did and what the graph holds now.

    ``processed`` counts the articles parsed now, ``kept`` those whose results were there,
    ``replaced`` and ``removed`` those that left. ``entities`` and ``statements`` count by type and
    by status; ``open`` are the most frequent predicates that no ontology term covers yet.
    """

    out: str
    articles: int = 0
    processed: int = 0
    kept: int = 0
    replaced: int = 0
    removed: int = 0
    sentences: int = 0
    silent: int = 0
    quotes: int = 0
    entities: tuple[tuple[str, int], ...] = ()
    statements: tuple[tuple[str, int], ...] = ()
    open: tuple[tuple[str, int], ...] = ()
    failures: tuple[Failure, ...] = ()
    outputs: tuple[str, ...] = ()


def build(
    sources: Iterable[str | Path],
    out: str | Path = "output",
    *,
    settings: Settings | None = None,
    seeds: str | Path | None = None,
    meta: str | Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Build or update the graph in ``out`` from files, folders and addresses.

    ``seeds`` is a Turtle file of entities known beforehand, used beside the shipped ones (which
    ``settings["resolve"]["seeds"] = False`` turns off); ``meta`` a table of facts about the files.
    An article that cannot be read or processed is a `Failure` in the report; the run goes on.
    Raises `kg.errors.ConfigError` before the first article when a setting is wrong, and
    `kg.errors.InUse` when another process writes ``out``.
    """
    settings = settings or load_config()
    tell = progress or _silent
    check_names(settings)
    own = load_vocabulary(settings)
    hints = all_seeds(settings, seeds, own)
    pipeline = pipeline_fingerprint(settings, hints, own)
    folder = Path(out)
    with writing(folder), _rare_collections():
        before = read_manifest(folder) or Manifest()
        (folder / "results").mkdir(exist_ok=True)
        arrived = _read(folder, before, sources, settings, meta, pipeline, tell)
        failures = [*arrived.failures]
        tell("articles", 0, len(arrived.todo))
        worker = Worker(settings, hints, pipeline, own)
        results = _run(folder, arrived.todo, worker)
        fresh: dict[str, ArticleResult] = {}
        for done, (article, result) in enumerate(results, 1):
            if isinstance(result, ArticleResult):
                write_result(folder, result)
                if len(fresh) < _FRESH:
                    fresh[article] = result
            else:
                failures.append(result)
                arrived.found.pop(article, None)
            tell("articles", done, len(arrived.todo))
        (folder / _SPOOL).unlink(missing_ok=True)
        after, replaced = _updated(before, arrived, pipeline)
        if not after and not before.graph:
            raise ReadError(_nothing(failures, sources))
        text = Path(seeds).read_text(encoding="utf-8") if seeds is not None else None
        report = _store(folder, before, after, settings, hints, text, own, tell, fresh)
    new = len(arrived.todo) - sum(f.stage != "read" for f in failures)
    return replace(
        report,
        processed=new,
        kept=len(after) - new,
        replaced=replaced,
        failures=tuple(failures),
    )


def remove(
    articles: Iterable[str],
    out: str | Path = "output",
    *,
    progress: Progress | None = None,
) -> Report:
    """Take articles out, and all that only they support. Each is named by its id (or the start of
    it that no other shares) or its source. The graph keeps the settings and seeds it was built
    with. Raises `KGError` for an article that is not there.
    """
    folder = Path(out)
    with writing(folder), _rare_collections():
        before = read_manifest(folder)
        if before is None:
            raise KGError(f"{folder}: no graph here.")
        gone: set[str] = set()
        for name in articles:
            gone |= _named(before, name)
        after = {key: item for key, item in before.articles.items() if key not in gone}
        settings = load_config(**before.settings)
        own = before.vocabulary
        use(own)
        hints = _seeds_of(folder, settings, before.seeds, own)
        tell = progress or _silent
        report = _store(folder, before, after, settings, hints, before.seeds, own, tell, {})
    return replace(report, removed=len(gone), kept=len(after))


def all_seeds(
    settings: Settings,
    own: str | Path | None = None,
    vocabulary: Vocabulary = SHIPPED,
) -> tuple[Seed, ...]:
    """The shipped seeds (unless the settings turn them off) and the user's."""
    files = [data_folder("seeds") / "entities.ttl"] if settings["resolve"]["seeds"] else []
    classes = vocabulary.ontology.text if vocabulary.ontology else ""
    return load_seeds([*map(Path, [own] if own is not None else []), *files], ontology=classes)


def _seeds_of(
    folder: Path, settings: Settings, own: str | None, vocabulary: Vocabulary
) -> tuple[Seed, ...]:
    """The seeds a graph was built with; ``own`` is the text of the user's file."""
    if own is None:
        return all_seeds(settings, None, vocabulary)
    path = folder / ".seeds.part.ttl"
    with _removed(path):
        path.write_text(own, encoding="utf-8")
        return all_seeds(settings, path, vocabulary)


def _named(manifest: Manifest, name: str) -> set[str]:
    found = {
        key
        for key, item in manifest.articles.items()
        if key == name or any(name in (source, Path(source).name) for _, source in item.origins)
    }
    if not found and len(name) >= 4:
        found = {key for key in manifest.articles if key.startswith(name)}
    if not found:
        sources = sorted(item.source for item in manifest.articles.values())
        from difflib import get_close_matches

        near = get_close_matches(name, sources, n=1)
        raise KGError(
            f"no article {name!r} in this graph;"
            + (
                f" did you mean {near[0]!r}?"
                if near
                else " 'kg export --format articles' lists them."
            )
        )
    if len(found) > 1:
        raise KGError(f"{name!r} names {len(found)} articles: {', '.join(sorted(found))}.")
    return found


def _silent(what: str, done: int, total: int | None) -> None:
    pass


def _nothing(failures: Sequence[Failure], sources: Iterable[str | Path]) -> str:
    lines = [f"no article could be read from {', '.join(map(str, sources)) or 'nothing'}."]
    lines += [f"{failure.error} {failure.hint}".strip() for failure in failures[:5]]
    return "\n".join(lines)


# --- reading -----------------------------------------------------------------------------------

_SPOOL: Final = ".incoming.part"


@dataclass(slots=True)
class _Arrived:
    """What the sources hold: origins by article id, and the articles that need work."""

    found: dict[str, set[tuple[str, str]]]
    todo: list[str]
    again: set[str]
    failures: list[Failure]
    broken: set[str]


def _read(
    folder: Path,
    before: Manifest,
    sources: Iterable[str | Path],
    settings: Settings,
    meta: str | Path | None,
    pipeline: str,
    tell: Progress,
) -> _Arrived:
    """Read every source once; articles without a good result wait in a file, not in memory."""
    from kg.read import load_meta, read

    arrived = _Arrived({}, [], set(), [], set())
    table = load_meta(meta) if meta is not None else None
    with (folder / _SPOOL).open("w", encoding="utf-8") as spool:
        for source in sources:
            origin = _origin(source)
            for item in read([source], settings=settings, meta=table):
                if isinstance(item, Failure):
                    arrived.failures.append(item)
                    arrived.broken.add(origin)
                    continue
                known = item.id in arrived.found
                arrived.found.setdefault(item.id, set()).add((origin, item.source))
                if not known and not has_result(folder, item.id, pipeline):
                    arrived.todo.append(item.id)
                    spool.write(to_json(item) + "\n")
                tell("reading", len(arrived.found), None)
        for key, listed in sorted(before.articles.items()):
            # Parsed by another pipeline or version: a graph is always the work of one.
            if key not in arrived.found and not has_result(folder, key, pipeline):
                arrived.todo.append(key)
                arrived.again.add(key)
                spool.write(to_json(read_article(folder, key, listed.source)) + "\n")
    return arrived


def _origin(source: str | Path) -> str:
    """The folder that a source's names are counted from; an address is its own."""
    if "://" in str(source):
        return str(source)
    path = Path(source).resolve()
    return str(path if path.is_dir() else path.parent)


def _run(
    folder: Path,
    todo: Sequence[str],
    worker: Worker,
) -> Iterator[tuple[str, ArticleResult | Failure]]:
    if not todo:
        return
    settings = worker.settings
    jobs = settings["build"]["jobs"]
    name = settings["build"]["runner"]
    if jobs > 1 and name == "serial":
        name = "processes"
    runner: Callable[..., Iterator[Any]] = registry.get("runners", name)
    sources: dict[str, str] = {}

    def waiting() -> Iterator[Article]:
        with (folder / _SPOOL).open(encoding="utf-8") as spool:
            for line in spool:
                article = from_json(Article, line)
                sources[article.id] = article.source
                yield article

    results = runner(worker, waiting(), jobs=jobs)
    for key, result in zip(todo, results, strict=True):
        source = sources.pop(key)
        if isinstance(result, Exception):
            yield key, Failure(source, "process", str(result), "The others are in the graph.")
        else:
            yield key, result


def _updated(before: Manifest, arrived: _Arrived, pipeline: str) -> tuple[dict[str, Listed], int]:
    """The articles after the build, and how many older versions left.

    An article leaves when every place it came from now gives another one. A file of many articles
    (``name.jsonl:LINE``) is one place, unless a line of it could not be read.
    """

    def place(origin: str, source: str) -> tuple[str, str]:
        head, colon, tail = source.rpartition(":")
        if colon and tail.isdigit() and head and origin not in arrived.broken:
            return (origin, head)
        return (origin, source)

    now = {place(*pair) for origins in arrived.found.values() for pair in origins}
    after: dict[str, Listed] = {}
    left = 0
    for key, item in before.articles.items():
        stay = {pair for pair in item.origins if place(*pair) not in now}
        if stay:
            parsed = pipeline if key in arrived.again else item.pipeline
            after[key] = Listed(tuple(sorted(stay)), parsed)
        elif key not in arrived.found:
            left += 1
    for key, origins in arrived.found.items():
        old = after[key].origins if key in after else ()
        after[key] = Listed(tuple(sorted({*old, *origins})), pipeline)
    return after, left


# --- merging and storing -----------------------------------------------------------------------


@dataclass(slots=True)
class _Tally:
    entities: Counter[str]
    statements: Counter[str]
    open: Counter[str]
    quotes: int = 0

    def entity(self, entity: Entity) -> None:
        self.entities[entity.type] += 1

    def statement(self, statement: Statement) -> None:
        if isinstance(statement.object, Quotation):
            self.quotes += 1
            return
        self.statements[statement.status] += 1
        if "/relation/" in statement.predicate.id:
            self.open[statement.predicate.label] += len(statement.evidence)


def _store(
    folder: Path,
    before: Manifest,
    articles: dict[str, Listed],
    settings: Settings,
    seeds: tuple[Seed, ...],
    own_seeds: str | None,
    vocabulary: Vocabulary,
    tell: Progress,
    fresh: Mapping[str, ArticleResult],
) -> Report:
    """Merge the results of these articles into a new store, and make it the current one. Those in
    ``fresh`` need not be read."""
    from kg.graph.spool import Spool
    from kg.graph.store import write_graph
    from kg.graph.turtle import turtle_of
    from kg.view import ViewOptions, write_view

    keys = sorted(articles)
    base = settings["graph"]["base"]
    number = int((before.graph or "graph-0").rpartition("-")[2]) + 1
    place = folder / f"graph-{number}"
    if place.exists():
        shutil.rmtree(place)
    scratch = folder / ".merge.part"
    scratch.unlink(missing_ok=True)
    inside = ":memory:" if len(keys) <= _FRESH else scratch
    tally = _Tally(Counter(), Counter(), Counter())
    sentences = silent = 0

    def results() -> Iterator[ArticleResult]:
        for key in keys:
            source, made = articles[key].source, fresh.get(key)
            if made is None:
                yield read_result(folder, key, source)
            else:
                yield replace(made, article=replace(made.article, source=source))

    def counted_results() -> Iterator[ArticleResult]:
        nonlocal sentences, silent
        sentences = silent = 0
        for done, result in enumerate(results(), 1):
            sentences += result.sentences
            silent += len(result.abstentions)
            tell("merging", done, len(keys))
            yield result

    def texts() -> Iterator[Article]:
        return (read_article(folder, key, articles[key].source) for key in keys)

    with (
        _undone(place),
        _removed(scratch),
        Merged(counted_results, base=base, seeds=seeds, scratch=inside) as merged,
    ):
        entities, statements = _Again(merged.entities), _Again(merged.statements)
        with Spool() as spool:
            tell("storing", 0, None)
            write_graph(
                place,
                _each(entities.first(), tally.entity),
                _each(statements.first(), tally.statement),
                texts(),
                settings=settings,
                events=merged.events(),
                spool=spool,
            )
            tell("exporting", 0, None)
            with replacing(folder / "graph.ttl") as file:
                turtle_of(spool, base, file)
        tell("drawing", 0, None)
        page = folder / "graph.html"
        options = ViewOptions(base=base)
        write_view(page, entities.again, statements.again, texts, options=options)
    manifest = Manifest(
        articles,
        place.name,
        merge_fingerprint(settings, seeds, vocabulary),
        {name: settings[name] for name in ("pipeline", "resolve", "graph")},
        own_seeds,
        vocabulary,
    )
    write_manifest(folder, manifest)
    sweep(folder, manifest)
    return Report(
        out=str(folder),
        articles=len(keys),
        sentences=sentences,
        silent=silent,
        quotes=tally.quotes,
        entities=_ranked(tally.entities),
        statements=_ranked(tally.statements),
        open=_ranked(tally.open)[:OPEN_SHOWN],
        outputs=(str(folder / "graph.ttl"), str(folder / "graph.html")),
    )


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


class _Again(Generic[T]):
    """Items that are read again: made once if they are few, made again if memory forbids."""

    def __init__(self, read: Callable[[], Iterable[T]]) -> None:
        self._read = read
        self._kept: list[T] | None = []

    def first(self) -> Iterator[T]:
        for item in self._read():
            if self._kept is not None:
                self._kept.append(item)
                if len(self._kept) > _KEPT:
                    self._kept = None
            yield item

    def again(self) -> Iterable[T]:
        return self._read() if self._kept is None else self._kept


def _each(items: Iterable[T], told: Callable[[T], None]) -> Iterator[T]:
    for item in items:
        told(item)
        yield item


@contextmanager
def _rare_collections() -> Iterator[None]:
    """A build makes millions of values and few rings of them: to look for rings as often as Python
    does by itself would take a tenth of its time."""
    usual = gc.get_threshold()
    gc.set_threshold(_COLLECT, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def _removed(path: Path) -> Iterator[None]:
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
