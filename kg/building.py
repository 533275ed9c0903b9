"""Articles in, graph out: read, run, merge, store, and the outputs a person opens.

`build` over an output that is there already updates it: the articles of the given sources are
added, a changed file takes the place of its older version, everything else stays; only new and
changed articles are processed. `remove` takes articles out. Either way the exports are those of
one build of the articles that are left.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import tempfile
import traceback
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Final, TypeVar

from kg.config import Settings, check_settings, data_folder, load_config
from kg.corrections.lines import from_lines, to_lines
from kg.damage import store_damage
from kg.errors import ConfigError, Damaged, GraphError, KGError, ReadError, told
from kg.fingerprint import pipeline_fingerprint
from kg.folder import (
    Manifest,
    read_article,
    read_corrections,
    read_result,
    result_path,
    result_state,
    sound_manifest,
    sweep,
    write_result,
    writing,
)
from kg.kb.keeping import take_base
from kg.layout import OUTPUTS, PAGE, TURTLE
from kg.listing import Listed, Listing
from kg.model import Article, ArticleResult, Correction, Failure
from kg.pipeline import Worker, check_names
from kg.processing import processed, reading
from kg.read.language import prepare
from kg.results import to_json
from kg.rings import rare_collections
from kg.run.cores import worth
from kg.seeds import Seeds, load_seeds
from kg.steps import heard
from kg.storing import Progress, Stored, Task, Trusted, removed, store, trusted
from kg.vocabulary import SHIPPED, Vocabulary, load_vocabulary

T = TypeVar("T")
log = logging.getLogger("kg.building")
#: The setting of each output.
_SETTING: Final = {TURTLE: "turtle", PAGE: "page"}
_FRESH: Final = 100  # articles whose results and names stay in memory until they are merged


_DATES_TWO_WAYS: Final = (
    "day or month first? Say where the outlet writes from: its address ('url') or a country in "
    "'publisher'."
)
_NUMBERS_TWO_WAYS: Final = (
    "thousands or decimals? The article's other numbers don't tell; look at the passage."
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did and what the graph holds now.

    ``processed`` counts the articles parsed now, ``kept`` those whose results were there,
    ``replaced`` and ``removed`` those that left, ``repaired`` tells what was found damaged or lost
    and is whole again. ``entities`` and ``statements`` count by type and
    by status; ``open`` are the most frequent predicates that no ontology term covers yet.
    ``unread`` counts, by their ending, the files in the given folders that no reader takes.
    ``read`` is how many articles the sources gave now; of these ``partial`` are not whole, with the
    reason (``page.html: the page stops at a paywall``).
    ``two_ways`` are dates and numbers of articles processed now that can be read two ways and were left
    without a value (``invoice.txt: 03/04/2025...``).
    ``inferred`` counts the facts that no text says and that follow (setting ``graph.infer``).
    ``unchecked`` counts the statements of sensitive relations that no person has confirmed.
    ``corrected`` counts a person's corrections that hold, ``uncorrected`` tells those that don't: what
    they are about is not in the graph now, or they contradict each other.
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
    repaired: tuple[str, ...] = ()
    unread: tuple[tuple[str, int], ...] = ()
    read: int = 0
    partial: tuple[str, ...] = ()
    unchecked: int = 0
    corrected: int = 0
    uncorrected: tuple[str, ...] = ()
    two_ways: tuple[str, ...] = ()
    inferred: int = 0


def build(
    sources: Iterable[str | Path],
    out: str | Path = "output",
    *,
    settings: Settings | None = None,
    seeds: str | Path | None = None,
    meta: str | Path | None = None,
    corrections: str | Path | None = None,
    kb: str | Path | None = None,
    cores: int = 1,
    progress: Progress | None = None,
) -> Report:
    """Build or update the graph in ``out`` from files, folders and addresses.

    ``kb`` is a knowledge base that names are looked up in, ``places`` or ``world`` one that comes along; the graph keeps
    it, ``none`` takes it away. ``corrections`` is a file of them (`kg.corrections`), taken beside those in ``out``. ``seeds`` is a Turtle file of entities known beforehand, used beside the shipped ones (which
    ``settings.resolve.seeds`` turns off); ``meta`` a table of facts about the files.
    ``cores`` are those that may be used where the settings leave ``jobs`` open.
    An article that cannot be read or processed is a `Failure` in the report; the run goes on.
    Raises `kg.errors.ConfigError` before the first article when a setting is wrong, and
    `kg.errors.InUse` when another process writes ``out``.
    """
    settings = settings or load_config()
    check_settings(settings)
    sources = tuple(sources)
    tell = progress or _silent
    prepare()
    check_names(settings)
    own = load_vocabulary(settings)
    hints = all_seeds(settings, seeds, own)
    pipeline = pipeline_fingerprint(settings, hints, own)
    folder = Path(out)
    with writing(folder), rare_collections():
        before, known, repaired, sound = _before(folder)
        if corrections is not None:
            known = _with(known, load_corrections(corrections))
        if kb is not None:
            take_base(kb, folder)
        sound = sound and not settings.build.anew
        kept = trusted(folder, before, settings, hints, own, sound=sound)
        arrived = _Arrived(trusted=kept)
        _read(folder, before, sources, settings, meta, pipeline, tell, arrived)
        log.info("%d articles arrived, %d to process", len(arrived.found), len(arrived.todo))
        worker = Worker(settings, hints, pipeline, own)
        fresh = _process(folder, arrived, worker, tell, cores)
        after, replaced = _updated(before, arrived, pipeline)
        if not after and not before.graph:
            raise ReadError(_nothing(arrived.failures, sources))
        text = Path(seeds).read_text(encoding="utf-8") if seeds is not None else None

        task = Task(
            folder, before, after, settings, hints, text, own, known,
            outputs=tuple(name for name in OUTPUTS if getattr(settings.build, _SETTING[name])),
            trusted=kept, fresh=fresh, made=frozenset(arrived.made),
            damaged=frozenset(arrived.damaged), tell=tell,
            jobs=settings.build.jobs or worth(len(after), cores),
        )  # fmt: skip
        try:
            stored = _stored_well(task, arrived, pipeline, lambda: worker, cores)
        except (KGError, OSError, sqlite3.Error):
            raise
        except Exception as error:
            traceback.clear_frames(error.__traceback__)  # they hold the store open
            spoilt = _spoilt(task)
            if not spoilt:
                raise
            arrived.failures += spoilt.values()
            stored = store(replace(task, articles=after.changed(dict.fromkeys(spoilt))))
    report = _report(task, stored)
    failed = sum(f.stage != "read" for f in arrived.failures)
    new = len(arrived.todo) - failed
    return replace(
        report,
        processed=new,
        kept=report.articles - new,
        replaced=replaced,
        failures=tuple(arrived.failures),
        repaired=(*repaired, *arrived.repaired, *stored.notes),
        unread=arrived.unread,
        read=arrived.read,
        partial=tuple(arrived.partial),
        two_ways=tuple(arrived.two_ways),
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
    with writing(folder), rare_collections():
        before, known, repaired, sound = _before(folder)
        if before.graph is None and not before.articles:
            raise KGError(f"{folder}: no graph here.")
        gone: set[str] = set()
        for name in articles:
            gone |= _named(before, name)
        after = before.articles.changed(dict.fromkeys(gone))
        report = _stored_again(folder, before, after, known, progress or _silent, sound)
    return replace(report, removed=len(gone), repaired=(*repaired, *report.repaired))


def correct(
    corrections: Iterable[Correction] = (),
    out: str | Path = "output",
    *,
    undo: Iterable[str] = (),
    progress: Progress | None = None,
) -> Report:
    """Apply corrections to the graph in ``out``, now and in every build from now on. ``undo`` are ids
    (or the start of one) of corrections to take back. No article is parsed for it. Raises `KGError`
    for an id that is not there.
    """
    folder, made = Path(out), tuple(corrections)
    with writing(folder), rare_collections():
        before, known, repaired, sound = _before(folder)
        if before.graph is None and not before.articles:
            raise KGError(f"{folder}: no graph here.")
        for name in undo:
            gone = _correction(known, name)
            known = tuple(correction for correction in known if correction != gone)
        known = _with(known, made)
        report = _stored_again(folder, before, before.articles, known, progress or _silent, sound)
    return replace(report, repaired=(*repaired, *report.repaired))


def load_corrections(path: str | Path) -> tuple[Correction, ...]:
    """The corrections of a file. Raises `kg.errors.ConfigError` with the line of what is none."""
    try:
        return from_lines(Path(path).read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot read the corrections: {error}.") from error


def _with(known: tuple[Correction, ...], more: tuple[Correction, ...]) -> tuple[Correction, ...]:
    return from_lines(to_lines((*known, *more)))


def _correction(known: Iterable[Correction], name: str) -> Correction:
    found = [correction for correction in known if correction.id.startswith(name)]
    if len(found) != 1 or not name:
        many = f"is the start of {len(found)} ids" if found else "is no correction here"
        raise KGError(f"{name!r} {many}; 'kg corrections list' shows them.")
    return found[0]


def _stored_again(
    folder: Path,
    before: Manifest,
    after: Listing,
    corrections: tuple[Correction, ...],
    tell: Progress,
    sound: bool,
) -> Report:
    """Store these articles of a graph again, with its settings and seeds; only damaged ones are
    processed."""
    settings = load_config(**before.settings)
    own = before.vocabulary
    hints = _seeds_of(folder, settings, before.seeds, own)
    arrived = _Arrived(trusted=trusted(folder, before, settings, hints, own, sound=sound))
    with (folder / _SPOOL).open("w", encoding="utf-8", newline="\n") as spool:
        _again(folder, replace(before, articles=after), None, settings, arrived, spool)

    def worker() -> Worker:
        return Worker(settings, hints, pipeline_fingerprint(settings, hints, own), own)

    fresh = _process(folder, arrived, worker(), tell) if arrived.todo else {}
    task = Task(
        folder, before, after, settings, hints, before.seeds, own, corrections,
        outputs=tuple(name for name in OUTPUTS if (folder / name).exists()),
        trusted=arrived.trusted, fresh=fresh, made=frozenset(arrived.made),
        damaged=frozenset(arrived.damaged), tell=tell,
    )  # fmt: skip
    stored = _stored_well(task, arrived, None, worker)
    report = _report(task, stored)
    new = len(arrived.made)
    return replace(
        report,
        kept=report.articles - new,
        processed=new,
        failures=tuple(arrived.failures),
        repaired=(*arrived.repaired, *stored.notes),
    )


def _report(task: Task, stored: Stored) -> Report:
    return Report(
        out=str(task.folder),
        articles=stored.articles,
        sentences=stored.sentences,
        silent=stored.silent,
        quotes=stored.quotes,
        entities=stored.entities,
        statements=stored.statements,
        open=stored.open,
        unchecked=stored.unchecked,
        inferred=stored.inferred,
        outputs=tuple(str(task.folder / name) for name in task.outputs),
        corrected=sum(found.state == "applied" for found in stored.corrected),
        uncorrected=tuple(
            f"{found.correction.id} {found.label}: {found.state}: {found.note}"
            for found in stored.corrected
            if found.note
        ),
    )


def all_seeds(
    settings: Settings,
    own: str | Path | None = None,
    vocabulary: Vocabulary = SHIPPED,
) -> Seeds:
    """The shipped seeds (unless the settings turn them off) and the user's."""
    files = [data_folder("seeds") / "entities.ttl"] if settings.resolve.seeds else []
    classes = vocabulary.ontology.text if vocabulary.ontology else ""
    return load_seeds([*map(Path, [own] if own is not None else []), *files], ontology=classes)


