from __future__ import annotations

import pytest

from kg.graph.turtle import Shortener, turtle_text


@pytest.mark.parametrize(
    "line", ["_:b <urn:p> <urn:o> .", "<urn:s> <urn:p> <urn:o>", "<urn:s> p <urn:o> ."]
)
def test_turtle_refuses_a_line_that_is_no_triple_of_ours(line: str) -> None:
    with pytest.raises(ValueError, match="not a triple of ours"):
        list(Shortener(()).blocks([line]))


def test_lines_in_any_order_become_one_block_a_subject_with_its_type_first() -> None:
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    lines = [
        '<urn:x/a> <urn:x/name> "A" .',
        f"<urn:x/a> <{kind}> <urn:x/Thing> .",
        '<urn:x/a> <urn:x/name> "B" .',
    ]
    assert turtle_text(lines, (("x", "urn:x/"),)) == (
        '@prefix x: <urn:x/> .\n\nx:a a x:Thing ;\n  x:name "A", "B" .\n'
    )
