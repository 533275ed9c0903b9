"""A question to its answer: read, resolve, query, read the statements, put them in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.ask.answers import Answered, Found, Reading, Verdict
from kg.ask.names import Names
from kg.ask.question import Clause, NotUnderstood, Phrase, Question, read
from kg.ask.relations import Relations
from kg.ask.resolving import Meant, kinds, meant
from kg.ask.sparql import Known, Query
from kg.ask.tellings import Telling, being, tellings
from kg.ask.told import told
from kg.ask.words import words
from kg.graph.reading import Reading as Reader
from kg.graph.store import GraphStore
from kg.graph.vocab import prefixes
from kg.model import Literal, Node, Quotation, Statement

if TYPE_CHECKING:
    from spacy.language import Language

#: Characters of a question; what is longer is no question.
LONGEST: Final = 400
#: Ways to understand the names of one question that are tried.
_READINGS: Final = 6
_NEAREST: Final = 5
_PLAIN: Final = ("asserted", "claimed", "possible")
_PLANNED: Final = ("planned", *_PLAIN)
_RANK: Final = {"asserted": 0, "claimed": 1, "planned": 2, "possible": 3, "hypothetical": 4}


class Unknown(NotUnderstood):
    """A name that the graph does not have."""


@dataclass(slots=True)
class Asker:
    """What answers the questions of one graph: its names and relations, read once, and the pipeline
    that reads questions."""

    graph: GraphStore
    nlp: Language
    names: Names
    relations: Relations
    reader: Reader

    @classmethod
    def of(cls, graph: GraphStore, nlp: Language) -> Asker:
        """The asker of a graph."""
        return cls(
            graph, nlp, Names.of(graph), Relations.of(graph), Reader(graph.store, graph.base)
        )

    def ask(self, question: str) -> Answered:
        """What the graph knows of a question; see `kg.ask.answers.Answered`."""
        text = " ".join(question.split())
        if not text or len(text) > LONGEST:
            return Answered(question, why=f"A question has 1 to {LONGEST} characters.")
        try:
            asked = read(self.nlp(text if text.endswith("?") else f"{text}?"))
            return self._answered(asked)
        except Unknown as error:
            return Answered(question, why=str(error))
        except NotUnderstood as error:
            return Answered(question, why=f"Not understood. {error}")

    def _answered(self, question: Question) -> Answered:
        readings = list(islice(self._readings(question), _READINGS))
        tried = [self._tried(question, one) for one in readings]
        good = [one for one in tried if one.answers or one.verdict not in (None, "silent")]
        first = (good or tried)[0]
        others = tuple(one.reading for one in good[1:] if one.reading is not None)
        return replace(first, others=others)

    # --- readings --------------------------------------------------------------------------------

    def _readings(self, question: Question) -> Iterator[dict[int, Known]]:
        """What each phrase means, in each way to understand the names."""
        fixed: dict[int, Known] = {}
        open_: dict[int, tuple[Meant, ...]] = {}
        for phrase, needed in _phrases(question):
            if phrase.ref in fixed or phrase.ref in open_:
                continue
            self._settle(phrase, needed, fixed, open_)
        refs = list(open_)
        for choice in product(*open_.values()):
            yield fixed | {ref: Known(one.iris) for ref, one in zip(refs, choice, strict=True)}

    def _settle(
        self,
        phrase: Phrase,
        needed: bool,
        fixed: dict[int, Known],
        open_: dict[int, tuple[Meant, ...]],
    ) -> None:
        if phrase.asked or _anything(phrase):
            fixed[phrase.ref] = _kind(phrase)
            return
        if phrase.head in words("names", "pronouns"):
            raise NotUnderstood(f"“{phrase.text}” does not say whom or what it means.")
        if phrase.clauses and not self.names.called(phrase.text):
            fixed[phrase.ref] = _kind(phrase)
            return
        found = meant(phrase, self.names)
        if found:
            open_[phrase.ref] = found
        elif phrase.of is not None and not phrase.proper:
            fixed[phrase.ref] = Known(described=True)
        elif phrase.value or not needed:
            fixed[phrase.ref] = Known(lost=True)
        else:
            raise Unknown(f"The graph has nothing called “{phrase.text}”.")

    def _tried(self, question: Question, known: dict[int, Known]) -> Answered:
        clauses = list(_all_clauses(question))
        asked = question.asked.ref if question.asked is not None else None
        planned = any(clause.planned for clause in clauses)
        query = Query(known, asked, _PLANNED if planned else _PLAIN)
        for clause in clauses:
            ways = tellings(clause, self.relations)
            if not ways:
                raise NotUnderstood(f"The graph has no relation for “{_verb(clause)}”.")
            query.add(ways)
        for phrase, _ in _phrases(question):
            if known.get(phrase.ref, Known()).described:
                query.add(being(phrase, phrase))
        reading = Reading(told(question, known, self.names, self.relations), query.text())
        rows = self._rows(reading.sparql)
        if question.asks == "truth":
            return self._truth(question, query, reading, rows)
        answers = self._found(question, rows)
        why = "" if answers else "The graph does not know."
        return Answered(question.text, reading, answers, why=why)

    # --- answers ---------------------------------------------------------------------------------

    def _rows(self, sparql: str) -> list[tuple[Any, list[str]]]:
        found: Any = self.graph.store.query(sparql, prefixes=dict(prefixes(self.graph.base)))
        names = [v.value for v in found.variables]
        rows = []
        for row in found:
            answer = row["answer"] if "answer" in names else None
            made = [row[n].value for n in names if n.startswith("statement") and row[n] is not None]
            rows.append((answer, made))
        return rows

    def _found(self, question: Question, rows: list[tuple[Any, list[str]]]) -> tuple[Found, ...]:
        grouped: dict[tuple[str, str], set[str]] = {}
        for answer, made in rows:
            if answer is None:
                continue
            key = ("iri" if isinstance(answer, ox.NamedNode) else "text", answer.value)
            grouped.setdefault(key, set()).update(made)
        found = []
        for (kind, value), iris in grouped.items():
            statements = self._statements(iris)
            label = self._label(kind, value, statements)
            iri = value if kind == "iri" and "/entity/" in value else None
            found.append(Found(label, iri, statements))
        found.sort(key=_order)
        if question.asks == "count":
            return _counted(question, found)
        return tuple(found)

    def _label(self, kind: str, value: str, statements: tuple[Statement, ...]) -> str:
        if kind == "iri":
            if value in self.names.label:
                return self.names.label[value]
            for s in statements:
                if isinstance(s.object, Quotation) and s.object.id == value:
                    return s.object.text
            return value
        for s in statements:
            if isinstance(s.object, Literal) and s.object.value == value:
                return _valued(s.object.label, s.object.value)
            for a in s.arguments:
                if a.label == value:
                    return _valued(value, a.value or "")
        return value

    def _statements(self, iris: set[str]) -> tuple[Statement, ...]:
        found = [self.reader.statement(iri) for iri in sorted(iris)]
        return tuple(sorted(found, key=_surest))

    def _truth(
        self, question: Question, query: Query, reading: Reading, rows: list[tuple[Any, list[str]]]
    ) -> Answered:
        statements = self._statements({iri for _, made in rows for iri in made})
        denying = self._denying(query)
        sure = [s for s in statements if s.status == "asserted"]
        verdict: Verdict = "silent"
        label = ""
        if sure:
            verdict, label = "yes", "yes"
        elif denying:
            verdict, label = "no", "no"
        elif statements:
            verdict = "claimed"
            who = statements[0].attributed_to
            label = f"{statements[0].status}" + (f", says {who.label}" if who else "")
        answers = (
            ()
            if verdict == "silent"
            else (Found(label, None, statements or denying, denying if statements else ()),)
        )
        why = "" if answers else "The graph says nothing of it."
        return Answered(question.text, reading, answers, verdict, why=why)

    def _denying(self, query: Query) -> tuple[Statement, ...]:
        turned = query.text().replace(
            ", ".join(f"kg:{s.capitalize()}" for s in query.statuses), "kg:Denied"
        )
        return self._statements({iri for _, made in self._rows(turned) for iri in made})


def _phrases(question: Question) -> Iterator[tuple[Phrase, bool]]:
    """All phrases, and whether the question hangs on each."""
    for clause in question.clauses:
        yield from _of_clause(clause)


def _of_clause(clause: Clause) -> Iterator[tuple[Phrase, bool]]:
    ends = [clause.subject, clause.object, clause.agent]
    is_ = clause.is_
    for end in ends:
        if end is not None:
            predicate = is_ and (
                end is clause.object
                or (clause.object is not None and clause.object.asked and _is_post(end))
            )
            yield from _inside(end, own=not predicate)
    for complement in clause.complements:
        for phrase, _ in _inside(complement.phrase, own=True):
            yield phrase, False


def _is_post(phrase: Phrase) -> bool:
    return not phrase.proper or phrase.of is not None


def _inside(phrase: Phrase, *, own: bool) -> Iterator[tuple[Phrase, bool]]:
    if own:
        yield phrase, True
    if phrase.of is not None:
        yield from _inside(phrase.of, own=True)
    for clause in phrase.clauses:
        for inner, needed in _of_clause(clause):
            if inner.ref != phrase.ref:
                yield inner, needed


def _all_clauses(question: Question) -> Iterator[Clause]:
    for clause in question.clauses:
        yield clause
    for clause in question.clauses:
        yield from _relative(clause)


def _relative(clause: Clause) -> Iterator[Clause]:
    for end in (
        clause.subject,
        clause.object,
        clause.agent,
        *(c.phrase for c in clause.complements),
    ):
        if end is not None:
            for inner in end.clauses:
                yield inner
                yield from _relative(inner)


def _anything(phrase: Phrase) -> bool:
    return phrase.head in words("names", "anything") and phrase.of is None


def _kind(phrase: Phrase) -> Known:
    noun = phrase.head
    if not noun or noun in words("asked", "kinds") or noun in words("names", "anything"):
        return Known()
    classes = kinds(noun)
    return Known(classes=classes) if classes else Known(noun=noun)


def _verb(clause: Clause) -> str:
    return clause.verb if clause.verb != "be" else "is"


def _valued(label: str, value: str) -> str:
    return (
        f"{label} ({value})"
        if value and value not in label and value[:1].isdigit() and "-" in value
        else label
    )


def _surest(s: Statement) -> tuple[object, ...]:
    return (_RANK.get(s.status, 9), -s.source_count, -s.salience, s.id)


def _order(found: Found) -> tuple[object, ...]:
    best = found.statements[0] if found.statements else None
    rank = _RANK.get(best.status, 9) if best else 9
    return (
        rank,
        -max((s.source_count for s in found.statements), default=0),
        -len(found.statements),
        found.label,
    )


def _counted(question: Question, found: list[Found]) -> tuple[Found, ...]:
    if not found:
        return ()
    told_ = [one for one in found if _has_number(one)]
    if told_:
        return tuple(told_)
    statements = tuple(dict.fromkeys(s for one in found for s in one.statements))
    return (Found(f"{len(found)} ({', '.join(one.label for one in found)})", None, statements),)


def _has_number(found: Found) -> bool:
    return any(c.isdigit() for c in found.label) or bool(
        set(found.label.casefold().split()) & words("numbers", "words")
    )


def _node_id(value: object) -> str:
    return value.id if isinstance(value, Node) else ""
