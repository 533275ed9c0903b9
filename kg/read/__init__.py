"""Sources to cleaned articles: files, folders and addresses.

`read` is the one entrance; the readers of single formats are in the registry (``readers``).
"""

from __future__ import annotations

import logging
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, fields, replace
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import urlsplit

from kg import registry
from kg.budget import limited
from kg.config import Settings
from kg.errors import KGError, ReadError, TooSlow, is_full, told
from kg.layout import MANIFEST, is_output, is_part
from kg.model import Article, Failure
from kg.read.article import Facts, with_facts
from kg.read.decode import size
from kg.read.elsewhere import Elsewhere, Link
from kg.read.kind import ending_of
from kg.read.meta import load_meta
from kg.results import made_plain

__all__ = ["files", "load_meta", "read", "suffixes", "unread"]
log = logging.getLogger("kg.read")

#: The source that stands for standard input.
STANDARD_INPUT: Final = "-"
_SUFFIXES: Final = {
    "text": (".txt", ".text"),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "jsonl": (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
    "pdf": (".pdf",),
    "feed": (".rss", ".atom", ".rdf", ".xml"),
    "eml": (".eml",),
    "mbox": (".mbox",),
    "docx": (".docx",),
    "odt": (".odt",),
    "epub": (".epub",),
    "gz": (".gz",),
    "zip": (".zip",),
    "url": (),
}


def suffixes() -> dict[str, str]:
    """File ending -> name of its reader. A reader from elsewhere names its endings in an attribute
    ``suffixes`` of the function; without one, its own name is the ending (``epub`` -> ``.epub``).
    """
    known: dict[str, str] = {}
    for name in registry.names("readers"):
        if registry.origin("readers", name) == "kg":
            endings: Iterable[str] = _SUFFIXES[name]
        else:
            endings = getattr(registry.get("readers", name), "suffixes", (f".{name}",))
        known |= {ending.lower(): name for ending in endings}
    return known


def read(
    sources: Iterable[str | Path],
    *,
    settings: Settings,
    meta: str | Path | Mapping[str, Facts] | None = None,
) -> Iterator[Article | Failure]:
    """Every article of the sources, in order; a `Failure` in place of each that can't be read.

    A source is a file, a folder (searched to the bottom, sorted by path, files with known endings,
    none that start with a dot, nothing that a build wrote; links to folders are not followed), an
    http(s) address, or ``-`` for standard input. With ``settings.read.follow`` what a feed or
    sitemap names is fetched. ``meta``
    is a table of facts by file (`kg.read.meta`); they outweigh what the article tells.
    ``Article.source`` is the file's name, for a folder its path below the folder, or the address.
    An article in a language or of a length that ``settings.read`` doesn't take is a failure.
    Raises `kg.errors.ConfigError` at once when the table is wrong.
    """
    limits = asdict(settings.read) | {"seconds": settings.build.seconds_per_article}
    table = meta if isinstance(meta, Mapping) else load_meta(meta) if meta is not None else {}
    return _read([str(source) for source in sources], limits, table)


def unread(sources: Iterable[str | Path]) -> tuple[tuple[str, int], ...]:
    """The endings of files in these folders that no reader takes, and how many there are of each,
    most first: ``((".docx", 12), ("no ending", 1))``. The folder of a build counts as one."""
    known = suffixes()
    folders = [Path(source) for source in sources if "://" not in str(source)]
    endings = Counter(
        _kind(file)
        for folder in folders
        if _exists(folder) and folder.is_dir()
        for file in _walk(folder)
        if not _reader(file, known)
    )
    return tuple(sorted(endings.items(), key=lambda pair: (-pair[1], pair[0])))


def _read(
    sources: list[str], limits: Mapping[str, Any], table: Mapping[str, Facts]
) -> Iterator[Article | Failure]:
    known = suffixes()
    for source in sources:
        if source == STANDARD_INPUT:
            yield from _standard_input(known, limits, table)
            continue
        if "://" in source:
            yield from _articles("url", source, source, limits, table)
            continue
        path = Path(source)
        if not _exists(path) or not path.is_dir():
            yield from _file(path, path.name, known, limits, table)
            continue
        files = [file for file in _walk(path) if _reader(file, known)]
        if not files:
            others = ", ".join(f"{ending} ({count})" for ending, count in unread([path]))
            seen = f" It holds {others}." if others else ""
            yield _failure(source, f"{source}: a folder without articles.{seen}", _endings(known))
        for file in files:
            yield from _file(file, file.relative_to(path).as_posix(), known, limits, table)


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        built = is_output(Path(place))
        for names in (folders, files):
            names[:] = sorted(n for n in names if not (n[0] == "." or (built and is_part(n))))
        yield from (Path(place) / name for name in files)


def files(source: str | Path) -> Iterator[Path]:
    """The files of a folder that a reader takes, or the one file; none where there is neither."""
    path, known = Path(source), suffixes()
    if path.is_dir():
        yield from (file for file in _walk(path) if _reader(file, known))
    elif _exists(path):
        yield path


def _kind(file: Path) -> str:
    """How `unread` calls the file: a manifest stands for all that was built there."""
    if file.name == MANIFEST and is_output(file.parent):
        return "an output of kg"
    return file.suffix.lower() or "no ending"


def _reader(path: Path, known: Mapping[str, str]) -> str | None:
    name = path.name.lower()
    endings = [ending for ending in known if name.endswith(ending)]
    return known[max(endings, key=len)] if endings else None


def _file(
    path: Path,
    name: str,
    known: Mapping[str, str],
    limits: Mapping[str, Any],
    table: Mapping[str, Facts],
) -> Iterator[Article | Failure]:
    if not _exists(path):
        yield _failure(str(path), f"{path}: no such file or folder.", "Check the path.")
    elif not path.is_file():
        hint = "Save what it gives to a file, and read that."
        yield _failure(str(path), f"{path}: no regular file, but a pipe or a device.", hint)
    elif (reader := _reader(path, known)) is None:
        yield _failure(str(path), f"{path}: no reader for this kind of file.", _endings(known))
    else:
        yield from _articles(reader, str(path), name, limits, table)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that the system does not take
        return False


def _endings(known: Mapping[str, str]) -> str:
    return f"Files that are read end in {', '.join(sorted(known))}."


def _articles(
    reader: str,
    source: str,
    name: str,
    limits: Mapping[str, Any],
    table: Mapping[str, Facts],
) -> Iterator[Article | Failure]:
    """The articles of one source, renamed, with the facts of the table, the unfit refused."""
    own = source if reader == "url" else Path(source).name
    items = _guarded(_opened(reader, limits), source, limits["seconds"])
    left, over = limits["follow_most"], 0
    for item in items:
        if isinstance(item, Elsewhere) and limits["follow"] and item.links:
            chosen = item.links[:left]
            left, over = left - len(chosen), over + len(item.links) - len(chosen)
            yield from _followed(chosen, item.near, limits, table)
        elif isinstance(item, Elsewhere) and item.summary is not None:
            yield _taken(item.summary, source, name, own, limits, table)
        elif isinstance(item, Article):
            yield _taken(item, source, name, own, limits, table)
        else:
            hint = _FOLLOW if isinstance(item, Elsewhere) else _HINTS.get(reader, "")
            yield _failure(source, _words(item, source, reader), hint)
    if over:
        hint = "Raise [read] follow_most to have them."
        yield _failure(source, f"{source}: {over:,} more addresses were not fetched.", hint)


def _followed(
    links: Iterable[Link], near: bool, limits: Mapping[str, Any], table: Mapping[str, Facts]
) -> Iterator[Article | Failure]:
    """The articles at the addresses that a feed or sitemap names, with what it says of them. What
    they name in their turn is followed once more (a sitemap of sitemaps), then no more."""
    within = {**limits, "follow": not limits.get("deep"), "deep": True, "near": near}
    for link in links:
        for found in _articles("url", link.url, link.url, within, table):
            yield _completed(found, link.facts) if isinstance(found, Article) else found


def _completed(found: Article, known: Facts) -> Article:
    """The article, with what the list says of it where the page says nothing."""
    lacking = {
        field.name: getattr(known, field.name)
        for field in fields(known)
        if field.name != "url" and not getattr(found, field.name, None)
    }
    if known.publisher and found.publisher and found.publisher in urlsplit(found.url or "").netloc:
        lacking["publisher"] = known.publisher  # a page without a name is called by its host
    return with_facts(found, Facts(**lacking))


def _standard_input(
    known: Mapping[str, str], limits: Mapping[str, Any], table: Mapping[str, Facts]
) -> Iterator[Article | Failure]:
    """What comes in at standard input, read as the kind of file that it looks like. It is named
    after its content, so that two texts are two articles."""
    data = sys.stdin.buffer.read(limits["max_bytes"] + 1)
    if not data.strip():
        yield _failure(STANDARD_INPUT, "standard input: nothing came.")
        return
    if len(data) > limits["max_bytes"]:
        error = f"standard input: more than the limit of {size(limits['max_bytes'])}."
        yield _failure(STANDARD_INPUT, error, "Raise [read] max_bytes.")
        return
    name = f"stdin-{blake2b(data, digest_size=4).hexdigest()}{ending_of(data)}"
    with TemporaryDirectory(prefix="kg-") as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        for item in _file(path, name, known, limits, table):
            if isinstance(item, Failure):
                error = item.error.replace(str(path), "standard input")
                yield replace(item, source=name, error=error)
            else:
                yield item


def _words(item: object, source: str, reader: str) -> str:
    """What stands in place of an article, in words."""
    if isinstance(item, KGError):
        return str(item) or type(item).__name__
    if isinstance(item, BaseException):
        return (
            f"{source}: the reader failed with {told(item)}. The file may be damaged; "
            "kg --debug shows the traceback."
        )
    return f"{source}: reader {reader!r} gave {type(item).__name__} in place of an article."


def _taken(
    item: Article,
    source: str,
    name: str,
    own: str,
    limits: Mapping[str, Any],
    table: Mapping[str, Facts],
) -> Article | Failure:
    """An article as a reader made it, under its name, with what else is known of it."""
    try:
        item = made_plain(item)
    except (ValueError, TypeError) as error:
        return _failure(source, f"{source}: not an article as kg has them: {told(error)}.")
    found = replace(item, source=name + item.source.removeprefix(own))
    log.debug("%s: %d characters", found.source, len(found.text))
    facts = next((table[key] for key in _keys(found.source, own) if key in table), Facts())
    found = with_facts(found, facts)
    return _unfit(found, source, limits) or found


_FOLLOW: Final = "kg build --follow fetches what feeds and sitemaps name."
_HINTS: Final = {
    "jsonl": "One JSON object a line, with its text under 'text'; the other lines were read.",
    "html": "Save the whole page, or its text as .txt.",
}


def _keys(source: str, own: str) -> Iterator[str]:
    yield source
    yield source.rsplit("/", 1)[-1]
    yield own


def _opened(
    reader: str, limits: Mapping[str, Any]
) -> Callable[[str], Iterator[Article | Exception]]:
    function: Callable[..., Iterator[Article | Exception]] = registry.get("readers", reader)
    near = {"near": limits["near"] or False} if reader == "url" and "near" in limits else {}
    return lambda source: function(
        source, max_bytes=limits["max_bytes"], timeout=limits["timeout"], **near
    )


def _guarded(
    function: Callable[[str], Iterator[Article | Exception]], source: str, seconds: float
) -> Iterator[Article | BaseException]:
    """What a reader yields, and the error that ends it. A reader from elsewhere may raise
    anything, also what ends a program: it costs its article, not the run."""
    items: Iterator[Article | Exception] | None = None
    while True:
        try:
            with limited(seconds):
                items = iter(function(source)) if items is None else items
                item: Article | BaseException = next(items)
        except StopIteration:
            return
        except KeyboardInterrupt:
            raise
        except TooSlow as error:
            yield ReadError(f"{source}: {error} Raise [build] seconds_per_article to read it.")
            return
        except BaseException as error:
            if isinstance(error, OSError) and is_full(error):
                raise  # no fault of the article: a reader found no room for what it unpacks
            level = logging.INFO if isinstance(error, KGError) else logging.WARNING
            log.log(level, "%s: the reader failed", source, exc_info=True)
            yield error
            return
        yield item


def _unfit(found: Article, source: str, limits: Mapping[str, Any]) -> Failure | None:
    length, longest = len(found.text), limits["max_characters"]
    if length > longest:
        return _failure(
            source,
            f"{found.source}: {length:,} characters, more than the limit of {longest:,}.",
            "Split it, or raise [read] max_characters.",
        )
    if found.language not in limits["languages"]:
        spoken = ", ".join(limits["languages"])
        return _failure(
            source,
            f"{found.source}: written in {found.language!r}; the pipeline speaks {spoken}.",
            "Skipped. If it is not so, say 'language' in the front matter or in --meta.",
        )
    return None


def _failure(source: str, error: str, hint: str = "") -> Failure:
    return Failure(source=source, stage="read", error=error, hint=hint)