def _seeds_of(folder: Path, settings: Settings, own: str | None, vocabulary: Vocabulary) -> Seeds:
    """The seeds a graph was built with; ``own`` is the text of the user's file."""
    if own is None:
        return all_seeds(settings, None, vocabulary)
    path = folder / ".seeds.part.ttl"
    with removed(path):
        path.write_text(own, encoding="utf-8", newline="\n")
        return all_seeds(settings, path, vocabulary)


def _named(manifest: Manifest, name: str) -> set[str]:
    articles = manifest.articles
    found = {
        key
        for key in articles.named(name)
        if any(name in (source, Path(source).name) for _, source in articles[key].origins)
    }
    found |= {name} & {*articles.starting(name)}
    if not found and len(name) >= 4:
        found = {*articles.starting(name)}
    if not found:
        sources = sorted(item.source for item in articles.values())
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
    """What the sources hold: origins by article id, and the articles that need work.

    ``damaged`` are those whose results are lost or altered, and what is wrong; ``made`` those
    whose results were written now."""

    trusted: Trusted = field(default_factory=Trusted)
    found: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    todo: list[str] = field(default_factory=list)
    again: set[str] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    damaged: dict[str, str] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    repaired: list[str] = field(default_factory=list)
    unread: tuple[tuple[str, int], ...] = ()
    read: int = 0
    partial: list[str] = field(default_factory=list)
    two_ways: list[str] = field(default_factory=list)


