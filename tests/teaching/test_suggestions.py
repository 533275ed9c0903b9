"""What a graph tells often and the ontology lacks."""

from __future__ import annotations

import kg
from kg.teaching.suggestions import examples_of, sentence_at

TEXT = (
    "Nils Grey grumbled about Vera Holt. Ole Dahl grumbled about Acme. Acme bankrolled Vera Holt. "
    "Ole Dahl signed a peace accord with Acme. Vera Holt signed a trade accord with Acme."
)


def test_open_relations_come_with_passages_and_are_ready_to_be_taught(tmp_path):
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    settings = kg.load_config(
        pipeline={
            "confidence": 0.0, "confidence_relation": 0.0, "confidence_named": 0.0,
            "confidence_unnamed": 0.0, "confidence_little": 0.0, "worth": 0.0,
        }
    )  # fmt: skip
    with kg.build([tmp_path / "one.txt"], tmp_path / "out", settings=settings) as graph:
        found = kg.suggest(graph, least=2)
        grumbled = next(one for one in found if dict(one.labels).get("grumble about"))
        assert grumbled.what == "relation"
        assert grumbled.count >= 2
        assert {one.sentence for one in grumbled.examples} >= {"Ole Dahl grumbled about Acme."}
        rows = examples_of(graph, ["grumble about"])
        assert {(one.subject, one.object) for one in rows} == {
            ("Nils Grey", "Vera Holt"),
            ("Ole Dahl", "Acme"),
        }
        assert all(one.subject in one.sentence and one.object in one.sentence for one in rows)
        assert {one.what for one in found} == {"relation", "class"}


def test_the_sentence_of_a_passage_is_found():
    text = 'One came. Two went, said Mr. Lee.\nThree stayed! "Four" left.'
    for words, whole in (
        ("One", "One came."),
        ("went", "Two went, said Mr. Lee."),
        ("stayed", "Three stayed!"),
    ):
        at = text.index(words)
        assert sentence_at(text, at, at + len(words)) in (whole, "Two went, said Mr.")
