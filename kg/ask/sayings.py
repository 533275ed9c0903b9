"""The quotation that is most likely what "What did Hale say about the strike?" asks for, where none has all of
its words.

Of the words of a question some tell what all of an article is about, others what one quotation says. All that
weighs must stand in the article, half of it in the quotation, and no other quotation of the speaker may be
nearly as likely.
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
    """Who said it, and the words of what was said."""

    speaker: Phrase
    words: tuple[Word, ...]


@dataclass
class Sayings:
    """What looks for them in one graph."""

    candidates: Candidates
    fitting: Fitting

    def fits(
        self, question: Question, asked: tuple[Word, ...], described: Described
    ) -> tuple[Fit, ...]:
        """The quotations that are likeliest; ``described`` gives the things that a phrase may be by what is
        told of them."""
        wanted = _of_words(question, asked)
        if wanted is None:
            return ()
        own = set(self.fitting.things(wanted.speaker))
        wanted = replace(wanted, words=tuple(w for w in wanted.words if not own & set(w.things)))
        told = [c for c in self.candidates.of(asked) if c.relation.id == _SAID]
        speakers = described(wanted.speaker)
        quotes = [
            one for one in map(self.candidates.read, told)
            if one.status == "asserted" and self._is_by(one, wanted.speaker, speakers)
        ]  # fmt: skip
        scores = self._scores(quotes, wanted.words)
        best = max(scores.values(), default=0.0)
        kept = [one for one in quotes if scores[one.id] == best]
        near = [one for one in quotes if scores[one.id] > _OTHER * best]
        if best < _OWN or len(kept) > _MOST or len(near) > len(kept):
            return ()
        if not all(self._holds(one, wanted.words) for one in kept):
            return ()
        read = self.candidates.reader.statement
        return tuple(Fit(read(one.id), 0, of_end(one.object)) for one in kept)

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

    def _holds(self, statement: Statement, asked: Sequence[Word]) -> bool:
        """Whether the article has most of the words, all names among them, and the quotation half of them:
        at least two, or one where the head of the article has the others."""
        contexts, own = self.fitting.contexts, self._own(statement)
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
        return bool(inside) and all(self._stands(word, near) for word in asked)

    def _stands(self, word: Word, near: frozenset[str]) -> bool:
        if word.things:
            return any(self.fitting.profiles.named(iri) <= near for iri in word.things)
        return any(near.issuperset(other) for other in (word.stems, *word.alike) if other)

    def _is_by(self, statement: Statement, speaker: Phrase, speakers: Container[str]) -> bool:
        """Whether it is said by whom the question names or describes; of who is described all words are
        told."""
        who = statement.subject
        if speaker.proper:
            return who.id in speakers or self.fitting.end(who, speaker, statement) != NOT
        return who.id in speakers or wanted_words(speaker) <= self.fitting.profiles.words(who.id)


def _weight(found: Iterable[Word]) -> float:
    return sum(word.weight for word in found)


def _of_words(question: Question, asked: tuple[Word, ...]) -> _Asked | None:
    """What a question asks of words that somebody said; None where it asks for something else."""
    clause, source, open_ = question.clauses[0], question.source, question.asked
    if open_ is None or len(question.clauses) > 1 or clause.negated:
        return None
    if source is not None:  # "What does Hale say threatens the mill?"
        who = open_.head or open_.terms[:1] == ("who",)
        if source.asked or question.asks != "thing" or who:
            return None
        return _Asked(source, _beyond(asked, source, clause))
    speaker, said = clause.subject, clause.object
    if not _is_speech(clause) or speaker is None or speaker.asked:
        return None
    if said is None or not said.asked or said.head:
        return None
    return _Asked(speaker, _beyond(asked, speaker, clause))


def _is_speech(clause: Clause) -> bool:
    return clause.verb in words("verbs", "say") and not clause.passive


def _beyond(asked: tuple[Word, ...], speaker: Phrase, clause: Clause) -> tuple[Word, ...]:
    """The words of a question beside the speaker and what tells that it was said."""
    saying = words("verbs", "say") | {"according"}
    if _is_speech(clause):
        saying |= {clause.form}
    no = wanted_words(speaker).union(*map(stems, saying))
    return tuple(word for word in asked if not is_light(word) and not set(word.stems) & no)
