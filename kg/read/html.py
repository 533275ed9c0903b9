"""Web pages, through trafilatura: offline, the main text and what the page says of itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kg.errors import ReadError
from kg.model import Article
from kg.read.article import Facts, article
from kg.read.clean import Hint, Line, is_sentence
from kg.read.dates import iso_date
from kg.read.decode import file_text
from kg.read.furniture import names_in

_HINTS: Final[dict[str, Hint]] = {
    "head": "subheading",
    "item": "bullet",
    "p": "paragraph",
    "quote": "paragraph",
}
#: Dates are looked for up to here; without it, htmldate would ask the clock what is in the future.
_DATES: Final = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


def read_html(source: str | Path, /, *, max_bytes: int = 20_000_000) -> Iterator[Article]:
    """The one article of a saved web page, with title, date, authors, site name and address where
    the page tells them. Truncated pages are read as far as they go.

    Raises `ReadError` for a file that is empty, binary, too large, or holds no article text.
    """
    path = Path(source)
    yield page_article(file_text(path, max_bytes=max_bytes), path.name)


def page_article(page: str, source: str, *, url: str | None = None) -> Article:
    """The article of an HTML page. ``url`` is where it came from, when known."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        document: Any = bare_extraction(
            page,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            favor_precision=False,
            date_extraction_params=dict(_DATES),
        )
    except (ValueError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise ReadError(f"{source}: this page cannot be parsed ({error}).") from None
    if document is None or getattr(document, "body", None) is None:
        raise ReadError(f"{source}: no article text found in this page (truncated, or a menu?).")
    known = Facts(
        title=document.title,
        date=iso_date(document.date or ""),
        url=url or document.url,
        publisher=document.sitename,
        authors=names_in(document.author or ""),
    )
    found = article(list(_lines(document.body)), source, known)
    if not any(is_sentence(found.text[block.start : block.end]) for block in found.blocks):
        raise ReadError(f"{source}: no sentence found in this page (truncated, or a menu?).")
    return found


def _lines(body: Any) -> Iterator[Line]:
    """The blocks of trafilatura's tree, in order; a line break parts a block."""
    for element in body:
        if element.tag == "list" or (element.tag == "quote" and element.find("p") is not None):
            yield from _lines(element)
            continue
        hint = _HINTS.get(element.tag)
        if element.tag == "head" and element.get("rend") == "h1":
            hint = "headline"
        for part in _text(element).split("\n"):
            yield Line(part, hint)


def _text(element: Any) -> str:
    """The words in an element; only ``<lb/>`` parts lines, line ends of the file do not."""
    parts = [(element.text or "").replace("\n", " ")]
    for child in element:
        parts.append("\n" if child.tag == "lb" else _text(child))
        parts.append((child.tail or "").replace("\n", " "))
    return "".join(parts)
