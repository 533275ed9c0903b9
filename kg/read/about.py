"""What a web page says of itself: JSON-LD, Open Graph, microdata, ``<time>``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg.read.article import Facts
from kg.read.dates import iso_date
from kg.read.furniture import names_in
from kg.read.language import code
from kg.read.tree import words

#: Types of schema.org that are an article, whatever stands before: NewsArticle, BlogPosting.
_ARTICLE: Final = re.compile(r"(?:\w*Article|BlogPosting|Report|Review)$")
_LIVE: Final = "LiveBlogPosting"
#: Bytes of JSON-LD that are read, and how deep.
_MOST: Final = 2_000_000
_DEEPEST: Final = 6


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a live blog, as JSON-LD has it."""

    text: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class About:
    """What the page tells, the surest first."""

    facts: Facts = field(default_factory=Facts)
    is_article: bool = False
    is_search: bool = False
    is_paid: bool = False
    body: str = ""
    posts: tuple[Post, ...] = ()


def about(root: Any) -> About:
    """What a page (the root of its tree) says of itself. Nothing in it can make this fail."""
    things = list(_things(root))
    article = next((thing for thing in things if _is(thing, _ARTICLE)), {})
    live = next((thing for thing in things if _LIVE in _types(thing)), None)
    known = live or article
    meta = _meta(root)
    return About(
        facts=Facts(
            title=_text(known.get("headline")),
            date=iso_date(_text(known.get("datePublished")) or "")
            or iso_date(meta.get("article:published_time", ""))
            or _time(root),
            url=_address(meta.get("canonical")) or _address(meta.get("og:url"))
            or _address(_id(known.get("mainEntityOfPage"))) or _address(known.get("url")),
            publisher=_name(known.get("publisher")) or meta.get("og:site_name"),
            authors=_authors(known.get("author")) or _linked_authors(root),
            stated=code(root.get("lang")) or code(_text(known.get("inLanguage"))),
        ),
        is_article=bool(article or live) or meta.get("og:type") == "article"
        or "article:published_time" in meta,
        is_search=any("SearchResultsPage" in _types(thing) for thing in things),
        is_paid=str(known.get("isAccessibleForFree", "")).lower() == "false",
        body=_text(article.get("articleBody")) or "",
        posts=tuple(_posts(live)) if live else (),
    )  # fmt: skip


def _things(root: Any) -> Iterator[Mapping[str, Any]]:
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = script.text or ""
        if len(text) > _MOST:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _flat(data, _DEEPEST)


def _flat(data: Any, deep: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, list) and deep:
        for item in data:
            yield from _flat(item, deep - 1)
    elif isinstance(data, dict):
        yield data
        if deep:
            yield from _flat(data.get("@graph"), deep - 1)
            yield from _flat(data.get("mainEntity"), deep - 1)


def _types(thing: Mapping[str, Any]) -> list[str]:
    given = thing.get("@type")
    return [str(item) for item in (given if isinstance(given, list) else [given])]


def _is(thing: Mapping[str, Any], kind: re.Pattern[str]) -> bool:
    return any(kind.match(name) for name in _types(thing))


def _posts(live: Mapping[str, Any]) -> Iterator[Post]:
    updates = live.get("liveBlogUpdate")
    for update in updates if isinstance(updates, list) else [updates]:
        if isinstance(update, dict) and (text := _text(update.get("articleBody"))):
            yield Post(
                text,
                Facts(
                    title=_text(update.get("headline")),
                    date=iso_date(_text(update.get("datePublished")) or ""),
                    url=_address(update.get("url")),
                    authors=_authors(update.get("author")),
                ),
            )


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _id(value: Any) -> Any:
    return value.get("@id") if isinstance(value, dict) else value


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _authors(value: Any) -> tuple[str, ...]:
    found = [_name(item) for item in (value if isinstance(value, list) else [value])]
    names = [name for item in found if item and "://" not in item for name in names_in(item)]
    return tuple(dict.fromkeys(names))


def _linked_authors(root: Any) -> tuple[str, ...]:
    found = [
        words(element)
        for element in root.iter("a", "span")
        if "author" in (element.get("rel") or "").split() or element.get("itemprop") == "author"
    ]
    names = [name for text in found if len(text) <= 100 for name in names_in(text)]
    return tuple(dict.fromkeys(names))


def _address(value: Any) -> str | None:
    found = _text(value)
    return found if found and found.startswith(("http://", "https://")) else None


def _meta(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or "").lower()
        if name and (content := (element.get("content") or "").strip()):
            found.setdefault(name, content)
    for element in root.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and element.get("href"):
            found.setdefault("canonical", element.get("href").strip())
    return found


def _time(root: Any) -> str | None:
    """The first ``<time>`` that is said to be the publication's, or the only one."""
    times = [element for element in root.iter("time") if iso_date(element.get("datetime") or "")]
    marked = [
        element
        for element in times
        if element.get("pubdate") is not None or element.get("itemprop") == "datePublished"
    ]
    chosen = marked[:1] or (times if len(times) == 1 else [])
    return iso_date(chosen[0].get("datetime")) if chosen else None
