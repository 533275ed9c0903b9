"""OpenDocument texts (``.odt``): a zip file with XML in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kg.errors import ReadError
from kg.model import Article
from kg.read.archive import opened
from kg.read.article import article
from kg.read.clean import Hint, Line
from kg.read.properties import properties
from kg.read.tree import CELL
from kg.read.xml import attribute, local, parse_xml

_UNSEEN: Final = frozenset({"tracked-changes", "note", "annotation", "frame", "forms"})


def read_odt(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article]:
    """The one article of an OpenDocument text, with the title, author and date of its properties.
    Rows of tables are blocks of their own; notes and deleted words are left out."""
    path = Path(source)
    with opened(path, max_bytes=max_bytes) as archive:
        if "content.xml" not in archive.names:
            raise ReadError(f"{path}: no OpenDocument text: it has no content.xml.")
        root = parse_xml(archive.read("content.xml"), str(path))
        known = properties(
            archive, "meta.xml", date="creation-date", authors=("initial-creator", "creator")
        )
    body = next((e for e in root.iter() if local(e) == "text"), None)
    if body is None:
        raise ReadError(f"{path}: no text in it, but perhaps a table or slides.")
    yield article(list(_lines(body, "paragraph")), path.name, known)


def _lines(element: Any, hint: Hint) -> Iterator[Line]:
    for child in element:
        name = local(child)
        if name == "h":
            level = attribute(child, "outline-level")
            yield Line(_words(child), "headline" if level == "1" else "subheading")
        elif name == "p":
            yield from (Line(part, hint) for part in _words(child).split("\n"))
        elif name == "table":
            for row in (e for e in child.iter() if local(e) == "table-row"):
                cells = (" ".join(_words(c).split()) for c in row if local(c) == "table-cell")
                yield Line(CELL.join(cells), kind="table")
        elif name not in _UNSEEN:
            yield from _lines(child, "bullet" if name == "list" else hint)


def _words(element: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        name = local(child)
        if name in ("s", "tab"):
            parts.append(" ")
        elif name == "line-break":
            parts.append("\n")
        elif name not in _UNSEEN:
            parts.append(_words(child) + (" " if name == "p" else ""))
        parts.append(child.tail or "")
    return "".join(parts)
