"""RSS and Atom feeds, through feedparser, and sitemaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from kg.errors import ReadError
from kg.model import Article
from kg.read.article import Facts, article
from kg.read.dates import iso_date
from kg.read.decode import load, refuse_binary
from kg.read.elsewhere import Elsewhere, Link
from kg.read.furniture import names_in
from kg.read.language import code
from kg.read.tree import lines, parse
from kg.read.xml import child_text, local, parse_xml, root_name

#: Words from which on a description is taken for the whole text, if it does not break off.
_WHOLE: Final = 150
_BREAKS_OFF: Final = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\bread more\W*|\bcontinue reading\W*)$", re.I
)
_SUMMARY: Final = "only the summary that the feed gives"


def read_feed(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article | Exception]:
    """An article for each entry of a feed that holds its text; in place of one that only links to
    it, and of a sitemap, an `Elsewhere` with the addresses.

    A short description becomes an article that is marked as partial. Raises `ReadError` for XML of
    another kind, and for a file that is empty, binary or too large.
    """
    path = Path(source)
    yield from feed_items(load(path, max_bytes=max_bytes), str(path), path.name)


def feed_items(
    data: bytes, where: str, source: str, *, near: bool = False
) -> Iterator[Article | Exception]:
    """What is in the bytes of a feed, a sitemap or another page of XML; ``where`` is for messages,
    ``near`` as in `Elsewhere`."""
    refuse_binary(data, where)
    name = root_name(data)
    if name in ("rss", "feed", "rdf"):
        yield from _entries(data, where, source, near=near)
    elif name in ("urlset", "sitemapindex"):
        yield _sitemap(data, where, near=near)
    elif name == "html":
        from kg.read.decode import decode
        from kg.read.html import page_articles

        yield from page_articles(decode(data, where)[0], source)
    else:
        raise ReadError(
            f"{where}: XML of another kind (its root is <{name or '?'}>): kg reads RSS, Atom, "
            "sitemaps and XHTML."
        )


def _entries(data: bytes, where: str, source: str, *, near: bool) -> Iterator[Article | Exception]:
    import feedparser

    # A stream: a string that looks like an address or a file would be opened.
    feed: Any = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    whole = Facts(publisher=_plain(feed.feed.get("title")), stated=code(feed.feed.get("language")))
    if not feed.entries:
        raise ReadError(f"{where}: a feed without entries.")
    for number, entry in enumerate(feed.entries, 1):
        known = _facts(entry, whole)
        try:
            yield _entry(entry, known, where, _place(entry, known, source, number), near=near)
        except ReadError as error:
            yield error


def _place(entry: Any, known: Facts, source: str, number: int) -> str:
    """What an entry is called. A feed at an address turns over: the first entry of today is not
    that of yesterday, which it must not replace, so there an entry has its own name."""
    if not source.startswith(("http://", "https://")):
        return f"{source}:{number}"
    return known.url or f"{source}#{entry.get('id') or known.title or number}"


def _facts(entry: Any, whole: Facts) -> Facts:
    people = [one.get("name", "") for one in entry.get("authors", ())] or [entry.get("author", "")]
    link = entry.get("link") or ""
    return replace(
        whole,
        title=_plain(entry.get("title")),
        date=iso_date(entry.get("published") or entry.get("updated") or ""),
        url=link if link.startswith(("http://", "https://")) else None,
        authors=tuple(name for person in people if "@" not in person for name in names_in(person)),
    )


def _entry(entry: Any, known: Facts, where: str, source: str, *, near: bool) -> Article | Exception:
    bodies = [one.get("value", "") for one in entry.get("content", ())]
    full = max(bodies, key=len, default="")
    text = full or entry.get("summary", "")
    root = parse(f"<html><body>{text}</body></html>") if text.strip() else None
    found = lines(root) if root is not None else []
    words = [word for line in found for word in line.text.split()]
    if not words or " ".join(words) == known.title:
        name = known.title or "an entry without a title"
        links = [Link(known.url, known)] if known.url else []
        told = f"only a link, {known.url}" if known.url else "no text and no link"
        return Elsewhere(f"{where}: {name}: {told}.", links, near=near)
    made = article(found, source, known)
    if full or (len(words) >= _WHOLE and not _BREAKS_OFF.search(" ".join(words[-4:]))):
        return made
    summary = replace(made, partial=_SUMMARY)
    links = [Link(known.url, known)] if known.url else []
    return Elsewhere(f"{where}: {known.title}: {_SUMMARY}.", links, near=near, summary=summary)


def _plain(value: Any) -> str | None:
    root = parse(f"<html><body><p>{value}</p></body></html>") if value else None
    return " ".join(line.text for line in lines(root)).strip() or None if root is not None else None


def _news(item: Any) -> Facts:
    """What a news sitemap says of an article."""
    news = next((part for part in item.iter() if local(part) == "news"), None)
    if news is None:
        return Facts()
    return Facts(
        title=child_text(news, "title") or None,
        date=iso_date(child_text(news, "publication_date")),
        publisher=child_text(news, "name") or None,
    )


def _sitemap(data: bytes, where: str, *, near: bool) -> Elsewhere:
    root = parse_xml(data, where)
    links = []
    for item in root:
        if (url := child_text(item, "loc")).startswith(("http://", "https://")):
            links.append(Link(url, _news(item)))
    one = len(links) == 1
    held = f"{len(links):,} address{'' if one else 'es'}"
    return Elsewhere(f"{where}: a sitemap: {held}, no article.", links, near=near)
