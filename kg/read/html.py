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
from kg.read.markup import few_attributes

_HINTS: Final[dict[str, Hint]] = {
    "head": "subheading",
    "item": "bullet",
    "p": "paragraph",
    "quote": "paragraph",
}
#: Dates are looked for up to here; without it, htmldate would ask the clock what is in the future.
_DATES: Final = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


def read_html(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article]:
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
            few_attributes(page),
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            include_formatting=True,  # bold names and questions part an interview
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
        for part, bold in _parts(element):
            yield Line(part, hint, bold=bold)


def _parts(element: Any) -> list[tuple[str, str]]:
    """The lines of an element, each with the bold words it begins with."""
    lines = [("", "")]
    for words, bold in _runs(element, bold=False):
        for number, more in enumerate(words.split("\n")):
            if number:
                lines.append(("", ""))
            text, start = lines[-1]
            lines[-1] = (text + more, start + more if bold and text == start else start)
    return lines


def _runs(element: Any, *, bold: bool) -> Iterator[tuple[str, bool]]:
    """The words in an element and whether they are bold; only ``<lb/>`` parts lines, line ends of
    the file do not."""
    bold = bold or (element.tag == "hi" and element.get("rend") == "#b")
    yield (element.text or "").replace("\n", " "), bold
    for child in element:
        if child.tag == "lb":
            yield "\n", False
        else:
            yield from _runs(child, bold=bold)
        yield (child.tail or "").replace("\n", " "), bold
