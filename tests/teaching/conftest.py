"""A relation that words carry, and one that the network has to learn, each taught once."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg

PLAYS = Path(__file__).with_name("plays.csv")
COMPLAINTS = [
    {"sentence": sentence, "subject": subject, "object": object_}
    for sentence, subject, object_ in [
        ("Nils Grey grumbled about the referee Vera Holt.", "Nils Grey", "Vera Holt"),
        ("Nils Grey's grievance against Vera Holt was heard.", "Nils Grey", "Vera Holt"),
        ("Vera Holt, who grumbled about Ole Dahl, left the club.", "Vera Holt", "Ole Dahl"),
        ("The fans have grumbled about Ole Dahl for years.", "fans", "Ole Dahl"),
        ("Ole Dahl is lampooned by Vera Holt in the film.", "Vera Holt", "Ole Dahl"),
    ]
]


@pytest.fixture(scope="session")
def plays(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plays")
    return kg.teach(
        "plays for", PLAYS, ontology=folder / "ontology.ttl", lexicon=folder / "lexicon.ttl"
    )


@pytest.fixture
def complaints(tmp_path):
    return kg.teach(
        "grumbled at",
        COMPLAINTS,
        ontology=tmp_path / "ontology.ttl",
        lexicon=tmp_path / "lexicon.ttl",
    )
