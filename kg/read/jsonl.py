"""JSON Lines: one article a line."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from kg.errors import ReadError
from kg.model import Article
from kg.read.article import article, facts
from kg.read.decode import size
from kg.read.markup import is_page, strip_markup

#: The fields that may hold the text, the first that is there wins.
TEXT_FIELDS: Final = ("text", "body", "content", "articleBody")


def read_jsonl(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article | Exception]:
    """The articles of a JSON Lines file (``.jsonl``, ``.ndjson``, or either with ``.gz``): an
    object with ``text`` and, if known, ``title, url, date, publisher, authors, language`` a line.

    A line that is no such object yields a `ReadError` with its number in place of an article.
    The file is read line by line, however long; ``max_bytes`` bounds one line. The article's
    source is ``name.jsonl:LINE``.
    """
    path = Path(source)
    empty = True
    try:
        with _open(path) as lines:
            for number, line in _numbered(lines, max_bytes):
                empty = False
                try:
                    yield _article(line, f"{path.name}:{number}", max_bytes)
                except ReadError as error:
                    yield error
    except (OSError, EOFError) as error:
        raise ReadError(f"{path}: cannot be read: {error}.") from None
    if empty:
        raise ReadError(f"{path}: the file is empty.")


def _open(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _numbered(lines: IO[bytes], longest: int) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers; of one too long only the start."""
    number = 0
    while line := lines.readline(longest + 1):
        number += 1
        rest = line
        while rest and not rest.endswith(b"\n") and len(line) > longest:
            rest = lines.readline(longest)
        if line.strip():
            yield number, line


def _article(line: bytes, source: str, longest: int) -> Article:
    if len(line) > longest:
        raise ReadError(f"{source}: the line is longer than the limit of {size(longest)}.")
    try:
        record = json.loads(line.strip().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReadError(f"{source}: not UTF-8 at byte {error.start + 1} of the line.") from None
    except json.JSONDecodeError as error:
        reason = error.msg.removesuffix(" at")
        raise ReadError(f"{source}: not JSON: {reason} at column {error.colno}.") from None
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{source}: not JSON: {error}.") from None
    if not isinstance(record, dict):
        raise ReadError(f"{source}: not a JSON object, but {type(record).__name__}.")
    text = next((record[name] for name in TEXT_FIELDS if name in record), None)
    if not isinstance(text, str) or not text.strip():
        given = ", ".join(sorted(map(str, record))[:8]) or "none"
        raise ReadError(f"{source}: no 'text' in the object (its fields: {given}).")
    known = facts(record)
    if is_page(text):
        from kg.read.html import page_article

        return page_article(text, source, url=known.url)
    return article(strip_markup(text), source, known)
