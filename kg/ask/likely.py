"""The statement that is most likely what a question asks for, where none has all of its words.

A statement is considered whose relation may be the question's deed, or a word alike, and whose ends are
who did it and to whom it was done as far as the question tells them by name. Of the other words most must
stand in it or near it, more where they stand far, and no other answer may be as likely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.ask.alike import alike, verbs_alike
from kg.ask.candidates import Candidate, Candidates
from kg.ask.contexts import NOT, End, all_stems, label
from kg.ask.deeds import Deed, Deeds, deeds, is_without_doer
from kg.ask.evidence import Evidence, Fit
from kg.ask.fitting import Fitting, wanted_words
from kg.ask.question import Clause, Complement, Phrase, Question
from kg.ask.resolving import exact_kinds, same_nouns
from kg.ask.slots import Answer, filled
from kg.ask.stems import stem, stems
from kg.ask.tellings import ends_of, posts_called
from kg.ask.weights import Cover, Word
from kg.ask.words import mapping, words
from kg.graph.store import GraphStore
from kg.graph.vocab import KG
from kg.model import Node, Relation, Statement

#: The share of the words that a statement needs, and by how much it has to be more than the next.
_ENOUGH: Final = 0.78
_MARGIN: Final = 0.06
#: So many answers are as likely as one another at most.
_ANSWERS: Final = 3
_POST: Final = f"{KG}hasRole"


@dataclass
class Likely:
    """What looks for it in one graph."""

    candidates: Candidates
    deeds: Deeds
    fitting: Fitting
    cover: Cover

    @classmethod
    def of(cls, graph: GraphStore, evidence: Evidence) -> Likely:
        """That of a graph."""
        fitting = evidence.fitting
        candidates = Candidates(graph, evidence.names, evidence.reader, evidence.touching)
        return cls(candidates, evidence.deeds, fitting, Cover(fitting.contexts, fitting.profiles))

    def fits(self, question: Question, asked: tuple[Word, ...]) -> tuple[Fit, ...]:
        """The likeliest statements with what fills the open end; none where nothing is likely."""
        clause = question.clauses[0]
        if len(question.clauses) > 1 or question.most or clause.negated or _is_of_words(clause):
            return ()
        made = tuple(self.candidates.of(asked))
        found = [
            *self._measured(question, asked, made), *self._counted(question, asked, made),
            *self._posted(question, made),
        ]  # fmt: skip
        if not found and not clause.is_:
            for deed in deeds(clause):
                found += self._done(deed, question, asked, made)
        best = _best(found, truth=question.asks == "truth")
        read = self.candidates.reader.statement  # with all places where they are told
        return tuple(replace(fit, statement=read(fit.statement.id)) for fit in best)

    # --- deeds -----------------------------------------------------------------------------------

    def _done(
        self, deed: Deed, question: Question, asked: tuple[Word, ...], made: tuple[Candidate, ...]
    ) -> Iterator[tuple[float, Fit]]:
        meanings = {m.iri: m.turned for m in self.deeds.meanings(deed)}
        other = mapping("counterparts").get(deed.verb, [""])[0]
        verbs, met = _verbs(deed), frozenset((*stems(deed.verb), *stems(other)))
        for candidate in made:
            turned = _turned(candidate.relation, meanings, verbs)
            if turned is None:
                continue
            statement = self.candidates.read(candidate)
            if not _is_told(statement, question):
                continue
            if not self.fitting.source(statement, question.source):
                continue
            share = self.cover.share(asked, statement, met)
            if share < _ENOUGH or (
                question.asked is None and not self._is_sure(asked, statement, met)
            ):
                continue
            fit = self._fit(deed, question, statement, asked, turned=turned)
            if fit is not None:
                yield share, fit

    def _is_sure(
        self, asked: tuple[Word, ...], statement: Statement, met: frozenset[str] = frozenset()
    ) -> bool:
        """Whether all words stand in a statement or its sentence."""
        return self.cover.close(asked, statement, met) and self.cover.names(asked, statement)

    def _fit(
        self, deed: Deed, question: Question, statement: Statement, asked: tuple[Word, ...],
        *, turned: bool,
    ) -> Fit | None:  # fmt: skip
        ends = (statement.subject, statement.object)
        first, second = ends[::-1] if turned else ends
        if turned and deed.first is not None and is_without_doer(statement):
            return None
        for end, phrase in ((first, deed.first), (second, deed.second)):
            if not self._end(end, phrase, statement):
                return None
        if not all(self._beside(c, statement) for c in deed.rest):
            return None
        if question.asked is None:
            return Fit(statement, 0)
        told = {iri for phrase in deed.ends for iri in self.fitting.things(phrase)}
        made = filled(question, deed, statement, first, second, self.fitting)
        answers = tuple(
            one for one in made
            if one.iri not in told and not self._is_asked_about(one.iri, asked)
        )  # fmt: skip
        return Fit(statement, 0, answers) if answers else None

    def _beside(self, complement: Complement, statement: Statement) -> bool:
        """Whether nothing speaks against a further participant: another time, "of Norway" for "in
        Norway", a place that neither its sentence names nor the head of its article."""
        phrase, mark = complement.phrase, complement.marks[0]
        if phrase.asked:
            return True
        if phrase.value and mark in words("marks", "times"):
            timed = statement.time or any(a.role == "time" for a in statement.arguments)
            return not timed or self.fitting.beside(complement, statement) != NOT
        if not phrase.proper or mark not in words("roles", "marks_place"):
            return True
        if self.fitting.stands(phrase, self.fitting.contexts.sentence(statement)):
            return self.fitting.beside(complement, statement) != NOT
        return self.fitting.stands(phrase, self.fitting.contexts.head(statement))

    def _end(self, end: End, phrase: Phrase | None, statement: Statement) -> bool:
        """Whether an end may be what a phrase means."""
        if phrase is None:
            return True
        own = all_stems([label(end)])
        if isinstance(end, Node):
            own |= self.fitting.profiles.words(end.id)
        near, of = self.fitting.contexts.sentence(statement), phrase.of
        owned = not (of is not None and of.proper) or wanted_words(of) <= own | near
        whole = phrase if not phrase.proper else replace(phrase, clauses=())
        if self.fitting.end(end, whole, statement) != NOT:
            return self._is_told_to_be(end, phrase, statement) if phrase.asked else owned
        if phrase.asked or (phrase.proper and self.fitting.things(phrase)):
            return False
        whose = own | all_stems(argument.label for argument in statement.arguments)
        if phrase.clauses or (of is not None and of.proper and not wanted_words(of) <= whose):
            return False
        if _any_in(alike(phrase.head, "NOUN"), own):
            return True
        near = self.fitting.contexts.window(statement)
        return bool(own & wanted_words(phrase)) and _any_in(alike(phrase.head, "NOUN"), near)

    def _is_told_to_be(self, end: End, phrase: Phrase, statement: Statement) -> bool:
        """Whether the noun of an open end is told of it, or stands near and is told of nothing else:
        "which *rapper*"."""
        noun = phrase.head
        if not noun or noun in words("kinds", "broad") or not isinstance(end, Node):
            return True
        if end.type in exact_kinds(noun, noun):
            return True
        profile, same = self.fitting.profiles, alike(noun, "NOUN")
        if _any_in(same, profile.words(end.id)):
            return True
        if end.type == "Person" and profile.words(end.id) != profile.named(end.id):
            return False  # it is told who it is
        other = (node for node in (statement.subject, statement.object) if isinstance(node, Node))
        taken = any(_any_in(same, profile.words(node.id)) for node in other if node.id != end.id)
        contexts, person = self.fitting.contexts, end.type == "Person"
        near = contexts.sentence(statement) if person else contexts.window(statement)
        return not taken and _any_in(same, near)

    def _is_asked_about(self, iri: str, asked: tuple[Word, ...]) -> bool:
        """Whether a thing is named in the question."""
        own = frozenset(one for word in asked if word.named for one in word.stems)
        names = self.fitting.names.names[iri] if iri in self.fitting.names.named else ()
        return any(iri in word.things for word in asked) or any(
            (parts := frozenset(stems(name))) and parts <= own for name in names
        )

    def _counted(
        self, question: Question, asked: tuple[Word, ...], made: tuple[Candidate, ...]
    ) -> Iterator[tuple[float, Fit]]:
        """ "How many miners were killed?", in words that were said or in a longer end: "the death of *29
        miners*"."""
        what, clause = question.asked, question.clauses[0]
        if question.asks != "count" or what is None or not what.head or clause.is_:
            return
        test, verbs = _number_of(what.head), alike(clause.verb.split()[0], "VERB")
        for statement in map(self.candidates.read, made):
            ends = (statement.subject, statement.object)
            found = tuple(Answer(m[0]) for end in ends if (m := test.search(label(end))))
            near = self.fitting.contexts.passage(statement)
            if len(found) != 1 or not _is_told(statement, question) or not _any_in(verbs, near):
                continue
            share = self.cover.share(asked, statement)
            if share >= _ENOUGH and self.cover.close(asked, statement):
                yield share, Fit(statement, 0, found)

    def _posted(
        self, question: Question, made: tuple[Candidate, ...]
    ) -> Iterator[tuple[float, Fit]]:
        """ "Who is the prime minister of Norway?", where an article about no other country tells the post alone."""
        clause = question.clauses[0]
        holder, what = ends_of(clause)
        of = what.of if what is not None else None
        if holder is None or not holder.asked or what is None or of is None or not of.proper:
            return
        posts = {frozenset(stems(name)) for name in posts_called(what.post)}
        wanted = wanted_words(of)
        if not all(word.startswith("=") for word in wanted):
            return  # of a town an article may name several
        for candidate in made:
            if candidate.relation.id != _POST:
                continue
            statement = self.candidates.read(candidate)
            contexts, who = self.fitting.contexts, statement.subject
            near = contexts.sentence(statement) | contexts.head(statement)
            lands = {word for word in near if word.startswith("=")}
            free = not any(a.role in ("at", "of", "time") for a in statement.arguments)
            if (
                isinstance(who, Node) and free and statement.status == "asserted"
                and frozenset(stems(label(statement.object))) in posts
                and wanted <= near and not (lands - wanted)
            ):  # fmt: skip
                yield 1.0, Fit(statement, 0, (Answer(who.label, iri=who.id),))

    # --- measures ----------------------------------------------------------------------------------

    def _measured(
        self, question: Question, asked: tuple[Word, ...], made: tuple[Candidate, ...]
    ) -> Iterator[tuple[float, Fit]]:
        """How old, far, tall somebody or something is."""
        clause, size = question.clauses[0], question.asked
        if not clause.is_ or size is None or size.head not in mapping("sizes"):
            return
        test = re.compile(mapping("sizes")[size.head], re.I)
        for statement in map(self.candidates.read, made):
            labels = [label(statement.object), *(a.label for a in statement.arguments)]
            found = tuple(
                Answer(m[m.lastindex or 0]) for text in labels if (m := test.search(text))
            )
            if not found or statement.status != "asserted":
                continue
            share = self.cover.share(asked, statement)
            if share < _ENOUGH or not self.cover.close(asked, statement):
                continue
            if self._end(statement.subject, clause.subject, statement):
                yield share, Fit(statement, 0, found)


