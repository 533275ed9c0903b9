"""The links of a parse in lists: what stands right below a token, and all that does.

spaCy makes a token anew each time it is asked for one, and looks for its children word by word.
Of the document read last, the tokens and their children are kept here instead.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token


class _Relations(dict[str, str]):
    """Relation as parsed -> without its subtype."""

    def __missing__(self, dep: str) -> str:
        short = dep.partition(":")[0] if ":" in dep else dep.lower() if dep == "ROOT" else dep
        self[dep] = short
        return short


class _Table:
    __slots__ = ("below", "doc", "kids", "links")

    def __init__(self, doc: Doc) -> None:
        tokens = list(doc)
        self.doc = doc
        self.kids: list[list[Token]] = [[] for _ in tokens]
        self.links: list[list[tuple[Token, str, str]]] = [[] for _ in tokens]
        self.below: dict[int, list[Token]] = {}
        for i, token in enumerate(tokens):
            head = token.head.i
            if head != i:
                dep = token.dep_
                self.kids[head].append(token)
                self.links[head].append((token, dep, SHORT[dep]))


#: The relation without its subtype: ``nsubj`` for ``nsubj:pass``; ``root`` in any case.
SHORT = _Relations()
_last: _Table | None = None


def _table(doc: Doc) -> _Table:
    global _last  # noqa: PLW0603 (one document at a time; kept on the Doc, it would hold itself)
    table = _last
    if table is None or table.doc is not doc:
        table = _last = _Table(doc)
    return table


def kids(token: Token) -> list[Token]:
    """``token.children`` as a list that is not to be changed."""
    return _table(token.doc).kids[token.i]


def links(token: Token) -> list[tuple[Token, str, str]]:
    """Its children, each with its relation as parsed and without subtype; not to be changed."""
    return _table(token.doc).links[token.i]


def below(token: Token) -> list[Token]:
    """``token.subtree`` as a list that is not to be changed: the token and all below it."""
    table = _table(token.doc)
    found = table.below.get(token.i)
    if found is None:
        found = table.below[token.i] = list(token.subtree)
    return found


def forget_table(doc: Doc) -> None:
    """Read ``doc`` anew when it is asked for next."""
    global _last  # noqa: PLW0603
    if _last is not None and _last.doc is doc:
        _last = None
