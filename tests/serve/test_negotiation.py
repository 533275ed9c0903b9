"""Accept headers as clients send them, and the type they get."""

from __future__ import annotations

import pytest

from kg.serve.negotiation import GRAPHS, HTML, RESULTS, choose

JSON, XML, CSV = "application/sparql-results+json", "application/sparql-results+xml", "text/csv"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "offers", "chosen"),
    [
        (None, RESULTS, JSON),
        ("", RESULTS, JSON),
        ("*/*", RESULTS, JSON),
        ("text/csv", RESULTS, CSV),
        ("TEXT/CSV", RESULTS, CSV),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", RESULTS, XML),
        ("text/csv, */*", RESULTS, CSV),  # what is named wins over what is taken in
        ("*/*;q=0.1, text/csv;q=0.2", RESULTS, CSV),
        ("application/sparql-results+json;q=0, */*", RESULTS, "application/json"),
        ("application/*;q=0.4, text/*;q=0.6", RESULTS, "text/xml"),
        ("text/csv;header=absent;q=0.3, application/json;q=0.2", RESULTS, CSV),
        ("application/json", RESULTS, "application/json"),
        ("image/png", RESULTS, None),
        ("text/csv;q=0", RESULTS, None),
        ("text/csv;q=0.000", RESULTS, None),
        ("text/turtle;q=2, application/n-triples;q=0.1", GRAPHS, "text/turtle"),
        ('application/ld+json;profile="a,b;q=0"', GRAPHS, "application/ld+json"),
        ("nonsense, text/turtle", GRAPHS, "text/turtle"),
        ("nonsense", GRAPHS, "text/turtle"),
        (BROWSER, (*GRAPHS, HTML), HTML),
        (BROWSER, RESULTS, "application/xml"),
        ("text/turtle, text/html;q=0.9", (*GRAPHS, HTML), "text/turtle"),
        (",,;;, ;q=1", GRAPHS, "text/turtle"),
    ],
)
def test_the_type_that_suits_the_client(accept, offers, chosen):
    assert choose(accept, offers) == chosen
