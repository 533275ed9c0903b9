"""Whether an end of a statement, or what stands beside it, is what a phrase of the question means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kg.ask.names import Names
from kg.ask.passages import Passages
from kg.ask.profiles import Profiles
from kg.ask.question import Clause, Complement, Phrase, Question
from kg.ask.resolving import (
    Meant,
    country_or_not,
    exact_kinds,
    kinds,
    meant,
    noun_classes,
    same_nouns,
    unlike,
)
from kg.ask.stems import stem, stems
from kg.ask.words import words
from kg.countries import is_country
from kg.graph.named import plain
from kg.model import Literal, Node, Quotation, Statement

End = Node | Literal | Quotation | str
#: Whether a clause holds of a thing, which the phrase of this ``ref`` stands for.
Holds = Callable[[Clause, int, str], bool]


@dataclass
class Fitting:
    """What compares phrases with ends of statements, for one question at a time."""

    names: Names
    profiles: Profiles
    passages: Passages
    holds: Holds = lambda clause, ref, iri: False
    given: dict[str, Meant] = field(default_factory=dict)
    bound: dict[int, str] = field(default_factory=dict)
    _things: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def begin(self, question: Question, given: dict[str, Meant]) -> None:
        """Forget the last question."""
        self.given, self._things, self.bound = given, {}, {}

    # --- what a phrase names -----------------------------------------------------------------------

    def things(self, phrase: Phrase) -> tuple[str, ...]:
        """The things that a phrase may mean by name or by its words."""
        if phrase.asked:
            return ()
        if phrase.ref not in self._things:
            self._things[phrase.ref] = self._found(phrase)
        return self._things[phrase.ref]

    def _found(self, phrase: Phrase) -> tuple[str, ...]:
        if phrase.also:
            phrase = replace(phrase, also=(), text=" ".join(phrase.terms))
        masked = self.given.get(phrase.terms[-1]) if phrase.terms else None
        if masked is not None:
            return masked.iris
        found = [iri for one in meant(phrase, self.names) for iri in one.iris]
        if not found and not phrase.proper:
            found = list(self.names.like(phrase.head))
        return tuple(dict.fromkeys(found))

    def _is_named(self, phrase: Phrase) -> bool:
        """Whether it is a name that the graph knows, and no description."""
        return any(iri in self.names.named for iri in self.things(phrase))

    # --- ends --------------------------------------------------------------------------------------

    def end(self, end: End, phrase: Phrase | None, statement: Statement) -> bool:
        """Whether an end of a statement is what the phrase means; any is where nothing is told."""
        if phrase is None:
            return True
        if phrase.asked:
            return self.kind(end, phrase, statement)
        if phrase.ref in self.bound:
            return isinstance(end, Node) and end.id == self.bound[phrase.ref]
        if phrase.clauses:
            return isinstance(end, Node) and self._described(end, phrase, statement)
        if phrase.also:
            return self._either(end, phrase, statement)
        if isinstance(end, Node) and end.id in self.things(phrase) and self._is_named(phrase):
            return True
        if self._is_named(phrase):
            return isinstance(end, Node) and self._is_shorter(end, phrase, statement)
        wanted = self._wanted(phrase)
        own = self._own(end)
        if not wanted or stem(phrase.head) not in own:
            return False
        return self._told_of(wanted, own, statement)

    def _told_of(self, wanted: frozenset[str], own: frozenset[str], statement: Statement) -> bool:
        """Whether the words are those of an end or of its sentence; numbers, "first" and "largest"
        have to stand in the passage itself."""
        exact = {word for word in wanted if _is_exact(word)}
        return exact <= own | _passage(statement) and wanted <= own | self._around(statement)

    def _is_shorter(self, end: Node, phrase: Phrase, statement: Statement) -> bool:
        """Whether an article that has the whole name calls the thing by a part of it: "Mahan" for
        "Mahan Air", "Felt" for "Mark Felt" where no other Felt is named."""
        if end.id not in self.names.named:
            return False
        whole = [plain(self.names.label[iri]) for iri in self.things(phrase)]
        part = plain(end.label)
        bodies = [f" {plain(self.passages.body(e.article))} " for e in statement.evidence]
        for name in whole:
            ends = name.endswith(f" {part}") if end.type == "Person" else name.startswith(f"{part} ")
            if ends and all(f" {name} " in body for body in bodies):
                return self._alone(part, set(self.things(phrase)), bodies)
        return False

    def _alone(self, part: str, things: set[str], bodies: list[str]) -> bool:
        """Whether the articles name no other thing that the part of a name may stand for."""
        others = (iri for iri in self.names.having((part,)) if iri not in things)
        names = (plain(self.names.label[iri]) for iri in others if iri in self.names.named)
        return not any(
            name != part and f" {name} " in body for name in names for body in bodies
        )

    def _described(self, end: Node, phrase: Phrase, statement: Statement) -> bool:
        """Whether a thing is what a phrase with a relative clause describes."""
        bare = replace(phrase, clauses=())
        return self.end(end, bare, statement) and all(
            self.holds(clause, phrase.ref, end.id) for clause in phrase.clauses
        )

    def _either(self, end: End, phrase: Phrase, statement: Statement) -> bool:
        """ "Mark and Condon": one of them, with the others in the sentence."""
        own = replace(phrase, also=(), text=" ".join(phrase.terms))
        around = self._around(statement)
        parts = (own, *phrase.also)
        return any(
            self.end(end, one, statement)
            and all(self._stands(other, around) for other in parts if other is not one)
            for one in parts
        )

    def _stands(self, phrase: Phrase, around: frozenset[str]) -> bool:
        """Whether a phrase stands in these words, by any of its names."""
        if self._wanted(phrase) <= around:
            return True
        if not self._is_named(phrase):
            return False
        return any(
            frozenset(stems(name)) <= around
            for iri in self.things(phrase)
            for name in self.names.names[iri]
        )

    def _wanted(self, phrase: Phrase) -> frozenset[str]:
        """The words of a phrase, and of what it is of, without those that ask."""
        of = stems(phrase.of.text) if phrase.of is not None else ()
        empty = words("stems", "asking") | words("stems", "vague")
        own = (w for w in stems(phrase.text) if w not in empty)
        return frozenset((*own, *of))

    def _own(self, end: End) -> frozenset[str]:
        """The words of an end itself: of a thing, all that it is told to be."""
        if isinstance(end, Node):
            return self.profiles.words(end.id) | frozenset(stems(end.label))
        return frozenset(stems(_label(end)))

    def _around(self, statement: Statement) -> frozenset[str]:
        return frozenset(
            word for e in statement.evidence for word in stems(self.passages.sentence(e))
        )

    # --- what stands beside --------------------------------------------------------------------------

    def beside(self, complement: Complement, statement: Statement) -> bool:
        """Whether a further participant of the question is one of the statement, or stands in its
        sentence."""
        phrase = complement.phrase
        if phrase.asked:
            return True
        if phrase.value and complement.marks[0] in words("marks", "times"):
            return self._timed(complement, statement)
        told = {a.entity for a in statement.arguments if a.entity} | {
            end.id for end in (statement.subject, statement.object) if isinstance(end, Node)
        }
        same = told & set(self.things(phrase))
        if phrase.clauses:
            return any(
                all(self.holds(one, phrase.ref, iri) for one in phrase.clauses)
                for iri in sorted(same)
            )
        if same:
            return True
        wanted = self._wanted(phrase)
        told_, near = self._told(statement), self._around(statement)
        exact = {word for word in wanted if _is_exact(word)}
        if not wanted or not exact <= told_ | _passage(statement):
            return False
        return self._stands(phrase, near | told_)

    def _told(self, statement: Statement) -> frozenset[str]:
        """The words of the statement itself."""
        texts = [statement.predicate.label, _label(statement.object), statement.subject.label]
        texts += [a.label for a in statement.arguments]
        return frozenset(word for text in texts for word in stems(text))

    def _timed(self, complement: Complement, statement: Statement) -> bool:
        if complement.marks[0] not in words("marks", "when"):
            return False
        value = complement.phrase.value.rstrip("X")
        own = [statement.time or "", *((a.value or "") for a in statement.arguments)]
        if any(
            one.startswith(value) or one[5:].startswith(value.lstrip("-")) for one in own if one
        ):
            return True
        wanted = self._wanted(complement.phrase)
        return any(wanted <= frozenset(stems(e.text)) for e in statement.evidence)

    def worded(self, found: tuple[str, ...], statement: Statement) -> bool:
        """Whether all of these words stand in the sentence."""
        return {s for word in found for s in stems(word)} <= self._around(statement)

    def source(self, statement: Statement, phrase: Phrase | None) -> bool:
        """Whether it is said by whom the question names ("according to")."""
        if phrase is None:
            return True
        if statement.attributed_to is None:
            return False
        return phrase.asked or self.end(statement.attributed_to, phrase, statement)

    # --- the open end ----------------------------------------------------------------------------------

    def kind(self, end: End, phrase: Phrase, statement: Statement) -> bool:
        """Whether an end is of the kind that is asked for: "which company", "how many pardons"."""
        noun = phrase.head
        if phrase.terms[:1] == ("who",):
            return isinstance(end, Node) and self._is_somebody(end)
        if not noun or noun in _no_kinds():
            return True
        if phrase.clauses and not (
            isinstance(end, Node) and all(self.holds(c, phrase.ref, end.id) for c in phrase.clauses)
        ):
            return False
        if phrase.terms[:1] == ("many",) or "many" in phrase.text.casefold().split():
            wanted = self._wanted(phrase)
            own = frozenset(stems(_label(end)))
            if stem(noun) in own and self._told_of(wanted, own, statement):
                return True
        if not isinstance(end, Node):
            return stem(noun) in stems(_label(end))
        if end.type in exact_kinds(" ".join(phrase.lemmas), noun):
            return self._modified(end, phrase, statement)
        classes = kinds(noun) or noun_classes(noun)
        if classes:
            return self._is_of(end, noun, classes, statement) and self._modified(
                end, phrase, statement
            )
        wanted = self._wanted(phrase)
        own = self._own(end)
        return stem(noun) in own and self._told_of(wanted, own, statement)

    def _is_somebody(self, end: Node) -> bool:
        return end.id in self.names.named or end.type in ("Person", "Organization", "Group")

    def _is_of(self, end: Node, noun: str, classes: tuple[str, ...], statement: Statement) -> bool:
        if end.type not in classes:
            return False
        country = country_or_not(noun)
        if country is not None:
            return country == is_country(end.label)
        if noun in words("kinds", "broad"):
            return True
        same = {stem(one) for one in same_nouns(noun)}
        own = self._own(end)
        if same & (own | self._around(statement)):
            return True
        if end.type == "Person" and own == self.profiles.named(end.id):
            return True  # nothing is told of who it is
        other = {stem(one) for one in unlike(noun)}
        return not other & own and bool(same & self._bodies(statement))

    def _modified(self, end: Node, phrase: Phrase, statement: Statement) -> bool:
        """ "Which *football* club": it is told somewhere in the article."""
        wanted = self._wanted(phrase) - {stem(phrase.head)}
        if not wanted:
            return True
        return wanted <= self._own(end) | self._bodies(statement)

    def _bodies(self, statement: Statement) -> frozenset[str]:
        """The words of the articles."""
        return frozenset(
            word for e in statement.evidence for word in stems(self.passages.body(e.article))
        )


def _no_kinds() -> frozenset[str]:
    nothing = words("asked", "kinds") | words("asked", "posts") | words("asked", "times")
    return nothing | words("names", "anything") | words("asked", "roles")


def _passage(statement: Statement) -> frozenset[str]:
    return frozenset(word for e in statement.evidence for word in stems(e.text))


def _is_exact(word: str) -> bool:
    return word[:1].isdigit() or word in words("stems", "exact") or word.endswith("est")


def _label(end: End) -> str:
    if isinstance(end, str):
        return ""
    return end.text if isinstance(end, Quotation) else end.label
