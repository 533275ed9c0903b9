"""What stands in place of a text that is elsewhere: addresses in a feed or a sitemap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.errors import ReadError
from kg.model import Article
from kg.read.article import Facts


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and what the list that names it says of the article there."""

    url: str
    facts: Facts = field(default_factory=Facts)


class Elsewhere(ReadError):
    """A list names addresses and holds no text. ``links`` are they; `kg.read.read` fetches them
    where ``settings.read.follow`` says so. ``summary`` is what the list tells of the one
    article, and stands for it where it is not fetched. ``near`` is whether the list came from the
    local network, so that its addresses may be there as well."""

    def __init__(
        self,
        message: str,
        links: Sequence[Link],
        *,
        near: bool = False,
        summary: Article | None = None,
    ) -> None:
        super().__init__(message)
        self.links, self.near, self.summary = tuple(links), near, summary
