"""Who or what is named in the most statements: a count over a whole graph."""

from __future__ import annotations

from kg.ask.question import Question
from kg.ask.sparql import Known
from kg.ask.words import words


def asks_for_mentions(question: Question) -> bool:
    """Whether it is asked who is named most: "Which firm is mentioned most often?"."""
    first = question.clauses[0]
    who = first.subject
    if not question.most or who is None or not who.asked or len(question.clauses) > 1:
        return False
    rest = (first.object, first.agent, *first.complements)
    return first.verb in words("verbs", "mentioning") and not any(rest)


def mentions_query(kind: Known) -> str:
    """The things of a kind, by the number of statements that they are subject or object of."""
    classes = ", ".join(f"kg:{one}" for one in kind.classes)
    told = f"?answer a ?kind FILTER(?kind IN ({classes}))" if kind.classes else ""
    return (
        "SELECT ?answer (COUNT(DISTINCT ?statement) AS ?count) WHERE {\n"
        "  { ?statement rdf:subject ?answer } UNION { ?statement rdf:object ?answer }\n"
        f"  ?statement kg:status ?status . {told}\n"
        "} GROUP BY ?answer ORDER BY DESC(?count) ?answer LIMIT 50"
    )
