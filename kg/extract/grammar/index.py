"""The links of a parse in lists: what stands right below a token, and all that does.

spaCy makes a token anew each time it is asked for one, and looks for its children word by word.
The tokens of a document and their children are kept with its analysis instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast

import numpy as np
from spacy.parts_of_speech import NAMES
from spacy.tokens import Doc, Token

from kg.analysis import KEY, analysis_of

T = TypeVar("T")
P = ParamSpec("P")


def relation(token: Token) -> str:
    """The relation without its subtype: ``nsubj`` for ``nsubj:pass``; ``root`` in any case."""
    try:
        return _SHORT[token.dep]
    except KeyError:
        dep = token.dep_
        _SHORT[token.dep] = short = "root" if dep == "ROOT" else dep.partition(":")[0]
        return short


_NONE: Final = frozenset[str]()
_UNASKED: Final = object()


class _Table:
    __slots__ = ("heads", "kids", "kinds", "links", "places", "tokens", "tops")

    def __init__(self, doc: Doc) -> None:
        self.tokens = tokens = tuple(doc)
        links: list[list[tuple[Token, str, str]]] = [[] for _ in tokens]
        self.tops: dict[tuple[int, int], Token] = {}
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        far, deps = doc.to_array(["HEAD", "DEP"]).T
        self.heads: list[int] = (far.astype("int64") + np.arange(len(tokens))).tolist()
        full: dict[int, tuple[str, str]] = {}
        for i, (token, head, dep) in enumerate(zip(tokens, self.heads, deps.tolist(), strict=True)):
            if dep not in full:
                full[dep] = (token.dep_, relation(token))
            long, plain = full[dep]
            self.places[plain].append(i)
            if head != i:
                links[head].append((token, long, plain))
        self.links = tuple(map(tuple, links))
        self.kids = tuple([tuple([one[0] for one in below]) if below else () for below in links])
        # The relations of its children, with and without subtype.
        self.kinds = tuple(
            [{kind for one in below for kind in one[1:]} if below else _NONE for below in links]
        )


def _tags(doc: Doc) -> dict[str, list[int]]:
    """Where the words of each part of speech stand."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for i, tag in enumerate(doc.to_array("POS").tolist()):
        found[NAMES[tag]].append(i)
    return found


