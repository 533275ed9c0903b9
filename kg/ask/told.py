"""How a question was understood, in one plain line."""

from __future__ import annotations

from kg.ask.names import Names
from kg.ask.question import Clause, Phrase, Question
from kg.ask.relations import Relations
from kg.ask.sparql import Known
from kg.ask.tellings import tellings


def told(question: Question, known: dict[int, Known], names: Names, relations: Relations) -> str:
    """The line: "who – sued – Midjourney"."""
    parts = [_clause(clause, known, names, relations) for clause in question.clauses]
    wanted = {
        "time": "when: ",
        "place": "where: ",
        "count": "how many: ",
        "amount": "how much: ",
        "age": "how old: ",
        "truth": "is it so: ",
    }
    return wanted.get(question.asks, "") + " and ".join(parts)


def _clause(clause: Clause, known: dict[int, Known], names: Names, relations: Relations) -> str:
    ends = (clause.agent, clause.subject) if clause.passive else (clause.subject, clause.object)
    first = _phrase(ends[0], known, names) if ends[0] is not None else "somebody"
    parts = [first, _relation(clause, relations)]
    if ends[1] is not None:
        parts.append(_phrase(ends[1], known, names))
    parts += [
        f"{c.marks[0]} {_phrase(c.phrase, known, names)}"
        for c in clause.complements
        if not c.phrase.asked
    ]
    return " – ".join(part for part in parts if part)


def _relation(clause: Clause, relations: Relations) -> str:
    meanings = [m for one in tellings(clause, relations) for m in one.meanings]
    labels = list(dict.fromkeys(relations.told(m.iri) for m in meanings))
    if clause.is_:
        return "is"
    return " / ".join(labels[:3]) or clause.verb


def _phrase(phrase: Phrase | None, known: dict[int, Known], names: Names) -> str:
    if phrase is None:
        return ""
    own = known.get(phrase.ref, Known())
    text = names.label[own.iris[0]] if len(own.iris) == 1 else phrase.text
    clauses = "".join(" that …" for _ in phrase.clauses)
    return f"{text}{clauses}"
