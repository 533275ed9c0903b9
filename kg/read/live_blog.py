"""Live blogs: one article a post, with its own time and author.

One article a post, not a block: "this morning" in a post is told against the day of the post, and
a post is often by somebody else than the one above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from kg.read.about import About
from kg.read.article import Facts
from kg.read.clean import Line
from kg.read.dates import iso_date
from kg.read.furniture import names_in
from kg.read.tree import lines, words

#: Names of the element of a post, in class or id, inside one that is called live.
_POST: Final = re.compile(r"\b(?:post|update|entry|block|item)s?\b")
_LIVE: Final = re.compile(
    r"\blive(?:-?blog\w*|-(?:posts?|updates?|feed|entry|entries|stream|content|coverage))?\b"
)
_BY: Final = re.compile(r"\b(?:author|byline)\b")


def posts(root: Any, told: About) -> Iterator[tuple[list[Line], Facts]]:
    """The posts of a live blog, as the page has them: their lines and what is known of each.
    Nothing for a page that is none, or has fewer than two."""
    found = _elements(root)
    if len(found) >= 2:
        for element in found:
            known = _facts(element)
            _without_head(element)
            if text := [line for line in lines(element) if line.text.strip()]:
                yield text, known
    elif len(told.posts) >= 2:
        for post in told.posts:
            yield [Line(line) for line in post.text.split("\n")], post.facts


def _elements(root: Any) -> list[Any]:
    marked = [e for e in root.iter() if e.get("itemprop") == "liveBlogUpdate"]
    if marked:
        return marked
    timed = [
        element
        for element in root.iter("article", "div", "li", "section")
        if _POST.search(_name(element)) and _LIVE.search(_around(element)) and _times(element) == 1
    ]
    found = [e for e in timed if not any(parent in timed for parent in e.iterancestors())]
    return found if 2 * _length(found) > _length([root]) else []  # else a list beside an article


def _length(elements: Iterable[Any]) -> int:
    return sum(len(words(p)) for element in elements for p in element.iter("p"))


def _name(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower().replace("_", "-")


def _around(element: Any) -> str:
    return " ".join(_name(one) for one in (element, *element.iterancestors()))


def _times(element: Any) -> int:
    return sum(1 for time in element.iter("time") if iso_date(time.get("datetime") or ""))


def _facts(post: Any) -> Facts:
    time = next((t for t in post.iter("time") if iso_date(t.get("datetime") or "")), None)
    title = next((words(h) for h in post.iter("h2", "h3", "h4") if words(h)), None)
    by = next((words(e) for e in post.iter() if _is_author(e) and words(e)), "")
    return Facts(
        title=title,
        date=iso_date(time.get("datetime")) if time is not None else None,
        authors=names_in(by) if len(by) <= 100 else (),
    )


def _is_author(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return False
    rel = (element.get("rel") or "").split()
    return (
        "author" in rel or element.get("itemprop") == "author" or bool(_BY.search(_name(element)))
    )


def _without_head(post: Any) -> None:
    """Without what `_facts` took: time, author and the first heading."""
    heading = next((h for h in post.iter("h2", "h3", "h4") if words(h)), None)
    for element in [e for e in post.iter() if _is_author(e) or e.tag == "time" or e is heading]:
        if element is not post and element.getparent() is not None:
            element.drop_tree()
