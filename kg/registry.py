"""The open registry: readers, extractors, runners and exporters by name.

Built-in parts are registered by name and address (``"kg.extract.statements.quotes:quotes"``), so nothing is
imported before it is used. Other packages add theirs through entry points of the group
``kg.<kind>`` (``kg.extractors``, ``kg.readers``, ``kg.runners``, ``kg.exporters``)::

    [project.entry-points."kg.extractors"]
    awards = "my_package:awards"
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final, Literal, overload

from kg.errors import ConfigError, UnknownName, told
from kg.protocols import Exporter, Extractor, Reader, Runner

KINDS: Final = ("readers", "extractors", "runners", "exporters")
#: The `origin` of a part that was registered in this process.
HERE: Final = "this process"

#: kind -> name -> "module:attribute"
_BUILT_IN: dict[str, dict[str, str]] = {
    "readers": {
        "text": "kg.read.text:read_text",
        "markdown": "kg.read.markdown:read_markdown",
        "html": "kg.read.html:read_html",
        "jsonl": "kg.read.jsonl:read_jsonl",
        "pdf": "kg.read.pdf:read_pdf",
        "feed": "kg.read.feed:read_feed",
        "eml": "kg.read.mail:read_eml",
        "mbox": "kg.read.mail:read_mbox",
        "docx": "kg.read.docx:read_docx",
        "odt": "kg.read.odt:read_odt",
        "epub": "kg.read.epub:read_epub",
        "gz": "kg.read.packed:read_gz",
        "zip": "kg.read.packed:read_zip",
        "warc": "kg.read.warc:read_warc",
        "wacz": "kg.read.warc:read_wacz",
        "url": "kg.read.url:read_url",
    },
    "extractors": {
        "relations": "kg.extract.statements.relations:relations",
        "nominals": "kg.extract.statements.nominals:nominals",
        "attributes": "kg.extract.statements.attributes:attributes",
        "roles": "kg.extract.statements.roles:roles",
        "quotes": "kg.extract.statements.quotes:quotes",
        "tables": "kg.extract.statements.tables:tables",
        "taught": "kg.extract.statements.taught:taught",
    },
    "runners": {
        "serial": "kg.run.serial:serial",
        "processes": "kg.run.processes:processes",
        "dask": "kg.run.dask:dask",
    },
    "exporters": {
        "turtle": "kg.graph.export:turtle",
        "nt": "kg.graph.export:ntriples",
        "trig": "kg.graph.export:trig",
        "jsonld": "kg.graph.export:jsonld",
        "jsonl": "kg.graph.export:jsonl",
        "articles": "kg.graph.export:articles",
        "events": "kg.graph.events:events",
        "graphml": "kg.graph.export:graphml",
        "gexf": "kg.graph.export:gexf",
        "ftm": "kg.graph.ftm:ftm",
        "csv": "kg.graph.export:csv_tables",
        "parquet": "kg.graph.parquet:parquet",
    },
}
_REGISTERED: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}


def register(kind: str, name: str, part: Any) -> None:
    """Add ``part`` under ``name`` for this process. A name that is taken is a ConfigError."""
    if name in names(kind):
        raise ConfigError(f"{kind}: the name {name!r} is taken; choose another.")
    _REGISTERED[kind][name] = part


@cache
def _entry_points(kind: str) -> dict[str, EntryPoint]:
    return {point.name: point for point in sorted(entry_points(group=f"kg.{kind}"))}


def names(kind: str) -> tuple[str, ...]:
    """The known names of a kind: the built-in ones in their order, then the others, sorted."""
    if kind not in KINDS:
        raise UnknownName("kind of part", kind, KINDS)
    own = tuple(_BUILT_IN[kind])
    others = {*_entry_points(kind), *_REGISTERED[kind]} - set(own)
    return own + tuple(sorted(others))


def registered(kind: str) -> dict[str, Any]:
    """The parts of a kind that `register` added, by name."""
    return dict(_REGISTERED[kind])


@overload
def get(kind: Literal["readers"], name: str) -> Reader: ...
@overload
def get(kind: Literal["extractors"], name: str) -> Extractor: ...
@overload
def get(kind: Literal["runners"], name: str) -> Runner: ...
@overload
def get(kind: Literal["exporters"], name: str) -> Exporter: ...
@overload
def get(kind: str, name: str) -> Any: ...


def get(kind: str, name: str) -> Any:
    """The part of that name, imported now; its shape is the Protocol of its kind.

    An unknown name is an `UnknownName` with a guess, a part that cannot be imported a
    `ConfigError` that names its package.
    """
    if name not in names(kind):
        raise UnknownName(kind.removesuffix("s"), name, names(kind), "See 'kg components'.")
    if name in _REGISTERED[kind]:
        return _REGISTERED[kind][name]
    if name in _BUILT_IN[kind]:
        module, _, attribute = _BUILT_IN[kind][name].partition(":")
        return getattr(import_module(module), attribute)
    try:
        return _entry_points(kind)[name].load()
    except Exception as error:  # somebody else's module may raise anything
        raise ConfigError(
            f"{kind.removesuffix('s')} {name!r} (from {origin(kind, name)}) cannot be loaded: "
            f"{told(error)}. Reinstall it, or leave it out."
        ) from error


def check(kind: str, name: str) -> None:
    """Raise what `get` would raise. What is built in can be loaded, and is not loaded for that: extractors
    bring spaCy with them, a second of work where no article is new."""
    if name in _REGISTERED.get(kind, {}) or name not in _BUILT_IN.get(kind, {}):
        get(kind, name)


def origin(kind: str, name: str) -> str:
    """Where a part comes from: ``kg``, ``this process``, or ``package version``."""
    if name in _REGISTERED.get(kind, {}):
        return HERE
    if name in _BUILT_IN.get(kind, {}):
        return "kg"
    point = _entry_points(kind)[name]
    return f"{point.dist.name} {point.dist.version}" if point.dist else point.value


def address(kind: str, name: str) -> str:
    """``module:attribute`` of a part; of one that was registered in this process, `HERE`."""
    if name not in names(kind):
        raise UnknownName(kind.removesuffix("s"), name, names(kind), "See 'kg components'.")
    if name in _REGISTERED[kind]:
        return HERE
    return _BUILT_IN[kind].get(name) or _entry_points(kind)[name].value
