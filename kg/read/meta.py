"""``--meta FILE``: what is known of articles, in a table by file name.

Three forms, the same columns (`kg.read.article.FIELDS`: title, date, url, publisher, authors,
language, and ``file``): CSV with a header line; JSON Lines, one object a file; TOML, one table a
file (``["strike.txt"]`` and then ``date = 2025-08-06``). ``file`` is the file's name, or its path
below the folder that was given, or ``articles.jsonl:12`` for one line of a file.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from kg.errors import ConfigError, ReadError
from kg.read.article import FIELDS, Facts, facts, known_field
from kg.read.decode import decode, load

_FILE: Final = ("file", "name", "filename", "path")


def load_meta(path: str | Path, *, max_bytes: int = 20_000_000) -> dict[str, Facts]:
    """The facts of a table, by file. Raises `ConfigError` for a file that is missing or malformed
    (with the line), for an unknown column, and for a file named twice."""
    path = Path(path)
    readers = {".csv": _csv, ".jsonl": _jsonl, ".ndjson": _jsonl, ".toml": _toml}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise ConfigError(f"{path}: a table of metadata is .csv, .jsonl or .toml.")
    try:
        text, _ = decode(load(path, max_bytes=max_bytes), str(path))
    except ReadError as error:
        raise ConfigError(str(error)) from None
    table: dict[str, Facts] = {}
    for where, name, values in reader(text, str(path)):
        if name in table:
            raise ConfigError(f"{where}: {name!r} is there a second time.")
        for column in values:
            if known_field(column) is None:
                near = get_close_matches(column.lower(), [*FIELDS, "file"], n=1)
                guess = (
                    f"did you mean {near[0]!r}?" if near else f"Known: file, {', '.join(FIELDS)}."
                )
                raise ConfigError(f"{where}: unknown column {column!r}; {guess}")
        table[name] = facts(values)
    return table


Row = tuple[str, str, Mapping[str, object]]


def _named(where: str, row: Mapping[str, object]) -> Row:
    for column, value in row.items():
        if column.strip().casefold() in _FILE and isinstance(value, str) and value.strip():
            rest = {name: item for name, item in row.items() if name != column}
            return where, value.strip(), rest
    raise ConfigError(f"{where}: no 'file' that says which article this is.")


def _csv(text: str, where: str) -> Iterator[Row]:
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), strict=True)
    try:
        for row in rows:
            if None in row:
                raise ConfigError(f"{where}:{rows.line_num}: more values than columns.")
            yield _named(f"{where}:{rows.line_num}", row)
    except csv.Error as error:
        raise ConfigError(f"{where}:{rows.line_num}: not valid CSV: {error}.") from None


def _jsonl(text: str, where: str) -> Iterator[Row]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ConfigError(f"{where}:{number}: not JSON: {error}.") from None
        if not isinstance(row, dict):
            raise ConfigError(f"{where}:{number}: not a JSON object.")
        yield _named(f"{where}:{number}", row)


def _toml(text: str, where: str) -> Iterator[Row]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where}: not valid TOML: {error}.") from None
    for name, row in tables.items():
        if not isinstance(row, dict):
            raise ConfigError(f'{where}: {name!r} is no table; write ["file name"] above it.')
        yield f"{where}: [{name!r}]", name, row
