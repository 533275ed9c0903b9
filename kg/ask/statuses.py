"""What is claimed, denied or planned of a thing: questions that ask for a status, not for a relation."""

from __future__ import annotations

from kg.ask.question import Clause, Question
from kg.ask.sparql import Known
from kg.ask.words import mapping, words


def asked_status(question: Question) -> tuple[str, ...]:
    """The statuses that "What is claimed about X?" asks for; none for another question."""
    clause = question.clauses[0]
    subject = clause.subject
    if not clause.passive or clause.agent is not None or subject is None or not subject.asked:
        return ()
    if subject.head or _about(clause) is None or clause.content:
        return ()
    return tuple(mapping("statuses").get(clause.verb, ()))


def status_query(question: Question, known: dict[int, Known], statuses: tuple[str, ...]) -> str:
    """The statements about the thing that have one of these statuses."""
    about = _about(question.clauses[0])
    iris = known.get(about or -1, Known()).iris
    ends = " UNION ".join(
        f"{{ ?statement rdf:{place} <{iri}> }}" for iri in iris for place in ("subject", "object")
    )
    among = ", ".join(f"kg:{one.capitalize()}" for one in statuses)
    return (
        "SELECT DISTINCT ?answer ?statement WHERE {\n"
        f"  {ends or '{ ?statement rdf:subject ?nobody FILTER(false) }'}\n"
        f"  ?statement kg:status ?status FILTER(?status IN ({among}))\n"
        "  BIND(?statement AS ?answer)\n}"
    )


def _about(clause: Clause) -> int | None:
    """The ``ref`` of X in "about X"."""
    marks = words("verbs", "about")
    return next((c.phrase.ref for c in clause.complements if set(c.marks) & marks), None)
