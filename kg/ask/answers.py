"""What a question is answered with: how it was understood, the answers, and the statements behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.model import Statement

#: Of a yes-no question: the graph says so, says that it is not so, somebody says so, or nothing is told.
Verdict = Literal["yes", "no", "claimed", "silent"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a question: ``told`` in a plain line ("who sued Midjourney"), ``sparql``
    as the query that `kg.Graph.query` takes."""

    told: str
    sparql: str


@dataclass(frozen=True, slots=True)
class Found:
    """One answer. ``label`` is what a reader wants to see (a name, a date, a number, words that were
    said), ``iri`` the thing's where it is one. ``statements`` say it, the surest first, with status,
    who says so, and passages; ``against`` say that it is not so ("denied by")."""

    label: str
    iri: str | None = None
    statements: tuple[Statement, ...] = ()
    against: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a question.

    ``reading`` is how it was understood, None where it was not; ``others`` are further readings that
    would give something else, the likeliest first. ``answers`` are in an order of their own: facts
    before claims, more sources before fewer. ``verdict`` is set for a question of yes or no.
    ``why`` tells, where there is no answer, whether the question was not understood or the graph
    does not know; ``nearest`` is what it knows that comes nearest.
    """

    question: str
    reading: Reading | None = None
    answers: tuple[Found, ...] = ()
    verdict: Verdict | None = None
    others: tuple[Reading, ...] = ()
    why: str = ""
    nearest: tuple[Statement, ...] = ()
