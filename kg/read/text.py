"""Plain text files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.model import Article
from kg.read import front_matter
from kg.read.article import article
from kg.read.decode import file_text
from kg.read.letters import is_newsletter, letter
from kg.read.markup import is_page, strip_markup


def read_text(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article]:
    """The one article of a text file (UTF-8, else see `kg.read.decode.decode`).

    Front matter is read (`kg.read.front_matter`), stray HTML tags are taken out, links and
    the foot of a newsletter as well, and a file that is a whole HTML page is read as one. Raises `ReadError` for a file that is empty, binary, too
    large, or holds no article.
    """
    path = Path(source)
    text = file_text(path, max_bytes=max_bytes)
    if is_page(text):
        from kg.read.html import page_articles

        yield from page_articles(text, path.name)
        return
    known, body = front_matter.split(text)
    if is_newsletter(body):
        body = letter(body, mail=False)
    yield article(strip_markup(body), path.name, known)
