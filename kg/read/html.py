"""Web pages, through trafilatura: offline, the main text and what the page says of itself."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from kg.errors import ReadError
from kg.model import Article
from kg.read import live_blog
from kg.read.about import About, about
from kg.read.article import Facts, article
from kg.read.clean import Hint, Line, is_sentence
from kg.read.dates import iso_date
from kg.read.decode import file_text
from kg.read.furniture import names_in
from kg.read.page import CAPTION, ROW, Page, asks_for_consent, prepared, refusal, shortfall
from kg.read.tree import languages, parse, words

_HINTS: Final[dict[str, Hint]] = {
    "head": "subheading",
    "item": "bullet",
    "p": "paragraph",
    "quote": "paragraph",
}
#: Dates are looked for up to here; without it, htmldate would ask the clock what is in the future.
_DATES: Final = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
#: Characters of the shortest article.
_SHORTEST: Final = 60
_WALL: Final = "a wall that asks for consent to cookies; save the page after answering it."


def read_html(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article]:
    """The article of a saved web page (of a live blog: one a post), with title, date, authors, site
    name and address where the page tells them. Truncated pages are read as far as they go.

    Raises `ReadError` for a file that is empty, binary, too large, or holds no article text.
    """
    path = Path(source)
    yield from page_articles(file_text(path, max_bytes=max_bytes), path.name)


def page_articles(page: str, source: str, *, url: str | None = None) -> Iterator[Article]:
    """The article of an HTML page, or those of the posts of a live blog. ``url`` is where it came
    from, when known.

    Raises `ReadError` for a page that cannot be parsed and for one that is no article: a consent
    wall, an index, a search or error page, one that only a browser fills (`kg.read.page`).
    """
    try:
        root = parse(page)
        if root is None:
            raise ReadError(
                f"{source}: no article text found in this page (truncated, or a menu?)."
            )
        told = about(root)
        if reason := refusal(root, told):
            yield from _hidden_body(told, source, url, reason)
            return
        posts = list(live_blog.posts(root, told))
        if posts:
            yield from _posts(posts, told, source, url)
            return
        yield _one(prepared(root), told, source, url)
    except (ValueError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise ReadError(f"{source}: this page cannot be parsed ({error}).") from None


def _one(page: Page, told: About, source: str, url: str | None) -> Article:
    """The one article of a prepared page."""
    shown, other = _shown_title(page.root), languages(page.root)
    document = _extracted(page.root, url)
    if document is None or getattr(document, "body", None) is None:
        if page.asks_consent:
            raise ReadError(f"{source}: {_WALL}")
        if told.body:
            return _from_body(told, source, url)
        raise ReadError(f"{source}: no article text found in this page (truncated, or a menu?).")
    known = _laid(
        told.facts,
        Facts(
            title=shown or document.title,
            date=iso_date(document.date or ""),
            url=document.url,
            publisher=document.sitename,
            authors=names_in(document.author or ""),
        ),
        url,
    )
    lines = list(_lines(document.body))
    for line in lines:
        line.language = other.get(" ".join(line.text.split()))
    found = article(lines, source, known)
    texts = [found.text[block.start : block.end] for block in found.blocks]
    if asks_for_consent(texts):
        raise ReadError(f"{source}: {_WALL}")
    if not any(map(is_sentence, texts)):
        raise ReadError(f"{source}: no sentence found in this page (truncated, or a menu?).")
    if len(told.body) > 2 * len(found.text):
        return _from_body(told, source, url)
    return replace(found, partial=shortfall(page, told, len(found.text.split())))


def _shown_title(root: Any) -> str | None:
    """The part of "The Dale Courier - Bakery burns" that the page shows as a line of its own."""
    whole = next((words(element) for element in root.iter("title")), "")
    lines = {words(element) for element in root.iter("h1", "h2", "h3", "b", "strong", "font")}
    parts = re.split(r"\s+[-–—|:·»]\s+", whole)
    return next((part for part in parts if len(parts) > 1 and part in lines), None)


@cache
def _sizes() -> Any:
    """trafilatura's sizes, but that of a text so short that all words of the page are one
    paragraph: briefs in the news are shorter."""
    from trafilatura.settings import use_config

    sizes = use_config()
    sizes.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_SHORTEST))
    return sizes


def _extracted(root: Any, url: str | None) -> Any:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return bare_extraction(
        root,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        include_formatting=True,  # bold names and questions part an interview
        favor_precision=False,
        date_extraction_params=dict(_DATES),
        config=_sizes(),
    )


def _laid(first: Facts, second: Facts, url: str | None) -> Facts:
    """What the page says for programs, and where it says nothing what was found in it."""
    return Facts(
        title=first.title or second.title,
        date=first.date or second.date,
        url=url or first.url or second.url,
        publisher=first.publisher or second.publisher,
        authors=first.authors or second.authors,
        stated=first.stated or second.stated,
    )


def _hidden_body(told: About, source: str, url: str | None, reason: str) -> Iterator[Article]:
    """The text that a page of a program holds for programs, where it does."""
    if not told.body:
        raise ReadError(f"{source}: {reason}.")
    yield _from_body(told, source, url)


def _from_body(told: About, source: str, url: str | None) -> Article:
    return article(told.body, source, _laid(told.facts, Facts(), url))


def _posts(
    posts: Sequence[tuple[list[Line], Facts]], told: About, source: str, url: str | None
) -> Iterator[Article]:
    for number, (lines, own) in enumerate(posts, 1):
        known = replace(
            _laid(own, told.facts, None),
            date=own.date or told.facts.date,
            url=own.url or url or told.facts.url,
        )
        yield article(lines, f"{source}:{number}", known)


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
            yield _marked(part, hint, bold)


def _marked(text: str, hint: Hint | None, bold: str) -> Line:
    """The line, which may begin with a mark of `kg.read.page`."""
    bare = text.strip()
    if bare.startswith(ROW):
        return Line(bare[len(ROW) :], kind="table")
    if bare.startswith(CAPTION):
        return Line(bare[len(CAPTION) :], "caption")
    return Line(text, hint, bold=bold)


def _parts(element: Any) -> list[tuple[str, str]]:
    """The lines of an element, each with the bold words it begins with."""
    lines = [("", "")]
    for run, bold in _runs(element, bold=False):
        for number, more in enumerate(run.split("\n")):
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
