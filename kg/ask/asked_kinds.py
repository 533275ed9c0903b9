"""Whether a thing is of the kind that a question asks for: "which company", "who", "how many pardons"."""

from __future__ import annotations

from dataclasses import dataclass

from kg.ask.contexts import NOT, Contexts, End, all_stems, label
from kg.ask.names import Names
from kg.ask.profiles import Profiles
from kg.ask.question import Phrase
from kg.ask.resolving import (
    country_or_not,
    exact_kinds,
    kinds,
    noun_classes,
    same_nouns,
    unlike,
)
from kg.ask.stems import stem, stems
from kg.ask.words import words
from kg.countries import is_country
from kg.model import Literal, Node, Statement


@dataclass
class Kinds:
    """What compares things with the noun of an open end."""

    names: Names
    profiles: Profiles
    contexts: Contexts

    def level(self, end: End, phrase: Phrase, statement: Statement) -> int:
        """0 where the end is of the kind, else `NOT`; more where that is told farther off."""
        noun = phrase.head
        if phrase.terms[:1] == ("who",):
            return 0 if isinstance(end, Node) and self._is_somebody(end) else NOT
        if phrase.terms[:1] == ("what",) and not noun and _is_date(end):
            return NOT
        if not noun or noun in _no_kinds():
            return 0
        wanted = _wanted(phrase)
        own = all_stems([label(end)])
        if stem(noun) in own and (counted := self.contexts.level(wanted, own, statement)) != NOT:
            return counted
        if not isinstance(end, Node):
            return NOT
        if end.type in exact_kinds(" ".join(phrase.lemmas), noun) or self._is_of(
            end, noun, statement
        ):
            return 0 if self._modified(end, wanted - {stem(noun)}, statement) else NOT
        if kinds(noun) or noun_classes(noun):
            return NOT
        own |= self.profiles.words(end.id)
        return self.contexts.level(wanted, own, statement) if stem(noun) in own else NOT

    def _is_somebody(self, end: Node) -> bool:
        return end.id in self.names.named or end.type in ("Person", "Organization", "Group")

    def _is_of(self, end: Node, noun: str, statement: Statement) -> bool:
        """Whether a thing is of the class of a noun, and nothing speaks against the noun itself."""
        if end.type not in (kinds(noun) or noun_classes(noun)):
            return False
        country = country_or_not(noun)
        if country is not None:
            return country == is_country(end.label)
        if noun in words("kinds", "broad"):
            return True
        same = {stem(one) for one in same_nouns(noun)}
        own = self.profiles.words(end.id)
        if same & (own | self.contexts.sentence(statement)):
            return True
        if end.type == "Person" and own == self.profiles.named(end.id):
            return True  # nothing is told of who it is
        other = {stem(one) for one in unlike(noun)}
        return not other & own and bool(same & self.contexts.article(statement))

    def _modified(self, end: Node, wanted: frozenset[str], statement: Statement) -> bool:
        """ "Which *football* club": it is told somewhere in the article."""
        own = self.profiles.words(end.id)
        return self.contexts.level(wanted, own, statement) != NOT


def _is_date(end: End) -> bool:
    """Whether it is a day, month or year: "what" asks for none."""
    return isinstance(end, Literal) and end.datatype in words("kinds", "dates")


def _wanted(phrase: Phrase) -> frozenset[str]:
    return frozenset(stems(phrase.text)) - words("stems", "asking")


def _no_kinds() -> frozenset[str]:
    nothing = words("asked", "kinds") | words("asked", "posts") | words("asked", "times")
    nothing |= words("asked", "roles") | words("asked", "scores")
    return nothing | words("names", "anything")
