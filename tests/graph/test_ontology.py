"""The ontology, the words, the classes of resolution and the reference agree with each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import data_folder
from kg.errors import ConfigError
from kg.graph.ontology import load_ontology
from kg.graph.reference import reference
from kg.graph.vocab import KG, SCHEMA, SCHEMA_TYPES

ROOT = Path(__file__).parents[2]
TERMS = load_ontology().terms


@pytest.mark.parametrize("name", sorted(TERMS))
def test_every_term_tells_what_it_is(name: str) -> None:
    term = TERMS[name]
    assert term.label
    assert term.comment
    assert all(parent in TERMS for parent in term.parents)
    if term.kind == "relation":
        assert term.domain
        assert term.range
        for iri in (term.domain, term.range):
            assert not iri.startswith(KG) or iri.removeprefix(KG) in TERMS


def test_what_the_lexicon_has_words_for_is_in_the_ontology() -> None:
    data = (data_folder("ontology") / "lexicon.ttl").read_bytes()
    named = {
        node.value.removeprefix(KG)
        for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)
        for node in (quad.subject, quad.object)
        if isinstance(node, ox.NamedNode) and node.value.startswith(KG)
    }
    assert len(named) > 100
    assert sorted(named - set(TERMS)) == []


def test_the_classes_that_resolution_gives_are_in_the_ontology() -> None:
    tables = tomllib.loads((ROOT / "kg" / "resolve" / "types.toml").read_text(encoding="utf-8"))
    given = {*tables["labels"].values(), *tables["nouns"]}
    given.update(name for names in tables["families"].values() for name in names)
    assert sorted(name for name in given if TERMS[name].kind != "class") == []


@pytest.mark.parametrize(("name", "emitted"), sorted(SCHEMA_TYPES.items()))
def test_a_schema_class_that_is_emitted_is_one_that_the_ontology_allows(
    name: str, emitted: str
) -> None:
    chain = [name, *load_ontology().above(name)]
    mapped = {
        iri.removeprefix(SCHEMA)
        for term in chain
        for how, iri in TERMS[term].mappings
        if iri.startswith(SCHEMA) and re.search("equivalentClass|subClassOf|[Mm]atch", how)
    }
    assert emitted in mapped


def test_the_terms_that_the_code_writes_are_in_the_ontology() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "kg" / "graph").glob("*.py"))
    written = set(re.findall(r"\{KG\}([A-Za-z]\w*)", code))
    assert sorted(written - set(TERMS)) == []


def test_the_terms_that_queries_and_shapes_use_are_in_the_ontology() -> None:
    folder = data_folder("ontology")
    for file in [folder / "shapes.ttl", *sorted((folder / "queries").glob("*.rq"))]:
        used = set(re.findall(r"\bkg:([A-Za-z]\w*)", file.read_text(encoding="utf-8")))
        unknown = {name for name in used if not name.endswith("Shape")} - set(TERMS)
        assert unknown == set(), file.name


def test_the_reference_is_up_to_date() -> None:
    page = ROOT / "docs" / "reference" / "ontology.md"
    if not page.exists():
        pytest.skip("the reference is part of a checkout only")
    assert page.read_text(encoding="utf-8") == reference(), (
        "run: python -m kg.graph.reference > docs/reference/ontology.md"
    )


def test_a_broken_ontology_tells_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "kg.ttl"
    file.write_text("@prefix kg: <https://kg.example/ontology#> .\nkg:used a kg:x y .\n")
    with pytest.raises(ConfigError, match=r"kg\.ttl:2:\d+: not valid Turtle"):
        load_ontology(str(file))
