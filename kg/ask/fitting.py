"""Whether an end of a statement, or what stands beside it, is what a phrase of the question means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.ask.names import Names
from kg.ask.passages import Passages
from kg.ask.profiles import Profiles
from kg.ask.question import Complement, Phrase, Question
from kg.ask.resolving import Meant, country_or_not, exact_kinds, kinds, meant, same_nouns
from kg.ask.stems import stem, stems
from kg.ask.words import words
from kg.countries import is_country
from kg.model import Literal, Node, Quotation, Statement

End = Node | Literal | Quotation | str
_THINGS: Final = 60


@dataclass
class Fitting:
    """What compares phrases with ends of statements, for one question at a time."""

    names: Names
    profiles: Profiles
    passages: Passages
    given: dict[str, Meant] = field(default_factory=dict)
    _things: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def begin(self, question: Question, given: dict[str, Meant]) -> None:
        """Forget the last question."""
        self.given, self._things = given, {}

    # --- what a phrase names -----------------------------------------------------------------------

    def things(self, phrase: Phrase) -> tuple[str, ...]:
        """The things that a phrase may mean by name or by its words."""
        if phrase.asked:
            return ()
        if phrase.ref not in self._things:
            self._things[phrase.ref] = self._found(phrase)
        return self._things[phrase.ref]

    def _found(self, phrase: Phrase) -> tuple[str, ...]:
        masked = self.given.get(phrase.terms[-1]) if phrase.terms else None
        if masked is not None:
            return masked.iris
        found = [iri for one in meant(phrase, self.names) for iri in one.iris]
        if not found and not phrase.proper:
            found = list(self.names.having((phrase.head,)))
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
        if isinstance(end, Node) and end.id in self.things(phrase) and self._is_named(phrase):
            return True
        if self._is_named(phrase) or phrase.clauses:
            return False
        wanted = self._wanted(phrase)
        own = self._own(end)
        if not wanted or stem(phrase.head) not in own:
            return False
        return wanted <= own | self._around(statement)

    def _wanted(self, phrase: Phrase) -> frozenset[str]:
        return frozenset(stems(phrase.text))

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
        if phrase.clauses:
            return False
        if phrase.value and complement.marks[0] in words("marks", "times"):
            return self._timed(complement, statement)
        things = set(self.things(phrase))
        told = {a.entity for a in statement.arguments} | {
            end.id for end in (statement.subject, statement.object) if isinstance(end, Node)
        }
        if things & told:
            return True
        around = self._around(statement)
        if self._is_named(phrase):
            return any(self.profiles.named(iri) <= around for iri in things) or (
                self._wanted(phrase) <= around
            )
        wanted = self._wanted(phrase)
        return bool(wanted) and wanted <= around | self._told(statement)

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
        if phrase.clauses or (phrase.of is not None):
            return False
        if not isinstance(end, Node):
            return stem(noun) in stems(_label(end))
        classes = exact_kinds(" ".join(phrase.lemmas), noun) or kinds(noun)
        if classes:
            return self._is_of(end, noun, classes, statement) and self._modified(
                end, phrase, statement
            )
        wanted = self._wanted(phrase)
        own = self._own(end)
        return stem(noun) in own and wanted <= own | self._around(statement)

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
        near = self._own(end) | self._around(statement)
        return any(stem(one) in near for one in same_nouns(noun))

    def _modified(self, end: Node, phrase: Phrase, statement: Statement) -> bool:
        """ "Which *football* club": it is told somewhere in the article."""
        wanted = self._wanted(phrase) - {stem(phrase.head)}
        if not wanted:
            return True
        bodies = {word for e in statement.evidence for word in stems(self.passages.body(e.article))}
        return wanted <= self._own(end) | bodies


def _no_kinds() -> frozenset[str]:
    nothing = words("asked", "kinds") | words("asked", "posts") | words("asked", "times")
    return nothing | words("names", "anything") | words("asked", "places")


def _label(end: End) -> str:
    if isinstance(end, str):
        return ""
    return end.text if isinstance(end, Quotation) else end.label
