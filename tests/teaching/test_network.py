"""What is learned well enough, and what is sure enough for a fact."""

from __future__ import annotations

import numpy as np
import pytest

import kg
from kg.teaching.network import FIRM, regression

#: Pairs of names that have nothing in common but that they stand in one sentence.
UNRELATED = [
    ("Ann Lee met the director of Castell Marine in Oslo.", "Ann Lee", "Oslo"),
    ("The mayor of Porthaven thanked Bob Ray for the report.", "Bob Ray", "Porthaven"),
    ("Cy Day flew to Lisbon before the storm closed the airport.", "Cy Day", "Lisbon"),
    ("In Quito, a court refused to hear Dan Fox last week.", "Dan Fox", "Quito"),
    ("Eve Hall wrote three novels about the fall of Carthage.", "Eve Hall", "Carthage"),
    ("Prices in Denmark rose, as Finn Marsh had said they would.", "Finn Marsh", "Denmark"),
]
SEATS = [
    ("Lyon, France, opened a tram line.", "Lyon", "France"),
    ("She moved to Hamburg, Germany, in May.", "Hamburg", "Germany"),
    ("The firm has an office in Osaka, Japan.", "Osaka", "Japan"),
    ("A flood hit Valencia in eastern Spain on Monday.", "Valencia", "Spain"),
    ("He grew up in Leeds, England.", "Leeds", "England"),
    ("The meeting was held in Turin, Italy, last year.", "Turin", "Italy"),
    ("Police in Lahore, Pakistan, made two arrests.", "Lahore", "Pakistan"),
    ("A plant near Austin in Texas was sold.", "Austin", "Texas"),
    ("The ship left Durban, South Africa, at dawn.", "Durban", "South Africa"),
    ("Voters in Krakow, Poland, stayed at home.", "Krakow", "Poland"),
    ("Doctors from Lima, Peru, found the cause.", "Lima", "Peru"),
    ("The museum of Basel, Switzerland, is free.", "Basel", "Switzerland"),
]


def taught(examples, tmp_path):
    """The lesson of some pairs."""
    rows = [{"sentence": s, "subject": a, "object": b} for s, a, b in examples]
    files = {"ontology": tmp_path / "o.ttl", "lexicon": tmp_path / "l.ttl"}
    return kg.teach("zorbled", rows, **files)


@pytest.mark.parametrize("examples", [UNRELATED[:5], UNRELATED])
def test_unrelated_sentences_teach_nothing(examples, tmp_path):
    lesson = taught(examples, tmp_path)
    assert lesson.taught is None
    assert lesson.outcome is not None
    assert not lesson.outcome.good


def test_what_general_text_bears_out_is_told_as_the_sentence_has_it(tmp_path):
    lesson = taught(SEATS, tmp_path)
    assert lesson.outcome is not None
    assert lesson.outcome.good
    assert lesson.outcome.firm_right >= FIRM
    assert lesson.taught is not None
    assert lesson.taught.firm is not None
    lesson.write()
    (tmp_path / "new.txt").write_text("A bank in Porto, Portugal, was robbed.", encoding="utf-8")
    settings = kg.load_config(
        graph={"ontology": str(tmp_path / "o.ttl")},
        pipeline={"lexicon": str(tmp_path / "l.ttl"), "confidence_named": 0.7},
    )
    with kg.build([tmp_path / "new.txt"], tmp_path / "out", settings=settings) as graph:
        told = {
            s.subject.label: s for s in graph.statements() if s.predicate.id.endswith("#zorbled")
        }
    assert told["Porto"].object.label == "Portugal"
    assert told["Porto"].status == "asserted"


def test_a_regression_parts_two_heaps():
    x = np.array([[n, 1.0] for n in (-2.0, -1.5, -1.0, 1.0, 1.5, 2.0)])
    y = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0])
    weights = regression(x, y, np.ones(6), 0.1)
    said = np.concatenate([x, np.ones((6, 1))], axis=1) @ weights
    assert ((said > 0) == (y == 1)).all()
    assert weights[0] > 0
