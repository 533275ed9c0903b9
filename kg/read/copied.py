"""Articles that were read from a copy, under the name of what was copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.errors import ReadError
from kg.model import Article


def named(
    items: Iterator[Article | Exception], copy: Path, where: str, source: str
) -> Iterator[Article | Exception]:
    """The items of a reader of ``copy``; ``where`` in the place of its path in messages, ``source``
    in that of its name in articles."""

    def told(error: ReadError) -> ReadError:
        message = str(error).replace(str(copy), where).replace(copy.name, where)
        error.args = (message, *error.args[1:])
        return error

    try:
        for item in items:
            if isinstance(item, Article):
                yield replace(item, source=source + item.source.removeprefix(copy.name))
            elif isinstance(item, ReadError):
                yield told(item)
            else:
                yield item
    except ReadError as error:
        yield told(error)
