"""The articles of a graph, as its manifest lists them: kept as they are written, and read where they
are asked for.

A manifest may list very many articles, and an update touches few of them. So the list stays the text
that it is in the file, sorted by id: an article is found by halving, those of a place by searching the
text, and what an update changes is cut in. Only who goes through all of them has all of them read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

import msgspec

from kg.results import from_json

#: Between two articles of the text. No string holds it: a quotation mark is escaped in one.
_NEXT: Final = b'"},"'
#: So many places are searched for; of more, all articles are read once.
_SEARCHED: Final = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in the manifest. ``origins`` are (folder or address it was read from, source);
    the smallest source is the one the graph tells."""

    origins: tuple[tuple[str, str], ...]
    pipeline: str

    @property
    def source(self) -> str:
        if len(self.origins) == 1:  # of nearly all, and asked for all
            return self.origins[0][1]
        return min(source for _, source in self.origins)


class Listing(Mapping[str, Listed]):
    """Articles by id, in the order of their ids; never changed. ``text`` is the list as JSON, its ids
    sorted and without blanks; ``changes`` are put over it, None for one that is not in it any more."""

    def __init__(
        self, text: bytes = b"{}", changes: Mapping[str, Listed | None] | None = None
    ) -> None:
        self._text = text
        self._changes = dict(sorted((changes or {}).items()))
        self._all: dict[str, Listed] | None = None
        count = text.count(_NEXT) + 1 if len(text) > 2 else 0
        for key, item in self._changes.items():
            count += (item is not None) - (self._written(key) is not None)
        self._count = count

    @classmethod
    def of(cls, articles: Mapping[str, Listed]) -> Listing:
        """A listing of these."""
        return articles if isinstance(articles, Listing) else cls(changes=articles)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, key: str) -> Listed:
        if self._all is not None:
            return self._all[key]
        found = self._changes[key] if key in self._changes else self._written(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        if self._all is None:
            found: dict[str, Listed | None] = from_json(dict[str, Listed | None], self._text)
            found |= self._changes
            self._all = {key: it for key, it in sorted(found.items()) if it is not None}
        return iter(self._all)

    def changed(self, changes: Mapping[str, Listed | None]) -> Listing:
        """A listing with these put over it."""
        return Listing(self.text(), changes)

    def since(self, before: Listing) -> dict[str, Listed | None]:
        """What this has otherwise than another, None for what it has not."""
        if self._text is before._text and not before._changes:
            mine = self._changes
        else:
            mine = {key: self.get(key) for key in chain(self, before)}
        return {key: item for key, item in mine.items() if item != before.get(key)}

    def text(self) -> bytes:
        """The list as JSON, ids sorted."""
        if self._changes:
            self._text, self._changes = _spliced(self._text, self._changes), {}
        return self._text

    def having(self, origin: str, source: str) -> Iterator[str]:
        """The ids of articles that may have come from a place, or one whose source begins so."""
        yield from self._with(msgspec.json.encode((origin, source))[:-2])

    def named(self, source: str) -> Iterator[str]:
        """The ids of articles whose source may be this, or end so."""
        yield from self._with(msgspec.json.encode(source)[1:] + b"]")

    def of_source(self, source: str) -> tuple[str, ...]:
        """The ids of articles whose source this is."""
        return tuple(key for key in self.named(source) if self[key].source == source)

    def starting(self, key: str) -> Iterator[str]:
        """The ids that begin so."""
        text, at = self.text(), self._place(key)
        while text.startswith(b'"' + key.encode(), at):
            yield _key_at(text, at)
            at = text.find(_NEXT, at) + 3
            if at == 2:
                return

    def at(self, places: Collection[tuple[str, str]]) -> Collection[str]:
        """The ids of articles that may have come from one of these places; no others are wanted."""
        if len(places) > _SEARCHED:
            return self.keys()
        return {key for place in places for key in self.having(*place)}

    def of_one_pipeline(self, name: str) -> bool:
        """Whether this pipeline made the results of all."""
        ending = b'"pipeline":' + msgspec.json.encode(name) + b"}"
        return self.text().count(ending) == self._count

    # --- the text --------------------------------------------------------------------------------

    def _with(self, piece: bytes) -> Iterator[str]:
        text = self.text()
        at = text.find(piece)
        while at >= 0:
            before = text.rfind(_NEXT, 0, at)
            yield _key_at(text, before + 3 if before >= 0 else 1)
            at = text.find(_NEXT, at)
            at = text.find(piece, at) if at >= 0 else -1

    def _place(self, key: str) -> int:
        return _place(self._text, key.encode())

    def _written(self, key: str) -> Listed | None:
        """What the text has of an article."""
        text, wanted = self._text, b'"' + key.encode() + b'":'
        at = self._place(key)
        if not text.startswith(wanted, at):
            return None
        end = text.find(_NEXT, at)
        end = end + 2 if end >= 0 else len(text) - 1
        return from_json(Listed, text[at + len(wanted) : end])


def _key_at(text: bytes, at: int) -> str:
    return text[at + 1 : text.index(b'"', at + 1)].decode()


def _place(text: bytes, key: bytes) -> int:
    """Where the first article begins whose id is not smaller; the end of all where none is."""
    low, high = 1, len(text) - 1  # an article begins at ``low``, none is sought after ``high``
    while low < high:
        cut = text.rfind(_NEXT, low, (low + high) // 2 + len(_NEXT))
        start = low if cut < 0 else cut + 3
        if text[start + 1 : text.index(b'"', start + 1)] >= key:
            high = start
            continue
        after = text.find(_NEXT, start)
        if after < 0:
            return len(text) - 1
        low = after + 3
    return low


def _spliced(text: bytes, changes: Mapping[str, Listed | None]) -> bytes:
    """The text with changes, which are sorted."""
    pieces: list[bytes] = []
    done = 1
    for key, item in changes.items():
        at = max(done, _place(text, key.encode()))
        pieces.append(text[done:at].removesuffix(b","))
        done = at
        if text.startswith(b'"' + key.encode() + b'":', at):
            end = text.find(_NEXT, at)
            done = end + 3 if end >= 0 else len(text) - 1
        if item is not None:
            pieces.append(msgspec.json.encode({key: item})[1:-1])
    pieces.append(text[done:-1])
    return b"{" + b",".join(piece for piece in pieces if piece) + b"}"
