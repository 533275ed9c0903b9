"""A question to its answer: read, resolve, query, read the statements, put them in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from kg.ask.answers import Answered, Found, Reading, Verdict
from kg.ask.choosing import Chooser, Unknown, inside
from kg.ask.described import Described
from kg.ask.evidence import Evidence, Fit, statements_query
from kg.ask.likely import Likely
from kg.ask.masking import masked
from kg.ask.mentions import asks_for_mentions, mentions, mentions_query, most_told
from kg.ask.names import Names
from kg.ask.naming import Naming
from kg.ask.nearest import nearest, nearest_to
from kg.ask.partial import holds, lesser, told_aside
from kg.ask.question import Clause, NotUnderstood, Phrase, Question
from kg.ask.quoted import asked_about, most_about
from kg.ask.reading import read
from kg.ask.relations import Relations
from kg.ask.resolving import Meant
from kg.ask.sayings import Sayings
from kg.ask.slots import part
from kg.ask.sparql import Index, Known, Query
from kg.ask.statuses import asked_status, status_query
from kg.ask.stems import stems
from kg.ask.tellings import beyond, tellings
from kg.ask.texts import Texts
from kg.ask.told import told, told_words
from kg.ask.weights import weighed
from kg.ask.wording import plainly
from kg.ask.words import words
from kg.graph.reading import Reading as Reader
from kg.graph.store import GraphStore
from kg.graph.vocab import KG, SCHEMA, prefixes
from kg.model import Literal, Node, Quotation, Statement

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Characters of a question; what is longer is no question.
LONGEST: Final = 400
#: Ways to understand the names of one question that are tried.
_READINGS: Final = 6
#: The share of the words of what was said that may be missing.
_MISSING: Final = 0.4
_PLAIN: Final = ("asserted", "claimed", "possible")
_PLANNED: Final = ("planned", *_PLAIN)
_RANK: Final = {"asserted": 0, "claimed": 1, "planned": 2, "possible": 3, "hypothetical": 4}

_NOW: Final = re.compile(r"^(?:who|what|which \w+)(?: is| are|['’]s)\b", re.I)
_SINCE: Final = re.compile(r"^(since|until) when\b", re.I)


_ANSWER: Final = ox.Variable("answer")
#: An answer of a query, None for yes or no, and the statements that say it.
Row = tuple[Any, list[str]]


@dataclass(frozen=True, slots=True, eq=False)
class _Parsed:
    """A text that was parsed and read in some ways, or why it was not; ``given``: what plain names in it
    stand for."""

    doc: Doc
    given: dict[str, Meant]
    ways: tuple[Question, ...]
    problem: str = ""


@dataclass(slots=True)
class Asker:
    """What answers the questions of one graph: its names and relations, read once, and the pipeline
    that reads questions. ``_asked``: the queries of the question at hand, each with its rows."""

    graph: GraphStore
    nlp: Language
    names: Names
    relations: Relations
    reader: Reader
    evidence: Evidence
    likely: Likely
    sayings: Sayings
    naming: Naming
    index: Index
    _asked: dict[str, list[Row]] = field(default_factory=dict)

    @classmethod
    def of(cls, graph: GraphStore, nlp: Language) -> Asker:
        """The asker of a graph."""
        names, relations = Names.of(graph), Relations.of(graph)
        reader = Reader(graph.store, graph.base)
        evidence = Evidence.of(graph, names, relations, reader)
        likely = Likely.of(graph, evidence)
        sayings = Sayings(likely.candidates, evidence.fitting)
        naming = Naming(evidence.fitting.contexts, evidence.fitting.profiles)
        said, told_ = Texts(graph, f"{SCHEMA}text"), Texts(graph, f"{KG}predicateText")
        kinds = Described(graph, names)
        index = Index(names.called, lambda: names.countries, said, told_, kinds.told_as, kinds.many)
        return cls(graph, nlp, names, relations, reader, evidence, likely, sayings, naming, index)

    def ask(self, question: str) -> Answered:
        """What the graph knows of a question; see `kg.ask.answers.Answered`."""
        text = " ".join(question.split())
        if not text or len(text) > LONGEST:
            return Answered(question, why=f"A question has 1 to {LONGEST} characters.")
        self._asked.clear()
        text = plainly(_SINCE.sub("When", text))
        plain = self._parsed(question, text, {})
        first = self._read(question, plain)
        if _has_answer(first):
            return first
        plainer, given = masked(text, self.names)
        other = self._parsed(question, plainer, given) if given else plain
        for less in (False, True):
            found = self._read(question, other, less=less) if given or less else first
            if _has_answer(found):
                return found
        for parsed in dict.fromkeys((plain, other)):
            likely = self._likely(question, parsed)
            if _has_answer(likely):
                return likely
        return first

    def _parsed(self, question: str, text: str, given: dict[str, Meant]) -> _Parsed:
        """A text, read once for all that is tried with it."""
        doc = self.nlp(f"{text.rstrip(' ?!.')}?")
        try:
            return _Parsed(doc, given, read(doc, stated=question.rstrip().endswith("?")))
        except NotUnderstood as error:
            return _Parsed(doc, given, (), f"Not understood. {error}")

    def _likely(self, question: str, parsed: _Parsed) -> Answered:
        """The answer of what is most likely meant."""
        asked = weighed(parsed.doc, parsed.given)
        described = partial(self._described, parsed.given)
        for way in parsed.ways:
            self.evidence.fitting.begin(parsed.given)
            found = self._by_evidence(way, self.likely.fits(way, asked), Answered(question))
            if _has_answer(found):
                return replace(found, question=question)
        for way in parsed.ways:
            self.evidence.fitting.begin(parsed.given)
            fits = self.sayings.fits(way, asked, described)
            found = self._by_evidence(way, fits, Answered(question))
            found = self._named(way, parsed.given, found, set())
            if _has_answer(found):
                return replace(found, question=question)
        return Answered(question)

    def _described(self, given: dict[str, Meant], phrase: Phrase) -> frozenset[str]:
        """The things that a phrase may be, by name or by what is told of them."""
        chooser = Chooser(self.names, self.relations, self._rows, self.index, masked=given)
        try:
            return chooser.things(phrase)
        except NotUnderstood:
            return frozenset()

    def _read(self, question: str, parsed: _Parsed, *, less: bool = False) -> Answered:
        """The answer to a text in which some words stand for things, in the first way to put it
        that has one; ``less``: some of its words may be left aside."""
        first: Answered | None = None
        given = parsed.given
        for way in parsed.ways:
            found = replace(self._way(way, given, less=less), question=question)
            if not _has_answer(found) and not less:
                made = self._by_evidence(way, self.evidence.fits(way, given), found)
                made = self._named(way, given, made, _described(way))
                found = made if _has_answer(made) else found
            if _has_answer(found):
                return found
            first = first or found
        return first or Answered(question, why=parsed.problem)

    def _way(self, question: Question, given: dict[str, Meant], *, less: bool) -> Answered:
        try:
            return self._answered(question, given, less=less)
        except Unknown as error:
            return Answered(question.text, why=str(error))
        except NotUnderstood as error:
            return Answered(question.text, why=f"Not understood. {error}")

    def _by_evidence(self, asked: Question, fits: tuple[Fit, ...], found: Answered) -> Answered:
        """The answer of statements whose words say it; ``found`` where there are none."""
        if not fits:
            return found
        reading = Reading(told_words(asked), statements_query(fits))
        if asked.asks == "truth":
            return replace(found, reading=reading, why="", nearest=(), **_verdict(fits))
        grouped: dict[tuple[str, str, str], list[Statement]] = {}
        against: dict[tuple[str, str, str], list[Statement]] = {}
        for fit in fits:
            into = against if fit.statement.status == "denied" else grouped
            for one in fit.answers:
                into.setdefault((one.label, one.value, one.iri), []).append(fit.statement)
        answers = [
            Found(
                self._evident(label, value, iri), iri if "/entity/" in iri else None,
                tuple(sorted(made, key=_surest)), tuple(against.get((label, value, iri), ())),
            )
            for (label, value, iri), made in grouped.items()
        ]  # fmt: skip
        if not answers:
            return found
        answers.sort(key=_order)
        counted = _counted(asked, answers) if asked.asks == "count" else tuple(answers)
        return replace(found, reading=reading, answers=counted, why="", nearest=())

    def _evident(self, label: str, value: str, iri: str) -> str:
        return self.names.label.get(iri, label) if iri else _valued(label, value)

    def _answered(self, question: Question, given: dict[str, Meant], *, less: bool) -> Answered:
        chooser = Chooser(
            self.names,
            self.relations,
            self._rows,
            self.index,
            masked=given,
            truth=question.asks == "truth",
        )
        readings = list(islice(chooser.readings(question), _READINGS))
        if less:
            tried = [found for one in readings for found in self._with_less(question, one)]
        else:
            tried = [self._tried(question, one) for one in readings]
        tried = [self._named(question, given, one, chooser.settled) for one in tried]
        if not tried:
            raise NotUnderstood("")
        good = [one for one in tried if _has_answer(one)]
        first = (good or tried)[0]
        others = [one for one in good[1:] if _differ(one, first)]
        unlike = dict.fromkeys(one.reading for one in others if one.reading is not None)
        return replace(first, others=tuple(unlike))

    def _tried(self, question: Question, known: dict[int, Known]) -> Answered:
        """The answer in one way to understand the names."""
        if statuses := asked_status(question):
            return self._of_status(question, known, statuses)
        if asks_for_mentions(question):
            return self._mentioned(question, known)
        query, rows, relations = self._searched(question, known)
        reading = Reading(
            told(question, known, self.names, relations, self._predicates(rows)), query.text()
        )
        if question.asks == "truth":
            return self._truth(question, query, reading, rows)
        answers = self._found(question, rows, self._rows(query.of("denied"))) if rows else ()
        if query.missing and len(answers) > 1 and question.asked is question.clauses[0].subject:
            answers = ()  # several said something like it
        if (about := asked_about(question.clauses[0])) is not None:
            answers = most_about(about, answers)
        if answers:
            return Answered(question.text, reading, answers)
        return Answered(
            question.text, reading, why="The graph does not know.",
            nearest=self._nearest(question, known, relations),
        )  # fmt: skip

    def _named(
        self, question: Question, given: dict[str, Meant], found: Answered, settled: set[int]
    ) -> Answered:
        """What was found, without answers in which a name of the question is not met."""
        if not _has_answer(found):
            return found
        if kept := self.naming.met(question, given, found.answers, settled):
            return replace(found, answers=kept)
        verdict: Verdict | None = "silent" if found.verdict else None
        return replace(found, answers=(), verdict=verdict, why="The graph does not know.")

    def _with_less(self, question: Question, known: dict[int, Known]) -> Iterator[Answered]:
        """The answer without what may be left aside, where it is the only one."""
        for lesser_, gone in lesser(question, known, self.names.named):
            found = self._tried(lesser_, known)
            if kept := holds(found.answers, gone):
                reading = found.reading or Reading("", "")
                told_ = f"{reading.told}; left aside: {told_aside(gone)}"
                yield replace(found, answers=kept, reading=replace(reading, told=told_))

    def _of_status(
        self, question: Question, known: dict[int, Known], statuses: tuple[str, ...]
    ) -> Answered:
        sparql = status_query(question, known, statuses)
        about = ", ".join(sorted({self.names.label[i] for one in known.values() for i in one.iris}))
        reading = Reading(f"what is {' or '.join(statuses)} – {about}", sparql)
        statements = self._statements({iri for _, made in self._rows(sparql) for iri in made})
        answers = tuple(Found(_in_words(s), None, (s,)) for s in statements)
        why = "" if answers else "The graph does not know."
        return Answered(question.text, reading, answers, why=why)

    def _mentioned(self, question: Question, known: dict[int, Known]) -> Answered:
        """What is named most."""
        kind = known.get(question.asked.ref, Known()) if question.asked else Known()
        sparql = mentions_query(kind)
        told_ = f"{question.asked.text if question.asked else 'who'} – named in most statements"
        answers = tuple(
            Found(self.names.label[iri], iri, nearest_to(self.graph, self.reader, iri))
            for iri in mentions(self.graph, sparql, self.names)
        )
        return Answered(question.text, Reading(told_, sparql), answers)

    def _nearest(
        self, question: Question, known: dict[int, Known], relations: Relations
    ) -> tuple[Statement, ...]:
        return nearest(self.graph, self.reader, question.clauses, known, relations)

    def _searched(
        self, question: Question, known: dict[int, Known]
    ) -> tuple[Query, list[Row], Relations]:
        """The query that finds something, the strictest first: the words as they are, then words
        near them, then what lacks a word of what was said."""
        size = max((len(c.content) + len(_about(c)) for c in question.clauses), default=0)
        most, near = int(size * _MISSING), replace(self.relations, near=True)
        ways = [(less, one) for less in range(most + 1) for one in (self.relations, near)]
        first: tuple[Query, list[Row], Relations] | None = None
        problem: NotUnderstood | None = None
        told_ends = (end.ref for clause in question.clauses for end in clause.ends)
        wide = most > 0 or not any(known.get(ref, Known()).iris for ref in told_ends)
        vain = wide and self._is_vain(question, known, ways[-1])
        seen: set[str] = set()
        for missing, relations in ways:
            try:
                query = self._query(question, known, missing, relations)
            except NotUnderstood as error:
                problem = problem or error
                continue
            if vain:
                return query, [], relations
            if query.text() in seen:
                continue
            seen.add(query.text())
            rows = self._rows_of(question, query, (missing, relations))
            if rows or (question.asks == "truth" and self._denying(query)):
                return query, rows, relations
            first = first or (query, rows, relations)
        if first is None:
            raise problem or NotUnderstood("")
        return first

    def _is_vain(
        self, question: Question, known: dict[int, Known], loosest: tuple[int, Relations]
    ) -> bool:
        """Whether even the query that asks for the fewest words finds nothing, so that no other does."""
        try:
            query = self._query(question, known, *loosest)
        except NotUnderstood:
            return False
        denied = question.asks == "truth" and self._rows(query.of("denied"))
        return not denied and not self._rows_of(question, query, loosest)

    def _rows_of(self, question: Question, query: Query, way: tuple[int, Relations]) -> list[Row]:
        """The rows of a query; of "most" those of the answers that have most, which are counted first."""
        most: tuple[str, ...] = ()
        if question.most and len(query.statements) == 1 and query.asked is not None:
            most = most_told(
                self.graph, query, lambda label: not _is_kind(label, question), self.names
            )
        if most:
            query = self._query(question, query.known, *way, among=most)
        return self._rows(query.text())

    def _predicates(self, rows: list[Row]) -> tuple[str, ...]:
        """The relations of what was found, in words."""
        iris = sorted({made[0] for _, made in rows if made})[:50]
        return tuple(dict.fromkeys(r.label for r in map(self.reader.relation, iris)))

    def _query(
        self, question: Question, known: dict[int, Known], missing: int, relations: Relations,
        among: tuple[str, ...] = (),
    ) -> Query:  # fmt: skip
        asked = question.asked.ref if question.asked is not None else None
        clauses = list(_all_clauses(question))
        planned = any(clause.planned for clause in clauses)
        query = Query(
            known, asked, question.statuses or (_PLANNED if planned else _PLAIN), self.index, missing,
            question.source, among,
        )  # fmt: skip
        for clause in clauses:
            ways = tellings(clause, relations)
            if clause is clauses[0] and question.aside:
                inside = tuple(word for part in question.aside for word in part.lemmas)
                ways = tuple(replace(one, inside=(*one.inside, *inside)) for one in ways)
            if not ways:
                raise NotUnderstood(f"The graph has no relation for “{_verb(clause)}”.")
            if not query.add(ways):
                raise Unknown(f"The graph has nothing called “{_lost(clause, known)}”.")
        return query

    # --- answers ---------------------------------------------------------------------------------

    def _rows(self, sparql: str) -> list[Row]:
        """The rows of a query, which one way to put a question may have asked for another."""
        if (rows := self._asked.get(sparql)) is None:
            found: Any = self.graph.store.query(sparql, prefixes=dict(prefixes(self.graph.base)))
            answered = _ANSWER in found.variables  # the first, where it is one
            rows = self._asked[sparql] = []
            for row in found:
                made = list(row)
                answer = made.pop(0) if answered else None
                rows.append((answer, [one.value for one in made if one is not None]))
        return rows

    def _found(self, question: Question, rows: list[Row], denied: list[Row]) -> tuple[Found, ...]:
        against: dict[str, set[str]] = {}
        for answer, made in denied:
            if answer is not None:
                against.setdefault(answer.value, set()).update(made)
        grouped: dict[tuple[str, str], set[str]] = {}
        for answer, made in rows:
            if answer is None:
                continue
            key = ("iri" if isinstance(answer, ox.NamedNode) else "text", answer.value)
            grouped.setdefault(key, set()).update(made)
        if question.most:
            grouped = self._most(question, grouped)
        found = []
        for (kind, value), iris in grouped.items():
            statements = self._statements(iris)
            label = self._label(kind, value, statements)
            iri = value if kind == "iri" and "/entity/" in value else None
            denying = self._statements(against.get(value, set()))
            if not (iri and _is_kind(label, question)):
                found.append(Found(label, iri, statements, denying))
        if question.asks == "amount":
            found = [one for one in found if _has_number(one)]
        if question.past:
            found = [one for one in found if any(map(_is_past, one.statements))]
        elif _asks_of_now(question):
            found = [one for one in found if not all(map(_is_past, one.statements))]
        found.sort(key=_order)
        if question.asks == "count":
            return _counted(question, found)
        return tuple(found)

    def _most(
        self, question: Question, grouped: dict[tuple[str, str], set[str]]
    ) -> dict[tuple[str, str], set[str]]:
        """The answers that most statements tell."""
        kept = {
            key: made
            for key, made in grouped.items()
            if not _is_kind(self.names.label.get(key[1], key[1]), question)
        }
        most = max(map(len, kept.values()), default=0)
        return {key: made for key, made in kept.items() if len(made) == most}

    def _label(self, kind: str, value: str, statements: tuple[Statement, ...]) -> str:
        if kind == "iri":
            if value in self.names.label:
                return self.names.label[value]
            for s in statements:
                if isinstance(s.object, Quotation) and s.object.id == value:
                    return s.object.text.rstrip(",")
            return value
        for s in statements:
            if isinstance(s.object, Literal) and s.object.value == value:
                return _valued(s.object.label, s.object.value)
            for a in s.arguments:
                if a.label == value:
                    return _valued(value, a.value or "")
        return value

    def _statements(self, iris: set[str]) -> tuple[Statement, ...]:
        found = [self.evidence.read(iri) for iri in sorted(iris)]
        return tuple(sorted(found, key=_surest))

    def _truth(
        self, question: Question, query: Query, reading: Reading, rows: list[Row]
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
        elif statements or (statements := self._planned(query)):
            verdict = "claimed"
            who = statements[0].attributed_to
            label = f"{statements[0].status}" + (f", says {who.label}" if who else "")
        answers = (
            ()
            if verdict == "silent"
            else (Found(label, None, statements or denying, denying if statements else ()),)
        )
        if answers:
            return Answered(question.text, reading, answers, verdict)
        return Answered(
            question.text, reading, verdict=verdict, why="The graph says nothing of it.",
            nearest=self._nearest(question, query.known, self.relations),
        )  # fmt: skip

    def _planned(self, query: Query) -> tuple[Statement, ...]:
        """What somebody says to be planned."""
        found = self._statements(
            {iri for _, made in self._rows(query.of("planned")) for iri in made}
        )
        return tuple(s for s in found if s.attributed_to is not None)

    def _denying(self, query: Query) -> tuple[Statement, ...]:
        return self._statements({iri for _, made in self._rows(query.of("denied")) for iri in made})


def _verdict(fits: tuple[Fit, ...]) -> dict[str, Any]:
    """Verdict and answers of statements that fit a question of yes or no."""
    statements = tuple(sorted((fit.statement for fit in fits), key=_surest))
    sure = tuple(s for s in statements if s.status == "asserted")
    denying = tuple(s for s in statements if s.status == "denied")
    rest = tuple(s for s in statements if s.status != "denied")
    verdict: Verdict = "yes" if sure else "no" if denying else "claimed"
    label: str = verdict
    if verdict == "claimed":
        who = rest[0].attributed_to
        label = f"{rest[0].status}" + (f", says {who.label}" if who else "")
    answers = (Found(label, None, rest or denying, denying if rest else ()),)
    return {"verdict": verdict, "answers": answers}


def _all_clauses(question: Question) -> Iterator[Clause]:
    for clause in question.clauses:
        yield clause
    for clause in question.clauses:
        yield from _relative(clause)


def _about(clause: Clause) -> tuple[str, ...]:
    """The words of what something was said about."""
    if clause.object is not None and clause.object.head in words("names", "anything"):
        return beyond(clause.object)
    about = (c.phrase.lemmas for c in clause.complements if set(c.marks) & words("verbs", "about"))
    return next(about, ())


def _described(question: Question) -> set[int]:
    """The phrases in relative clauses, which are told elsewhere."""
    return {
        ref
        for clause in question.clauses
        for end in clause.ends
        if end.clauses
        for ref in inside(end)
    }


def _has_answer(one: Answered) -> bool:
    return bool(one.answers) and one.verdict != "silent"


def _relative(clause: Clause) -> Iterator[Clause]:
    """The relative clauses of what is asked for; others are settled before."""
    for end in clause.ends:
        if end.asked:
            yield from end.clauses


def _lost(clause: Clause, known: dict[int, Known]) -> str:
    ends = [clause.subject, clause.object, *(c.phrase for c in clause.complements)]
    lost = [e.text for e in ends if e is not None and known.get(e.ref, Known()).lost]
    return lost[0] if lost else clause.verb


def _verb(clause: Clause) -> str:
    return clause.verb if clause.verb != "be" else "is"


def _differ(one: Answered, other: Answered) -> bool:
    return [a.label for a in one.answers] != [a.label for a in other.answers]


def _in_words(s: Statement) -> str:
    target = s.object
    told_ = target.text if isinstance(target, Quotation) else getattr(target, "label", "")
    return f"{s.subject.label} {s.predicate.label} {told_}".strip()


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
        return tuple(replace(one, label=part(one.label)) for one in told_)
    if question.asked is not None and question.asked.head in words("numbers", "told_only"):
        return ()
    statements = tuple(dict.fromkeys(s for one in found for s in one.statements))
    return (Found(f"{len(found)} ({', '.join(one.label for one in found)})", None, statements),)


def _has_number(found: Found) -> bool:
    return any(c.isdigit() for c in found.label) or bool(
        set(found.label.casefold().split()) & words("numbers", "words")
    )


def _is_kind(label: str, question: Question) -> bool:
    """Whether an answer is no more than the noun that is asked for: "party" of "which party"."""
    asked = question.asked
    return asked is not None and bool(asked.head) and stems(label) == stems(asked.head)


def _asks_of_now(question: Question) -> bool:
    """ "Who *is* the mayor?" """
    return question.clauses[0].is_ and bool(_NOW.search(question.text))


def _is_past(statement: Statement) -> bool:
    return any(
        a.role == "time" and a.label.casefold() in words("marks", "past")
        for a in statement.arguments
    )


def _node_id(value: object) -> str:
    return value.id if isinstance(value, Node) else ""
