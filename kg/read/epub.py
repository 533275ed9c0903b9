"""Books and magazines (``.epub``): a zip file with a list of pages in it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from kg.errors import ReadError
from kg.model import Article
from kg.read.archive import Archive, opened
from kg.read.article import Facts, article
from kg.read.clean import is_sentence
from kg.read.dates import iso_date
from kg.read.decode import decode
from kg.read.furniture import names_in
from kg.read.language import code
from kg.read.tree import lines, parse, words
from kg.read.xml import attribute, child_text, local, parse_xml

#: Pages with fewer words are covers, half titles, rights.
_LEAST: Final = 12


def read_epub(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article | Exception]:
    """An article for each page of text, in the order of reading: its first heading is its title,
    the publication its publisher. Covers and contents are passed over.

    Raises `ReadError` for a file that is no book, and for one that is locked.
    """
    path = Path(source)
    with opened(path, max_bytes=max_bytes) as archive:
        package = _package(archive, path)
        book = parse_xml(archive.read(package), str(path))
        known = Facts(
            date=iso_date(child_text(book, "date")),
            publisher=child_text(book, "title") or child_text(book, "publisher") or None,
            authors=names_in(child_text(book, "creator")),
            stated=code(child_text(book, "language")),
        )
        found = False
        for number, name in enumerate(_pages(book, package), 1):
            try:
                page = _page(archive, name, f"{path.name}:{number}", known)
            except ReadError as error:
                yield error
                continue
            if page is not None:
                found = True
                yield page
    if not found:
        raise ReadError(f"{path}: a book without a page of text.")


def _package(archive: Archive, path: Path) -> str:
    if "META-INF/encryption.xml" in archive.names and "META-INF/rights.xml" in archive.names:
        raise ReadError(f"{path}: a book that is locked (DRM); kg cannot read it.")
    container = parse_xml(archive.read("META-INF/container.xml"), str(path))
    place = next(
        (attribute(e, "full-path") for e in container.iter() if local(e) == "rootfile"), ""
    )
    if not place:
        raise ReadError(f"{path}: no book: its container names no list of pages.")
    return place


def _pages(book: Any, package: str) -> Iterator[str]:
    """The names of the pages, in the order of reading."""
    folder = posixpath.dirname(package)
    items = {
        attribute(item, "id"): item
        for item in book.iter()
        if local(item) == "item" and "html" in attribute(item, "media-type")
    }
    for reference in (e for e in book.iter() if local(e) == "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is not None and "nav" not in attribute(item, "properties").split():
            yield posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href"))))


def _page(archive: Archive, name: str, source: str, known: Facts) -> Article | None:
    root = parse(decode(archive.read(name), f"{archive.where}: {name}")[0])
    found = lines(root) if root is not None else []
    count = sum(len(line.text.split()) for line in found)
    if count < _LEAST or not any(is_sentence(line.text.strip()) for line in found):
        return None
    title = next((text for h in root.iter("h1", "h2") if (text := words(h))), None)
    return article(
        found,
        source,
        replace(known, title=title),
    )
