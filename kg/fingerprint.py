"""What a result depends on besides its article, as one hash.

Files count by content and are found by walking, so that none can be forgotten: all of this package
but what only shows (`_SHOW`), of the pipeline, and of the packages that bring an extractor, a
reader or a part of the pipeline.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, entry_points, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from uuid import uuid4

from kg import registry
from kg.config import Settings, data_folder
from kg.results import to_plain
from kg.seeds import Seed
from kg.vocabulary import SHIPPED, Vocabulary

_HERE: Final = Path(__file__).parent
#: What a result cannot depend on: commands, and the page that shows a graph.
_SHOW: Final = ("cli", "view")
_LIBRARIES: Final = ("numpy", "onnxruntime", "spacy", "tokenizers")
_FACTORY: Final = re.compile(r'^factory\s*=\s*"([^"]+)"', re.MULTILINE)


def pipeline_fingerprint(
    settings: Settings, seeds: Sequence[Seed], own: Vocabulary = SHIPPED
) -> str:
    """16 hex digits of model, code, lexicon, seeds and the settings that shape a result.

    With a part that was registered in this process, they are others each time: nobody can tell
    whether the next process means the same by its name.
    """
    if _of_this_process(settings):
        return uuid4().hex[:16]
    name = settings.pipeline.name
    digest = hashlib.sha256()
    _tree(digest, _HERE, apart=_SHOW)
    for file in sorted(data_folder("ontology").glob("*.ttl")):
        _file(digest, file, file.name)
    if name:
        for place in _pipeline(name):
            _tree(digest, place)
    for package in sorted(_packages(settings)):
        for place in _places(package):
            _tree(digest, place)
    given = settings.plain()
    plain = [
        given["pipeline"]
        | {"lexicon": [own.lexicon.text, own.lexicon.taught] if own.lexicon else ""},
        own.ontology.text if own.ontology else "",
        given["resolve"],
        [to_plain(seed) for seed in seeds],
        [_version(library) for library in _LIBRARIES],
        [registry.address("extractors", name) for name in settings.pipeline.extractors],
    ]
    digest.update(json.dumps(plain, sort_keys=True).encode())
    return digest.hexdigest()[:16]


def merge_fingerprint(settings: Settings, seeds: Sequence[Seed], own: Vocabulary = SHIPPED) -> str:
    """16 hex digits of what shapes a graph besides the results of its articles."""
    digest = hashlib.sha256()
    _tree(digest, _HERE, apart=_SHOW)
    for file in sorted(data_folder("ontology").glob("*.ttl")):
        _file(digest, file, file.name)
    plain = [
        [settings.graph.base, settings.graph.facts],
        settings.plain()["resolve"],
        own.ontology.text if own.ontology else "",
        [to_plain(seed) for seed in seeds],
    ]
    digest.update(json.dumps(plain, sort_keys=True).encode())
    return digest.hexdigest()[:16]


def _parts(settings: Settings) -> Iterator[tuple[str, str]]:
    """The parts that make a result: the extractors asked for, and every reader."""
    for name in settings.pipeline.extractors:
        yield "extractors", name
    for name in registry.names("readers"):
        yield "readers", name


def _of_this_process(settings: Settings) -> bool:
    return any(registry.origin(*part) == registry.HERE for part in _parts(settings))


def _packages(settings: Settings) -> set[str]:
    """The packages of others that parts of a result come from."""
    modules = {registry.address(*part).partition(":")[0] for part in _parts(settings)}
    factories = set()
    for place in _pipeline(settings.pipeline.name):
        for config in sorted(place.rglob("config.cfg")):
            factories |= set(_FACTORY.findall(config.read_text(encoding="utf-8")))
    if factories:
        known = entry_points(group="spacy_factories")
        modules |= {point.module for point in known if point.name in factories}
    return {module.partition(".")[0] for module in modules} - {"kg", "spacy"}


def _pipeline(name: str) -> list[Path]:
    """Where a pipeline's files lie: it is a folder or a package. None for the shipped one."""
    if not name:
        return []
    return [Path(name)] if Path(name).is_dir() else _places(name)


def _places(package: str) -> list[Path]:
    """The folders of a package, or the file of a module; none where there is no such thing."""
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        return []
    if spec is None:
        return []
    if spec.submodule_search_locations is not None:
        return sorted(map(Path, spec.submodule_search_locations))
    return [Path(spec.origin)] if spec.origin else []


def _tree(digest: hashlib._Hash, place: Path, apart: Iterable[str] = ()) -> None:
    """Take in a file, or every file below a folder, with its place in it."""
    if place.is_file():
        _file(digest, place, place.name)
        return
    left_out = {"__pycache__", *(str(place / name) for name in apart)}
    for root, folders, files in os.walk(place):
        folders[:] = sorted(
            name for name in folders if not {name, str(Path(root, name))} & left_out
        )
        for name in sorted(files):
            path = Path(root, name)
            _file(digest, path, path.relative_to(place).as_posix())


def _file(digest: hashlib._Hash, path: Path, name: str) -> None:
    found = path.stat()
    digest.update(name.encode() + b"\0")
    digest.update(_content(path, found.st_size, found.st_mtime_ns))


@lru_cache(maxsize=4096)
def _content(path: Path, size: int, changed: int) -> bytes:
    """The hash of a file as it is with this size and time of change: weights are megabytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