def _is_of_words(clause: Clause) -> bool:
    """Whether it is what somebody said that is told or asked."""
    return bool(clause.content) or clause.verb in words("verbs", "speech")


def _number_of(noun: str) -> re.Pattern[str]:
    """A number with a noun behind it: "at least 71 people"."""
    numbers = "|".join(sorted(words("numbers", "words")))
    nouns = "|".join(re.escape(one) for one in sorted(same_nouns(noun)))
    return re.compile(
        rf"\b(?:(?:at least|about|around|more than|over|up to) )?(?:\d[\d,.]*|{numbers}) "
        rf"(?:[a-z-]+ )?(?:{nouns})(?:s|es)?\b", re.I,
    )  # fmt: skip


def _any_in(found: Iterable[tuple[str, ...]], near: frozenset[str]) -> bool:
    """Whether one of several phrases stands in these words."""
    return any(near.issuperset(one) for one in found)


def _verbs(deed: Deed) -> frozenset[tuple[str, ...]]:
    """The stems of a deed's verb and of those alike, with and without its prepositions."""
    parts, marks = deed.verb.split(), mapping("prepositions")["all"]
    found = verbs_alike(deed.verb)
    while len(parts) > 1 and parts[-1] in marks:
        parts = parts[:-1]
        found |= verbs_alike(" ".join(parts))
    return found


