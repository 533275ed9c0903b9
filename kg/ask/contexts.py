"""The words of a statement: those of its ends, of its passage, of the sentence, of what stands around."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from kg.ask.passages import Passages
from kg.ask.stems import stems
from kg.ask.words import words
from kg.model import Evidence, Literal, Node, Quotation, Statement

End = Node | Literal | Quotation | str
#: No level: it does not fit.
NOT: Final = 99
#: Places and articles whose stems are kept.
_PLACES: Final = 4_000
_ARTICLES: Final = 200


class Contexts:
    """The stems of what stands near statements, nearer before farther."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages

        def kept(
            text: Callable[[Evidence], str], most: int
        ) -> Callable[[Evidence], frozenset[str]]:
            return lru_cache(maxsize=most)(lambda place: frozenset(stems(text(place))))

        self._near = {
            "passage": kept(lambda place: place.text, _PLACES),
            "sentence": kept(passages.sentence, _PLACES),
            "paragraph": kept(passages.paragraph, _PLACES),
            "window": kept(passages.window, _PLACES),
        }
        self._head = lru_cache(maxsize=_ARTICLES)(lambda a: frozenset(stems(passages.head(a))))
        self._body = lru_cache(maxsize=_ARTICLES)(lambda a: frozenset(stems(passages.body(a))))

    def passage(self, statement: Statement) -> frozenset[str]:
        """Of the words that the statement was read from."""
        return _union(map(self._near["passage"], statement.evidence))

    def sentence(self, statement: Statement) -> frozenset[str]:
        """Of its sentence."""
        return _union(map(self._near["sentence"], statement.evidence))

    def paragraph(self, statement: Statement) -> frozenset[str]:
        """Of its paragraph."""
        return _union(map(self._near["paragraph"], statement.evidence))

    def window(self, statement: Statement) -> frozenset[str]:
        """Of the sentences around."""
        return _union(map(self._near["window"], statement.evidence))

    def head(self, statement: Statement) -> frozenset[str]:
        """Of the headline and the first sentence of its article."""
        return _union(map(self._head, _articles(statement)))

    def article(self, statement: Statement) -> frozenset[str]:
        """Of the whole article."""
        return _union(map(self._body, _articles(statement)))

    def sentences(self, statement: Statement) -> tuple[str, ...]:
        """Its sentences as they stand."""
        return tuple(map(self._passages.sentence, statement.evidence))

    def bodies(self, statement: Statement) -> tuple[str, ...]:
        """The texts of its articles."""
        return tuple(self._passages.body(place.article) for place in statement.evidence)

    def level(self, wanted: frozenset[str], own: frozenset[str], statement: Statement) -> int:
        """How far from a statement the words stand that are not its own, `NOT` where they do not;
        numbers, "first" and "largest" have to stand in the passage itself."""
        rest = wanted - own
        if {word for word in rest if is_exact(word)} - self.passage(statement):
            return NOT
        if {word for word in rest if word.startswith("=")} - self.sentence(statement):
            return NOT  # of another country
        for level, near in enumerate((self.sentence, self.window, self.article)):
            if not rest or rest <= near(statement):
                return level
        return NOT


def _articles(statement: Statement) -> Iterable[str]:
    return dict.fromkeys(place.article for place in statement.evidence)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    first, *more = list(sets) or [frozenset()]
    return first.union(*more) if more else first


def all_stems(texts: Iterable[str]) -> frozenset[str]:
    """The stems of several texts."""
    return frozenset(word for text in texts for word in stems(text))


def label(end: End) -> str:
    """The words of an end; none of one that is a statement itself."""
    if isinstance(end, str):
        return ""
    return end.text if isinstance(end, Quotation) else end.label


def told(statement: Statement) -> frozenset[str]:
    """The stems of the statement itself: of its ends, relation and arguments."""
    texts = [statement.predicate.label, label(statement.object), statement.subject.label]
    return all_stems([*texts, *(a.label for a in statement.arguments)])


def is_exact(word: str) -> bool:
    """Whether a word, a number or superlative, tells one thing from another of its kind."""
    return word[:1].isdigit() or word in words("stems", "exact") or word.endswith("est")
