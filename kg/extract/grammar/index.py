"""The links of a parse in lists: what stands right below a token, and all that does.

spaCy makes a token anew each time it is asked for one, and looks for its children word by word.
The tokens of a document and their children are kept with its analysis instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast

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


class _Table:
    __slots__ = ("asked", "heads", "kids", "links", "places", "tags", "tokens", "tops", "words")

    def __init__(self, doc: Doc) -> None:
        self.tokens = tokens = tuple(doc)
        self.heads: list[int] = []
        links: list[list[tuple[Token, str, str]]] = [[] for _ in tokens]
        self.asked: defaultdict[str, dict[Any, Any]] = defaultdict(dict)  # of `remembered`
        self.tops: dict[tuple[int, int], Token] = {}
        self.words: dict[str, list[int]]
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        self.tags: defaultdict[str, list[int]] = defaultdict(list)
        heads, tags = doc.to_array(["HEAD", "POS"]).astype("int64").T.tolist()
        deps, lower = doc.to_array(["DEP", "LOWER"]).T.tolist()
        strings = doc.vocab.strings
        full: dict[int, str] = {}
        by_word: defaultdict[int, list[int]] = defaultdict(list)
        for i, (token, far, tag, dep) in enumerate(zip(tokens, heads, tags, deps, strict=True)):
            plain = _SHORT.get(dep) or relation(token)
            self.heads.append(i + far)
            self.places[plain].append(i)
            self.tags[NAMES[tag]].append(i)
            by_word[lower[i]].append(i)
            if far:
                if dep not in full:
                    full[dep] = token.dep_
                links[i + far].append((token, full[dep], plain))
        self.words = {strings[word]: found for word, found in by_word.items()}
        self.links = tuple(map(tuple, links))
        self.kids = tuple([tuple([c for c, _, _ in below]) if below else () for below in links])


#: Hash of a relation, the same in every vocabulary -> without subtype.
_SHORT: Final[dict[int, str]] = {}


def tokens_of(doc: Doc) -> tuple[Token, ...]:
    """``tuple(doc)``, made once."""
    return analysis_of(doc).known[_Table].tokens


def words_of(doc: Doc) -> Iterable[str]:
    """The words of the document in lower case, each once."""
    return analysis_of(doc).known[_Table].words.keys()


def spelled(doc: Doc, words: Iterable[str]) -> list[int]:
    """Where one of these words stands (``lower_``), in text order: places of tokens."""
    known = analysis_of(doc).known[_Table].words
    return sorted(place for word in words for place in known.get(word, ()))


def standing_as(doc: Doc, relations: tuple[str, ...]) -> list[Token]:
    """The tokens with one of these relations (without subtypes), in text order."""
    table = analysis_of(doc).known[_Table]
    places = [place for plain in relations for place in table.places.get(plain, ())]
    return [table.tokens[place] for place in sorted(places)]


def tagged(doc: Doc, tags: tuple[str, ...]) -> list[Token]:
    """The tokens with one of these parts of speech (``pos_``), in text order."""
    table = analysis_of(doc).known[_Table]
    places = [place for tag in tags for place in table.tags.get(tag, ())]
    return [table.tokens[place] for place in sorted(places)]


def kids(token: Token) -> tuple[Token, ...]:
    """``token.children``, found once."""
    try:
        return token.doc.user_data[KEY].known[_Table].kids[token.i]  # type: ignore[no-any-return]
    except KeyError:  # nothing was asked of this document before
        return analysis_of(token.doc).known[_Table].kids[token.i]


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
    name = f"{function.__module__}.{function.__qualname__}"
    plain: Callable[..., T] = function  # words by place only: names would cost each call a dict

    @wraps(function)
    def asked(token: Token, /, *more: Any) -> T:
        try:
            known = token.doc.user_data[KEY].known[_Table].asked[name]
        except KeyError:  # nothing was asked of this document before
            known = analysis_of(token.doc).known[_Table].asked[name]
        place = (token.i, *more) if more else token.i
        try:
            found: T = known[place]
        except KeyError:
            found = known[place] = plain(token, *more)
        return found

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
