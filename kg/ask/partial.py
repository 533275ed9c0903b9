"""A question with less: what may be left aside where the graph has nothing for all of its words.

"What did the captain say *after the defeat*?" has the same answer without its last words where the
captain is told to have spoken on one occasion only. A name, a date or a number is never left
aside, nor is anything of a question of yes or no.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from kg.ask.answers import Found
from kg.ask.question import Complement, Phrase, Question
from kg.ask.sparql import Known
from kg.ask.words import words
from kg.model import Statement


def lesser(
    question: Question, known: dict[int, Known], named: Container[str]
) -> Iterator[tuple[Question, tuple[Complement, ...]]]:
    """The question without one of its further phrases that tell where or when; ``named`` are the
    things with a name. What goes comes with it, a clause as a complement without marks."""
    if question.asks == "truth" or question.most:
        return
    first = question.clauses[0]
    said = first.verb in words("verbs", "say")
    phrases = [
        c
        for c in first.complements
        if _may_go(c, known, named, said=said) or (said and _is_occasion(c))
    ]
    asides = [
        Complement((), a) for a in question.aside if not a.proper and not accused_of(question)
    ]
    may = [*phrases, *asides]
    for gone in ((one,) for one in may):
        kept = tuple(c for c in first.complements if c not in gone)
        aside = tuple(a for a in question.aside if a not in [c.phrase for c in gone])
        clauses = (replace(first, complements=kept), *question.clauses[1:])
        yield replace(question, clauses=clauses, aside=aside), gone


def accused_of(question: Question) -> tuple[str, ...]:
    """The words of what somebody is accused of ("of *running the site*"), which never go."""
    accused = any(clause.verb in words("verbs", "accusing") for clause in question.clauses[:1])
    return tuple(word for part in question.aside for word in part.lemmas) if accused else ()


def _may_go(
    c: Complement, known: dict[int, Known], named: Container[str], *, said: bool
) -> bool:  # fmt: skip
    """Whether a phrase tells only when or where, or to whom something was said."""
    phrase = c.phrase
    marks = words("marks", "occasion") | words("marks", "unspoken")
    if phrase.asked or not (c.marks[0] in marks or (said and c.marks == ("to",))):
        return False
    if said and set(c.marks) & words("verbs", "about"):
        return False
    if _is_vague_time(phrase):
        return True
    iris = known.get(phrase.ref, Known()).iris
    if phrase.proper and any(iri in named for iri in iris):
        return False
    return not phrase.proper and not phrase.value and not phrase.of and not phrase.clauses


def _is_occasion(c: Complement) -> bool:
    """Where or when something was said: "on television"."""
    return not c.phrase.asked and not c.phrase.value and c.marks[0] in words("marks", "occasion")


def _is_vague_time(phrase: Phrase) -> bool:
    """ "Wednesday", "last week": no date by itself."""
    return phrase.head in words("numbers", "vague") and not phrase.value[:1].isdigit()


def holds(found: Iterable[Found], gone: tuple[Complement, ...]) -> tuple[Found, ...]:
    """The answers that stand without what was left aside: none that a statement contradicts with
    another time or place, and only where all are told in one article; else none."""
    kept = [
        replace(one, statements=statements)
        for one in found
        if (statements := tuple(s for s in one.statements if not _contradicts(s, gone)))
    ]
    articles = [{e.article for s in one.statements for e in s.evidence} for one in kept]
    together = len(kept) == 1 or (bool(kept) and bool(set.intersection(*articles)))
    return tuple(kept) if together else ()


def _contradicts(statement: Statement, gone: tuple[Complement, ...]) -> bool:
    return any(
        _same_role(argument.role, c) and not _share(argument.label, c.phrase)
        for argument in statement.arguments
        for c in gone
    )


def _same_role(role: str, c: Complement) -> bool:
    if _is_vague_time(c.phrase):
        return role in words("marks", "times")
    mark = c.marks[0] if c.marks else ""
    return role == mark or (role == "place" and mark in words("marks", "place"))


def _share(label: str, phrase: Phrase) -> bool:
    told = label.casefold()
    return any(word.casefold() in told for word in (*phrase.lemmas, *phrase.terms))


def told_aside(gone: tuple[Complement, ...]) -> str:
    """What was left aside, in words."""
    worded = (f"{' '.join(c.marks[:1])} {c.phrase.text}".strip() for c in gone)
    marks = words("marks", "unspoken")
    return ", ".join(
        f"“{one.partition(' ')[2] if one.split()[0] in marks else one}”" for one in worded
    )