def _before(folder: Path) -> tuple[Manifest, tuple[Correction, ...], tuple[str, ...], bool]:
    """The state that a build starts from, with its corrections, what of it had to be repaired
    or will be, and whether the store is sound."""
    before, repaired = sound_manifest(folder)
    sweep(folder, before, ())
    (folder / "results").mkdir(exist_ok=True)
    corrections, changed = read_corrections(folder, before)
    found = [line for line in (repaired, changed) if line]
    wrong: tuple[str, ...] = ()
    if before.graph is not None:
        wrong = store_damage(folder / before.graph, before)
        found += [f"{line} The store was written anew." for line in wrong[:1]]
    return before, corrections, tuple(found), not wrong


def _read(
    folder: Path,
    before: Manifest,
    sources: Iterable[str | Path],
    settings: Settings,
    meta: str | Path | None,
    pipeline: str,
    tell: Progress,
    arrived: _Arrived,
) -> None:
    """Read every source once; articles without a good result wait in a file, not in memory."""
    from kg.read import load_meta, read, unread

    arrived.unread = unread(sources)
    table = load_meta(meta) if meta is not None else None
    with (folder / _SPOOL).open("w", encoding="utf-8", newline="\n") as spool:
        for source in sources:
            origin = _origin(source)
            run = reading(settings) if _is_folder(source) else None
            for item in _told(read([source], settings=settings, meta=table, run=run), tell):
                if isinstance(item, Failure):
                    arrived.failures.append(item)
                    arrived.broken.add(origin)
                    continue
                known = item.id in arrived.found
                arrived.read += not known
                if item.partial and not known:
                    arrived.partial.append(f"{item.source}: {item.partial}")
                arrived.found.setdefault(item.id, set()).add((origin, item.source))
                if not known and not _is_made(folder, before, item.id, pipeline, arrived):
                    arrived.todo.append(item.id)
                    spool.write(to_json(item) + "\n")
                tell("reading", len(arrived.found), None)
        _again(folder, before, pipeline, settings, arrived, spool)


