"""A question as a pattern: who does what to whom, and which end is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: What is wanted of the open end.
Asks = Literal["thing", "time", "place", "count", "amount", "age", "truth"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A participant as the question words it.

    ``text`` is without article, ``terms`` its words and ``lemmas`` theirs, ``head`` the lemma of the
    word that says what it is. ``ref`` tells one participant from another: the place of its head.
    ``of`` is Y, ``by`` the word before it and ``post`` the words before that in "the mayor of Y",
    "Y's mayor"; ``clauses`` are
    relative clauses, in which ``ref`` stands for it. ``asked``: the question asks for it, of the
    kind ``head`` where it has one. ``some``: any of them ("a firm"); ``also``: those that "and"
    joins to it. ``value`` is what a date or number means (ISO 8601, EDTF).
    """

    ref: int
    text: str
    terms: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    head: str = ""
    asked: bool = False
    of: Phrase | None = None
    post: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    proper: bool = False
    plural: bool = False
    some: bool = False
    also: tuple[Phrase, ...] = ()
    value: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Complement:
    """A further participant: the words that mark it ("with", "in"; several where one will do)."""

    marks: tuple[str, ...]
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb and its participants. ``verb`` is its lemma with particles ("take over"), ``form`` the
    word as it stands; ``passive``: ``subject`` is who it is done to. ``is_``: "be", of which
    ``object`` tells what or who the subject is. ``content`` are the words of what somebody said;
    ``negated`` and ``planned`` tell what the question takes for granted."""

    verb: str
    form: str
    subject: Phrase | None = None
    object: Phrase | None = None
    agent: Phrase | None = None
    complements: tuple[Complement, ...] = ()
    passive: bool = False
    is_: bool = False
    negated: bool = False
    planned: bool = False
    content: tuple[str, ...] = ()

    @property
    def ends(self) -> tuple[Phrase, ...]:
        """All its participants: who, to whom, by whom, and the complements."""
        ends = (self.subject, self.object, self.agent, *(c.phrase for c in self.complements))
        return tuple(end for end in ends if end is not None)


@dataclass(frozen=True, slots=True)
class Question:
    """``clauses`` hold together, in an order of their own: the first is the main one. ``asked`` is
    the open end, None for yes or no; ``source`` is Y of "according to Y"; ``most``: who does it
    most often. ``aside`` are further clauses ("when the ship sank"), of which only the words are read;
    ``past``: what is asked for is over ("the *former* mayor"); ``names`` are all its names, each by the place of its head;
    ``statuses``: what alone is asked for ("what post was she *offered*": what is planned)."""

    text: str
    asks: Asks
    clauses: tuple[Clause, ...]
    asked: Phrase | None = None
    source: Phrase | None = None
    most: bool = False
    aside: tuple[Phrase, ...] = ()
    statuses: tuple[str, ...] = ()
    names: tuple[Phrase, ...] = ()
    past: bool = False


class NotUnderstood(Exception):
    """What of a question is not understood, in words for whoever asked."""
