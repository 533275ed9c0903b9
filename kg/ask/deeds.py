"""Which relations of a graph a deed may be told as when its own words do not say: by synonyms, by the
verb without its preposition, by a noun that stands for it, and the other way round."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from kg.ask.question import Clause, Complement, Phrase
from kg.ask.relations import Meaning, Relations
from kg.ask.stems import stem
from kg.ask.synonyms import synonyms
from kg.ask.words import mapping, near_words, words
from kg.extract.statements.nominals import frames
from kg.lexicon import load_lexicon
from kg.model import Statement

#: How far the words of a relation are from those of a question.
OWN, NEAR, FAR = 0, 1, 2
#: What a noun with a verb of little meaning is done to: "gave *X* a pardon", "an attack *on X*".
_DONE_TO: Final = ("to", "on", "against", "of", "with", "from", "for", "behind")


@dataclass(frozen=True, slots=True)
class Deed:
    """A clause as who (``first``) does it to whom (``second``), whatever the voice of its verb.
    ``words`` are of its noun: "a full pardon"."""

    verb: str
    first: Phrase | None
    second: Phrase | None
    rest: tuple[Complement, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def ends(self) -> tuple[Phrase, ...]:
        """Who and what take part, those that are told."""
        found = (self.first, self.second, *(c.phrase for c in self.rest))
        return tuple(phrase for phrase in found if phrase is not None)


def deeds(clause: Clause) -> tuple[Deed, ...]:
    """The ways to put a clause, its own words first."""
    found = [_plain(clause)]
    if clause.is_:
        return tuple(_with_marks(found[0]))
    if clause.object is None:
        found += _with_marks(found[0])
    found += [
        replace(found[0], verb=f"{clause.verb} {c.phrase.text.casefold()}")
        for c in found[0].rest
        if c.marks == ("as",) and not c.phrase.asked and " " not in c.phrase.text
    ]  # "find guilty"
    noun = None if clause.passive else clause.object
    if noun is not None and not noun.asked and not noun.proper:
        found += _of_noun(clause, noun)
    return tuple(found)


def _plain(clause: Clause) -> Deed:
    if not clause.passive:
        return Deed(clause.verb, clause.subject, clause.object, clause.complements)
    rest = clause.complements
    if clause.object is not None:
        rest = (*rest, Complement(("as",), clause.object))
    return Deed(clause.verb, clause.agent, clause.subject, rest)


def _with_marks(plain: Deed) -> list[Deed]:
    """ "Lost to Drake": whom the verb takes with a preposition."""
    if plain.second is not None:
        return []
    return [
        replace(
            plain, verb=f"{plain.verb} {c.marks[0]}", second=c.phrase,
            rest=tuple(other for other in plain.rest if other is not c),
        )
        for c in plain.rest
        if c.marks[0] in mapping("prepositions")["all"]
    ]  # fmt: skip


def _of_noun(clause: Clause, noun: Phrase) -> list[Deed]:
    """ "Gave Felt a pardon" is "pardoned Felt"; "lost their lives" "died"."""
    more = tuple(w for w in noun.lemmas if w != noun.head)
    whole = (*more, *noun.of.lemmas) if noun.of is not None else more
    both = f"{clause.verb} {noun.head}"
    found = [Deed(both, clause.subject, None, clause.complements, whole)]
    verb = _verbs().get(noun.head)
    if verb is None or clause.verb not in words("verbs", "made_light"):
        return found
    ends = [c for c in clause.complements if set(c.marks) & set(_DONE_TO)]
    for end in ends:
        rest = tuple(c for c in clause.complements if c is not end)
        found.append(Deed(verb, clause.subject, end.phrase, rest, more))
    if noun.of is not None:
        found.append(Deed(verb, clause.subject, noun.of, clause.complements, more))
    return found


@cache
def _verbs() -> dict[str, str]:
    """The verb that each noun of a deed stands for."""
    return {noun: frame.verb for noun, frame in frames(load_lexicon()).items()}


@dataclass
class Deeds:
    """The relations of one graph by the stems of their verbs, computed once."""

    relations: Relations
    stems: defaultdict[str, set[Meaning]] = field(default_factory=lambda: defaultdict(set))
    whole: defaultdict[str, set[Meaning]] = field(default_factory=lambda: defaultdict(set))
    passives: defaultdict[str, set[Meaning]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for label, iri in self.relations.open.items():
            parts = label.split()
            if parts[0] == "be" and len(parts) > 1:
                self.passives[_key(parts[1:])].add(Meaning(iri, True))
            else:
                self.stems[_key(parts)].add(Meaning(iri))
                self.whole[_stemmed(parts)].add(Meaning(iri))

    def meanings(self, deed: Deed) -> dict[Meaning, int]:
        """What a deed may mean, and how far from its words that is. What is not turned has who does
        it as its subject."""
        found: dict[Meaning, int] = {}
        near = replace(self.relations, near=True)
        bare = deed.second is None
        for level, more in (
            (OWN, self._own(deed.verb, self.relations, bare=bare)),
            (NEAR, self._own(deed.verb, near, bare=bare)),
            (
                FAR,
                {m for v in synonyms(deed.verb) for m in self._own(v, self.relations, bare=bare)},
            ),
        ):
            for meaning in sorted(more, key=_order):
                found.setdefault(meaning, level)
        for other in mapping("converse").get(deed.verb, ()):
            for meaning in sorted(self._own(other, self.relations, bare=bare), key=_order):
                found.setdefault(Meaning(meaning.iri, not meaning.turned), NEAR)
        return found

    def _own(self, verb: str, relations: Relations, *, bare: bool) -> set[Meaning]:
        """The relations of a verb; of one without an object (``bare``) with any preposition. A passive
        has whom it is done to as its subject."""
        found = set(relations.starting(verb) if bare else relations.meaning(verb))
        known, key = (self.stems, _key) if bare else (self.whole, _stemmed)
        for one in near_words(verb) if relations.near else (verb,):
            found |= known.get(key(one.split()), set())
            found |= self.passives.get(_key(one.split()), set())
        for form in (verb, f"{verb}ed", f"{verb}d"):
            found |= {Meaning(m.iri, not m.turned) for m in relations.starting(f"be {form}")}
        return found


def _order(meaning: Meaning) -> tuple[str, bool]:
    return meaning.iri, meaning.turned


def _key(parts: list[str]) -> str:
    """A verb without its prepositions: "fire" of "fired as"."""
    marks = mapping("prepositions")["all"]
    while len(parts) > 1 and parts[-1] in marks:
        parts = parts[:-1]
    return _stemmed(parts)


def _stemmed(parts: list[str]) -> str:
    return " ".join(stem(piece) for part in parts for piece in part.split("-"))


def asks_who(phrase: Phrase | None) -> bool:
    """Whether it is the open end of "who", without a noun."""
    return phrase is not None and phrase.asked and phrase.terms[:1] == ("who",)


def is_without_doer(statement: Statement) -> bool:
    """ "Be founded *as*", "be poisoned *with*": its object is not who does it."""
    first, *rest = statement.predicate.label.split()
    return first == "be" and bool(rest) and rest[-1] != "by"
