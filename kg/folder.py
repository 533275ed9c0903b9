"""The folder that a build writes: what lies where, and how it changes all at once.

::

    OUT/manifest.json      the articles in the graph and the store that is current
    OUT/results/ID.jsonl   what each article says: fingerprint, article, result, one a line
    OUT/graph-N/           the store; N grows by one with each build
    OUT/graph.ttl, graph.html   the outputs a person opens
    OUT/.lock              held by the process that writes

Every file is written beside its place and renamed into it; the manifest is renamed last. A build
that is killed at any moment leaves the last good graph current, and the results that were done.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Final

from kg.errors import GraphError, InUse, is_full
from kg.model import Article, ArticleResult
from kg.results import from_json, from_plain, result_from_json, to_json, to_plain
from kg.vocabulary import SHIPPED, Vocabulary

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in the manifest. ``origins`` are (folder or address it was read from, source);
    the smallest source is the one the graph tells."""

    origins: tuple[tuple[str, str], ...]
    pipeline: str

    @property
    def source(self) -> str:
        return min(source for _, source in self.origins)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of an output. ``graph`` is the name of the current store's folder; ``settings`` are
    those that shaped it, ``seeds`` the text of the user's own seeds file, ``vocabulary`` the user's
    own ontology and lexicon."""

    articles: Mapping[str, Listed] = field(default_factory=dict)
    graph: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    seeds: str | None = None
    vocabulary: Vocabulary = SHIPPED


def read_manifest(out: Path) -> Manifest | None:
    """The manifest of an output folder, or None where none is. Raises `GraphError` for one that is
    damaged or of a newer format."""
    path = out / MANIFEST
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["format"] != FORMAT:
            raise GraphError(f"{path}: format {plain['format']!r}; this kg reads {FORMAT}.")
        articles = {
            key: Listed(tuple((o[0], o[1]) for o in item["origins"]), item["pipeline"])
            for key, item in plain["articles"].items()
        }
        return Manifest(
            articles,
            plain["graph"],
            plain["settings"],
            plain["seeds"],
            from_plain(Vocabulary, plain.get("vocabulary", {})),
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise GraphError(
            f"{path}: damaged ({error}). Move the folder away and build anew."
        ) from error


def write_manifest(out: Path, manifest: Manifest) -> None:
    """Replace the manifest at once."""
    plain = {
        "format": FORMAT,
        "graph": manifest.graph,
        "settings": manifest.settings,
        "seeds": manifest.seeds,
        "vocabulary": to_plain(manifest.vocabulary),
        "articles": {
            key: {"origins": sorted(map(list, item.origins)), "pipeline": item.pipeline}
            for key, item in manifest.articles.items()
        },
    }
    with replacing(out / MANIFEST, lasting=True) as file:
        json.dump(plain, file, sort_keys=True, indent=1)


def current_graph(out: Path) -> Path:
    """The folder of the current store. Raises `GraphError` that says how to make one."""
    manifest = read_manifest(out)
    if manifest is None or manifest.graph is None:
        raise GraphError(f"{out}: no graph here. Build one: kg build SOURCE --out {out}")
    folder = out / manifest.graph
    if not folder.is_dir():
        raise GraphError(f"{folder}: missing. Build again: kg build SOURCE --out {out}")
    return folder


@contextmanager
def replacing(path: Path, *, lasting: bool = False) -> Iterator[IO[str]]:
    """An open text file that becomes ``path`` when the block ends well, and is gone otherwise.

    ``lasting`` waits until the disk has it, so that a power cut leaves the old file or the new.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            yield file
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Hold the output for writing. Raises `InUse` at once when another process holds it.

    The lock is the system's: it ends with the process, however that ends. A full disk inside the
    block becomes a `GraphError`.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        file = (out / ".lock").open("a+")
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
            raise
        except sqlite3.OperationalError as error:
            raise _no_room(out, str(error)) from error


def _no_room(out: Path, reason: str) -> GraphError:
    return GraphError(
        f"{out}: {reason}. The last good graph is as it was; make room and run the same command "
        "again: what was done is kept."
    )


def _locked(file: IO[str]) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


# --- results -----------------------------------------------------------------------------------


def result_path(out: Path, article: str) -> Path:
    """Where the result of an article lies."""
    return out / "results" / f"{article}.jsonl"


def write_result(out: Path, result: ArticleResult) -> None:
    """Put a result in its place, at once."""
    path = result_path(out, result.article.id)
    path.parent.mkdir(exist_ok=True)
    with replacing(path) as file:
        file.write(json.dumps({"pipeline": result.pipeline}) + "\n")
        file.write(to_json(result.article) + "\n")
        file.write(to_json(replace(result, article=_NO_ARTICLE)) + "\n")


_NO_ARTICLE: Final = Article("", "", "")


def has_result(out: Path, article: str, pipeline: str) -> bool:
    """Is there a result of this article by this very pipeline?"""
    try:
        with result_path(out, article).open(encoding="utf-8") as file:
            return bool(json.loads(file.readline())["pipeline"] == pipeline)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def read_article(out: Path, article: str, source: str | None = None) -> Article:
    """The article of a result, under the given source name. Raises `GraphError`."""
    path = result_path(out, article)
    try:
        with path.open(encoding="utf-8") as file:
            file.readline()
            found = from_json(Article, file.readline())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GraphError(f"{path}: missing or damaged ({error}). {_AGAIN}") from error
    return found if source is None else replace(found, source=source)


def read_result(out: Path, article: str, source: str | None = None) -> ArticleResult:
    """The result of an article, under the given source name. Raises `GraphError`."""
    path = result_path(out, article)
    try:
        lines = path.read_bytes().split(b"\n")
        result = result_from_json(lines[2], where=str(path))
        found = from_json(Article, lines[1])
    except (OSError, IndexError, ValueError, KeyError, TypeError) as error:
        raise GraphError(f"{path}: missing or damaged ({error}). {_AGAIN}") from error
    return replace(result, article=found if source is None else replace(found, source=source))


_AGAIN: Final = "Delete it and build its source again."


def sweep(out: Path, manifest: Manifest) -> None:
    """Delete what no manifest needs: results of other articles, other stores, unfinished files."""
    for path in sorted(out.glob("graph-*")):
        if path.name != manifest.graph and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
    for path in sorted((out / "results").glob("*.jsonl")):
        if path.stem not in manifest.articles:
            path.unlink(missing_ok=True)
    for path in [*out.glob(".*.part"), *(out / "results").glob(".*.part")]:
        path.unlink(missing_ok=True)
