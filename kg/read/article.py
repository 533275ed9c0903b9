"""Text and what is known of it, to an `Article`; further facts laid over it afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

from kg.errors import ReadError
from kg.model import Article, Block
from kg.read.characters import normalise
from kg.read.clean import Cleaned, Line, clean, clean_lines
from kg.read.dates import iso_date
from kg.read.furniture import names_in
from kg.read.language import code, foreign, language_of, stated

#: The name of a fact about an article -> the names under which files give it.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "headline"),
    "date": ("date", "published", "datepublished", "date_published", "publish_date", "pubdate"),
    "url": ("url", "link", "address", "canonical", "source_url"),
    "publisher": ("publisher", "sitename", "site", "source", "outlet"),
    "authors": ("authors", "author", "byline", "by"),
    "language": ("language", "lang"),
}
_KNOWN: Final = {name: field for field, names in FIELDS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an article beside its text; None where nothing is. ``language`` is known,
    ``stated`` what a page says of itself, which holds unless its text is plainly English."""

    title: str | None = None
    date: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    stated: str | None = None


def known_field(name: str) -> str | None:
    """The field that a column or header of this name gives, or None: ``"Headline"`` -> title."""
    return _KNOWN.get(name.strip().casefold().replace("-", "_").replace(" ", "_"))


def facts(values: Mapping[str, object]) -> Facts:
    """The facts in a table row, a JSON object or front matter; unknown names are passed over.

    Dates become ISO 8601 (one that can't be read is passed over), authors a tuple.
    """
    given: dict[str, object] = {}
    for name, value in values.items():
        field = known_field(name)
        if field == "publisher" and str(value).startswith(("http://", "https://")):
            field = "url"
        if field is not None and value not in (None, "", [], ()) and field not in given:
            given[field] = value
    language = _plain(given.get("language"))
    return Facts(
        title=_plain(given.get("title")),
        date=iso_date(_plain(given.get("date")) or ""),
        url=_plain(given.get("url")),
        publisher=_plain(given.get("publisher")),
        authors=_names(given.get("authors")),
        language=code(language),
    )


def _plain(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("name")
    if value is None or isinstance(value, (list, tuple, bool)):
        return None
    return " ".join(normalise(str(value)).split()) or None


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, Sequence) and not isinstance(value, str):
        plain = (_plain(item) for item in value)
        return tuple(dict.fromkeys(name for name in plain if name))
    return names_in(_plain(value) or "")


def article(
    content: str | Sequence[Line], source: str, known: Facts | None = None, *, guess: bool = True
) -> Article:
    """The article in a page's text or lines. ``known`` outweighs what the text tells.

    With ``guess`` false the text is not searched for a title when none is known (a record that has
    a field for it and left it empty). Raises `ReadError` when no text is left.
    """
    known = known or Facts()
    if isinstance(content, str):
        cleaned = clean(content, title=known.title)
    else:
        cleaned = clean_lines(content, title=known.title)
    if not cleaned.blocks:
        raise ReadError(f"{source}: no text of an article in it.")
    return _build(cleaned, source, known, guess=guess)


def _build(cleaned: Cleaned, source: str, known: Facts, *, guess: bool) -> Article:
    paragraphs = [b for b in cleaned.blocks if b.kind in ("paragraph", "keypoint")]
    texts = [cleaned.text[b.start : b.end] for b in paragraphs or cleaned.blocks]
    made = Article(
        id="",
        source=source,
        text=cleaned.text,
        title=known.title or (cleaned.title if guess else None),
        date=known.date or cleaned.date,
        publisher=known.publisher or cleaned.publisher,
        url=known.url,
        authors=known.authors or cleaned.authors,
        language=known.language or stated(" ".join(texts), known.stated) or language_of(texts),
        blocks=cleaned.blocks,
    )
    made = replace(made, blocks=tuple(_told_apart(made)))
    return replace(made, id=content_id(made))


def _told_apart(given: Article) -> Iterator[Block]:
    """The blocks, with the language of those that are in another than the article."""
    for block in given.blocks:
        text, other = given.text[block.start : block.end], block.language
        if given.language == "en":
            other = stated(text, other) or foreign(text)
        other = None if other == given.language else other
        yield block if other == block.language else replace(block, language=other)


def content_id(given: Article) -> str:
    """16 hex digits from all that is known of an article but its file name, so that a result is
    kept only for what it was made of."""
    blocks = [
        (
            block.kind,
            block.start,
            block.end,
            block.bold,
            *([block.language] if block.language else []),
        )
        for block in given.blocks
    ]
    facts = [given.title, given.url, given.date, given.publisher, given.authors, given.language]
    parts = [given.text, *facts, given.partial, blocks]
    return blake2b(json.dumps(parts).encode(), digest_size=8).hexdigest()


def with_facts(given: Article, known: Facts) -> Article:
    """The article with what is known laid over what was found, and its id made new."""
    made = replace(
        given,
        title=known.title or given.title,
        date=known.date or given.date,
        url=known.url or given.url,
        publisher=known.publisher or given.publisher,
        authors=known.authors or given.authors,
        language=known.language or given.language,
    )
    return replace(made, id=content_id(made))
