"""The settings: `default_config.toml`, overridden by a file and by keyword.

An unknown key is a `ConfigError` that offers the nearest known one.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args
from urllib.parse import urlsplit

from kg.errors import ConfigError
from kg.model import Status

_HERE = Path(__file__).parent
#: The least and the greatest value of each number.
_RANGES: Final = {
    ("pipeline", "confidence"): (0.0, 1.0),
    ("pipeline", "confidence_relation"): (0.0, 1.0),
    ("pipeline", "confidence_named"): (0.0, 1.0),
    ("pipeline", "confidence_unnamed"): (0.0, 1.0),
    ("pipeline", "confidence_little"): (0.0, 1.0),
    ("pipeline", "confidence_sensitive"): (0.0, 1.0),
    ("pipeline", "worth"): (0.0, 1.0),
    ("pipeline", "worth_quoted"): (0.0, 1.0),
    ("read", "max_bytes"): (1, 10**12),
    ("read", "max_characters"): (1, 10**9),
    ("read", "timeout"): (1, 3600),
    ("read", "follow_most"): (1, 100_000),
    ("build", "jobs"): (0, 256),
}
#: What may stand in an IRI (RFC 3987), as far as that can be told character by character.
_NO_IRI: Final = re.compile(r"[\x00-\x20\x7f-\x9f<>\"{}|\\^`]")


@dataclass(frozen=True, slots=True)
class Pipeline:
    """How an article becomes statements: the section ``[pipeline]``."""

    name: str
    extractors: tuple[str, ...]
    confidence: float
    confidence_relation: float
    confidence_named: float
    confidence_unnamed: float
    confidence_little: float
    confidence_sensitive: float
    worth: float
    worth_quoted: float
    lexicon: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read, and how much of it: the section ``[read]``."""

    max_bytes: int
    max_characters: int
    languages: tuple[str, ...]
    timeout: int
    follow: bool
    follow_most: int


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """What stands in the graph: the section ``[graph]``. ``facts`` are the statuses that make a
    statement a fact: the key ``assert``, which is a word of Python's."""

    base: str
    ontology: str
    only: bool
    infer: bool
    facts: tuple[str, ...] = field(metadata={"key": "assert"})


@dataclass(frozen=True, slots=True)
class Building:
    """How a graph is built, and its files: the section ``[build]``. ``seconds_per_article`` may have
    a fraction."""

    runner: str
    scheduler: str
    jobs: int
    seconds_per_article: float
    turtle: bool
    page: bool
    anew: bool


@dataclass(frozen=True, slots=True)
class Resolving:
    """Who is the same: the section ``[resolve]``."""

    seeds: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, by section. `dataclasses.replace` makes others of them."""

    pipeline: Pipeline
    read: Reading
    graph: GraphSettings
    build: Building
    resolve: Resolving

    def plain(self) -> dict[str, dict[str, Any]]:
        """The settings as a file has them: ``{"section": {"key": value}}``."""
        return {name: _plain(getattr(self, name)) for name in _SECTIONS}


_SECTIONS: Final = {
    "pipeline": Pipeline,
    "read": Reading,
    "graph": GraphSettings,
    "build": Building,
    "resolve": Resolving,
}


def _key(one: Field[Any]) -> str:
    key: str = one.metadata.get("key", one.name)
    return key


def _plain(section: Any) -> dict[str, Any]:
    return {_key(one): _listed(getattr(section, one.name)) for one in fields(section)}


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _made(plain: Mapping[str, Mapping[str, Any]]) -> Settings:
    parts: dict[str, Any] = {}
    for section, kind in _SECTIONS.items():
        given = plain[section]
        values = {one.name: given[_key(one)] for one in fields(kind)}
        parts[section] = kind(
            **{name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
        )
    return Settings(**parts)


@cache
def _defaults() -> dict[str, dict[str, Any]]:
    return tomllib.loads((_HERE / "default_config.toml").read_text(encoding="utf-8"))


def load_config(path: str | Path | None = None, **overrides: Mapping[str, Any]) -> Settings:
    """The settings: the defaults, but for what a file and keywords give.

    ``path`` is a TOML file; ``overrides`` are sections: ``load_config(build={"jobs": 2})``.
    Raises `ConfigError` for a file that does not parse (line and column), for an unknown section
    or key, and for a value of another type than the default's.
    """
    settings = deepcopy(_defaults())
    if path is not None:
        try:
            given = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ConfigError(f"{path}: no such settings file.") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: not valid TOML: {error}") from None
        except OSError as error:
            raise ConfigError(f"{path}: cannot be read: {error.strerror or error}.") from None
        _override(settings, given, str(path))
    _override(settings, overrides, "settings")
    return _made(settings)


def _override(settings: dict[str, dict[str, Any]], given: Mapping[str, Any], where: str) -> None:
    for section, values in given.items():
        if section not in settings or not isinstance(values, Mapping):
            raise ConfigError(_unknown(where, "section", section, settings))
        for key, value in values.items():
            if key not in settings[section]:
                raise ConfigError(_unknown(where, f"key in [{section}]", key, settings[section]))
            settings[section][key] = _checked(where, section, key, value)


def check_settings(settings: Settings, where: str = "settings") -> None:
    """Raise `ConfigError` for a value that is of the wrong type, out of range or no address: what
    `load_config` does for what it loads."""
    for section, values in settings.plain().items():
        for key, value in values.items():
            _checked(where, section, key, value)


def _checked(where: str, section: str, key: str, value: Any) -> Any:
    default = _defaults()[section][key]
    value = _listed(value)
    name = f"{where}: [{section}] {key}"
    if isinstance(default, float) and type(value) is int:
        value = float(value)
    if type(value) is not type(default) or (
        isinstance(value, list) and not all(isinstance(item, str) and item for item in value)
    ):
        raise ConfigError(f"{name} takes a value like {default!r}, not {value!r}.")
    if (section, key) in _RANGES:
        least, most = _RANGES[section, key]
        if math.isnan(value) or not least <= value <= most:
            raise ConfigError(f"{name} goes from {least:,} to {most:,}; {value!r} does not.")
    if (section, key) == ("graph", "base") and (problem := _no_base(value)):
        raise ConfigError(f"{name} is {value!r}: {problem}; give an address like {default!r}.")
    if (section, key) == ("graph", "assert"):
        for status in value:
            if status not in get_args(Status):
                raise ConfigError(
                    _unknown(where, "status", status, dict.fromkeys(get_args(Status)))
                )
    return value


def _no_base(iri: str) -> str:
    """Why names cannot live below this IRI; empty where they can."""
    if found := _NO_IRI.search(iri):
        return f"{found[0]!r} cannot stand in an IRI"
    try:
        parts = urlsplit(iri)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return f"no address ({error})"
    if parts.scheme not in ("http", "https", "urn"):
        return "it does not start with http://, https:// or urn:"
    return "" if host or parts.scheme == "urn" else "it has no host"


def _unknown(where: str, kind: str, name: str, known: Mapping[str, Any]) -> str:
    near = get_close_matches(name, list(known), n=1)
    guess = f" did you mean {near[0]!r}?" if near else f" Known: {', '.join(known)}."
    return f"{where}: unknown {kind} {name!r};{guess}"


def data_folder(name: str) -> Path:
    """The folder of shipped data (``ontology``, ``seeds``): in the wheel, else in the checkout."""
    installed = _HERE / "data" / name
    return installed if installed.is_dir() else _HERE.parent / name