def _turned(
    relation: Relation, meanings: dict[str, bool], verbs: frozenset[tuple[str, ...]]
) -> bool | None:
    """Whether who does it is the object; None where the relation is of another deed."""
    if relation.id in meanings:
        return meanings[relation.id]
    parts = relation.label.split()
    passive = parts[0] == "be" and len(parts) > 1
    mine = (tuple(map(stem, parts[passive:])), (stem(parts[passive]),))
    return passive if any(one in verbs for one in mine) else None


def _is_told(statement: Statement, question: Question) -> bool:
    if statement.status == "planned":
        return question.clauses[0].planned or question.clauses[0].verb in words("verbs", "planning")
    return statement.status != "hypothetical"


def _best(found: list[tuple[float, Fit]], *, truth: bool) -> tuple[Fit, ...]:
    """The likeliest; none where another answer is nearly as likely, but for what the same relation
    tells."""
    most = max((share for share, _ in found), default=0.0)
    near = _unique(fit for share, fit in found if share >= most - _MARGIN)
    if truth or len(_answers(near)) <= 1:
        return near
    top = _unique(fit for share, fit in found if share == most)
    alone = _answers(top) == _answers(near) and len(_answers(top)) <= _ANSWERS
    return top if alone and len({fit.statement.predicate.id for fit in top}) == 1 else ()


def _unique(fits: Iterable[Fit]) -> tuple[Fit, ...]:
    found = {fit.statement.id: fit for fit in fits}
    return tuple(found[iri] for iri in sorted(found))


def _answers(fits: Iterable[Fit]) -> set[str]:
    return {one.iri or one.label for fit in fits for one in fit.answers}
