"""What somebody said about something, where neither the quotation's own words nor what it is linked to
say it: the words around it do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.ask.answers import Found
from kg.ask.contexts import NOT, Contexts, all_stems
from kg.ask.fitting import Fitting, wanted_words
from kg.ask.profiles import Profiles
from kg.ask.question import Clause, Complement, Phrase, Question
from kg.ask.stems import stems
from kg.ask.words import words
from kg.model import Quotation, Statement

#: The share of the words that have to stand near a quotation.
_ENOUGH: Final = 0.6


@dataclass(frozen=True, slots=True)
class Asked:
    """Who said it, what about, and what else is told ("on Twitter")."""

    speaker: Phrase
    about: Phrase
    rest: tuple[Complement, ...]


def asked_about(clause: Clause) -> Asked | None:
    """What "What did X say about Y?" asks; None for another question."""
    marks = words("verbs", "about")
    about = next((c for c in clause.complements if set(c.marks) & marks), None)
    said = clause.object
    if clause.passive or clause.verb not in words("verbs", "say") or about is None:
        return None
    if clause.subject is None or said is None or not said.asked or said.head:
        return None
    rest = tuple(c for c in clause.complements if c is not about)
    return Asked(clause.subject, about.phrase, rest)


def as_said(question: Question) -> Question | None:
    """ "According to whom did X ...?" as "Who said that X ...?"; None for another question."""
    source, clause = question.source, question.clauses[0]
    if source is None or not source.asked or len(question.clauses) > 1 or clause.content:
        return None
    content = [] if clause.verb == "be" else [clause.verb]
    for phrase in (one for end in clause.ends for one in _phrases(end)):
        content += _lemmas(phrase)
    said = Clause("say", "said", subject=source, content=tuple(dict.fromkeys(content)))
    return replace(question, clauses=(said,), asked=source, asks="thing", source=None)


def _lemmas(phrase: Phrase) -> tuple[str, ...]:
    """The words of a phrase and of what it is of, the last of a name marked."""
    own = tuple(word for word in phrase.lemmas if word not in words("names", "articles"))
    if phrase.proper and own:
        own = (*own[:-1], f"={own[-1]}")
    return (*own, *_lemmas(phrase.of)) if phrase.of is not None else own


def most_about(asked: Asked, found: Sequence[Found]) -> tuple[Found, ...]:
    """Of several quotations those that have more than half as many of the words asked for as the best, in
    themselves or in what they answer ("asked “How is the trial?”")."""
    wanted = deep_words(asked.about)
    counts = [max((len(wanted & _own(s)) for s in one.statements), default=0) for one in found]
    best = max(counts, default=0)
    return tuple(one for one, n in zip(found, counts, strict=True) if 2 * n > best or n == best)


def _own(statement: Statement) -> frozenset[str]:
    quote = statement.object
    text = quote.text if isinstance(quote, Quotation) else ""
    return all_stems([text, *(a.label for a in statement.arguments)])


def scored(
    asked: Asked, statement: Statement, fitting: Fitting, contexts: Contexts, profiles: Profiles
) -> tuple[float, float, float] | None:
    """How well a statement is what is asked, the more the better; None where it is not."""
    quote = statement.object
    if not isinstance(quote, Quotation):
        return None
    if fitting.end(statement.subject, asked.speaker, statement) == NOT:
        return None
    if any(fitting.beside(c, statement) == NOT for c in asked.rest):
        return None
    wanted = deep_words(asked.about)
    own = frozenset(stems(quote.text)).union(*(profiles.named(iri) for iri in quote.about))
    shares = [
        len(wanted & near) / max(len(wanted), 1)
        for near in (own, own | contexts.sentence(statement), own | contexts.window(statement))
    ]
    near = shares[1] >= _ENOUGH or wanted <= own | contexts.paragraph(statement)
    if not near or shares[2] < _ENOUGH or not _names_stand(asked.about, statement, fitting):
        return None
    return shares[2], shares[1], shares[0]


def _names_stand(about: Phrase, statement: Statement, fitting: Fitting) -> bool:
    """Whether what is named stands near; that is what a quotation is about."""
    near = fitting.contexts.window(statement) | all_stems([statement.object.text])  # type: ignore[union-attr]
    return all(fitting.stands(one, near) for one in _phrases(about) if one.proper)


def deep_words(phrase: Phrase) -> frozenset[str]:
    """The words of a phrase with those of its relative clauses."""
    verbs = all_stems(clause.verb for one in _phrases(phrase) for clause in one.clauses)
    return verbs.union(*(wanted_words(one) for one in _phrases(phrase)))


def _phrases(phrase: Phrase) -> Iterator[Phrase]:
    """A phrase with all that is part of it."""
    yield phrase
    for part in (*phrase.also, *((phrase.of,) if phrase.of is not None else ())):
        yield from _phrases(part)
    for clause in phrase.clauses:
        for end in clause.ends:
            if end.ref != phrase.ref:
                yield from _phrases(end)
