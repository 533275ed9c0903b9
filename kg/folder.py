"""The folder that a build writes: what lies where, and how it changes all at once.

::

    OUT/manifest.json      the articles in the graph and the store that is current
    OUT/results/ID.jsonl   what each article says: checksums, article, result, one a line
    OUT/corrections.jsonl  what a person corrected, where anybody did
    OUT/graph-N/           the store, with copies of its manifest and of the corrections; N grows by
                           one with each build
    OUT/graph.ttl, graph.html   the outputs a person opens; their last line names their graph
    OUT/merge.sqlite       of many articles: what the merge was made of, for the next one
    OUT/merge.json         which graph that is of, and that it is as it was written
    OUT/kb.sqlite          the knowledge base that names are looked up in, where one was given
    OUT/.lock              held by the process that writes
    OUT/graph-N/readers    held, shared, by those that read this store

Every file is written beside its place and renamed into it; the manifest is renamed last, when the
disk has all that it names. A build that is killed at any moment, or ends with the power, leaves the
last good graph current, and the results that were done. Manifest and results carry checksums, the
manifest those of the store's files: `kg.damage` tells what no longer fits them.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from kg.corrections.lines import from_lines
from kg.errors import ConfigError, Damaged, GraphError, InUse, is_full
from kg.layout import MANIFEST, OUTPUTS, SEAL
from kg.listing import Listed, Listing
from kg.model import Article, ArticleResult, Correction
from kg.results import from_json, result_from_json, to_json, to_plain
from kg.vocabulary import SHIPPED, Vocabulary

FORMAT: Final = 2
#: What a person corrected; the store has a copy under the same name.
CORRECTIONS: Final = "corrections.jsonl"
COPY: Final = "kg.json"  # the manifest, once more, in the folder of its store
_READERS: Final = "readers"
_TRIES: Final = 100  # a reader tries again only when a build turned the manifest meanwhile
_PAUSE: Final = 0.01  # seconds between two tries
#: Files of RocksDB that hold no data, or that reading may write; so may a search (`kg.graph.search`)
#: and who looks for a name (`kg.graph.name_index`).
_NO_DATA: Final = ("LOG", "LOCK", COPY, _READERS, "search.db", "names.")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of an output. ``graph`` is the name of the current store's folder, ``content`` the
    id of what it holds (`kg.graph.turtle.turtle_of`), ``triples`` their number and ``files`` the
    size and SHA-256 of its files, ``sum`` the sum of its triples' checksums (`kg.graph.content`),
    ``outputs`` the files that a person opens; ``settings`` are those that shaped it, ``seeds`` the text of the
    user's own seeds file, ``vocabulary`` the user's own ontology and lexicon."""

    articles: Listing = field(default_factory=Listing)
    graph: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    seeds: str | None = None
    vocabulary: Vocabulary = SHIPPED
    content: str = ""
    triples: int = 0
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    sum: str = ""
    outputs: tuple[str, ...] = OUTPUTS


def read_manifest(out: Path) -> Manifest | None:
    """The manifest of an output folder, or None where none is. Raises `Damaged` for one that does
    not fit its checksum, `GraphError` for one of another format."""
    return _manifest(out / MANIFEST, out)


class _Written(msgspec.Struct):
    """A manifest as its file has it; the articles stay as they are written (`kg.listing`)."""

    graph: str | None
    settings: dict[str, Any]
    seeds: str | None
    content: str
    triples: int
    files: dict[str, tuple[int, str]]
    articles: msgspec.Raw
    format: int
    vocabulary: Vocabulary = SHIPPED
    sum: str = ""
    outputs: tuple[str, ...] = OUTPUTS


class _Format(msgspec.Struct):
    format: int
    sha256: str = ""


