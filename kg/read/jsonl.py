"""JSON Lines: one article a line."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from kg.errors import ReadError
from kg.model import Article
from kg.read.article import article, facts
from kg.read.decode import open_file, size
from kg.read.markup import is_page, strip_markup

#: The fields that may hold the text, the first that is there wins.
TEXT_FIELDS: Final = ("text", "body", "content", "articleBody")
#: Bad lines of a file told one by one; the others are counted.
TOLD: Final = 100
#: After so many bad or blank lines, a file with ten times more of them than articles is not ours.
HOPELESS: Final = 10_000
#: A packed file may unpack to so many times its size (text: 3 to 20 times) and a megabyte more.
_RATIO: Final = 100


def read_jsonl(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article | Exception]:
    """The articles of a JSON Lines file (``.jsonl``, ``.ndjson``, or either with ``.gz``): an
    object with ``text`` and, if known, ``title, url, date, publisher, authors, language`` a line.

    A line that is no such object yields a `ReadError` with its number in place of an article.
    Of more than `TOLD` such lines the others are counted in one last error; reading ends at
    `HOPELESS` of them when there are hardly any articles between. The file is read line by line,
    however long; ``max_bytes`` bounds one line, and a packed file ends with an error where it
    unpacks to over a hundred times its size. The article's source is ``name.jsonl:LINE``.
    """
    path = Path(source)
    good = bad = 0
    try:
        with _opened(path) as lines:
            for number, line in _numbered(lines, max_bytes):
                if number - good > HOPELESS and number > 11 * good:
                    raise ReadError(
                        f"{path}: {number - good:,} of the first {number:,} lines are no articles; "
                        "the rest was not read."
                    )
                if not line.strip():
                    continue
                try:
                    yield from _articles(line, f"{path.name}:{number}", max_bytes)
                    good += 1
                except ReadError as error:
                    bad += 1
                    if bad <= TOLD:
                        yield error
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"{path}: cannot be read: {error}.") from None
    if bad > TOLD:
        yield ReadError(f"{path}: {bad - TOLD:,} more lines are no articles.")
    if not good and not bad:
        raise ReadError(f"{path}: the file is empty.")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with open_file(path) as file:
        if path.suffix != ".gz":
            yield file
            return
        packed = path.stat().st_size
        with gzip.GzipFile(fileobj=file) as unpacked:
            limit = 1_000_000 + _RATIO * packed
            yield _Bounded(
                unpacked,
                limit,
                f"{path}: unpacks to more than {size(limit)}, over "
                f"{_RATIO} times its size; the rest was not read.",
            )  # type: ignore[misc]


class _Bounded:
    """The lines of a file up to so many bytes, then a `ReadError`."""

    def __init__(self, file: IO[bytes] | gzip.GzipFile, limit: int, message: str) -> None:
        self._file, self._left, self._message = file, limit, message

    def readline(self, longest: int) -> bytes:
        line = self._file.readline(longest)
        self._left -= len(line)
        if self._left < 0:
            raise ReadError(self._message)
        return line


def _numbered(lines: IO[bytes], longest: int) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers; of one too long only the start."""
    number = 0
    while line := lines.readline(longest + 1):
        number += 1
        rest = line
        while rest and not rest.endswith(b"\n") and len(line) > longest:
            rest = lines.readline(longest)
        yield number, line


def _articles(line: bytes, source: str, longest: int) -> Iterator[Article]:
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
        from kg.read.html import page_articles

        yield from page_articles(text, source, url=known.url)
        return
    yield article(strip_markup(text), source, known)
