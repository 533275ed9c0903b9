"""Statements that answer a question by the words they were read from, where no relation says it.

The strict query asks for a relation in the question's own words, or near ones. Here a statement fits
whose deed may be what the question means, whose ends are who did it and to whom it was done, and whose
sentence has all other words of the question. Nothing fits with one of them missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Final

from kg.ask.asked_kinds import Kinds
from kg.ask.contexts import Contexts
from kg.ask.deeds import FAR, NEAR, Deed, Deeds, asks_who, deeds, is_without_doer
from kg.ask.fitting import Fitting
from kg.ask.names import Names
from kg.ask.partial import accused_of
from kg.ask.passages import Passages
from kg.ask.profiles import Profiles
from kg.ask.question import Clause, Phrase, Question
from kg.ask.quoted import Asked, asked_about, scored
from kg.ask.relations import Meaning, Relations
from kg.ask.resolving import Meant
from kg.ask.slots import Answer, filled, of_end
from kg.ask.stems import stem, stems
from kg.graph.reading import Reading
from kg.graph.store import GraphStore
from kg.graph.vocab import KG, RDF, SAID, term
from kg.model import Statement

#: Statements that one question looks at.
_MOST: Final = 300
#: Statements that touch one thing and are counted.
_TOUCHING: Final = 1_500
#: With more, only those of a relation that the deed may mean are read.
_WORDED: Final = 60
#: Statements that are kept: each way to put a question looks at the same ones.
_KEPT: Final = 1_000
#: Whether something is so.
_TRUTH: Final = Question("", "truth", ())
_PLACES: Final = ("subject", "object")


@dataclass(frozen=True, slots=True)
class Fit:
    """A statement that fits, how well (the less the better), and what fills the open end."""

    statement: Statement
    level: int
    answers: tuple[Answer, ...] = ()


@dataclass
class Evidence:
    """What looks for evidence in one graph."""

    graph: GraphStore
    names: Names
    reader: Reading
    deeds: Deeds
    fitting: Fitting

    def __post_init__(self) -> None:
        self.read = lru_cache(maxsize=_KEPT)(self.reader.statement)

    @classmethod
    def of(cls, graph: GraphStore, names: Names, relations: Relations, reader: Reading) -> Evidence:
        """That of a graph."""
        contexts, profiles = Contexts(Passages(graph)), Profiles(graph, names, reader)
        kinds = Kinds(names, profiles, contexts)
        fitting = Fitting(names, profiles, contexts, kinds)
        found = cls(graph, names, reader, Deeds(relations), fitting)
        found.fitting.holds = found.holds
        return found

    def fits(self, question: Question, given: dict[str, Meant]) -> tuple[Fit, ...]:
        """The statements that fit best; none where nothing does. ``given``: what plain names stand
        for."""
        clause = question.clauses[0]
        if len(question.clauses) > 1 or question.most or not _is_deed(clause):
            return ()
        self.fitting.begin(given)
        if (about := asked_about(clause)) is not None:
            return self._said(about)
        found: list[Fit] = []
        for deed in deeds(clause):
            found += self._of(deed, question, clause.planned)
        best = min((fit.level for fit in found), default=0)
        unique = {fit.statement.id: fit for fit in reversed(found) if fit.level == best}
        return tuple(unique[iri] for iri in sorted(unique))

    def _said(self, asked: Asked) -> tuple[Fit, ...]:
        """The quotations that are most about what is asked."""
        scores: dict[str, tuple[float, float, float]] = {}
        for iri in sorted(
            set(islice(self.touching(self.fitting.touched(asked.speaker)), _TOUCHING))
        )[:_MOST]:
            if self.reader.relation(iri).id != f"{KG}said":
                continue
            statement = self.read(iri)
            if statement.status != "asserted":
                continue
            score = scored(
                asked, statement, self.fitting, self.fitting.contexts, self.fitting.profiles
            )
            if score is not None:
                scores[iri] = score
        best = max(scores.values(), default=None)
        made = (self.read(iri) for iri, score in scores.items() if score == best)
        return tuple(Fit(one, 0, of_end(one.object)) for one in made)

    def holds(self, clause: Clause, ref: int, iri: str) -> bool:
        """Whether a clause is told, as a fact, of a thing that one of its phrases stands for."""
        if not _is_deed(clause):
            return False
        before = dict(self.fitting.bound)
        self.fitting.bound[ref] = iri
        try:
            return any(
                fit.statement.status == "asserted"
                for deed in deeds(clause)
                for fit in self._of(deed, _TRUTH, clause.planned)
            )
        finally:
            self.fitting.bound = before

    def _of(self, deed: Deed, question: Question, planned: bool) -> Iterator[Fit]:
        meanings = self.deeds.meanings(deed)
        most = FAR if _is_held(deed) else NEAR
        by_iri: dict[str, list[tuple[Meaning, int]]] = {}
        for meaning, level in meanings.items():
            by_iri.setdefault(meaning.iri, []).append((meaning, level))
        candidates = self._candidates(deed, by_iri)
        for iri in candidates:
            if len(candidates) > _WORDED and self.reader.relation(iri).id not in by_iri:
                continue
            statement = self.read(iri)
            if not _is_told(statement, question, planned):
                continue
            ways = by_iri.get(statement.predicate.id, []) or _worded(deed, statement)
            for meaning, level in ways:
                fit = self._fit(deed, question, statement, meaning.turned)
                if fit is not None and level + fit.level <= most:
                    yield replace(fit, level=level + fit.level)
                    break

    def _fit(
        self, deed: Deed, question: Question, statement: Statement, turned: bool
    ) -> Fit | None:
        """The statement with what fills the open end; None where it is of something else."""
        fitting = self.fitting
        if not fitting.source(statement, question.source):
            return None
        ends = (statement.subject, statement.object)
        first, second = ends[::-1] if turned else ends
        if turned and asks_who(deed.first) and is_without_doer(statement):
            return None
        level = fitting.end(first, deed.first, statement)
        level += fitting.end(second, deed.second, statement) if level <= FAR else 0
        level += sum(fitting.beside(c, statement) for c in deed.rest) if level <= FAR else 0
        aside = accused_of(question)
        if level > FAR or not fitting.worded((*deed.words, *aside), statement):
            return None
        if question.asked is None:
            return Fit(statement, level)
        told = {iri for phrase in deed.ends for iri in fitting.things(phrase)}
        made = filled(question, deed, statement, first, second, fitting)
        answers = tuple(one for one in made if one.iri not in told)
        return Fit(statement, level, answers) if answers else None

    # --- candidates ------------------------------------------------------------------------------

    def _candidates(self, deed: Deed, meanings: dict[str, list[tuple[Meaning, int]]]) -> list[str]:
        """The statements worth a look: those that touch what the question names."""
        sets: list[tuple[Phrase, set[str]]] = []
        for phrase in deed.ends:
            things = self.fitting.touched(phrase)
            if not things and phrase.proper and phrase in (deed.first, deed.second):
                return []  # a name that the graph does not have
            if things:
                touching = set(islice(self.touching(things), _TOUCHING))
                if len(touching) < _TOUCHING:  # else it tells nothing apart
                    sets.append((phrase, touching))
        told = [found for phrase, found in sets if phrase in (deed.first, deed.second)]
        if told:
            return sorted(set.intersection(*told))[:_MOST]
        if sets:
            return sorted(sorted(sets, key=lambda one: len(one[1]))[0][1])[:_MOST]
        return sorted(set(islice(self._told_as(meanings), _MOST)))

    def touching(self, things: Iterable[str]) -> Iterator[str]:
        """The statements, and not the events, that have one of the things as an end or argument."""
        store, own = self.graph.store, f"{self.graph.base}statement/"
        for iri in things:
            for place in _PLACES:
                quads = store.quads_for_pattern(None, term(f"{RDF}{place}"), term(iri), SAID)
                yield from (quad.subject.value for quad in islice(quads, _TOUCHING))  # type: ignore[union-attr]
            for quad in islice(
                store.quads_for_pattern(None, term(f"{KG}entity"), term(iri), SAID), _TOUCHING
            ):
                holders = store.quads_for_pattern(None, term(f"{KG}argument"), quad.subject, SAID)
                yield from (iri for one in holders if (iri := one.subject.value).startswith(own))  # type: ignore[union-attr]

    def _told_as(self, meanings: dict[str, list[tuple[Meaning, int]]]) -> Iterator[str]:
        for iri, ways in meanings.items():
            if min(level for _, level in ways) <= NEAR:
                quads = self.graph.store.quads_for_pattern(
                    None, term(f"{RDF}predicate"), term(iri), SAID
                )
                yield from (quad.subject.value for quad in islice(quads, _MOST))  # type: ignore[union-attr]


def _is_deed(clause: Clause) -> bool:
    """Whether it tells what somebody does or where something is, and not what it is or what was said."""
    if clause.content or clause.negated:
        return False
    return not clause.is_ or (clause.object is None and bool(clause.complements))


def _is_held(deed: Deed) -> bool:
    """Whether two participants or more tell which statement is meant, so that words may be far."""
    return sum(not phrase.asked for phrase in deed.ends) > 1


def _is_told(statement: Statement, question: Question, planned: bool) -> bool:
    """Whether a statement of this status may answer: a plan answers what is planned, and a question
    of yes or no where somebody tells it."""
    if statement.status == "planned":
        told = question.asks == "truth" and statement.attributed_to is not None
        return planned or told
    return statement.status != "hypothetical"


def _worded(deed: Deed, statement: Statement) -> list[tuple[Meaning, int]]:
    """The deed stands in the passage for the relation: "beating"."""
    verb = {stem(word) for word in deed.verb.split()}
    if any(verb <= set(stems(place.predicate_text)) for place in statement.evidence):
        return [(Meaning(statement.predicate.id), FAR)]
    return []


def statements_query(fits: Iterable[Fit]) -> str:
    """The statements as a query: words chose them, which no query says."""
    among = " ".join(f"<{fit.statement.id}>" for fit in fits)
    return (
        f"SELECT ?statement ?subject ?predicate ?object WHERE {{\n  VALUES ?statement {{ {among} }}\n"
        "  ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .\n}"
    )
