"""The seed file and its loader."""

import pickle

import pytest

from kg.config import data_folder
from kg.errors import ConfigError
from kg.seeds import Seed, Seeds, load_seeds

HEAD = (
    "@prefix ent: <https://kg.example/entity/> .\n"
    "@prefix kg: <https://kg.example/ontology#> .\n"
    "@prefix schema: <http://schema.org/> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
)


def seeds(tmp_path, *bodies: str) -> tuple[Seed, ...]:
    paths = []
    for number, body in enumerate(bodies):
        paths.append(tmp_path / f"{number}.ttl")
        paths[-1].write_text(HEAD + body, encoding="utf-8")
    return load_seeds(paths)


def test_shipped_seeds_are_sound() -> None:
    found = load_seeds()
    assert len(found) >= 150
    assert list(found) == sorted(found, key=lambda seed: seed.id)
    names = [(name, seed.type) for seed in found for name in (seed.label, *seed.aliases)]
    assert len(names) == len(set(names))
    ontology = (data_folder("ontology") / "kg.ttl").read_text(encoding="utf-8")
    for name in {seed.type for seed in found}:
        assert f"kg:{name} a owl:Class" in ontology
    union = next(seed for seed in found if seed.label == "SAG-AFTRA")
    assert union.type == "Organization"
    assert "Screen Actors Guild" in union.aliases


def test_schema_classes_english_label_and_aliases(tmp_path) -> None:
    [found] = seeds(
        tmp_path,
        'ent:T a schema:TVSeries ; rdfs:label "Die Flut"@de, "The Tide"@en ;\n'
        '  skos:altLabel "Tide", "La Marea"@es ; schema:alternateName "The Tide" .',
    )
    assert found == Seed("https://kg.example/entity/T", "The Tide", "Series", ("La Marea", "Tide"))


def test_second_file_adds_names(tmp_path) -> None:
    body = 'ent:T a kg:Series ; rdfs:label "{}" .'
    [found] = seeds(tmp_path, body.format("The Tide"), body.format("Tide"))
    assert (found.label, found.aliases) == ("The Tide", ("Tide",))


def test_broken_file_names_line_and_column(tmp_path) -> None:
    with pytest.raises(ConfigError, match=r"0\.ttl: line 7, column \d+: not valid Turtle"):
        seeds(tmp_path, 'ent:T a kg:Series ;\n rdfs:label "The Tide ;\n')


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("ent:T a kg:Series .", "no rdfs:label"),
        ('ent:T a kg:Series, kg:Film ; rdfs:label "T" .', "several types: Film, Series"),
        (
            'ent:T a kg:Organisation ; rdfs:label "T" .',
            "the type 'Organisation', no class here. Did you mean 'Organization'?",
        ),
    ],
)
def test_incomplete_entity_is_named(tmp_path, body, message) -> None:
    with pytest.raises(ConfigError, match=f"entity/T> has {message}"):
        seeds(tmp_path, body)


def test_missing_file_and_no_files(tmp_path) -> None:
    with pytest.raises(ConfigError, match="cannot read the seeds"):
        load_seeds([tmp_path / "none.ttl"])
    assert load_seeds([]) == ()


def test_seeds_are_found_by_label_and_alias_also_after_a_journey_to_a_worker() -> None:
    tide = Seed("1", "The Tide", "Series", ("La Marea", "..."))
    news = Seed("2", "Tide", "Organization")
    known = Seeds([tide, news])

    def plain(name: str) -> str:
        return name.casefold().removeprefix("the ").strip(".")

    assert known.by_name(plain) == {"tide": [tide, news], "la marea": [tide]}
    assert known.by_name(plain) is known.by_name(plain)
    assert known.by_name(str)["Tide"] == [news]
    there = pickle.loads(pickle.dumps(known))
    assert there == known
    assert there.by_name(plain) == known.by_name(plain)
