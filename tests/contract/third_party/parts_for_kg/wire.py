"""Articles of a news wire: one a file, its headline on the first line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.model import Article


def read_wire(source: str | Path, /, *, max_bytes: int, timeout: float) -> Iterator[Article]:
    """The article of a ``.wire`` file, as far as ``max_bytes`` go."""
    with Path(source).open("rb") as file:
        text = file.read(max_bytes).decode()
    headline, _, body = text.partition("\n")
    told = f"{headline} (at most {max_bytes} bytes, {timeout:g} s)"
    yield Article("any", Path(source).name, body.strip(), title=told)
