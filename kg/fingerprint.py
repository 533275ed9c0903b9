"""What a result depends on besides its article, as one hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kg import registry
from kg.config import Settings, data_folder
from kg.results import to_plain
from kg.seeds import Seed
from kg.vocabulary import SHIPPED, Vocabulary

_HERE: Final = Path(__file__).parent
_PROCESS: Final = (
    "nlp", "extract", "resolve", "pipeline.py", "model.py", "results.py", "lexicon.py", "seeds.py",
)  # fmt: skip
_MERGE: Final = (*_PROCESS, "events", "graph", "merge", "building.py", "folder.py", "view")
_LIBRARIES: Final = ("spacy", "onnxruntime", "tokenizers")


def pipeline_fingerprint(
    settings: Settings, seeds: Sequence[Seed], own: Vocabulary = SHIPPED
) -> str:
    """16 hex digits of model, code, lexicon, seeds and the settings that shape a result.

    The weights count by content, so a retrained model of the same version is another one.
    """
    name = settings["pipeline"]["name"]
    digest = hashlib.sha256()
    _files(digest, _parts(_PROCESS))
    _files(digest, _ontology("lexicon.ttl", "kg.ttl"))
    if not name:
        _files(digest, sorted((_HERE / "nlp" / "models" / "en").rglob("*")))
    elif Path(name).is_dir():
        _files(digest, sorted(Path(name).rglob("*")))
    plain = [
        settings["pipeline"] | {"lexicon": own.lexicon.text if own.lexicon else ""},
        own.ontology.text if own.ontology else "",
        settings["resolve"],
        [to_plain(seed) for seed in seeds],
        [_version(library) for library in (*_LIBRARIES, *([name] if name else []))],
        [registry.origin("extractors", e) for e in settings["pipeline"]["extractors"]],
    ]
    digest.update(json.dumps(plain, sort_keys=True).encode())
    return digest.hexdigest()[:16]


def merge_fingerprint(settings: Settings, seeds: Sequence[Seed], own: Vocabulary = SHIPPED) -> str:
    """16 hex digits of all that turns results into a graph."""
    digest = hashlib.sha256()
    _files(digest, _parts(_MERGE))
    _files(digest, _ontology("lexicon.ttl", "kg.ttl", "shapes.ttl"))
    graph = settings["graph"] | {"ontology": own.ontology.text if own.ontology else ""}
    plain = [graph, [to_plain(seed) for seed in seeds]]
    digest.update(json.dumps(plain, sort_keys=True).encode())
    return digest.hexdigest()[:16]


def _parts(names: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for name in names:
        path = _HERE / name
        if path.is_dir():
            found += [*path.rglob("*.py"), *path.rglob("*.toml")]
        else:
            found.append(path)
    return sorted(found)


def _ontology(*names: str) -> list[Path]:
    return [data_folder("ontology") / name for name in names]


def _files(digest: hashlib._Hash, paths: Iterable[Path]) -> None:
    for path in paths:
        if not path.is_file() or "__pycache__" in path.parts:
            continue
        found = path.stat()
        digest.update(path.name.encode() + b"\0")
        digest.update(_content(path, found.st_size, found.st_mtime_ns))


@lru_cache(maxsize=1024)
def _content(path: Path, size: int, changed: int) -> bytes:
    """The hash of a file as it is with this size and time of change: weights are megabytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _version(package: str) -> str:
    try:
        return version(package.replace("_", "-"))
    except PackageNotFoundError:
        return "" if find_spec(package.split(".", maxsplit=1)[0]) is None else "?"