def _is_made(
    folder: Path, before: Manifest, key: str, pipeline: str | None, arrived: _Arrived
) -> bool:
    """Is there a sound result of this article, by this pipeline (None: by any)?"""
    if arrived.trusted.is_sound(key) and (known := before.articles.get(key)):
        return pipeline is None or known.pipeline == pipeline
    try:
        made = result_state(folder, key)
    except (Damaged, OSError) as error:
        arrived.damaged[key] = str(error)
        return False
    if made is None and key in before.articles:
        arrived.damaged[key] = f"{result_path(folder, key)}: missing."
    return made is not None and (pipeline is None or made == pipeline)


def _again(
    folder: Path,
    before: Manifest,
    pipeline: str | None,
    settings: Settings,
    arrived: _Arrived,
    spool: IO[str],
) -> None:
    """Take up the articles of the graph that no source held now and that have no good result: a
    graph is always the work of one pipeline, and what is damaged is made anew."""
    known = before.articles
    doubtful: Collection[str] = known
    if arrived.trusted.usable and (pipeline is None or known.of_one_pipeline(pipeline)):
        doubtful = arrived.trusted.doubtful
    for key in sorted(doubtful):
        listed = known.get(key)
        if listed is None or key in arrived.found:
            continue
        if _is_made(folder, before, key, pipeline, arrived):
            continue
        article = _recovered(folder, before, key, listed, settings)
        if article is None:
            arrived.failures.append(
                Failure(
                    listed.source,
                    "repair",
                    f"{listed.source}: left out: {arrived.damaged[key]}",
                    "Give its source to 'kg build', or take it out: kg remove",
                )
            )
            continue
        arrived.todo.append(key)
        arrived.again.add(key)
        spool.write(to_json(replace(article, source=listed.source)) + "\n")


