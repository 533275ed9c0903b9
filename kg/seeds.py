"""Seed entities: names, types and aliases known beforehand, used as hints, never required."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

from kg.config import data_folder
from kg.errors import ConfigError

_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_CLASS: Final = "http://www.w3.org/2002/07/owl#Class"
_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
_ALIASES: Final = (
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://schema.org/alternateName",
    "https://schema.org/alternateName",
)
#: schema.org classes whose class in our ontology has another name.
_SCHEMA: Final = {
    "TVSeries": "Series",
    "Movie": "Film",
    "SoftwareApplication": "Software",
    "Corporation": "Organization",
    "NewsMediaOrganization": "Organization",
    "Country": "Place",
    "City": "Place",
}


@dataclass(frozen=True, slots=True)
class Seed:
    """An entity known beforehand. ``type`` is a local name of an ontology class."""

    id: str
    label: str
    type: str
    aliases: tuple[str, ...] = ()


class Seeds(tuple[Seed, ...]):
    """Seeds in their order, and by name: that index is made once for all articles of a build."""

    def __init__(self, seeds: Iterable[Seed] = ()) -> None:
        self._indexes: dict[Callable[[str], str], Mapping[str, Sequence[Seed]]] = {}

    def by_name(self, plain: Callable[[str], str]) -> Mapping[str, Sequence[Seed]]:
        """The seeds with a label or alias that ``plain`` makes the same; none where that is empty."""
        if plain not in self._indexes:
            index: defaultdict[str, list[Seed]] = defaultdict(list)
            for seed in self:
                for key in {plain(name) for name in (seed.label, *seed.aliases)} - {""}:
                    index[key].append(seed)
            self._indexes[plain] = dict(index)
        return self._indexes[plain]

    def __reduce__(self) -> tuple[type[Seeds], tuple[tuple[Seed, ...]]]:
        return Seeds, (tuple(self),)


NO_SEEDS: Final = Seeds()


def load_seeds(paths: Sequence[str | Path] | None = None, *, ontology: str = "") -> Seeds:
    """The seed entities of Turtle files, sorted by id; of the shipped file when ``paths`` is None.

    An entity is a subject with a type (a class of the ontology, or its schema.org counterpart)
    and one ``rdfs:label`` (the English one, where there are several); ``skos:altLabel`` and
    ``schema:alternateName`` are its aliases. An entity that several files tell of has the label
    and type of the first and the aliases of all. ``ontology`` is Turtle of further classes. Raises `ConfigError` for a file that is missing,
    doesn't parse (with line and column), or has an entity without label, with several types, or
    with a type that the ontology doesn't know.
    """
    merged: dict[str, Seed] = {}
    for path in paths if paths is not None else [data_folder("seeds") / "entities.ttl"]:
        for seed in _load(Path(path), ontology):
            known = merged.get(seed.id, seed)
            names = {*known.aliases, seed.label, *seed.aliases} - {known.label}
            merged[seed.id] = Seed(known.id, known.label, known.type, tuple(sorted(names)))
    return Seeds(merged[name] for name in sorted(merged))


def _load(path: Path, ontology: str) -> list[Seed]:
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot read the seeds: {error.strerror or error}.") from None
    types: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    aliases: dict[str, set[str]] = defaultdict(set)
    try:
        for triple in parse(data, format=RdfFormat.TURTLE):
            if not isinstance(triple.subject, NamedNode):
                continue
            subject, predicate, value = triple.subject.value, triple.predicate.value, triple.object
            if predicate == _TYPE and isinstance(value, NamedNode):
                name = re.split(r"[#/]", value.value)[-1]
                types[subject].add(_SCHEMA.get(name, name))
            elif isinstance(value, Literal) and value.value.strip():
                if predicate == _LABEL:
                    labels[subject].append(
                        (value.language not in ("en", None), value.value.strip())
                    )
                elif predicate in _ALIASES:
                    aliases[subject].add(value.value.strip())
    except SyntaxError as error:
        reason = re.sub(r"^Parser error at .*?: ", "", error.msg)
        raise ConfigError(
            f"{path}: line {error.lineno}, column {error.offset}: not valid Turtle: {reason}"
        ) from None
    known = _classes(ontology)
    return [
        _seed(path, name, types[name], labels[name], aliases[name], known) for name in sorted(types)
    ]


def _seed(
    path: Path,
    name: str,
    types: set[str],
    labels: list[tuple[bool, str]],
    aliases: set[str],
    known: frozenset[str],
) -> Seed:
    if not labels:
        raise ConfigError(f"{path}: <{name}> has no rdfs:label.")
    if len(types) > 1:
        raise ConfigError(f"{path}: <{name}> has several types: {', '.join(sorted(types))}.")
    label, kind = min(labels)[1], next(iter(types))
    if kind not in known:
        near = get_close_matches(kind, sorted(known), n=1)
        guess = f" Did you mean {near[0]!r}?" if near else ""
        raise ConfigError(f"{path}: <{name}> has the type {kind!r}, no class here.{guess}")
    return Seed(name, label, kind, tuple(sorted(aliases - {label})))


@cache
def _classes(own: str) -> frozenset[str]:
    """The local names of the ontology's classes, and of those in Turtle of the user's."""
    from pyoxigraph import NamedNode, RdfFormat, parse

    path = data_folder("ontology") / "kg.ttl"
    return frozenset(
        re.split(r"[#/]", triple.subject.value)[-1]
        for data in (path.read_bytes(), own.encode())
        for triple in parse(data, format=RdfFormat.TURTLE)
        if triple.predicate.value == _TYPE
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, NamedNode)
        and triple.object.value == _CLASS
    )