def _words(doc: Doc) -> dict[str, list[int]]:
    """Where each word stands (``lower_``)."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for i, word in enumerate(doc.to_array("LOWER").tolist()):
        found[word].append(i)
    strings = doc.vocab.strings
    return {strings[word]: places for word, places in found.items()}


#: Hash of a relation, the same in every vocabulary -> without subtype.
_SHORT: Final[dict[int, str]] = {}


def tokens_of(doc: Doc) -> tuple[Token, ...]:
    """``tuple(doc)``, made once."""
    return analysis_of(doc).known[_Table].tokens


def words_of(doc: Doc) -> Iterable[str]:
    """The words of the document in lower case, each once."""
    return analysis_of(doc).known[_words].keys()


def spelled(doc: Doc, words: Iterable[str]) -> list[int]:
    """Where one of these words stands (``lower_``), in text order: places of tokens."""
    known = analysis_of(doc).known[_words]
    return sorted(place for word in words for place in known.get(word, ()))


def standing_as(doc: Doc, relations: tuple[str, ...]) -> list[Token]:
    """The tokens with one of these relations (without subtypes), in text order."""
    table = analysis_of(doc).known[_Table]
    places = [place for plain in relations for place in table.places.get(plain, ())]
    return [table.tokens[place] for place in sorted(places)]


def tagged(doc: Doc, tags: tuple[str, ...]) -> list[Token]:
    """The tokens with one of these parts of speech (``pos_``), in text order."""
    tokens, known = tokens_of(doc), analysis_of(doc).known[_tags]
    places = [place for tag in tags for place in known.get(tag, ())]
    return [tokens[place] for place in sorted(places)]


def kids(token: Token) -> tuple[Token, ...]:
    """``token.children``, found once."""
    try:
        return token.doc.user_data[KEY].known[_Table].kids[token.i]  # type: ignore[no-any-return]
    except KeyError:  # nothing was asked of this document before
        return analysis_of(token.doc).known[_Table].kids[token.i]


def children(token: Token, *relations: str) -> list[Token]:
    """Its children with one of these relations, in text order (``obl`` also means any subtype)."""
    try:
        table: _Table = token.doc.user_data[KEY].known[_Table]
    except KeyError:  # nothing was asked of this document before
        table = analysis_of(token.doc).known[_Table]
    place = token.i
    if table.kinds[place].isdisjoint(relations):
        return []
    if len(relations) > 1:
        return [c for c, dep, plain in table.links[place] if dep in relations or plain in relations]
    (one,) = relations
    return [c for c, dep, plain in table.links[place] if one in (plain, dep)]


def child(token: Token, *relations: str) -> Token | None:
    """The first such child."""
    try:
        table: _Table = token.doc.user_data[KEY].known[_Table]
    except KeyError:  # nothing was asked of this document before
        table = analysis_of(token.doc).known[_Table]
    place = token.i
    if not table.kinds[place].isdisjoint(relations):
        for found, dep, plain in table.links[place]:
            if plain in relations or dep in relations:
                return found
    return None


def links(token: Token) -> tuple[tuple[Token, str, str], ...]:
    """Its children, each with its relation as parsed and without subtype."""
    try:
        return token.doc.user_data[KEY].known[_Table].links[token.i]  # type: ignore[no-any-return]
    except KeyError:  # nothing was asked of this document before
        return analysis_of(token.doc).known[_Table].links[token.i]


def top_of(doc: Doc, first: int, last: int) -> Token:
    """The highest of the tokens from ``first`` to before ``last``: ``doc[first:last].root``, found
    once."""
    table = analysis_of(doc).known[_Table]
    if last == first + 1:
        return table.tokens[first]
    place = (first, last)
    if place not in table.tops:
        table.tops[place] = doc[first:last].root
    return table.tops[place]


def remembered(function: Callable[Concatenate[Token, P], T]) -> Callable[Concatenate[Token, P], T]:
    """``function``, asked once for each token (and the words behind it) as long as the parse stays
    as it is.

    For functions of the parse and the names alone.
    """
    plain: Callable[..., T] = function  # words by place only: names would cost each call a dict

    def told(doc: Doc) -> dict[Any, T]:
        return {}

    @wraps(function)
    def asked(token: Token, /, *more: Any) -> T:
        try:
            known: dict[Any, T] = token.doc.user_data[KEY].known[told]
        except KeyError:  # nothing was asked of this document before
            known = analysis_of(token.doc).known[told]
        place = (token.i, *more) if more else token.i
        found: Any = known.get(place, _UNASKED)
        if found is _UNASKED:
            found = known[place] = plain(token, *more)
        return found  # type: ignore[no-any-return]

    return cast(Callable[Concatenate[Token, P], T], asked)


@remembered
def below(token: Token) -> tuple[Token, ...]:
    """``token.subtree``, found once: the token and all below it."""
    table = analysis_of(token.doc).known[_Table]
    found: list[Token] = []
    waiting = [token]
    told: set[int] = set()  # whose children wait or were found
    while waiting:
        at = waiting.pop()
        near = table.kids[at.i]
        if not near or at.i in told:
            found.append(at)
            continue
        told.add(at.i)
        waiting += [c for c in reversed(near) if c.i > at.i]
        waiting.append(at)
        waiting += [c for c in reversed(near) if c.i < at.i]
    return tuple(found)


@remembered
def above(token: Token) -> tuple[Token, ...]:
    """``(token, *token.ancestors)``: the token and what it hangs on, up to the root of its sentence."""
    table, place = analysis_of(token.doc).known[_Table], token.i
    found = [table.tokens[place]]
    while (head := table.heads[place]) != place:
        place = head
        found.append(table.tokens[place])
    return tuple(found)
