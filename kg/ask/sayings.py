"""The quotation that is most likely what a question asks for, where none has all of its words.

Of the words of a question some tell what all of an article is about, others what one quotation says. All that
weighs must stand in the article; who is asked for said most of those words that few of the quotations near
have, and nobody else said nearly as many.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
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
#: The share of the words, by their weight, that have to stand in the article; of those that quotations near
#: have, in the quotation; and of that, what another's may reach.
_TOPIC: Final = 0.75
_OWN: Final = 0.5
_OTHER: Final = 0.7
#: Words that have to stand in the quotation itself.
_LEAST: Final = 2


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
        self, question: Question, asked: tuple[Word, ...], speakers: Container[str] = ()
    ) -> tuple[Fit, ...]:
        """The quotations that are likeliest, with who said them or what was said; ``speakers`` are the
        things that a described speaker may be."""
        wanted = _of_words(question, asked)
        if wanted is None:
            return ()
        told = [c for c in self.candidates.of(asked) if c.relation.id == _SAID]
        quotes = [one for one in map(self.candidates.read, told) if one.status == "asserted"]
        near = {one.id: self._own(one) for one in quotes}
        scores = {
            one.id: self._score(wanted.words, near[one.id], tuple(near.values())) for one in quotes
        }
        mine = [one for one in quotes if self._is_by(one, wanted.speaker, speakers)]
        best = max((scores[one.id] for one in mine), default=0.0)
        kept = [one for one in mine if best and scores[one.id] == best]
        if best < _OWN or not all(self._holds(one, wanted.words, near[one.id]) for one in kept):
            return ()
        if not wanted.quote and self._another(quotes, kept, scores, best):
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

    def _score(
        self, asked: Sequence[Word], own: frozenset[str], all_: Sequence[frozenset[str]]
    ) -> float:
        """The share of the words that some quotation near has, the rarer the more, that this one has."""
        whole = found = 0.0
        for word in asked:
            count = sum(_stands(word, other) for other in all_)
            if count:
                value = word.weight * math.log1p(len(all_) / count)
                whole += value
                found += value * _stands(word, own)
        return found / whole if whole else 0.0

    def _holds(self, statement: Statement, asked: Sequence[Word], own: frozenset[str]) -> bool:
        """Whether the article has most of the words, all names among them, and the quotation enough."""
        body = self.fitting.contexts.article(statement) | own
        stand = [word for word in asked if _stands(word, body) or self._is_named(word, body)]
        weight = sum(word.weight for word in asked)
        inside = [word for word in stand if _stands(word, own)]
        return (
            all(word in stand for word in asked if word.named and not word.first)
            and sum(word.weight for word in stand) >= _TOPIC * weight
            and len(inside) >= _LEAST
            and any(not word.named for word in inside)
        )

    def _is_named(self, word: Word, body: frozenset[str]) -> bool:
        return any(self.fitting.profiles.named(iri) <= body for iri in word.things)

    def _is_by(self, statement: Statement, speaker: Phrase, speakers: Container[str]) -> bool:
        if statement.subject.id in speakers:
            return True
        return self.fitting.end(statement.subject, speaker, statement) != NOT

    def _another(
        self,
        quotes: Iterable[Statement],
        kept: Sequence[Statement],
        scores: dict[str, float],
        best: float,
    ) -> bool:
        """Whether somebody else said nearly as much of it."""
        who = {one.subject.id for one in kept}
        others = (scores[one.id] for one in quotes if one.subject.id not in who)
        return len(who) > 1 or max(others, default=0.0) > _OTHER * best


def _of_words(question: Question, asked: tuple[Word, ...]) -> _Asked | None:
    """What a question asks of words that somebody said; None where it asks for something else."""
    clause, source, open_ = question.clauses[0], question.source, question.asked
    if open_ is None or len(question.clauses) > 1 or clause.negated:
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
    told = wanted_words(speaker)
    verbs = words("verbs", "say") | words("verbs", "finding")
    saying = {clause.verb, clause.form} & verbs
    no = told.union(*(stems(verb) for verb in saying))
    return tuple(word for word in asked if not is_light(word) and not set(word.stems) & no)


def _stands(word: Word, near: frozenset[str]) -> bool:
    own = bool(word.stems) and near.issuperset(word.stems)
    return own or any(near.issuperset(other) for other in word.alike if other)
