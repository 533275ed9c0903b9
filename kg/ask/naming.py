"""Every name of a question must stand in what answers it: "Who heads Malawi's election commission?" is
not answered with who heads that of Liberia."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from kg.ask.answers import Found
from kg.ask.contexts import Contexts
from kg.ask.profiles import Profiles
from kg.ask.question import Complement, Phrase, Question
from kg.ask.resolving import Meant
from kg.ask.stems import stems
from kg.ask.words import words
from kg.model import Node, Statement

_Near = Callable[[Statement], frozenset[str]]


class Naming:
    """What stands in the articles of a graph, as stems."""

    def __init__(self, contexts: Contexts, profiles: Profiles) -> None:
        self._contexts, self._profiles = contexts, profiles

    def met(
        self, question: Question, given: dict[str, Meant], found: Iterable[Found],
        settled: Container[int] = (),
    ) -> tuple[Found, ...]:  # fmt: skip
        """The answers in whose statements and articles each name of the question stands, a place of the
        deed in its sentence or at the head of its article; ``given``: what plain names stand for;
        ``settled``: what was looked up by itself. Of what is counted the words before its noun must be
        told, too."""
        names = [name for name in question.names if name.ref not in settled]
        places = {c.phrase.ref for c in question.clauses[0].complements if _is_place(c)}
        told = _modifiers(question.asked) if question.asks == "count" else frozenset()
        return tuple(
            one
            for one in found
            if all(
                self._is_met(
                    name,
                    given,
                    (*one.statements, *one.against),
                    self._beside if name.ref in places else self._around,
                )
                for name in names
            )
            and (not told or any(told <= self._near(one, s) for s in one.statements))
        )

    def _is_met(
        self, name: Phrase, given: dict[str, Meant], statements: tuple[Statement, ...], near: _Near
    ) -> bool:
        meant = [given[term] for term in name.terms if term in given]
        rest = frozenset(stems(" ".join(term for term in name.terms if term not in given)))
        own = (
            rest <= frozenset[str]().union(*self._named(s)) for s in statements
        )  # no text is read
        return (any(own) or any(rest <= near(s) for s in statements)) and all(
            self._is_there(one, statements, near) for one in meant
        )

    def _is_there(self, meant: Meant, statements: tuple[Statement, ...], near: _Near) -> bool:
        if any(iri in meant.iris for s in statements for iri in _things(s)):
            return True
        wanted = [self._profiles.named(iri) for iri in meant.iris]
        return any(one <= near(s) for s in statements for one in wanted)

    def _near(self, found: Found, statement: Statement) -> frozenset[str]:
        """The stems of its sentences, and of what is told of the answer."""
        told = self._profiles.words(found.iri) if found.iri else frozenset()
        return frozenset(stems(found.label)).union(told, self._contexts.sentence(statement))

    def _around(self, statement: Statement) -> frozenset[str]:
        """The stems of its articles, and of the names of what it is about."""
        return self._contexts.article(statement).union(*self._named(statement))

    def _beside(self, statement: Statement) -> frozenset[str]:
        """The stems of its sentences, of the heads of its articles, and of the names of what it is about."""
        sentence, head = self._contexts.sentence(statement), self._contexts.head(statement)
        return sentence.union(head, *self._named(statement))

    def _named(self, statement: Statement) -> Iterator[frozenset[str]]:
        return (self._profiles.named(iri) for iri in _things(statement))


def _is_place(c: Complement) -> bool:
    """Whether it names a place where something was done."""
    return c.phrase.proper and c.marks[0] in words("roles", "marks_place")


def _modifiers(asked: Phrase | None) -> frozenset[str]:
    """The stems of the words before the noun that is asked for: "merchant" of "how many *merchant*
    ships"."""
    if asked is None or not asked.head or asked.head in words("asked", "kinds"):
        return frozenset()
    before = asked.lemmas[: asked.lemmas.index(asked.head)] if asked.head in asked.lemmas else ()
    return frozenset(stems(" ".join(w for w in before if w not in words("numbers", "plainly"))))


def _things(statement: Statement) -> list[str]:
    nodes = (statement.subject, statement.object, statement.attributed_to)
    found = [node.id for node in nodes if isinstance(node, Node)]
    return [*found, *(a.entity for a in statement.arguments if a.entity is not None)]
