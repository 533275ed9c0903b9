"""The quotation that is most likely what a question asks for, where none has all of its words.

Of the words of a question some tell what all of an article is about, others what one quotation says. All that
weighs must stand in the article; who is asked for said most of those words that few of the quotations near
have, and nobody else said nearly as many.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.ask.candidates import Candidates
from kg.ask.contexts import NOT
from kg.ask.evidence import Fit
from kg.ask.fitting import Fitting, wanted_words
from kg.ask.question import Clause, Phrase, Question
from kg.ask.slots import of_end
from kg.ask.stems import stems
from kg.ask.weights import Word, is_light
from kg.ask.words import words
from kg.graph.vocab import KG
from kg.model import Quotation, Statement

_SAID: Final = f"{KG}said"
#: The share of the words, by their weight, that have to stand in the article, and in the quotation; of those
#: that quotations near have, in the quotation; and of that, what another's may reach.
_TOPIC: Final = 0.75
_HALF: Final = 0.5
_OWN: Final = 0.5
_OTHER: Final = 0.7
#: Words that have to stand in the quotation itself.
_LEAST: Final = 2
#: What a word counts that the head of the article has.
_TOLD: Final = 0.3
#: So many quotations are as likely as one another at most.
_MOST: Final = 3

#: The things that a description stands for.
Described = Callable[[Phrase], Container[str]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who is asked for or told to have said it; the words of what was said; whether the quotation itself
    is wanted."""

    speaker: Phrase
    words: tuple[Word, ...]
    quote: bool


@dataclass
class Sayings:
    """What looks for them in one graph."""

    candidates: Candidates
    fitting: Fitting

    def fits(
        self, question: Question, asked: tuple[Word, ...], described: Described
    ) -> tuple[Fit, ...]:
        """The quotations that are likeliest, with who said them or what was said; ``described`` gives the
        things that a phrase may be by what is told of them."""
        wanted = _of_words(question, asked)
        if wanted is None:
            return ()
        own = set(self.fitting.things(wanted.speaker))
        wanted = replace(wanted, words=tuple(w for w in wanted.words if not own & set(w.things)))
        told = [c for c in self.candidates.of(asked) if c.relation.id == _SAID]
        quotes = [one for one in map(self.candidates.read, told) if one.status == "asserted"]
        speakers = () if wanted.speaker.asked else described(wanted.speaker)
        mine = [one for one in quotes if self._is_by(one, wanted.speaker, speakers)]
        scores = self._scores(mine if wanted.quote else quotes, wanted.words)
        best = max((scores[one.id] for one in mine), default=0.0)
        kept = [one for one in mine if scores[one.id] == best]
        who = {one.subject.id for one in kept}
        if best < _OWN or len(kept) > _MOST or (len(who) > 1 and not wanted.quote):
            return ()
        others = mine if wanted.quote else [o for o in quotes if o.subject.id != kept[0].subject.id]
        if any(scores[one.id] > _OTHER * best for one in others if one not in kept):
            return ()  # somebody else, or another time, said nearly as much of it
        if not all(self._holds(one, wanted) for one in kept):
            return ()
        read = self.candidates.reader.statement
        return tuple(
            Fit(read(one.id), 0, of_end(one.object if wanted.quote else one.subject))
            for one in kept
        )

    def _own(self, statement: Statement) -> frozenset[str]:
        """The stems of what was said, and of the names of what it is about."""
        quote = statement.object
        if not isinstance(quote, Quotation):
            return frozenset()
        about = (self.fitting.profiles.named(iri) for iri in quote.about)
        return frozenset(stems(quote.text)).union(*about)

    def _scores(self, quotes: Sequence[Statement], asked: Sequence[Word]) -> dict[str, float]:
        """The share of the words that some of the quotations have, the rarer the more, that each has; what
        the head of its article tells counts less."""
        own = {one.id: self._own(one) for one in quotes}
        counts = [sum(self._stands(word, near) for near in own.values()) for word in asked]
        worth = [
            word.weight * math.log1p(len(quotes) / count) if count else 0.0
            for word, count in zip(asked, counts, strict=True)
        ]
        found = {}
        for one in quotes:
            head = self.fitting.contexts.head(one)
            mine = [
                value * (_TOLD if self._stands(word, head) else 1.0)
                for word, value in zip(asked, worth, strict=True)
            ]
            stand = (self._stands(word, own[one.id]) for word in asked)
            said = sum(value for value, stands in zip(mine, stand, strict=True) if stands)
            found[one.id] = said / (sum(mine) or 1.0)
        return found

    def _holds(self, statement: Statement, wanted: _Asked) -> bool:
        """Whether the article has most of the words, all names among them, and the quotation enough; of one
        whose speaker is told it may be one word where all others stand near or at the head."""
        contexts, own, asked = self.fitting.contexts, self._own(statement), wanted.words
        who = self.fitting.profiles.words(statement.subject.id)
        body = contexts.article(statement) | own | who
        stand = [word for word in asked if self._stands(word, body)]
        if any(word not in stand for word in asked if word.named and not word.first):
            return False
        inside = [word for word in stand if self._stands(word, own)]
        whole = _weight(asked)
        if _weight(stand) < _TOPIC * whole or _weight(inside) < _HALF * whole:
            return False
        if len(inside) >= _LEAST and any(not word.named for word in inside):
            return True
        near = own | who | contexts.head(statement)
        return wanted.quote and bool(inside) and all(self._stands(word, near) for word in asked)

    def _stands(self, word: Word, near: frozenset[str]) -> bool:
        if word.things:
            return any(self.fitting.profiles.named(iri) <= near for iri in word.things)
        return any(near.issuperset(other) for other in (word.stems, *word.alike) if other)

    def _is_by(self, statement: Statement, speaker: Phrase, speakers: Container[str]) -> bool:
        """Whether it is said by whom the question names, describes or asks for; of who is described all
        words are told."""
        who = statement.subject
        if speaker.asked or speaker.proper:
            return who.id in speakers or self.fitting.end(who, speaker, statement) != NOT
        return who.id in speakers or wanted_words(speaker) <= self.fitting.profiles.words(who.id)


