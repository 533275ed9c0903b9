"""Which things of the graph the phrases of a question mean, in each way to understand them.

A name is looked up, "the Netflix boss" and "a firm that Disney sued" are asked of the graph first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, Final

from kg.ask.names import Names
from kg.ask.question import Clause, NotUnderstood, Phrase, Question
from kg.ask.relations import Relations
from kg.ask.resolving import (
    Meant,
    country_or_not,
    exact_kinds,
    kinds,
    meant,
    of_nation,
    same_nouns,
    unlike,
)
from kg.ask.sparql import Index, Known, Query
from kg.ask.tellings import Telling, being, ends_of, tellings
from kg.ask.words import kin, mapping, words
from kg.extract.words.load import word_lists

#: So many things one description may stand for.
_MOST: Final = 60
#: What describes a thing; where nothing does, what somebody says.
_SO: Final = ("asserted",)
_SAID: Final = ("claimed",)

Rows = Callable[[str], list[tuple[Any, list[str]]]]


class Unknown(NotUnderstood):
    """A name that the graph does not have."""


@dataclass(slots=True)
class Chooser:
    """One question's phrases while they are looked up; ``rows`` asks the graph, ``index`` looks up in it, ``masked`` has
    the things that words of the question stand for; ``truth``: it is of yes or no; ``settled``: the
    phrases inside descriptions that the graph was asked for."""

    names: Names
    relations: Relations
    rows: Rows
    index: Index
    fixed: dict[int, Known] = field(default_factory=dict)
    several: dict[int, tuple[Meant, ...]] = field(default_factory=dict)
    masked: dict[str, Meant] = field(default_factory=dict)
    truth: bool = False
    settled: set[int] = field(default_factory=set)

    def readings(self, question: Question) -> Iterator[dict[int, Known]]:
        """What each phrase means, by its ``ref``; the likeliest first. Raises `Unknown` and
        `NotUnderstood`."""
        for clause in question.clauses:
            self._clause(clause)
        if question.source is not None:
            self._phrase(question.source, needed=True)
        for choice in product(*self.several.values()):
            chosen = zip(self.several, choice, strict=True)
            yield self.fixed | {ref: Known(one.iris) for ref, one in chosen}

    def things(self, phrase: Phrase) -> frozenset[str]:
        """All that one phrase may mean. Raises as `readings` does."""
        self._phrase(phrase, needed=True)
        named = (iri for one in self.several.get(phrase.ref, ()) for iri in one.iris)
        return frozenset((*self.fixed.get(phrase.ref, Known()).iris, *named))

    def _clause(self, clause: Clause, about: int | None = None) -> None:
        """All phrases of a clause; ``about`` is the one that a relative clause describes."""
        post = ends_of(clause)[1]
        for end in (clause.subject, clause.object, clause.agent):
            if end is None or end.ref == about:
                continue
            if end is post or is_kin(clause, end):
                self._inner(end)
            else:
                self._phrase(end, needed=end is not clause.object or not self._is_light(clause))
        for complement in clause.complements:
            if complement.phrase.ref != about:
                self._phrase(complement.phrase, needed=False)

    def _is_light(self, clause: Clause) -> bool:
        """Whether verb and object are one: "show *interest in* the firm"."""
        noun = clause.object
        if noun is None or noun.proper or (noun.of is None and not clause.complements):
            return False
        verb, near = f"{clause.verb} {noun.head}", replace(self.relations, near=True)
        marks = [noun.by] if noun.by else [mark for c in clause.complements for mark in c.marks]
        return any(near.meaning(f"{verb} {mark}") for mark in marks)

    def _inner(self, phrase: Phrase) -> None:
        if phrase.of is not None:
            self._phrase(phrase.of, needed=True)
        for clause in phrase.clauses:
            self._clause(clause, phrase.ref)

    def _phrase(self, phrase: Phrase, *, needed: bool) -> None:
        if phrase.ref in self.fixed or phrase.ref in self.several:
            return
        if phrase.asked or _is_anything(phrase):
            self.fixed[phrase.ref] = kind_of(phrase)
            self._inner(phrase)
            return
        if phrase.head in words("names", "pronouns") and not phrase.text.isupper():  # "US"
            raise NotUnderstood(f"“{phrase.text}” does not say whom or what it means.")
        masked = self.masked.get(phrase.terms[-1]) if phrase.terms else None
        if phrase.also and not self.names.called(phrase.text):
            self._joined(phrase)
            return
        if masked is not None:
            self.several[phrase.ref] = (masked,)
            return
        found = () if phrase.clauses else meant(phrase, self.names)
        national = of_nation(phrase)
        of_none = not phrase.proper and not phrase.clauses and national is None
        holder = self._holder(phrase) if of_none else ()
        if len(holder) == 1:  # "the mayor", where there is one
            found = (Meant((*holder, *(found[0].iris if found else ())), phrase.text),)
        elif found and phrase.some and not phrase.proper:
            found = (self._any(found[0]),)
        if found:
            self.several[phrase.ref] = found
        elif national is not None:
            self._described(national, needed=needed)
        elif phrase.clauses or (phrase.of is not None and (not phrase.proper or _is_post(phrase))):
            self._described(phrase, needed=needed)
        elif phrase.some and kinds(phrase.head):  # "a company", whichever
            self.fixed[phrase.ref] = kind_of(phrase)
        else:
            self._lost(phrase, needed=needed)

    def _joined(self, phrase: Phrase) -> None:
        """ "Disney and Universal": what is said of either."""
        if self.truth:
            raise NotUnderstood(f"“{phrase.text}” are several; ask one after the other.")
        iris: list[str] = []
        own = replace(phrase, also=(), text=" ".join(phrase.terms))
        for one in (own, *phrase.also):
            self.several.pop(one.ref, None)
            self._phrase(one, needed=True)
            found = self.several.pop(one.ref, ())
            iris += found[0].iris if found else self.fixed.pop(one.ref, Known()).iris
        self.several[phrase.ref] = (Meant(tuple(dict.fromkeys(iris)), phrase.text),)

    def _any(self, kind: Meant) -> Meant:
        """A kind with what is told to be of it: "an AI company"."""
        among = " ".join(f"<{iri}>" for iri in kind.iris)
        text = (
            f"SELECT ?answer WHERE {{ VALUES ?kind {{ {among} }} ?s rdf:object ?kind ; "
            "rdf:predicate kg:isA ; rdf:subject ?answer ; kg:status kg:Asserted }"
        )
        found = sorted({answer.value for answer, _ in self.rows(text)})
        return Meant((*kind.iris, *found[:_MOST]), kind.told)

    def _holder(self, phrase: Phrase) -> tuple[str, ...]:
        """Who is told to have a post of this name."""
        if phrase.of is not None or phrase.plural:
            return ()
        for at in range(len(phrase.post)):  # "the wounded security minister"
            query = Query({}, phrase.ref, _SO, self.index)
            if not query.add(being(phrase, replace(phrase, post=phrase.post[at:]))[:1]):
                continue
            found = sorted({answer.value for answer, _ in self.rows(query.text())})
            if found:
                return tuple(found)
        return ()

    def _lost(self, phrase: Phrase, *, needed: bool) -> None:
        if needed and not phrase.value:
            raise Unknown(f"The graph has nothing called “{phrase.text}”.")
        self.fixed[phrase.ref] = Known(lost=True)

    def _described(self, phrase: Phrase, *, needed: bool) -> None:
        """Whoever fits a description, as the graph tells it; where it does not, as somebody says."""
        try:
            iris = self._fitting(phrase, _SO) or self._fitting(phrase, _SAID)
            problem = f"The graph does not tell who or what “{phrase.text}” is."
        except Unknown as error:
            iris, problem = (), str(error)
        if iris:
            self.fixed[phrase.ref] = Known(iris)
            self.settled.update(inside(phrase))
        elif needed:
            raise Unknown(problem)
        else:
            self.fixed[phrase.ref] = Known(lost=True)

    def _fitting(self, phrase: Phrase, statuses: tuple[str, ...]) -> tuple[str, ...]:
        self._inner(phrase)
        inner = self.fixed | {
            ref: Known(tuple(dict.fromkeys(iri for one in found for iri in one.iris)))
            for ref, found in self.several.items()
        }
        query = Query(
            inner | {phrase.ref: _kind_told(phrase) if phrase.clauses else Known()},
            phrase.ref, statuses, self.index,
        )  # fmt: skip
        clauses: list[tuple[Telling, ...]] = [tellings(c, self.relations) for c in phrase.clauses]
        if phrase.of is not None and not phrase.clauses:
            clauses.append(tuple(being(phrase, phrase)))
        if not all(query.add(one) for one in clauses):
            return ()
        found = {answer.value for answer, _ in self.rows(query.text()) if answer is not None}
        return tuple(sorted(found)[:_MOST])


def is_kin(clause: Clause, end: Phrase) -> bool:
    """ "Does Joe Biden have *a son*?": no thing to look up."""
    return clause.verb == "have" and end is clause.object and end.head in kin()


def kind_of(phrase: Phrase) -> Known:
    """What must be so of an open end by its noun: "which *company*"."""
    noun = phrase.head
    nothing = words("asked", "kinds") | words("asked", "posts") | words("asked", "times")
    nothing |= words("names", "anything") | words("asked", "crimes") | words("asked", "scores")
    if not noun or noun in nothing:
        return Known()
    classes = kinds(noun) or exact_kinds(" ".join(phrase.lemmas), noun)
    many = bool(phrase.terms) and phrase.terms[0].casefold() == "many"
    if many:
        nouns = dict.fromkeys((*same_nouns(noun), phrase.terms[-1].casefold()))
        return Known(classes=classes, counted=tuple(nouns))
    if noun in mapping("properties") and not classes:
        return Known()
    if not classes:
        return Known(noun=noun)
    if exact := exact_kinds(" ".join(phrase.lemmas), noun):
        return Known(classes=exact)
    other, country = unlike(noun), country_or_not(noun)
    told = noun if other and country is None else ""
    return Known(
        classes=classes, noun=told, same=same_nouns(noun) if told else (), unlike=other,
        country=country,
    )  # fmt: skip


def _kind_told(phrase: Phrase) -> Known:
    """A kind by its class, by its name, or as it is told to be: "a party" is a body, or has "party" in its name."""
    found = kind_of(phrase)
    if found.counted or not phrase.head or phrase.head in words("names", "anything"):
        return found
    return Known(classes=found.classes, counted=(phrase.head,), noun=phrase.head)


def inside(phrase: Phrase) -> Iterator[int]:
    """The phrases that a description is made of."""
    if phrase.of is not None:
        yield phrase.of.ref
        yield from inside(phrase.of)
    for clause in phrase.clauses:
        for end in clause.ends:
            if end.ref != phrase.ref:
                yield end.ref
                yield from inside(end)


def _is_anything(phrase: Phrase) -> bool:
    return phrase.head in words("names", "anything") and phrase.of is None


def _is_post(phrase: Phrase) -> bool:
    return phrase.head in {
        post for posts in word_lists("roles")["property"].values() for post in posts
    }
