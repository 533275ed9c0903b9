"""Teaching as a whole: what is found, written, and read by the next build."""

from __future__ import annotations

from itertools import permutations

import pytest

import kg
from kg.errors import ConfigError
from kg.results import to_json
from tests.teaching.conftest import COMPLAINTS, PLAYS

MATCH = (
    "Leeds Albion striker Kit Vane scored the winning goal on Sunday. The mayor, Nina Cole, "
    "congratulated Leeds Albion after the match. Nils Grey grumbled about Kit Vane."
)


def test_words_that_carry_a_relation_are_found(complaints):
    found = {(e.term, e.words, e.marks) for e in complaints.entries}
    assert ("verb", "grumble about", ()) in found
    assert ("noun", "grievance", ("'s", "against")) in found
    assert complaints.covered >= {1, 2, 3, 4}
    assert complaints.taught is None  # the words are enough


def test_what_words_do_not_carry_the_network_learns(plays):
    assert not plays.covered
    assert plays.outcome is not None
    assert plays.outcome.good
    assert (plays.taught.subjects, plays.domain) == (("PERSON",), "Person")


def test_a_build_with_the_files_states_it(plays, complaints, tmp_path):
    """... and the same examples teach the same."""
    files = {"ontology": tmp_path / "ontology.ttl", "lexicon": tmp_path / "lexicon.ttl"}
    complaints.write()
    again = kg.teach("plays for", PLAYS, **files)
    assert to_json(again.taught) == to_json(plays.taught)
    assert len(again.write()) == 2  # the ontology, and what stands beside the lexicon
    (tmp_path / "match.txt").write_text(MATCH, encoding="utf-8")
    settings = kg.load_config(
        graph={"ontology": str(files["ontology"])},
        pipeline={"lexicon": str(files["lexicon"]), "confidence_named": 0.7},
    )
    with kg.build([tmp_path / "match.txt"], tmp_path / "out", settings=settings) as graph:
        told = {
            (s.subject.label, s.predicate.id.rpartition("#")[2], s.object.label): s
            for s in graph.statements()
            if not isinstance(s.object, str)
        }
        assert ("Nils Grey", "grumbledAt", "Kit Vane") in told
        found = told["Kit Vane", "playsFor", "Leeds Albion"]
        assert found.evidence[0].extractor == "taught"
        assert found.evidence[0].text == "Leeds Albion striker Kit Vane"
        assert 0.7 <= found.confidence < 1
        assert ("Nina Cole", "playsFor", "Leeds Albion") not in told
        assert graph.check() == ()


def test_a_word_that_states_a_counterexample_is_struck(tmp_path):
    against = {
        "sentence": "Ida Moss grumbled about the weather man Al Bond.",
        "subject": "Ida Moss",
        "object": "Al Bond",
        "holds": False,
    }
    lesson = kg.teach(
        "grumbled at",
        [*COMPLAINTS, against],
        ontology=tmp_path / "o.ttl",
        lexicon=tmp_path / "l.ttl",
    )
    assert "grumble about" in [entry.words for entry in lesson.struck]
    assert "grumble about" not in [entry.words for entry in lesson.entries]


def test_what_is_not_learned_well_is_not_written(tmp_path):
    names = ("Ada Vega", "Bo Lund", "Cy Marsh", "Di Ross", "Ed Finch", "Flo Hale")
    rows = [
        {"sentence": f"{one} met {two}.", "subject": one, "object": two, "holds": n % 3 == 0}
        for n, (one, two) in enumerate(permutations(names, 2))
    ]  # the same words for what holds and what does not
    lesson = kg.teach("zorbled", rows, ontology=tmp_path / "o.ttl", lexicon=tmp_path / "l.ttl")
    assert lesson.is_empty
    assert lesson.outcome is not None
    with pytest.raises(ConfigError, match="nothing is written"):
        lesson.write()
    assert list(tmp_path.iterdir()) == []


def test_a_class_is_no_relation(tmp_path):
    with pytest.raises(ConfigError, match="letters"):
        kg.teach("???", COMPLAINTS, lexicon=tmp_path / "l.ttl", ontology=tmp_path / "o.ttl")
