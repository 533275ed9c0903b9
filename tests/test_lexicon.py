"""`ontology/lexicon.ttl` and its loader."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import data_folder
from kg.errors import ConfigError
from kg.extract.statements.nominals import nominals
from kg.extract.statements.relations import relations
from kg.lexicon import load_lexicon, property_label
from kg.model import Article
from tests.extract.parsed import doc_of

HEAD = """@prefix kg: <https://kg.example/ontology#> .
@prefix lex: <https://kg.example/lexicon#> .
"""


def lexicon_of(folder: Path, text: str):
    file = folder / "lexicon.ttl"
    file.write_text(HEAD + text, encoding="utf-8")
    return load_lexicon(str(file))


def test_every_property_of_the_lexicon_is_in_the_ontology() -> None:
    ontology = data_folder("ontology") / "kg.ttl"
    if not ontology.is_file():
        pytest.skip("no ontology in this checkout")
    known = {q.subject.value.split("#")[-1] for q in ox.parse(path=str(ontology))}
    lexicon = load_lexicon()
    used = {
        s.property for table in (lexicon.verbs, lexicon.nouns) for v in table.values() for s in v
    }
    assert used <= known


def test_adding_words_is_adding_turtle(tmp_path: Path) -> None:
    lexicon = lexicon_of(tmp_path, 'kg:grew lex:verb "grow", "breed" ; lex:noun "cultivation" .')
    sense = lexicon.verb("breed", None, None)
    assert sense is not None and sense.property == "grew"
    assert lexicon.noun("cultivation")[0].property == "grew"


def test_classes_choose_between_senses(tmp_path: Path) -> None:
    lexicon = lexicon_of(
        tmp_path,
        'kg:directed lex:verb "direct" ; lex:objectType kg:CreativeWork ; lex:strict true .'
        'kg:leads lex:verb "direct" .',
    )
    film = lexicon.verb("direct", "Person", "CreativeWork")
    firm = lexicon.verb("direct", "Person", "Organization")
    unknown = lexicon.verb("direct", "Person", None)
    assert [s.property for s in (film, firm, unknown) if s] == ["directed", "leads", "leads"]


def test_inverse_verb_exchanges_the_two(tmp_path: Path) -> None:
    lexicon = lexicon_of(tmp_path, 'kg:owns lex:inverseVerb "belong to" .')
    sense = lexicon.verb("belong to", None, None)
    assert sense is not None and sense.inverse


def test_broken_turtle_names_line_and_column(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"lexicon\.ttl:3:\d+: not valid Turtle"):
        lexicon_of(tmp_path, "kg:owns lex:verb nonsense .")


def test_unknown_term_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="lex:verbs"):
        lexicon_of(tmp_path, 'kg:owns lex:verbs "own" .')


def test_sense_without_property_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="belong to no property"):
        lexicon_of(tmp_path, '[ lex:verb "own" ] .')


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such lexicon"):
        load_lexicon(str(tmp_path / "none.ttl"))


@pytest.mark.parametrize(
    ("name", "label"), [("used", "used"), ("locatedIn", "located in"), ("isA", "is a")]
)
def test_property_label_is_readable(name: str, label: str) -> None:
    assert property_label(name) == label


def test_word_without_entry_stays_an_open_predicate() -> None:
    doc = doc_of("Prices rose by 5% in June.")
    (claim,) = [*relations(doc, Article("a", "a", doc.text)), *nominals(doc, Article("a", "a", ""))]
    assert claim.predicate.property is None
    assert claim.predicate.label == "rise by"


@pytest.mark.parametrize(
    ("words", "subject", "object_", "expected"),
    [
        ("transfer", "Organization", "Topic", None),
        ("transfer", "Person", "Value", "sent"),
        ("require", "Law", "Topic", None),
        ("design", "Person", "Topic", None),
        ("design", "Person", "Product", "developed"),
        ("clear", "Organization", "Place", None),
        ("withdraw", "Place", "Person", None),
        ("give to", "Topic", "Group", None),
        ("go to", "Topic", "Organization", None),
        ("go to", "Person", "Place", "visited"),
        ("break", "Person", "Topic", None),
        ("record", "Company", "Topic", None),
        ("release", "Organization", "Group", "freed"),
        ("release", "Organization", "Product", "released"),
        ("issue", "Organization", "Topic", None),
        ("issue", "Organization", "CreativeWork", "released"),
        ("deploy", "Organization", "Group", None),
        ("deploy", "Organization", "Topic", "used"),
        ("suggest", "Topic", "Topic", None),
        ("suggest", "Person", "Topic", "proposed"),
        ("pass", "Person", "Topic", None),
        ("pass", "Organization", "Law", "passed"),
        ("rule", "Person", "Topic", "ruledOn"),
        ("rule", "Person", "Place", "leads"),
        ("perform", "Group", "Topic", None),
        ("perform", "Group", "CreativeWork", "performed"),
        ("abuse", "Group", "Topic", None),
        ("support", "Topic", "Topic", None),
    ],
)
def test_a_broad_verb_is_a_property_for_fitting_classes_only(
    words: str, subject: str, object_: str, expected: str | None
) -> None:
    sense = load_lexicon().verb(words, subject, object_)
    assert (sense.property if sense else None) == expected


@pytest.mark.parametrize(
    "words",
    [
        "suspend", "expel", "oust", "protect", "be accused of", "be suspected of",
        "be ordered to", "reject", "boycott", "blame", "thank", "celebrate", "acknowledge", "accept",
        "cancel", "restrict", "expand", "transform", "block", "pardon", "deport", "fund", "agree with",
        "be involved in", "organize",
    ],
)  # fmt: skip
def test_a_word_that_says_less_or_other_than_a_property_stays_its_own(words: str) -> None:
    for object_ in ("Person", "Organization", "Place", "Topic"):
        assert load_lexicon().verb(words, "Person", object_) is None
