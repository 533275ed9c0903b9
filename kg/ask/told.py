"""How a question was understood, in one plain line."""

from __future__ import annotations

from kg.ask.names import Names
from kg.ask.question import Clause, Phrase, Question
from kg.ask.relations import Relations
from kg.ask.sparql import Known
from kg.ask.tellings import tellings


def told(
    question: Question, known: dict[int, Known], names: Names, relations: Relations,
    found: tuple[str, ...] = (),
) -> str:  # fmt: skip
    """The line: "who – sued – Midjourney"; ``found`` are the relations of what was found."""
    parts = [_clause(clause, known, names, relations, found) for clause in question.clauses]
    wanted = {
        "time": "when: ",
        "place": "where: ",
        "count": "how many: ",
        "amount": "how much: ",
        "age": "how old: ",
        "truth": "is it so: ",
    }
    why = any(c.marks == ("why",) for clause in question.clauses for c in clause.complements)
    asked = "why: " if why else wanted.get(question.asks, "")
    return asked + " and ".join(parts)


def _clause(
    clause: Clause, known: dict[int, Known], names: Names, relations: Relations,
    found: tuple[str, ...],
) -> str:  # fmt: skip
    ends = (clause.agent, clause.subject) if clause.passive else (clause.subject, clause.object)
    first = _phrase(ends[0], known, names) if ends[0] is not None else "somebody"
    parts = [first, _relation(clause, relations, found)]
    if ends[1] is not None:
        parts.append(_phrase(ends[1], known, names))
    parts += [
        f"{c.marks[0]} {_phrase(c.phrase, known, names)}"
        for c in clause.complements
        if not c.phrase.asked
    ]
    return " – ".join(part for part in parts if part)


def _relation(clause: Clause, relations: Relations, found: tuple[str, ...]) -> str:
    if found and not clause.is_:
        words = clause.form if clause.passive else clause.verb
        told_ = " / ".join(found[:3])
        return told_ if words in told_ else f"{told_} (“{words}”)"
    meanings = [m for one in tellings(clause, relations) for m in one.meanings]
    labels = list(dict.fromkeys(relations.told(m.iri) for m in meanings))
    if clause.is_:
        return "is"
    return " / ".join(labels[:3]) or clause.verb


def _phrase(phrase: Phrase | None, known: dict[int, Known], names: Names) -> str:
    if phrase is None:
        return ""
    own = known.get(phrase.ref, Known())
    named = names.label[own.iris[0]] if len(own.iris) == 1 else ""
    if phrase.clauses:
        return f"{phrase.text} that …" + (f" ({named})" if named else "")
    return named or phrase.text


def told_words(question: Question) -> str:
    """The line where the words of passages answer, and no relation."""
    return f"by the words of passages: {question.text}"