def _manifest(path: Path, out: Path) -> Manifest | None:
    try:
        written = path.read_bytes()
        if not written.startswith(_sealed(memoryview(written)[written.find(b"\n") + 1 :])):
            head = from_json(_Format, written)
            if head.format == 1 and not head.sha256:
                raise GraphError(f"{path}: of an older kg. Build into another folder: --out DIR")
            raise ValueError("it does not fit its checksum")
        try:
            found = from_json(_Written, written)
        except ValueError:
            if (given := from_json(_Format, written).format) == FORMAT:
                raise
            raise GraphError(f"{path}: format {given!r}; this kg reads {FORMAT}.") from None
        if found.format != FORMAT:
            raise GraphError(f"{path}: format {found.format!r}; this kg reads {FORMAT}.")
        return Manifest(
            Listing(bytes(found.articles)),
            found.graph,
            found.settings,
            found.seeds,
            found.vocabulary,
            found.content,
            found.triples,
            found.files,
            found.sum,
            found.outputs,
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(
            f"{path}: damaged ({error}). Build again: kg build SOURCE --out {out}; what is sound "
            "is kept."
        ) from error


def _sealed(body: bytes | memoryview) -> bytes:
    """The first line of a manifest: the checksum of the lines after it."""
    return SEAL + f'{sha256(body).hexdigest()}",\n'.encode()


def manifest_text(manifest: Manifest) -> str:
    """The manifest as its file has it."""
    plain = {
        "format": FORMAT,
        "graph": manifest.graph,
        "settings": manifest.settings,
        "seeds": manifest.seeds,
        "vocabulary": to_plain(manifest.vocabulary),
        "content": manifest.content,
        "triples": manifest.triples,
        "files": {name: list(found) for name, found in manifest.files.items()},
        "sum": manifest.sum,
        "outputs": list(manifest.outputs),
    }
    # The articles come first, and all is on one line.
    rest = msgspec.json.encode(plain, order="sorted").removeprefix(b"{")
    body = b'"articles":' + manifest.articles.text() + b"," + rest
    return (_sealed(body) + body).decode()


def sound_manifest(out: Path) -> tuple[Manifest, str]:
    """The manifest (an empty one where nothing was built); for one that is damaged or lost, the
    one that stands in for it, and what was done. To be called by the process that writes ``out``.

    The copy beside the newest store has everything. Failing that, a damaged manifest is made anew
    from the results, which don't tell the folders that articles came from, nor the user's seeds.
    Raises `GraphError` for a manifest of another format.
    """
    reason, path = "missing", out / MANIFEST
    try:
        if (found := read_manifest(out)) is not None:
            return found, ""
    except Damaged:
        reason = "damaged"
    for copy in sorted(out.glob(f"graph-*/{COPY}"), key=lambda c: -_number(c.parent.name)):
        with contextlib.suppress(GraphError):
            if (found := _manifest(copy, out)) is not None and found.graph == copy.parent.name:
                return found, f"{path}: {reason}; its copy {copy} was taken."
    if reason == "missing":  # a first build that was killed leaves results and no manifest
        return Manifest(), ""
    articles = {}
    for kept in sorted((out / "results").glob("*.jsonl")):
        with contextlib.suppress(GraphError):
            article = read_article(out, kept.stem)
            articles[kept.stem] = Listed((("", article.source),), "")
    return Manifest(Listing.of(articles)), (
        f"{path}: {reason}; made anew from {len(articles)} results. Which folders they came from, "
        "and seeds of your own, are not known any more: give them again."
    )


def read_corrections(out: Path, manifest: Manifest) -> tuple[tuple[Correction, ...], str]:
    """The corrections of an output, and what had to be done to have them, if anything.

    The file is taken as it is, also after somebody edited it. One that is lost is taken from its copy
    beside the store; so is one with a line that is no correction, which is put aside first. Raises
    `kg.errors.ConfigError` for such a line where there is no copy.
    """
    path, copy = out / CORRECTIONS, out / (manifest.graph or "-") / CORRECTIONS
    kept = manifest.files.get(CORRECTIONS) if copy.is_file() else None
    try:
        written = path.read_bytes()
        found = from_lines(written.decode(), str(path))
    except FileNotFoundError:
        if kept is None:
            return (), ""
        return from_lines(copy.read_text("utf-8"), str(copy)), f"{path}: missing; {copy} was taken."
    except (ConfigError, UnicodeDecodeError) as error:
        if kept is None:
            raise ConfigError(str(error)) from error
        aside = path.with_name(f"{CORRECTIONS}.wrong")
        path.replace(aside)
        told = f"{error} {copy} was taken; what was there is now {aside}."
        return from_lines(copy.read_text("utf-8"), str(copy)), told
    if kept is not None and kept[1] != sha256(written).hexdigest():
        return found, f"{path}: changed since the last build; taken as it is."
    return found, ""


def _number(graph: str | None) -> int:
    tail = (graph or "").rpartition("-")[2]
    return int(tail) if tail.isdecimal() else 0


def next_graph(out: Path, manifest: Manifest) -> Path:
    """The folder for a new store: its number was never used in this output."""
    used = [_number(path.name) for path in out.glob("graph-*")]
    return out / f"graph-{max([_number(manifest.graph), *used]) + 1}"


# --- reading -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Held:
    """The current store, held for reading: no build sweeps ``path`` before `close`."""

    path: Path
    manifest: Manifest
    lock: IO[bytes]

    def close(self) -> None:
        """Let go of the store."""
        self.lock.close()


def hold(out: Path) -> Held:
    """The current store, held for reading. Builds go on beside it: the store that was current
    stays until its readers are gone. Raises `GraphError` where there is none to read."""
    for _ in range(_TRIES):
        before = state(out)
        try:
            path, manifest = _current(out)
            lock = _opened(out, path / _READERS)
        except GraphError:
            if state(out) != before:
                continue
            raise
        # Between the two looks a build may have turned the manifest and swept this store.
        if _locked(lock, shared=True) and state(out) == before:
            return Held(path, manifest, lock)
        lock.close()
        time.sleep(_PAUSE)
    raise InUse(f"{out}: builds follow each other too fast to read it. Wait, and try again.")


def _opened(out: Path, path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise Damaged(_missing(out, path, error.strerror)) from error


def _current(out: Path) -> tuple[Path, Manifest]:
    manifest = read_manifest(out)
    if manifest is None and any(out.glob(f"graph-*/{COPY}")):
        raise Damaged(_missing(out, out / MANIFEST))
    if manifest is None or manifest.graph is None:
        raise GraphError(f"{out}: no graph here. Build one: kg build SOURCE --out {out}")
    folder = out / manifest.graph
    if not folder.is_dir():
        raise Damaged(_missing(out, folder))
    return folder, manifest


def _missing(out: Path, path: Path, why: str | None = None) -> str:
    return (
        f"{path}: missing{f' ({why})' if why else ''}. Build again: kg build SOURCE --out {out}; "
        "what is sound is kept."
    )


def state(out: Path) -> tuple[int, ...]:
    """Changes whenever the manifest is replaced."""
    try:
        found = (out / MANIFEST).stat()
    except OSError:
        return ()
    return found.st_ino, found.st_mtime_ns, found.st_size


# --- writing -----------------------------------------------------------------------------------


def unfinished(path: Path) -> Path:
    """Where a file is written before it takes its place."""
    return path.with_name(f".{path.name}.part")


@contextmanager
def replacing(path: Path) -> Iterator[IO[str]]:
    """An open text file that becomes ``path`` when the block ends well, and is gone otherwise."""
    beside = unfinished(path)
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Hold the output for writing. Raises `InUse` at once when another process holds it.

    The lock is the system's: it ends with the process, however that ends. A disk that is full or
    that fails inside the block becomes a `GraphError`.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        file = (out / ".lock").open("a+", encoding="utf-8")
    except OSError as error:
        raise GraphError(f"{out}: cannot be written: {error.strerror}.") from error
    with file:
        if not _locked(file):
            raise InUse(f"{out}: another process writes this output. Wait for it, or choose --out.")
        try:
            yield
        except OSError as error:
            if is_full(error):
                raise _no_room(out, error.strerror or str(error)) from error
            if error.errno == errno.EIO:
                raise GraphError(
                    f"{out}: the disk failed ({error.strerror}). The last good graph is as it was. "
                    "Look after the disk, or build to another: --out DIR"
                ) from error
            if isinstance(error, PermissionError):  # Windows: somebody has it open
                raise GraphError(
                    f"{error.filename2 or error.filename or out}: cannot be written: "
                    f"{error.strerror or error}. Close it where it is open, or choose --out, and run the "
                    "same command again: what was done is kept."
                ) from error
            raise
        except sqlite3.OperationalError as error:
            raise _no_room(out, str(error)) from error


def _no_room(out: Path, reason: str) -> GraphError:
    return GraphError(
        f"{out}: {reason}. The last good graph is as it was; make room and run the same command "
        "again: what was done is kept."
    )


def sync(path: Path) -> None:
    """Wait until the disk has the content of this file, or the names in this folder.

    A folder that the system does not open or sync (Windows, some network drives, one that may not
    be listed) is left to the system."""
    folder = path.is_dir()
    try:
        handle = os.open(path, os.O_RDONLY if folder else os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if not folder or error.errno not in (errno.EACCES, errno.EPERM, errno.EINVAL):
            raise


def store_files(
    path: Path, known: Mapping[str, tuple[int, str]] | None = None, beside: Path | None = None
) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of the files that hold a store, by name. What is one file with that of the
    store ``beside`` is not read again: it is ``known``."""
    found = {}
    for file in sorted(path.iterdir()):
        if file.name.startswith(_NO_DATA):
            continue
        if known is not None and beside is not None and file.name in known:
            with contextlib.suppress(OSError):
                if file.samefile(beside / file.name):
                    found[file.name] = known[file.name]
                    continue
        with file.open("rb") as opened:
            found[file.name] = (file.stat().st_size, file_digest(opened, "sha256").hexdigest())
    return found


def land(
    out: Path, manifest: Manifest, results: Iterable[str], left: Iterable[str] | None = None
) -> None:
    """Make this state the current one, and delete what it does not need.

    Its store and the unfinished `OUTPUTS` lie ready; ``results`` are those that the disk may not
    have yet, ``left`` those that it may have and that may not be needed any more (None: whatever lies
    there). The order is the point: content, then names, then the manifest, then the sweep.
    """
    assert manifest.graph is not None
    store = out / manifest.graph
    text = manifest_text(manifest).encode()
    beside = unfinished(out / MANIFEST)
    for path in (store / COPY, beside):
        path.write_bytes(text)
    (store / _READERS).touch()
    outputs = [out / name for name in manifest.outputs]
    for path in (
        *(path for path in sorted(store.iterdir()) if path.stat().st_nlink == 1),
        *(result_path(out, key) for key in sorted(results)),
        *map(unfinished, outputs),
        *([unfinished(out / CORRECTIONS)] if CORRECTIONS in manifest.files else []),
        beside,
        store,
        out / "results",
        out,
        out.absolute().parent,
    ):
        sync(path)
    for path in outputs:
        unfinished(path).replace(path)
    for name in OUTPUTS:  # of an older graph
        if name not in manifest.outputs:
            (out / name).unlink(missing_ok=True)
    corrections = out / CORRECTIONS
    if CORRECTIONS in manifest.files:
        unfinished(corrections).replace(corrections)
    else:  # the last one was undone
        corrections.unlink(missing_ok=True)
    beside.replace(out / MANIFEST)
    sync(out)
    sweep(out, manifest, left)


def _locked(file: IO[Any], *, shared: bool = False) -> bool:
    """Take the lock of an open file, at once or not at all; it ends with the file."""
    try:
        import fcntl
    except ImportError:  # Windows: an open file can't be deleted, which is all a reader needs
        if shared:
            return True
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        # A file system without locks keeps nobody from reading.
        return shared and error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


# --- results -----------------------------------------------------------------------------------


def result_stamps(out: Path, some: Iterable[str] | None = None) -> dict[str, str]:
    """Size and time of change of each result, or of those of ``some`` articles, by article: what a
    look at the folder tells."""
    if some is not None:
        found, folder = {}, str(out / "results")
        for key in some:
            with contextlib.suppress(FileNotFoundError):
                found[key] = stamp_of(os.stat(f"{folder}/{key}{_RESULT}"))  # noqa: PTH116 (a Path for each takes long)
        return found
    try:
        with os.scandir(out / "results") as entries:
            return {
                name[: -len(_RESULT)]: stamp_of(entry.stat())
                for entry in entries
                if (name := entry.name).endswith(_RESULT)
            }
    except FileNotFoundError:
        return {}


def stamp_of(found: os.stat_result) -> str:
    """What changes when a file is written."""
    return f"{found.st_size} {found.st_mtime_ns}"


_RESULT: Final = ".jsonl"


def result_path(out: Path, article: str) -> Path:
    """Where the result of an article lies."""
    return out / "results" / f"{article}.jsonl"


def write_result(out: Path, result: ArticleResult) -> None:
    """Put a result in its place, at once."""
    path = result_path(out, result.article.id)
    path.parent.mkdir(exist_ok=True)
    article = to_json(result.article).encode()
    rest = to_json(replace(result, article=_NO_ARTICLE)).encode()
    header = _header(result.article.id, result.pipeline, article, rest)
    lines = header, article, rest, b""
    with replacing(path) as file:
        file.write(b"\n".join(lines).decode())


def _header(key: str, pipeline: str, article: bytes, rest: bytes) -> bytes:
    """The first line of a result. The article has a checksum of its own: it is worth more."""
    parts = (key.encode(), pipeline.encode(), article, rest)
    return json.dumps(
        {
            "pipeline": pipeline,
            "article": sha256(article).hexdigest(),
            "sha256": sha256(b"\n".join(parts)).hexdigest(),
        }
    ).encode()


_NO_ARTICLE: Final = Article("", "", "")


def result_state(out: Path, article: str) -> str | None:
    """The fingerprint of the pipeline that made the result of this article; None where there is
    no result. Raises `Damaged` for one that does not fit its checksum."""
    try:
        return _sound(out, article)[0]
    except FileNotFoundError:
        return None


def _sound(out: Path, article: str) -> tuple[str, bytes, bytes]:
    """Fingerprint, article and result of a file whose every byte is as it was written."""
    path = result_path(out, article)
    written = path.read_bytes()
    lines = written.split(b"\n")
    try:
        pipeline = str(json.loads(lines[0])["pipeline"])
        _, told, rest = lines[:3]
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{path}: damaged ({error}). {_AGAIN}") from error
    if written != b"\n".join((_header(article, pipeline, told, rest), told, rest, b"")):
        raise Damaged(f"{path}: damaged (it does not fit its checksum). {_AGAIN}")
    return pipeline, told, rest


def read_article(out: Path, article: str, source: str | None = None) -> Article:
    """The article of a result, under the given source name; also when only the rest of the file
    is damaged. Raises `Damaged`."""
    path = result_path(out, article)
    try:
        with path.open("rb") as file:
            header, line = json.loads(file.readline()), file.readline().rstrip(b"\n")
        if header["article"] != sha256(line).hexdigest():
            raise ValueError("the article does not fit its checksum")
        found = from_json(Article, line)
        if found.id != article:
            raise ValueError(f"it is of article {found.id}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged(f"{path}: missing or damaged ({error}). {_AGAIN}") from error
    return found if source is None else replace(found, source=source)


def read_result(out: Path, article: str, source: str | None = None) -> ArticleResult:
    """The result of an article, under the given source name. Raises `Damaged`."""
    path = result_path(out, article)
    try:
        _, told, rest = _sound(out, article)
        result = result_from_json(rest, where=str(path))
        found = from_json(Article, told)
    except (OSError, ValueError) as error:
        raise Damaged(f"{path}: missing or damaged ({error}). {_AGAIN}") from error
    return replace(result, article=found if source is None else replace(found, source=source))


_AGAIN: Final = "Build its source again."


def sweep(out: Path, manifest: Manifest, results: Iterable[str] | None = None) -> None:
    """Delete what no manifest needs: other stores that nobody reads, unfinished files, and the results
    of other articles: of these, or of all that there are. To be called by the process that writes
    ``out``."""
    for path in sorted(out.glob("graph-*")):
        if path.name != manifest.graph and path.is_dir():
            _delete_unread(path)
    if results is None:
        others = _results_to_sweep(out / "results", manifest)
    else:
        others = [result_path(out, key) for key in results if key not in manifest.articles]
    for path in others:
        path.unlink(missing_ok=True)
    for pattern in (".*.part", ".*.part.*", *(f".{name}.*" for name in OUTPUTS)):
        for path in out.glob(pattern):
            path.unlink(missing_ok=True)


def _results_to_sweep(folder: Path, manifest: Manifest) -> list[Path]:
    """Results that the manifest has not, and unfinished ones; by names, which may be many."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 (a Path for each of many takes long)
    except FileNotFoundError:
        return []
    here = set(manifest.articles)
    others = [name for name in names if name.removesuffix(_RESULT) not in here]
    return [folder / name for name in others if name.endswith((_RESULT, f"{_RESULT}.part"))]


def _delete_unread(store: Path) -> None:
    """Delete a store, or leave it to a later build when somebody reads it."""
    try:
        lock = (store / _READERS).open("r+b")
    except OSError:  # of a build that was killed: nobody ever read it
        shutil.rmtree(store, ignore_errors=True)
        return
    with lock:
        if not _locked(lock):
            return
        if os.name != "nt":  # with the lock held: a reader that comes now tries the next store
            shutil.rmtree(store, ignore_errors=True)
            return
    with contextlib.suppress(OSError):  # Windows: fails while a reader has it open
        (store / _READERS).unlink()
        shutil.rmtree(store, ignore_errors=True)
