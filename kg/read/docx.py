"""Word documents (``.docx``): a zip file with XML in it."""

from __future__ import annotations

import re
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

#: Elements whose words nobody sees: what was deleted, what fields are computed from.
_UNSEEN: Final = frozenset({"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sectPr"})


def read_docx(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article]:
    """The one article of a Word document, with the title, author and date of its properties. Rows
    of tables are blocks of their own; footnotes, comments and deleted words are left out."""
    path = Path(source)
    with opened(path, max_bytes=max_bytes) as archive:
        if "word/document.xml" not in archive.names:
            raise ReadError(f"{path}: no Word document: it has no word/document.xml.")
        root = parse_xml(archive.read("word/document.xml"), str(path))
        known = properties(archive, "docProps/core.xml", date="created", authors=("creator",))
    yield article(list(_lines(root)), path.name, known)


def _lines(element: Any) -> Iterator[Line]:
    for child in element:
        name = local(child)
        if name == "p":
            hint = _hint(child)
            yield from (Line(part, hint) for part in _words(child).split("\n"))
        elif name == "tbl":
            for row in (e for e in child.iter() if local(e) == "tr"):
                cells = (" ".join(_words(c).split()) for c in row if local(c) == "tc")
                yield Line(CELL.join(cells), kind="table")
        elif name not in _UNSEEN:
            yield from _lines(child)


def _hint(paragraph: Any) -> Hint:
    style = next(
        (attribute(e, "val") for e in paragraph.iter() if local(e) == "pStyle"), ""
    ).lower()
    if style in ("title", "heading1", "berschrift1"):
        return "headline"
    if re.match(r"heading\d|subtitle", style):
        return "subheading"
    if style == "caption":
        return "caption"
    listed = any(local(e) == "numPr" for e in paragraph.iter())
    return "bullet" if listed or style.startswith("list") else "paragraph"


def _words(element: Any) -> str:
    parts = []
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in ("tab", "ptab"):
            parts.append(" ")
        elif name in ("br", "cr"):
            parts.append("\n")
        elif name not in _UNSEEN:
            parts.append(_words(child) + (" " if name == "p" else ""))
    return "".join(parts)