def _weight(found: Iterable[Word]) -> float:
    return sum(word.weight for word in found)


def _of_words(question: Question, asked: tuple[Word, ...]) -> _Asked | None:
    """What a question asks of words that somebody said; None where it asks for something else."""
    clause, source, open_ = question.clauses[0], question.source, question.asked
    if open_ is None or len(question.clauses) > 1 or clause.negated or question.own:
        return None
    if source is not None and not source.asked:  # "What does Hale say threatens the mill?"
        if question.asks != "thing" or open_.head or open_.terms[:1] == ("who",):
            return None
        return _Asked(source, _beyond(asked, source, clause), quote=True)
    if not _is_speech(clause) or clause.subject is None or source is not None:
        return None
    speaker = clause.subject
    if speaker.asked and clause.content:
        return _Asked(speaker, _beyond(asked, speaker, clause), quote=False)
    said = clause.object
    if not speaker.asked and said is not None and said.asked and not said.head:
        return _Asked(speaker, _beyond(asked, speaker, clause), quote=True)
    return None


def _is_speech(clause: Clause) -> bool:
    verbs = words("verbs", "say") | words("verbs", "finding")
    return clause.verb in verbs and not clause.passive


def _beyond(asked: tuple[Word, ...], speaker: Phrase, clause: Clause) -> tuple[Word, ...]:
    """The words of a question beside the speaker and what tells that it was said."""
    told = wanted_words(speaker) if not speaker.asked else frozenset(stems(speaker.head))
    saying = words("verbs", "say") | words("verbs", "finding") | {"according"}
    if _is_speech(clause):
        saying |= {clause.form}
    no = told.union(*map(stems, saying))
    return tuple(word for word in asked if not is_light(word) and not set(word.stems) & no)
