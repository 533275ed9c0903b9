from __future__ import annotations

import pytest

from kg.extract.statements.attributes import _learned, attributes, by_rule
from kg.extract.statements.learned import Found
from kg.extract.statements.pair_features import places
from kg.nlp.load import load_pipeline
from tests.extract.trees import article, tree
from tests.support.docs import make_doc

Triple = tuple[str, str, str]


def triples(name: str, *, learned: bool = False) -> set[Triple]:
    doc = tree(name)
    found = attributes(doc, article(doc)) if learned else by_rule(doc, article(doc))
    return {(c.subject.label, c.predicate.property or "", c.object.label) for c in found}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Bolt Studios, a production group", {("Bolt Studios", "subsidiaryOf", "Acme")}),
        ("Acme bought Bolt", {("Bolt", "isA", "startup")}),
        ("Companies such as",
         {("Acme", "isA", "company"), ("Bolt", "isA", "company")}),
        ("His wife, Maria Lopez", {("Maria Lopez", "spouse", "His")}),
        ("Maria Lopez is the daughter", {("Maria Lopez", "childOf", "John Smith")}),
        ("The factory is in Fort Myers", {("Fort Myers", "locatedIn", "Florida")}),
        ("Acme, based in Berlin", {("Acme", "headquarteredIn", "Berlin")}),
        ("French inventor",
         {("John Smith", "nationality", "French"), ("John Smith", "isA", "inventor")}),
        ("John Smith was an Italian", {("John Smith", "nationality", "Italian")}),
        ("Democratic rival",  # a party is no nation
         {("Luc Ferrand", "nationality", "French"), ("Ben Cole", "isA", "rival"),
          ("Luc Ferrand", "isA", "painter")}),
        ("John Smith, 39", {("John Smith", "age", "39")}),
        ("The winner was 40-year-old", {("Maria Lopez", "age", "40")}),
        ("Maria Lopez, Acme's chief executive", set()),
        ("Lopez said the tool", set()),
    ],
)  # fmt: skip
def test_what_nouns_say_beside_names(sentence: str, expected: set[Triple]):
    assert triples(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Maria Lopez was born", {("Maria Lopez", "bornIn", "Vienna"),
                                  ("Maria Lopez", "dateOfBirth", "1932")}),
        ("Maria Lopez studied physics",
         {("Maria Lopez", "educatedAt", "University of Vienna")}),
        ("Acme was founded", {("Acme", "dateFounded", "1998"),
                              ("Acme", "foundedBy", "Maria Lopez")}),
    ],
)  # fmt: skip
def test_learned_relations_of_plain_sentences(sentence: str, expected: set[Triple]):
    assert triples(sentence, learned=True) >= expected


def test_marriage_is_found_once():
    found = [t for t in triples("John Smith married", learned=True) if t[1] == "spouse"]
    assert len(found) == 1


def test_who_is_only_spoken_to_does_not_employ():
    assert not any(t[1] == "worksFor" for t in triples("Maria Lopez told Acme News", learned=True))


def test_ages_and_dates_are_typed_values():
    doc = tree("John Smith, 39")
    (claim,) = by_rule(doc, article(doc))
    assert claim.object.literal is not None
    assert (claim.object.literal.value, claim.object.literal.unit) == ("39", "years")
    doc = tree("Maria Lopez was born")
    born = [c for c in attributes(doc, article(doc)) if c.predicate.property == "dateOfBirth"]
    assert [c.object.literal.value for c in born if c.object.literal] == ["1932"]


@pytest.mark.parametrize(
    ("rows", "name", "found"),
    [
        ("Holm PROPN 5 nsubj\n, PUNCT 3 punct\n7 NUM 1 appos\n, PUNCT 3 punct\nsang VERB 0 root", "Holm", 1),
        ("Holm PROPN 0 root\n58 NUM 1 nummod\n, PUNCT 4 punct\n7 NUM 1 appos\n) PUNCT 4 punct", "Holm 58", 0),
        ("Booked VERB 0 root\n: PUNCT 3 punct\nHolm PROPN 1 dep\n, PUNCT 5 punct\n7 NUM 3 appos\n; PUNCT 5 punct",
         "Holm", 0),
        ("Killed VERB 0 root\n: PUNCT 3 punct\nIda PROPN 1 dep\nHolm PROPN 3 flat\n, PUNCT 6 punct\n7 NUM 3 appos\n; "
         "PUNCT 6 punct", "Ida Holm", 1),
    ],
)  # fmt: skip
def test_how_well_somebody_played_is_no_age(rows: str, name: str, found: int):
    told = rows.replace("VERB 0 root", "VERB 0 root _ XPOS=VBD")
    doc = make_doc(told, ents={name: "PERSON"})
    assert len(list(by_rule(doc, article(doc)))) == found


def test_the_same_doc_gives_the_same_claims():
    for name in ("Acme was founded", "Companies such as"):
        doc = tree(name)
        assert list(attributes(doc, article(doc))) == list(attributes(tree(name), article(doc)))


_CHAMPION = "{0} ADJ 2 amod\nchampion NOUN 3 nmod:desc\nLena PROPN 5 nsubj\nHolm PROPN 3 flat\nwon VERB 0 root win"
_HELD = "Lena PROPN 6 nsubj\nHolm PROPN 1 flat\nis AUX 6 cop be\nin ADP 6 case\n{0} ADJ 6 amod\ncustody NOUN 0 root"


@pytest.mark.parametrize(
    ("rows", "word", "person", "told"),
    [
        (_CHAMPION, "Swedish", (2, 4), True),
        (_CHAMPION, "European", (2, 4), False),
        (_CHAMPION, "swedish", (2, 4), False),
        (_HELD, "Swedish", (0, 2), False),
    ],
)
def test_a_nationality_is_what_somebody_is_called_with(
    rows: str, word: str, person: tuple[int, int], told: bool
):
    place = 0 if rows is _CHAMPION else 4
    doc = make_doc(rows.format(word), [(*person, "PERSON"), (place, place + 1, "NORP")])
    found = {
        c.object.label for c in by_rule(doc, article(doc)) if c.predicate.property == "nationality"
    }
    assert found == ({word} if told else set())


@pytest.mark.parametrize(("child", "told"), [("Karl", True), ("Rosa", False)])
def test_a_sister_in_a_list_behind_a_son_is_no_child(child: str, told: bool):
    text = "Ida Moss is survived by a son, Karl Moss; her sister, Rosa Vega; and two nieces."
    doc = load_pipeline()(text)
    near = {place.head.text: place for place in places(doc)}
    (son,) = [token for token in doc if token.text == "son"]
    found = Found("CHILD_OF", near[child], near["Ida"], 0.9, son)
    assert (_learned(found) is not None) == told