def _recovered(
    folder: Path, before: Manifest, key: str, listed: Listed, settings: Settings
) -> Article | None:
    """The article from its result, from the store, or from where it was read; None if it is
    nowhere any more."""
    from kg.graph.store import open_graph
    from kg.read import read
    from kg.read.article import content_id

    with suppress(Damaged):
        return read_article(folder, key)
    if before.graph is not None and not store_damage(folder / before.graph, before):
        with suppress(GraphError, OSError, ValueError), open_graph(folder / before.graph) as graph:
            for article in graph.articles():
                if article.id == key == content_id(article):
                    return article
    for origin, source in listed.origins:
        path = _file_of(origin, source)
        if path is not None:
            for item in read([path], settings=settings):
                if isinstance(item, Article) and item.id == key:
                    return item
    return None


def _file_of(origin: str, source: str) -> Path | None:
    """The file that an article was read from: of ``news.zip/day.jsonl:12`` the archive. None where
    it is gone, or was no file."""
    if not origin or "://" in origin:
        return None
    named = Path(origin) / re.sub(r"(?<=.)(?::\d+)+$", "", source)
    inside = (p for p in (named, *named.parents) if p.is_relative_to(origin))
    return next((path for path in inside if path.is_file()), None)


def _two_ways(result: ArticleResult) -> Iterator[str]:
    """What of an article can be read two ways, and what could tell: a line for its dates, one for its
    numbers."""
    numbers = [word for word in result.two_ways if re.fullmatch(r"\d+[.,]\d+", word)]
    dates = [word for word in result.two_ways if word not in numbers]
    for words, question in ((dates, _DATES_TWO_WAYS), (numbers, _NUMBERS_TWO_WAYS)):
        if words:
            yield f"{result.article.source}: {', '.join(words)}: {question}"


def _process(
    folder: Path, arrived: _Arrived, worker: Worker, tell: Progress, cores: int = 1
) -> dict[str, ArticleResult]:
    """Process what waits, write each result, and give those that memory has room for."""
    fresh: dict[str, ArticleResult] = {}
    tell("articles", 0, len(arrived.todo))
    results = _told(processed(folder / _SPOOL, arrived.todo, worker, cores), tell)
    for done, (key, result) in enumerate(results, 1):
        if isinstance(result, ArticleResult):
            write_result(folder, result)
            arrived.made.add(key)
            arrived.two_ways += _two_ways(result)
            if key in arrived.damaged:
                arrived.repaired.append(f"{arrived.damaged.pop(key)} It was made anew.")
            if len(fresh) < _FRESH:
                fresh[key] = result
        else:
            arrived.failures.append(result)
            arrived.found.pop(key, None)
        tell("articles", done, len(arrived.todo))
    (folder / _SPOOL).unlink(missing_ok=True)
    return fresh


