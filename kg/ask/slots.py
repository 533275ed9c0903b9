"""What of a fitting statement fills the open end of a question: an end, an argument, a number in either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.ask.contexts import NOT, End
from kg.ask.deeds import Deed
from kg.ask.fitting import Fitting
from kg.ask.question import Complement, Question
from kg.ask.stems import stems
from kg.ask.words import listed, words
from kg.model import Literal, Node, Quotation, Statement, StatementArgument

_MONEY: Final = re.compile(r"[$€£¥%]|\b(?:dollars?|euros?|pounds?|yen|percent|per cent)\b", re.I)
_OF: Final = re.compile(r"(\d[\d,.]*) of\b")
_DATE: Final = re.compile(r"-?\d|-")


@dataclass(frozen=True, slots=True, order=True)
class Answer:
    """One answer: its words, its value, and the thing's IRI where it is one."""

    label: str
    value: str = ""
    iri: str = ""


def filled(
    question: Question, deed: Deed, statement: Statement, first: End, second: End, fitting: Fitting
) -> tuple[Answer, ...]:
    """The answers that a fitting statement gives; none where it does not tell what is asked."""
    asked = question.asked
    assert asked is not None
    if question.source is not None and question.source.ref == asked.ref:
        who = statement.attributed_to
        return (Answer(who.label, iri=who.id),) if who is not None else ()
    found: tuple[Answer, ...] = ()
    if deed.first is not None and deed.first.ref == asked.ref:
        found = of_end(first)
    elif deed.second is not None and deed.second.ref == asked.ref:
        found = of_end(second)
    else:
        beside = [c for c in deed.rest if c.phrase.ref == asked.ref]
        other = first if deed.first is None else second
        found = tuple(
            dict.fromkeys(a for c in beside for a in _beside(c, deed, statement, other, fitting))
        )
    found = tuple(a for a in found if not asked.head or stems(a.label) != stems(asked.head))
    if question.asks in ("count", "amount"):
        found = tuple(_part(a) for a in found if _counts(a, question))
    return found


def _part(answer: Answer) -> Answer:
    first = part(answer.label)
    return Answer(first) if first != answer.label else answer


def part(label: str) -> str:
    """ "39" of "39 of the 54 delegates"; another label as it is."""
    first = _OF.match(label)
    return first[1] if first else label


def of_end(end: End) -> tuple[Answer, ...]:
    """An end of a statement as an answer; none of one that is a statement itself."""
    if isinstance(end, Node):
        return (Answer(end.label, iri=end.id),)
    if isinstance(end, Quotation):
        return (Answer(end.text, iri=end.id),)
    return (Answer(end.label, end.value),) if isinstance(end, Literal) else ()


def _counts(answer: Answer, question: Question) -> bool:
    """Whether it is a number: of dollars for "how much"."""
    number = any(c.isdigit() for c in answer.label) or bool(
        set(answer.label.casefold().split()) & words("numbers", "words")
    )
    asked = question.asked
    if question.asks == "amount" and asked is not None and not asked.head:
        if asked.text.casefold() == "long":
            return answer.value.startswith("P")
        return number and bool(_MONEY.search(answer.label))
    return number


def _beside(
    complement: Complement, deed: Deed, statement: Statement, other: End, fitting: Fitting
) -> Iterator[Answer]:
    mark = complement.marks[0]
    roles = listed("roles", mark) if mark in words("roles", "asked") else complement.marks
    for a in statement.arguments:
        if a.role in roles and _suits(a, mark):
            if complement.phrase.head and a.entity:
                node = Node(a.entity, a.label, fitting.names.thing(a.entity).type)
                if fitting.kinds.level(node, complement.phrase, statement) == NOT:
                    continue
            yield Answer(a.label, a.value or "", a.entity or "" if mark != "when" else "")
    free = deed.first is None or deed.second is None
    marked = statement.predicate.label.split()[-1] in _spelt(complement.marks)
    if free and marked and fitting.kinds.level(other, complement.phrase, statement) != NOT:
        yield from (one for one in of_end(other) if mark != "where" or not _DATE.match(one.value))


def _spelt(marks: tuple[str, ...]) -> tuple[str, ...]:
    return listed("marks", "where") if marks == ("where",) else marks


def _suits(argument: StatementArgument, mark: str) -> bool:
    """A date for "when"; no date for "where"."""
    dated = bool(_DATE.match(argument.value or ""))
    if mark == "when":
        return argument.role == "time" or dated
    return mark != "where" or not dated
