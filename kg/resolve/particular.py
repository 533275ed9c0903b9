"""Which unnamed things are an article's own: the man of "a man" is another one in the next article.

Own is what an article speaks of as a particular one: with "the" or "a", or with a number ("three men"), and what
happened ("airstrike", "clashes"). Kinds and matters are shared by all articles: other bare plurals and mass nouns ("visual
effects", "climate change"), a phrase that "the" and a name tell ("the mayor of Lowick"), what is done of a kind ("the use of water"), what there is one of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from kg.model import Argument
from kg.resolve.kinds import family
from kg.resolve.names import words

_FIGURE: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}|\d{5,}")
#: "the use of water", with nothing before "water": a matter, not one use.
_OF_KIND: Final = re.compile(r" of (?!(?:the|an?|this|that|these|those|its|his|her|their|one) )")
_MANY: Final = 6
_OF_NAME: Final = re.compile(r"(?:\bof (?:the )?[A-Z])|(?:^[A-Z].*['’]s? )")


class Particulars:
    """What an article speaks of as particular ones. ``phrases`` are all participants of its claims."""

    def __init__(self, text: str, phrases: Iterable[Argument]) -> None:
        self._text = text
        said: defaultdict[str, set[str]] = defaultdict(set)
        for one in phrases:
            if one.kind == "topic":
                said[one.label.strip()].add(self._determiner(one))
        self._said: dict[str, set[str]] = dict(said)

    def owns(self, argument: Argument, label: str, kind: str | None) -> bool:
        """Whether the thing of this ``label`` is another one in every article."""
        said = self._said.get(label, set())
        here = self._determiner(argument)
        if label.casefold() in words().only or _tells(label):
            return False
        if is_counted(label) or here == "one":
            return True
        if here == "the" and " " not in label:
            return True
        lasts = label.rsplit(maxsplit=1)[-1].casefold() in words().lasting
        happened = family(kind or "") == "event" and not lasts and not _OF_NAME.search(label)
        if here != "the" and self._is_plural(argument, label):
            return happened
        if "one" in said and label.islower():
            return True
        if lasts or any(c.isdigit() for c in label):
            return False
        if happened:
            return True
        return here == "the" and "" not in said and label.islower()

    def _is_plural(self, argument: Argument, label: str) -> bool:
        """Whether it stands in the plural: labels of kinds are in the singular."""
        head = self._text[argument.head_start : argument.head_end].casefold()
        return head not in label.casefold().split()

    def _determiner(self, argument: Argument) -> str:
        """``one`` for "a" and "another", ``the`` for "the" and "this", else nothing."""
        first, _, rest = self._text[argument.start : argument.end].partition(" ")
        first = first.casefold()
        if first in words().single:
            return "one" if rest else ""
        return "the" if first in words().definite and rest and not _OF_KIND.search(rest) else ""


def _tells(label: str) -> bool:
    """Whether so many words, with a name among them, mean one thing wherever they stand: "halt to the
    building of a port in Lowick Bay"."""
    return len(label.split()) >= _MANY and not label.islower() and not is_counted(label)


def is_counted(label: str) -> bool:
    """Whether it is a number of things, each time others.

    >>> is_counted("three men"), is_counted("at least 12 people"), is_counted("2024 election")
    (True, True, False)
    """
    parts = label.split()
    while len(parts) > 1 and parts[0].casefold() in words().about:
        parts = parts[1:]
    if len(parts) < 2:
        return False
    number = parts[0].casefold().split("-")
    return {*number} <= words().counts or bool(_FIGURE.fullmatch(parts[0]))