def _told(results: Iterator[T], tell: Progress) -> Iterator[T]:
    """The results, each with the steps on the way to it told."""
    while True:
        with heard(tell):
            result = next(results, None)
        if result is None:
            return
        yield result


def _is_folder(source: str | Path) -> bool:
    """Whether a source may hold many files, here or elsewhere."""
    from kg.read.remote import is_remote

    with suppress(OSError, ValueError):  # a name that the system does not take
        return is_remote(str(source)) or Path(source).is_dir()
    return False


def _origin(source: str | Path) -> str:
    """The folder that a source's names are counted from; an address is its own."""
    if "://" in str(source):
        return str(source)
    try:
        path = Path(source).resolve()
        return str(path if path.is_dir() else path.parent)
    except (OSError, ValueError):  # a name that the system does not take
        return ""


def _updated(before: Manifest, arrived: _Arrived, pipeline: str) -> tuple[Listing, int]:
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
    changes: dict[str, Listed | None] = {}
    left = 0
    for key in {*before.articles.at(now), *arrived.again}:
        item = before.articles[key]
        stay = {pair for pair in item.origins if place(*pair) not in now}
        if stay:
            parsed = pipeline if key in arrived.again else item.pipeline
            changes[key] = Listed(tuple(sorted(stay)), parsed)
        else:
            changes[key] = None
            left += key not in arrived.found
    for key, origins in arrived.found.items():
        old = changes[key] if key in changes else before.articles.get(key)
        known = old.origins if old is not None else ()
        changes[key] = Listed(tuple(sorted({*known, *origins})), pipeline)
    return before.articles.changed(changes), left


# --- storing -----------------------------------------------------------------------------------


def _stored_well(
    task: Task,
    arrived: _Arrived,
    pipeline: str | None,
    worker: Callable[[], Worker],
    cores: int = 1,
) -> Stored:
    """Store a task; where a result turns out to be damaged that was not looked at, all are read, and
    those that are damaged made anew first."""
    try:
        return store(task)
    except Damaged:
        folder, again = task.folder, _Arrived(trusted=Trusted(task.trusted.made))
        now = replace(task.before, articles=task.articles)
        with (folder / _SPOOL).open("w", encoding="utf-8", newline="\n") as spool:
            _again(folder, now, pipeline, task.settings, again, spool)
        if not again.damaged:
            raise
        fresh = _process(folder, again, worker(), task.tell, cores) if again.todo else {}
        arrived.todo += again.todo
        arrived.failures += again.failures
        arrived.repaired += again.repaired
        arrived.made |= again.made
        arrived.damaged |= again.damaged
        return store(
            replace(
                task, trusted=again.trusted, fresh={**task.fresh, **fresh},
                made=frozenset(arrived.made), damaged=frozenset(arrived.damaged),
            )
        )  # fmt: skip


def _spoilt(task: Task) -> dict[str, Failure]:
    """The articles that cannot be stored even alone, which a part from elsewhere may have brought
    about: tried one by one, when all of them together could not be stored."""
    found: dict[str, Failure] = {}
    for key, listed in task.articles.items():
        with tempfile.TemporaryDirectory(prefix="kg-") as place:
            alone = {key: read_result(task.folder, key, listed.source)}
            write_result(Path(place), alone[key])
            one = Task(
                Path(place), Manifest(), Listing.of({key: listed}), task.settings, task.seeds, None,
                task.vocabulary, outputs=OUTPUTS, fresh=alone,
            )  # fmt: skip
            try:
                store(one)
            except (KGError, OSError, sqlite3.Error):
                raise
            except Exception as error:
                hint = "The article was left out; the others are in the graph."
                found[key] = Failure(
                    listed.source, "merge", f"{listed.source}: {told(error)}", hint
                )
    return found
