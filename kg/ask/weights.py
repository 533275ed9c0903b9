"""The words of a question that carry something, and how much of it a statement has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from spacy.tokens import Doc, Token

from kg.ask import grammar
from kg.ask.alike import alike
from kg.ask.contexts import Contexts, is_exact, told
from kg.ask.profiles import Profiles
from kg.ask.resolving import Meant
from kg.ask.stems import stems
from kg.ask.words import words
from kg.model import Node, Statement

#: What a word counts by its part of speech.
_WEIGHT: Final = {
    "PROPN": 3.0,
    "NUM": 3.0,
    "NOUN": 2.0,
    "X": 2.0,
    "VERB": 1.5,
    "ADJ": 1.2,
    "ADV": 0.6,
}
#: What a verb counts that says little.
_LIGHT: Final = 0.4
#: What a word counts by where it stands: in the statement, its sentence, beside it, in its article.
_NEAR: Final = (1.0, 0.9, 0.5, 0.2)
#: Of that, where another word stands for it.
_ALIKE: Final = 0.9
#: What a word reaches in the sentence by one alike.
_CLOSE: Final = 0.8
#: The share that the words have to reach that are no names, and what a name has to reach.
_PLAIN: Final = 0.5
_NAMED: Final = 0.5
#: The same of a country, and of what stands before the last word of a name.
_FIRST_NAME: Final = 0.2


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: its place, its stems, those of words alike, and what it counts. ``named``:
    it is of a name, ``first``: not its last word; ``things`` are those that a plain name stands for."""

    at: int
    stems: tuple[str, ...]
    alike: frozenset[tuple[str, ...]]
    weight: float
    named: bool = False
    first: bool = False
    things: tuple[str, ...] = ()


def weighed(doc: Doc, given: dict[str, Meant]) -> tuple[Word, ...]:
    """The words of a question that carry something; ``given``: what plain names stand for."""
    found = (_word(token, given) for token in doc if not _only_asks(token))
    return tuple(word for word in found if word is not None)


def _only_asks(token: Token) -> bool:
    low = token.lemma_.casefold()
    how = low in words("asked", "how") and grammar.how(token)
    kind = low in words("asked", "times") | words("asked", "kinds") and grammar.determined(token)
    return (
        how
        or bool(kind)
        or low in words("names", "anything")
        or token.tag_.startswith("W")
        or token.pos_ in ("PRON", "DET")
    )


def _word(token: Token, given: dict[str, Meant]) -> Word | None:
    weight, lemma = _WEIGHT.get(token.pos_), token.lemma_.casefold()
    if weight is None or token.is_punct:
        return None
    if (meant := given.get(token.text)) is not None:
        return Word(token.i, (), frozenset(), weight, named=True, things=meant.iris)
    own = stems(token.text)
    if not own:
        return None
    light = words("verbs", "made_light") | words("verbs", "colouring") | words("verbs", "little")
    if token.pos_ == "VERB" and lemma in light:
        weight = _LIGHT
    others = frozenset() if token.pos_ in ("PROPN", "NUM") else alike(lemma, token.pos_)
    return Word(token.i, own, others, weight, named=token.pos_ == "PROPN", first=_goes_on(token))


def is_light(word: Word) -> bool:
    """Whether it is a verb that says little."""
    return word.weight <= _LIGHT


def _goes_on(token: Token) -> bool:
    behind = token.doc[token.i + 1 : token.i + 2]
    return token.pos_ == "PROPN" and any(t.pos_ == "PROPN" for t in behind)


_Near = tuple[Callable[[], frozenset[str]], ...]


class Cover:
    """How much of a question's words stands in a statement or near it."""

    def __init__(self, contexts: Contexts, profiles: Profiles) -> None:
        self._contexts, self._profiles = contexts, profiles

    def share(
        self, asked: Iterable[Word], statement: Statement, met: frozenset[str] = frozenset()
    ) -> float:
        """The share of the words, by their weight, that a statement has; 0 where it lacks a name, or a
        number or superlative. ``met``: stems that its relation stands for."""
        near = self._near(statement)
        things = set(_things(statement))
        pairs: list[tuple[Word, float]] = []
        for word in sorted(asked, key=_least, reverse=True):
            stands = things & set(word.things) or met & set(word.stems)
            level = 1.0 if stands else self._level(word, near)
            if level < _least(word):
                return 0.0
            pairs.append((word, level))
        plain = _share((word, level) for word, level in pairs if not word.named)
        return _share(pairs) if plain >= _PLAIN else 0.0

    def close(
        self, asked: Iterable[Word], statement: Statement, met: frozenset[str] = frozenset()
    ) -> bool:
        """Whether all words that count, and are no names, stand in a statement or its sentence."""
        near = self._near(statement)
        return all(
            self._level(word, near) >= _CLOSE
            for word in asked
            if word.weight > _LIGHT and not word.named and not met & set(word.stems)
        )

    def names(self, asked: Iterable[Word], statement: Statement) -> bool:
        """Whether all names stand in a statement or its sentence."""
        near, things = self._near(statement), set(_things(statement))
        return all(
            things & set(word.things) or self._level(word, near[:2]) for word in asked if word.named
        )

    def _near(self, statement: Statement) -> _Near:
        """What stands near a statement, the nearest first, each read when asked for."""
        contexts = self._contexts

        def own() -> frozenset[str]:
            named = (self._profiles.named(iri) for iri in _things(statement))
            return told(statement).union(contexts.passage(statement), *named)

        return (
            cache(own), partial(contexts.sentence, statement), partial(contexts.window, statement),
            partial(contexts.article, statement),
        )  # fmt: skip

    def _level(self, word: Word, near: _Near) -> float:
        names = [self._profiles.named(iri) for iri in word.things]
        for value, read in zip(_NEAR, near, strict=False):
            stems_ = read()
            if word.things:
                if any(name <= stems_ for name in names):
                    return value
            elif stems_.issuperset(word.stems):
                return value
            elif any(stems_.issuperset(other) for other in word.alike):
                return value * _ALIKE
        return 0.0


def _share(pairs: Iterable[tuple[Word, float]]) -> float:
    """The weighted mean of levels; 1 of none."""
    pairs = list(pairs)
    whole = sum(word.weight for word, _ in pairs)
    return sum(word.weight * level for word, level in pairs) / whole if whole else 1.0


def _least(word: Word) -> float:
    if word.named:
        country = any(one.startswith("=") for one in word.stems)
        return _FIRST_NAME if word.first or country else _NAMED
    return _NEAR[1] if any(map(is_exact, word.stems)) else 0.0


def _things(statement: Statement) -> list[str]:
    nodes = (statement.subject, statement.object, statement.attributed_to)
    found = [node.id for node in nodes if isinstance(node, Node)]
    return [*found, *(a.entity for a in statement.arguments if a.entity is not None)]
