"""Who is named most."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Which company is mentioned most often?", "Castor Bakeries"),
        ("Which person is named in the most statements?", "Jonas Berg"),
    ],
)
def test_the_most_named_is_counted_over_all_statements(graph, question, wanted):
    found = graph.ask(question)
    assert [answer.label for answer in found.answers] == [wanted]
    assert found.answers[0].statements
    assert next(iter(graph.query(found.reading.sparql)))["answer"] == found.answers[0].iri
