"""Whether an end of a statement, or what stands beside it, is what a phrase of the question means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from kg.ask.asked_kinds import Kinds
from kg.ask.contexts import NOT, Contexts, End, all_stems, is_exact, label, told
from kg.ask.names import Names
from kg.ask.profiles import Profiles
from kg.ask.question import Clause, Complement, Phrase
from kg.ask.resolving import Meant, meant
from kg.ask.stems import stem, stems
from kg.ask.words import words
from kg.graph.named import plain
from kg.model import Node, Statement

#: Whether a clause holds of a thing, which the phrase of this ``ref`` stands for.
Holds = Callable[[Clause, int, str], bool]
_WELL: Final = 0


def _never(clause: Clause, ref: int, iri: str) -> bool:
    return False


@dataclass
class Fitting:
    """What compares phrases with ends of statements, for one question at a time. A comparison gives a
    level: 0 where it fits, more where some of the words stand farther off, `NOT` where it does not."""

    names: Names
    profiles: Profiles
    contexts: Contexts
    kinds: Kinds
    holds: Holds = _never
    bound: dict[int, str] = field(default_factory=dict)
    _given: dict[str, Meant] = field(default_factory=dict)
    _things: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def begin(self, given: dict[str, Meant]) -> None:
        """Forget the last question; ``given`` is what plain names stand for."""
        self._given, self._things, self.bound = given, {}, {}

    # --- what a phrase names -----------------------------------------------------------------------

    def things(self, phrase: Phrase) -> tuple[str, ...]:
        """The things that a phrase may mean by name or by its words."""
        if phrase.asked:
            return ()
        if phrase.ref not in self._things:
            self._things[phrase.ref] = self._found(_first_of(phrase))
        return self._things[phrase.ref]

    def _found(self, phrase: Phrase) -> tuple[str, ...]:
        masked = self._given.get(phrase.terms[-1]) if phrase.terms else None
        if masked is not None:
            return masked.iris
        found = (iri for one in meant(phrase, self.names) for iri in one.iris)
        return tuple(dict.fromkeys(found))

    def touched(self, phrase: Phrase) -> tuple[str, ...]:
        """The things by which the statements of a phrase are found: those it names, or all that
        have its noun in their names."""
        if phrase.ref in self.bound:
            return (self.bound[phrase.ref],)
        parts = (_first_of(phrase), *phrase.also)
        return tuple(iri for part in parts for iri in self._touched(part))

    def _touched(self, phrase: Phrase) -> tuple[str, ...]:
        found = self.things(phrase)
        if self._is_named(phrase):
            return (*found, *(iri for one in found for iri in self._parts(one)))
        if phrase.proper or phrase.asked:
            return found
        return tuple(dict.fromkeys((*found, *self.names.like(phrase.head))))

    def _parts(self, iri: str) -> tuple[str, ...]:
        """The things that have a part of a name as theirs: "Mahan" of "Mahan Air"."""
        terms = plain(self.names.label[iri]).split()
        person = self.names.thing(iri).type == "Person"
        parts = [terms[-1:]] if person else [terms[:count] for count in range(1, len(terms))]
        return tuple(i for part in parts for i in self.names.called(" ".join(part)) if i != iri)

    def _is_named(self, phrase: Phrase) -> bool:
        """Whether it is a name that the graph knows, and no description."""
        found = [iri for iri in self.things(phrase) if iri in self.names.named]
        if phrase.proper or (phrase.terms and phrase.terms[-1] in self._given):
            return bool(found)
        key = plain(phrase.text)  # of common words only a whole name
        return any(key in self.names.names[iri] for iri in found)

    # --- ends --------------------------------------------------------------------------------------

    def end(self, end: End, phrase: Phrase | None, statement: Statement) -> int:
        """How well an end of a statement is what the phrase means; any is where nothing is told."""
        if phrase is None:
            return _WELL
        if phrase.ref in self.bound:
            return _so(isinstance(end, Node) and end.id == self.bound[phrase.ref])
        if phrase.clauses and not self._clauses_hold(end, phrase):
            return NOT
        if phrase.asked:
            return self.kinds.level(end, phrase, statement)
        if phrase.also:
            return _so(self._either(end, phrase, statement))
        return self._one(end, phrase, statement)

    def _one(self, end: End, phrase: Phrase, statement: Statement) -> int:
        if self._is_named(phrase):
            if not isinstance(end, Node):
                return NOT
            same = end.id in self.things(phrase)
            return _so(same or self._is_shorter(end, phrase, statement))
        wanted = wanted_words(phrase)
        own = all_stems([label(end)])
        if isinstance(end, Node):
            own |= self.profiles.words(end.id)
        if not wanted or stem(phrase.head) not in own or not self._is_of(phrase, own, statement):
            return NOT
        return self.contexts.level(wanted, own, statement)

    def _is_of(self, phrase: Phrase, own: frozenset[str], statement: Statement) -> bool:
        """Whether what is named stands in the words of the end itself, but for countries, and for places in
        its sentence: the founder of one party is not that of another which the sentence names, too."""
        of = phrase.of
        if of is None:
            return True
        if of.proper:
            in_place = phrase.by in words("roles", "marks_place")
            near = self.contexts.sentence(statement) if in_place else own
            if not all(word.startswith("=") for word in wanted_words(of) - own - near):
                return False
        return self._is_of(of, own, statement)

    def _clauses_hold(self, end: End, phrase: Phrase) -> bool:
        """Whether a thing is what relative clauses say."""
        return isinstance(end, Node) and all(
            self.holds(clause, phrase.ref, end.id) for clause in phrase.clauses
        )

    def _is_shorter(self, end: Node, phrase: Phrase, statement: Statement) -> bool:
        """Whether an article that has the whole name calls the thing by a part of it: "Mahan" for
        "Mahan Air", "Felt" for "Mark Felt" where no other Felt is named."""
        if end.id not in self.names.named:
            return False
        part = plain(end.label)
        bodies = [f" {plain(body)} " for body in self.contexts.bodies(statement)]
        for name in (plain(self.names.label[iri]) for iri in self.things(phrase)):
            ends = (
                name.endswith(f" {part}") if end.type == "Person" else name.startswith(f"{part} ")
            )
            if ends and all(f" {name} " in body for body in bodies):
                return self._alone(part, set(self.things(phrase)), bodies)
        return False

    def _alone(self, part: str, things: set[str], bodies: list[str]) -> bool:
        """Whether the articles name no other thing that the part of a name may stand for."""
        others = (iri for iri in self.names.having((part,)) if iri not in things)
        names = (plain(self.names.label[iri]) for iri in others if iri in self.names.named)
        return not any(name != part and f" {name} " in body for name in names for body in bodies)

    def _either(self, end: End, phrase: Phrase, statement: Statement) -> bool:
        """ "Mark and Condon": one of them, with the others in the sentence."""
        near = self.contexts.sentence(statement)
        parts = (_first_of(phrase), *phrase.also)
        return any(
            self._one(end, one, statement) == _WELL
            and all(self.stands(other, near) for other in parts if other is not one)
            for one in parts
        )

    def stands(self, phrase: Phrase, near: frozenset[str]) -> bool:
        """Whether a phrase stands in these words, by any of its names."""
        if wanted_words(phrase) <= near:
            return True
        return self._is_named(phrase) and any(
            frozenset(stems(name)) <= near
            for iri in self.things(phrase)
            for name in self.names.names[iri]
        )

    # --- what stands beside --------------------------------------------------------------------------

    def beside(self, complement: Complement, statement: Statement) -> int:
        """How well a further participant of the question is one of the statement, or stands in its
        sentence."""
        phrase = complement.phrase
        if phrase.asked:
            return _WELL
        if phrase.value and complement.marks[0] in words("marks", "times"):
            return _so(self._timed(complement, statement))
        same = set(self.things(phrase)) & _taking_part(statement)
        if phrase.clauses:
            return _so(any(self._all_hold(phrase, iri) for iri in sorted(same)))
        if same:
            return _WELL
        own, wanted = told(statement), wanted_words(phrase)
        if phrase.proper and set(complement.marks) & words("roles", "marks_place"):
            return _so(self._placed(complement, own, statement))
        exact = {word for word in wanted if is_exact(word)}
        near = own | self.contexts.sentence(statement)
        if self.stands(phrase, near) and exact <= own | self.contexts.passage(statement):
            return _WELL
        if (
            phrase.proper
            or stem(phrase.head) not in near
            or not self._is_of(phrase, near, statement)
        ):
            return NOT
        return self.contexts.level(wanted, own, statement)

    def _placed(self, complement: Complement, own: frozenset[str], statement: Statement) -> bool:
        """Whether a place stands in the words of the statement, or with its preposition in the
        sentence: "in Italy", and not "of Italy"."""
        phrase = complement.phrase
        if self.stands(phrase, own):
            return True
        marks = "|".join(re.escape(mark) for mark in words("roles", "marks_place"))
        names = {phrase.text, *(n for iri in self.things(phrase) for n in self.names.names[iri])}
        told_ = "|".join(re.escape(plain(name)) for name in sorted(names))
        test = re.compile(rf"\b(?:{marks}) (?:the )?(?:\w+ )?(?:{told_})\b")
        return any(test.search(plain(text)) for text in self.contexts.sentences(statement))

    def _all_hold(self, phrase: Phrase, iri: str) -> bool:
        return all(self.holds(one, phrase.ref, iri) for one in phrase.clauses)

    def _timed(self, complement: Complement, statement: Statement) -> bool:
        """Whether it was then; before and after are for the query to say."""
        if complement.marks[0] not in words("marks", "when"):
            return False
        value = complement.phrase.value.rstrip("X")
        own = [statement.time or "", *((a.value or "") for a in statement.arguments)]
        if any(
            one.startswith(value) or one[5:].startswith(value.lstrip("-")) for one in own if one
        ):
            return True
        return wanted_words(complement.phrase) <= self.contexts.passage(statement)

    def worded(self, found: tuple[str, ...], statement: Statement) -> bool:
        """Whether all of these words stand in the sentence."""
        return all_stems(found) <= self.contexts.sentence(statement)

    def source(self, statement: Statement, phrase: Phrase | None) -> bool:
        """Whether it is said by whom the question names ("according to")."""
        if phrase is None:
            return True
        if statement.attributed_to is None:
            return False
        return phrase.asked or self.end(statement.attributed_to, phrase, statement) == _WELL


def wanted_words(phrase: Phrase) -> frozenset[str]:
    """The words of a phrase, and of what it is of, without those that ask or say little."""
    empty = words("stems", "asking") | words("stems", "vague")
    of = stems(phrase.of.text) if phrase.of is not None else ()
    return frozenset((*(w for w in stems(phrase.text) if w not in empty), *of))


def _first_of(phrase: Phrase) -> Phrase:
    """The first of those that "and" joins."""
    return replace(phrase, also=(), text=" ".join(phrase.terms)) if phrase.also else phrase


def _taking_part(statement: Statement) -> set[str]:
    """The things of a statement."""
    ends = {end.id for end in (statement.subject, statement.object) if isinstance(end, Node)}
    return ends | {a.entity for a in statement.arguments if a.entity}


def _so(fits: bool) -> int:
    return _WELL if fits else NOT
